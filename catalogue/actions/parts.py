"""Recording types that can be ordered, and the codes they are controlled under."""

from catalogue.models import HsCode, Level, Part, PartCitation, PartNumber

from .citations import cite
from .lines import moving
from .organisations import said
from .record import amend, record
from .refusals import Refused
from .settle import once, settle


def hs_code(code):
    """The id of the HS heading `code`, a pair (version, digits); noted when it is new. None stays None."""
    if code is None:
        return None
    version, digits = code
    HsCode.objects.bulk_create([HsCode(id=f"{version}/{digits}", version=version, code=digits)], ignore_conflicts=True)
    return f"{version}/{digits}"


def record_part(
    *, manufacturer, number, actor, numbers=None, citations=None,
    handling=Level.STRICT, released_to=(), reason="", **facts,
):  # fmt: skip
    """Record a part type of a manufacturer with its further numbers.

    Raises Refused when the agency has it already, as far as the actor sees.
    """
    number = said(number, "number", "part")
    if Part.objects.filter(owner_id=actor.agency, manufacturer=manufacturer, number=number, voided_at=None).exists():
        raise Refused(
            f"Your agency has the part {number!r} of {manufacturer.name} already; change that record.",
            "number",
        )
    row = {"manufacturer": manufacturer, "number": number, **filled(facts)}
    found = record(Part, [row], actor=actor, handling=handling, released_to=released_to)[0]
    complete(found, numbers, citations, actor=actor)
    return found


def amend_part(part, changes, *, actor, **seen):
    """Change a part; numbers and citations, when sent, are all it has from now on. Its maker stays."""
    maker = changes.pop("manufacturer", None)
    if maker is not None and maker.pk != part.manufacturer_id:
        raise Refused("A part stays with its maker; record the other maker's part instead.", "manufacturer")
    numbers, citations = changes.pop("numbers", None), changes.pop("citations", None)
    with moving(Part, [part.pk]):
        amend(part, filled(changes), actor=actor, **seen)
        complete(part, numbers, citations, actor=actor)


def filled(facts):
    """`facts` as columns: the HS heading by its id, an empty grade instead of none."""
    facts = dict(facts)
    if "grade" in facts:
        facts["grade"] = facts["grade"] or ""
    if "hs" in facts:
        facts["hs_id"] = hs_code(facts.pop("hs"))
    return facts


def complete(part, numbers, citations, *, actor):
    if numbers is not None:
        settle(PartNumber, {"part": part}, once(numbers, "kind", "text"), actor=actor)
    cite(PartCitation, part, citations, actor=actor)
