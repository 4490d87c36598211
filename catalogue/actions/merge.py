"""Merging records that are the same: a pointer to the one that stands for them, taken back in one step.

Nothing is rewritten: what names a merged record goes on naming it, and its old address goes on answering.
"""

from catalogue.models import Apart, Level, Organisation, Part
from catalogue.security.viewing import Viewer, giving

from .handling import may_change
from .record import accept, explained, record, require
from .refusals import NotThere, Refused

MERGED = (Organisation, Part)
MOST = 100  # records in one merge


def merge(*, records, into, actor: Viewer, reason):
    """Let `into`, or the record that it was merged into, stand for `records` of the actor's agency; several at once.

    Raises Refused without a reason, for a record that would stand for itself, and for a merge of different nouns.
    """
    require(actor, "merge")
    model = held(records, actor)
    if not isinstance(into, model):
        raise Refused("Only records of one kind can be merged.", "into")
    given(model, reason, "merged")
    ids = {one.pk for one in records}
    # All in one order, so that two who merge two records into each other wait and the second is refused.
    now = {one.pk: one for one in locked(model, {*ids, into.pk})}
    top, seen = model.objects.filter(pk=into.pk, voided_at=None).first(), set()
    while top is not None and top.pk not in ids and top.canonical_id and top.pk not in seen:
        seen.add(top.pk)
        following = model.objects.filter(pk=top.canonical_id, voided_at=None).first()
        if following is None:
            break
        top = following
    if top is None or len(ids - now.keys()):
        raise NotThere("One of these records was voided or withdrawn.")
    if top.pk in ids or top.pk in seen:
        raise Refused(f"{top} would be merged into itself; take back its merge first, or choose another.", "into")
    with giving(reason), explained():
        model.objects.filter(pk__in=ids).update(canonical=top.pk)
    return top


def unmerge(*, records, actor: Viewer, reason):
    """Let each of `records` stand for itself again. Raises Refused for one that is not merged."""
    require(actor, "merge")
    model = held(records, actor)
    given(model, reason, "separated")
    ids = {one.pk for one in records}
    for one in locked(model, ids):
        if one.canonical_id is None:
            raise Refused(f"{one} is not merged into another record.", "records")
    with giving(reason), explained():
        model.objects.filter(pk__in=ids).update(canonical=None)


def keep_apart(*, one, other, actor: Viewer, note=""):
    """Remember that two organisations, or two parts, are not the same. Said again it is the one that is there."""
    require(actor, "merge")
    model = type(one)
    if model not in MERGED or type(other) is not model or one.pk == other.pk:
        raise Refused("Name two different organisations, or two different parts.", "records")
    if actor.agency not in (one.owner_id, other.owner_id):
        raise Refused("One of the two has to be a record of your agency.", "records")
    first, second = sorted((one, other), key=lambda each: each.pk)
    noun = model._meta.model_name
    pair = {noun: first, f"other_{noun}": second}
    there = Apart.objects.filter(**pair, owner_id=actor.agency, voided_at=None).first()
    return there or record(Apart, [{**pair, "note": note.strip()}], actor=actor, handling=Level.STRICT)[0]


def held(records, actor):
    """The model of `records`, which the actor may change, all of them."""
    if not records or len(records) > MOST:
        raise Refused(f"Name one to {MOST} records.", "records")
    model = type(records[0])
    if model not in MERGED or any(type(one) is not model for one in records):
        raise Refused("Only organisations or parts can be merged, of one kind at a time.", "records")
    for one in records:
        may_change(one, actor=actor)
    return model


def given(model, reason, done):
    if not reason.strip():
        raise Refused(f"Say in `reason` why these records are {done}.", "reason")
    accept(model, {"reason": reason})


def locked(model, ids):
    """Those of the records with these ids that the actor may change and that are in force, locked."""
    return list(model.objects.select_for_update().filter(pk__in=ids, voided_at=None).order_by("pk"))
