"""Saying that something was looked for in a specimen, because an earlier teardown had it, and was not found."""

from catalogue.models import Absence, Level, Specimen
from catalogue.security.viewing import Viewer, giving

from .handling import may_change
from .record import BrokenRule, record, require
from .refusals import Refused

TAKEN = "This id stands for something else already; make a new one."


def mark_absent(
    *, specimen, expected, actor: Viewer, id=None, note="", handling=Level.STRICT, released_to=(), reason=""
):
    """Say that `expected`, a component of another teardown of the same system, was looked for here and not found.

    Returns the absence and whether it is new: said again it is the one that is there, as it is by now. `id` is the
    client's. Of a reviewed specimen it takes a `reason`. Raises Refused for a component that cannot be expected here.
    """
    require(actor, "record")
    may_change(specimen, actor=actor)
    if expected.specimen_id == specimen.pk:
        raise Refused("This component is of the specimen itself; name one of an earlier teardown.", "expected")
    if expected.specimen.system_id != specimen.system_id:
        raise Refused("Name a component of another teardown of the same weapon system.", "expected")
    Specimen.objects.select_for_update().filter(pk=specimen.pk).first()  # two who say it at once wait for each other
    said = Absence.objects.filter(specimen=specimen, expected=expected, owner_id=actor.agency)
    there = sent_before(id, said, actor=actor) or said.filter(voided_at=None).first()
    if there is not None:
        return there, False
    row = {"specimen": specimen, "expected": expected, "note": note.strip()} | ({"id": id} if id else {})
    try:
        with giving(reason):
            return record(Absence, [row], actor=actor, handling=handling, released_to=released_to)[0], True
    except BrokenRule as broken:
        if "pkey" in broken.rule:
            raise Refused(TAKEN, "id") from broken
        raise


def sent_before(id, said, *, actor):
    """What the actor said under this id, perhaps withdrawn since; None when nothing was. Raises Refused."""
    if id is None:
        return None
    found = Absence.objects.filter(pk=id).first()
    if found is None:
        return None
    if found.created_by_id != actor.user or not said.filter(pk=id).exists():
        raise Refused(TAKEN, "id")
    return found
