"""Gathering records by hand."""

from catalogue.models import GATHERED, Collection, CollectionItem, Level
from catalogue.security.viewing import Viewer

from .keeping import amend_kept, keep, may_keep
from .organisations import said
from .record import record
from .refusals import Refused

MOST = 500  # records that are gathered at once


def record_collection(*, name, actor: Viewer, note="", **seen):
    """Begin a collection; `seen` as `keep` takes it."""
    row = {"name": said(name, "name", "collection"), "note": note.strip()}
    return keep(Collection, row, actor=actor, **seen)


def amend_collection(collection, changes, *, actor: Viewer, **seen):
    """Change a collection's name or note."""
    if "name" in changes:
        changes["name"] = said(changes["name"], "name", "collection")
    amend_kept(collection, changes, actor=actor, **seen)


def gather(*, collection, records, actor: Viewer, note=""):
    """Put `records`, all of one kind, into a collection of the actor's agency; those that are there stay as they are.

    Returns (the items that are new, how many were there). An item is read as far as both its collection and its
    record are. Raises Refused for more than MOST.
    """
    may_keep(collection, actor=actor)
    if len(records) > MOST:
        raise Refused(f"At most {MOST} records are gathered at once; narrow the list first.", "records")
    if not records:
        return [], 0
    kind = kind_of(records[0])
    Collection.objects.select_for_update().filter(
        pk=collection.pk
    ).first()  # two who gather at once wait for each other
    known = CollectionItem.objects.filter(collection=collection, owner_id=actor.agency, voided_at=None)
    there = set(known.filter(**{f"{kind}__in": records}).values_list(f"{kind}_id", flat=True))
    rows = [{"collection": collection, kind: one, "note": note.strip()} for one in records if one.pk not in there]
    wide = Level(collection.declared.level)
    seen = {"handling": Level.CLEAR if wide < Level.STRICT else wide, "bounded": True, "verb": "keep"}
    if wide == Level.RED:
        seen["readers"] = collection.declared.readers or ()
    return record(CollectionItem, rows, actor=actor, **seen) if rows else [], len(there)


def kind_of(one):
    """Which of an item's columns names a record of this kind."""
    models = {CollectionItem._meta.get_field(name).related_model: name for name in GATHERED}
    return models[type(one)]


def amend_item(item, changes, *, actor: Viewer, **seen):
    """Change what is noted of a record in a collection."""
    for name in ("collection", *GATHERED):
        if changes.pop(name, None) not in (None, getattr(item, name)):
            raise Refused(f"The {name} of an item stays; void it and gather the other record.", name)
    amend_kept(item, changes, actor=actor, **seen)
