"""Bringing the rows that belong to a record (names, numbers, lines, citations) to what was sent."""

from django.db.models import ForeignKey, Q
from django.utils import timezone

from catalogue.models import Level
from catalogue.security.viewing import Viewer

from .record import explained, record, require


def settle(model, of, wanted, *, actor: Viewer):
    """Make `wanted` (dictionaries of columns) the rows of `model` that belong to a record of the own agency.

    `of` names that record: {"specimen": specimen}. Rows that say the same stay, voided ones that do come
    back, further ones are recorded as wide as the record, and the agency's own that are no longer wanted are
    voided. Of several that say the same, one in force stays rather than a voided one, then the agency's own, then
    the wider. Other agencies' rows, and rows that the actor cannot see, are left alone; voided, they say nothing.
    """
    require(actor, "record")
    names = said(model, of)
    have = {}

    def rank(row):
        return row.voided_at is not None, row.owner_id != actor.agency, row.audience.level, row.pk

    there = model.objects.filter(Q(owner_id=actor.agency) | Q(voided_at=None), **of).select_related("audience")
    for row in sorted(there, key=rank):
        have.setdefault(tuple(getattr(row, name) for name in names), []).append(row)
    kept, new = set(), []
    for row in (filled(model, names, row) for row in wanted):
        same = next((r for r in have.get(tuple(row.values()), ()) if r.pk not in kept), None)
        if same is None:
            new.append({**of, **row})
        else:
            kept.add(same.pk)
    found = [row for rows in have.values() for row in rows if row.owner_id == actor.agency]
    gone = [row.pk for row in found if row.pk not in kept and row.voided_at is None]
    back = [row.pk for row in found if row.pk in kept and row.voided_at is not None]
    with explained():
        rows = model.objects
        rows.filter(pk__in=gone).update(voided_at=timezone.now(), voided_by_id=actor.user, void_reason="Replaced.")
        rows.filter(pk__in=back).update(voided_at=None, voided_by_id=None, void_reason="")
    if new:
        record(model, new, actor=actor, handling=Level.CLEAR, bounded=True)


BOOKKEEPING = {
    "id", "version", "origin_id", "owner_id", "declared_id", "audience_id", "created_at", "updated_at",
    "created_by_id", "voided_at", "voided_by_id", "void_reason",
}  # fmt: skip


def said(model, of):
    """The columns that say what a row says: all but bookkeeping, generated keys and what it belongs to."""
    theirs = {f"{name}_id" for name in of}
    return [
        field.attname
        for field in model._meta.local_fields
        if field.attname not in BOOKKEEPING | theirs and not field.generated
    ]


def filled(model, names, row):
    """`row` with every column of `names`, in that order: records as ids, what is not said as its default."""
    columns = {}
    for name in names:
        field = next(f for f in model._meta.local_fields if f.attname == name)
        value = row.get(name, row.get(field.name, field.get_default()))
        columns[name] = value.pk if isinstance(field, ForeignKey) and hasattr(value, "pk") else value
    return columns


def once(rows, *names):
    """`rows` without those that repeat an earlier one in `names`."""
    return list({tuple(row.get(name) for name in names): row for row in reversed(rows)}.values())[::-1]
