"""Recording recovered examples of weapon systems."""

from itertools import repeat

from catalogue.models import Agency, Level, Review, Specimen, SpecimenCitation, SpecimenNumber, SpecimenNumberKind
from catalogue.security.viewing import giving

from .citations import cite
from .lines import moving
from .record import amend, record_named
from .references import of_agency, references
from .review import move
from .settle import once, settle


def record_specimen(
    *, system, actor, serial_number="", numbers=None, citations=None, review=Review.DRAFT,
    handling=Level.STRICT, released_to=(), reason="", **facts,
):  # fmt: skip
    """Record a specimen under a new reference of the agency. Its serial number is one of its numbers too.

    Its `review` may be asked for at once.
    """
    prefix = of_agency(Agency.objects.get(pk=actor.agency))
    row = {"system": system, "serial_number": serial_number.strip(), **filled(facts)}
    candidates = (references(Specimen, [p])[0] for p in repeat(prefix))
    found = record_named(
        Specimen, row, "reference", candidates, actor=actor, handling=handling, released_to=released_to
    )
    number(found, numbers or [], actor=actor)
    cite(SpecimenCitation, found, citations, actor=actor)
    move(found, review, actor=actor)
    return found


def amend_specimen(specimen, changes, *, actor, **seen):
    """Change a specimen; numbers and citations, when sent, are all it has from now on.

    A new serial number takes the place of the one it had among the numbers. Reviewed, it takes a reason; `review`
    moves it there.
    """
    numbers, citations = changes.pop("numbers", None), changes.pop("citations", None)
    before, state, reason = specimen.serial_number, changes.pop("review", None), seen.get("reason", "")
    with giving(reason), moving(Specimen, [specimen.pk]):
        amend(specimen, filled(changes), actor=actor, **seen)
        specimen.refresh_from_db(fields=["serial_number"])
        if numbers is not None or specimen.serial_number != before:
            if numbers is None:
                numbers = [
                    {"kind": n.kind, "text": n.text}
                    for n in SpecimenNumber.objects.filter(specimen=specimen, voided_at=None)
                    if (n.kind, n.text) != (SpecimenNumberKind.SERIAL, before)
                ]
            number(specimen, numbers, actor=actor)
        cite(SpecimenCitation, specimen, citations, actor=actor)
    if state is not None:
        move(specimen, state, actor=actor, remark=reason)


def filled(facts):
    """`facts` with empty instead of null for what is empty when not recorded."""
    return {name: "" if value is None and name == "condition" else value for name, value in facts.items()}


def number(specimen, numbers, *, actor):
    """Make these its numbers, its serial number among them."""
    if specimen.serial_number:
        numbers = [*numbers, {"kind": SpecimenNumberKind.SERIAL, "text": specimen.serial_number}]
    settle(SpecimenNumber, {"specimen": specimen}, once(list(numbers), "kind", "text"), actor=actor)
