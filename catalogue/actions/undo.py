"""Undoing a whole import: what it recorded is voided, what it changed is put back, what was built on it stays.

The history says what an import did: every row it wrote has an event that names it. A record is as the import left it
when it equals that event, whatever happened to it in between; so a later import that was undone is no obstacle.
"""

from dataclasses import dataclass, field

from django.apps import apps
from django.db import connection
from django.db.models import ForeignKey
from django.utils import timezone
from psycopg import sql

from catalogue.models import (
    Component,
    ComponentCitation,
    Handled,
    Identification,
    Import,
    ImportState,
    Organisation,
    OrganisationCitation,
    OrganisationName,
    OrganisationRelation,
    PublishedRecord,
    Source,
    Specimen,
    SpecimenNumber,
    SystemName,
    WeaponSystem,
)
from catalogue.models.base import generated_fields
from catalogue.security.viewing import Viewer, because

from .record import explained, require
from .refusals import NotThere, Refused

# What an import writes: a line → the foreign key to what it belongs to; None stands by itself.
WRITTEN = {
    Source: None,
    PublishedRecord: None,
    Organisation: None,
    OrganisationName: "organisation_id",
    OrganisationRelation: "subject_id",
    OrganisationCitation: "record_id",
    WeaponSystem: None,
    SystemName: "system_id",
    Specimen: None,
    SpecimenNumber: "specimen_id",
    Component: None,
    ComponentCitation: "record_id",
    Identification: "component_id",
}
# Follows from other records, or is counted: no change that anybody made.
FOLLOWS = {"version", "updated_at", "audience_id"}
PROJECTED = {Component: {"manufacturer_id", "part_id"}}

# Per record: whether the import made it or brought it back, whether it is voided by now, whether it is as the import
# left it, and the event before the import's.
PLAN = """
WITH mine AS (
  SELECT pgh_obj_id AS id, min(pgh_id) AS first, max(pgh_id) AS last, bool_or(pgh_label = 'created') AS made
    FROM {events} WHERE pgh_context ->> 'import' = %(run)s GROUP BY 1)
SELECT m.id, m.made OR b.voided_at IS NOT NULL, r.voided_at IS NOT NULL, ({now}) IS NOT DISTINCT FROM ({left}), b.pgh_id
  FROM mine m JOIN {table} r ON r.id = m.id JOIN {events} l ON l.pgh_id = m.last
  LEFT JOIN LATERAL (SELECT pgh_id, voided_at FROM {events}
                      WHERE pgh_obj_id = m.id AND pgh_id < m.first ORDER BY pgh_id DESC LIMIT 1) b ON true
 WHERE r.owner_id = %(agency)s
"""
PUT_BACK = """
UPDATE {table} t SET {columns} FROM {events} b WHERE b.pgh_obj_id = t.id AND b.pgh_id = ANY (%s)
"""


@dataclass
class Undone:
    """What undoing an import did: {model: ids} voided and put back, {(model, id): why} of what stays."""

    voided: dict = field(default_factory=dict)
    restored: dict = field(default_factory=dict)
    stays: dict = field(default_factory=dict)


def one_at_a_time(actor: Viewer):
    """Wait until no other import of the agency is run or undone, to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('catalogue.import'), %s)", [actor.agency])


def undo_import(*, run, reason, actor: Viewer):
    """Undo the Import `run`; returns Undone. Records that were changed since, or that others name, stay.

    Raises Refused without a reason or when the import is not done, NotThere for one that is not seen or another
    agency's.
    """
    require(actor, "import")
    if not reason.strip():
        raise Refused("Say in `reason` why this import is undone.", "reason")
    one_at_a_time(actor)
    now = Import.objects.filter(pk=run.pk, owner_id=actor.agency, format="published", voided_at=None).first()
    if now is None:
        raise NotThere("There is no such import here, or you may not see it.")
    if now.state not in (ImportState.DONE, ImportState.UNDOING):
        raise Refused("Only an import that is done can be undone; this one is not, or was undone already.")
    with connection.cursor() as cursor:
        because(cursor, actor, reason=reason.strip(), undo=str(now.pk))
    done = Undone()
    made, changed = plans(now, actor, done)
    with explained():
        put_back(changed, made, done)  # first: what was moved names what the import made no longer
        keep_what_is_built_on(made, done)
        void_made(made, reason.strip(), actor)
    done.voided = {model: ids for model, ids in made.items() if ids}
    return done


def plans(run, actor, done):
    """({model: ids to void}, {model: {id: event to put back}}); what was changed since goes to `done.stays`."""
    made, changed = {}, {}
    for model in WRITTEN:
        made[model], changed[model] = set(), {}
        for pk, was_made, voided, as_left, before in planned(model, run, actor):
            if was_made and voided:
                continue
            if not as_left or (not was_made and before is None):
                done.stays[model, pk] = "changed"
            elif was_made:
                made[model].add(pk)
            else:
                changed[model][pk] = before
    return made, changed


def names(model):
    """Columns of `model` that hold what somebody decided."""
    unsaid = FOLLOWS | PROJECTED.get(model, set()) | set(generated_fields(model))
    return [f.column for f in model._meta.local_concrete_fields if f.column not in unsaid]


def planned(model, run, actor):
    columns = names(model)

    def row(of):
        return sql.SQL("ROW({})").format(sql.SQL(", ").join(sql.Identifier(of, column) for column in columns))

    query = sql.SQL(PLAN).format(
        events=sql.Identifier(model.pgh_event_model._meta.db_table),
        table=sql.Identifier(model._meta.db_table),
        now=row("r"),
        left=row("l"),
    )
    with connection.cursor() as cursor:
        cursor.execute(query, {"run": str(run.pk), "agency": actor.agency})
        return cursor.fetchall()


def keep_what_is_built_on(made, done):
    """Take out of `made` what records in force name that stay, and the lines of what stays; to the very end."""
    inner, outer = [], []
    for child, parent, column in pointers():
        staying = {pk for model, pk in done.stays if model is parent}
        for pk, target in naming(child, column, made[parent] | staying):
            if pk in made.get(child, ()):
                inner.append(((child, pk), (parent, target), WRITTEN[child] == column))
            else:
                outer.append((parent, target))
    waiting = list(done.stays)
    for one in outer:
        waiting += keep(one, "named", made, done)
    bound = {}  # what stays with a record that stays: what it names, and its lines
    for child, parent, is_line in inner:
        bound.setdefault(child, []).append(parent)
        if is_line:
            bound.setdefault(parent, []).append(child)
    while waiting:
        for other in bound.get(waiting.pop(), ()):
            waiting += keep(other, "needed", made, done)


def keep(one, why, made, done):
    """[one] when it would have been voided and now stays, [] when that is known."""
    model, pk = one
    if pk not in made[model]:
        return []
    made[model].discard(pk)
    done.stays[one] = why
    return [one]


def pointers():
    """(model, model it names that an import writes, column) of every foreign key that somebody fills in."""
    for model in apps.get_app_config("catalogue").get_models():
        if not issubclass(model, Handled):
            continue
        for key in model._meta.concrete_fields:
            if (
                isinstance(key, ForeignKey)
                and key.related_model in WRITTEN
                and key.column not in PROJECTED.get(model, ())
            ):
                yield model, key.related_model, key.column


def naming(child, column, targets):
    """(id, what it names) of rows of `child` in force that name one of `targets`, as far as the actor sees."""
    if not targets:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("SELECT id, {0} FROM {1} WHERE {0} = ANY (%s) AND voided_at IS NULL").format(
                sql.Identifier(column), sql.Identifier(child._meta.db_table)
            ),
            [list(targets)],
        )
        return cursor.fetchall()


def void_made(made, reason, actor):
    """Lines before what they belong to, so that nothing in force names what is voided."""
    for model in reversed(WRITTEN):
        if made[model]:
            model.objects.filter(pk__in=made[model], voided_at=None).update(
                voided_at=timezone.now(), voided_by_id=actor.user, void_reason=reason
            )


def put_back(changed, made, done):
    """What the import changed becomes again what it was, whole."""
    leave_superseded(changed[Identification], made[Identification], done)
    for model, rows in changed.items():
        if not rows:
            continue
        columns = [sql.Identifier(column) for column in names(model)]
        query = sql.SQL(PUT_BACK).format(
            table=sql.Identifier(model._meta.db_table),
            events=sql.Identifier(model.pgh_event_model._meta.db_table),
            columns=sql.SQL(", ").join(sql.SQL("{0} = b.{0}").format(column) for column in columns),
        )
        with connection.cursor() as cursor:
            cursor.execute(query, [list(rows.values())])
        done.restored[model] = set(rows)


def leave_superseded(rows, made, done):
    """An attribution that the import superseded stays so where somebody has identified or changed its component since.

    `rows`: {id: event} of those to put back; `made`: ids of those that took their place.
    """
    opinions = Identification.objects.filter(pk__in=rows).exclude(identified_by=None)  # proposals by rules oust nothing
    of = dict(opinions.values_list("pk", "component_id"))
    others = Identification.objects.filter(component__in=of.values(), state="accepted", voided_at=None)
    identified = set(others.exclude(pk__in=[*rows, *made]).values_list("component_id", flat=True))
    for pk, component in of.items():
        if component in identified or (Component, component) in done.stays:
            del rows[pk]
            done.stays[Identification, pk] = "named"


def bring_back(model, slugs, *, actor: Viewer, declared):
    """{slug: id} of the agency's records with these slugs that undoing an import voided, now in force again.

    A slug is given once in an agency and stays with its record: without this a second run would have to invent others.
    `declared` is the audience (an id) they come back with.
    """
    voided = model.objects.filter(slug__in=list(slugs), owner_id=actor.agency).exclude(voided_at=None)
    found = {pk: slug for slug, pk in voided.values_list("slug", "id")}
    if not found:
        return {}
    events = model.pgh_event_model.objects.filter(pgh_obj_id__in=found).order_by("pgh_id")
    last = dict(events.values_list("pgh_obj_id", "pgh_context"))
    undone = {pk: slug for pk, slug in found.items() if "undo" in (last.get(pk) or {})}
    model.objects.filter(pk__in=undone).update(voided_at=None, voided_by_id=None, void_reason="", declared_id=declared)
    return {slug: pk for pk, slug in undone.items()}
