"""What happened to a record, as differences that can be read: when, by whom, from what to what."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection
from django.db.models import ForeignKey, Func, IntegerField, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from catalogue.models import (
    VOCABULARIES,
    Absence,
    Component,
    EvidenceFile,
    Photo,
    Review,
    Specimen,
    SpecimenCitation,
    SpecimenNumber,
    User,
)

# Follows from other columns, says nothing to a reader, or stands at the head of the change.
UNSAID = {
    "id", "version", "origin", "owner", "audience", "created_at", "updated_at", "created_by", "voided_by", "row_sha256",
}  # fmt: skip
MOST = 200
TERMS = frozenset(VOCABULARIES.values())  # their code is what is kept, and what the page puts into words
NAMES = ("reference", "entry_id", "name", "title", "number", "text", "slug")
# What a review is of: {model: its events' path to the specimen}.
REVIEWED = {
    Specimen: "pgh_obj_id",
    SpecimenNumber: "specimen_id",
    SpecimenCitation: "record_id",
    Component: "specimen_id",
    Photo: "specimen_id",
    EvidenceFile: "specimen_id",
    Absence: "specimen_id",
}


@dataclass
class Change:
    """One event: `what` is the model it happened to, `differences` are (field, before, after), either may be None."""

    at: datetime
    what: type
    label: str
    who: str
    request: str
    reason: str
    differences: list = field(default_factory=list)
    amends: bool = False  # reviewed evidence


def history(record, lines):
    """Changes of `record` and of its `lines` ({model: foreign key to it}), newest first; at most MOST of each table.

    An event that the reader may not see is left out, and the next is told against the one before it that is seen.
    """
    changes = changes_of(type(record), {"pgh_obj_id": record.pk})
    for model, name in lines.items():
        changes += changes_of(model, {f"{name}_id": record.pk}, unsaid={name})
    return sorted(changes, key=lambda change: change.at, reverse=True)


def amendments(changes, specimen):
    """`changes` of a specimen or of what belongs to it, with those marked that amended it since its review."""
    if specimen.review == Review.REVIEWED:
        for change in changes:
            columns = {column.name for column, _old, _new in change.differences}
            moved = "review" in columns or columns <= {"declared"}
            change.amends = bool(change.reason) and change.at > specimen.reviewed_at and not moved
    return changes


def amended(specimen):
    """The amendments of a reviewed specimen and of what was found in it, newest first."""
    if specimen.review != Review.REVIEWED:
        return []
    changes = [change for model, name in REVIEWED.items() for change in changes_of(model, {name: specimen.pk})]
    found = [change for change in amendments(changes, specimen) if change.amends]
    return sorted(found, key=lambda change: change.at, reverse=True)


def changes_of(model, where, unsaid=frozenset()):
    """Changes of the rows of `model` whose events fit `where`, oldest first."""
    events = model.pgh_event_model.objects.filter(**where).annotate(
        who=Func(
            Cast(KeyTextTransform("actor", "pgh_context"), IntegerField()),
            function="catalogue_examiner",
            output_field=TextField(),
        )
    )
    events = list(events.order_by("-pgh_id")[:MOST])[::-1]
    told = [f for f in model.pgh_event_model._meta.concrete_fields if hasattr_field(model, f.name)]
    told = [f for f in told if f.name not in UNSAID | unsaid]
    before, found = {}, []
    for event in events:
        context = event.pgh_context or {}
        change = Change(
            event.pgh_created_at, model, event.pgh_label, event.who or "",
            context.get("request", ""), context.get("reason", ""),
        )  # fmt: skip
        last = before.get(event.pgh_obj_id)
        for column in told:
            old, new = (getattr(e, column.attname) if e else None for e in (last, event))
            if (old or None) != (new or None):
                change.differences.append((model._meta.get_field(column.name), old, new))
        before[event.pgh_obj_id] = event
        if change.differences:
            found.append(change)
    name_records(found)
    return found


def hasattr_field(model, name):
    return any(f.name == name for f in model._meta.concrete_fields)


def name_records(changes):
    """Put names in place of the identifiers of records, as far as the reader may see these."""
    wanted = {}
    for change in changes:
        for column, *values in change.differences:
            if isinstance(column, ForeignKey):
                wanted.setdefault(column.related_model, set()).update(value for value in values if value)
    names = {model: named(model, ids) for model, ids in wanted.items() if model not in TERMS}
    for change in changes:
        for at, (column, *values) in enumerate(change.differences):
            if column.related_model in names:
                known = names[column.related_model]
                change.differences[at] = (column, *(known.get(value, value) for value in values))


def named(model, ids):
    """{id: name} of the records or terms that can be seen; people by their examiner codes."""
    if model is User:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, catalogue_examiner(id) FROM unnest(%s::int[]) id", [list(ids)])
            return dict(cursor.fetchall())
    fields = {f.name for f in model._meta.concrete_fields}
    shown = [name for name in NAMES if name in fields]
    found = model.objects.filter(pk__in=ids).values_list("pk", *shown)
    return {pk: next(filter(None, values), pk) for pk, *values in found}
