"""What comes along with a record when more may read it, and what holds it back."""

from dataclasses import dataclass

from django.contrib.postgres.functions import TransactionNow
from django.db import connection

from catalogue.models import (
    Absence,
    Audience,
    Claim,
    Component,
    ComponentCitation,
    ComponentIdentifier,
    CustodyEvent,
    DateReading,
    EvidenceFile,
    GoodsLine,
    Handled,
    Identification,
    LegCitation,
    Level,
    Organisation,
    OrganisationIdentifier,
    OrganisationName,
    OrganisationRelation,
    OrganisationSeat,
    Part,
    PartCitation,
    PartNumber,
    Photo,
    PhotoCapture,
    PhotoRegion,
    RegionReading,
    RouteCitation,
    RouteEvidence,
    RouteLeg,
    RouteStep,
    Specimen,
    SpecimenCitation,
    SpecimenNumber,
    SpecimenPerson,
    SpecimenPlace,
    SupplyRoute,
    SystemCitation,
    SystemName,
    WeaponSystem,
)

# Record → {what belongs to it: its path to the record}.
WITHIN = {
    Specimen: {
        Component: "specimen",
        Photo: "specimen",
        EvidenceFile: "specimen",
        Identification: "component__specimen",
        ComponentIdentifier: "component__specimen",
        DateReading: "component__specimen",
        ComponentCitation: "record__specimen",
        SpecimenNumber: "specimen",
        SpecimenCitation: "record",
        SpecimenPlace: "specimen",
        SpecimenPerson: "specimen",
        CustodyEvent: "specimen",
        Absence: "specimen",
        Claim: "specimen",
    },
    Component: {
        Component: "parent",
        Photo: "component",
        EvidenceFile: "component",
        Identification: "component",
        ComponentIdentifier: "component",
        DateReading: "component",
        ComponentCitation: "record",
        CustodyEvent: "component",
    },
    Photo: {PhotoRegion: "photo", PhotoCapture: "photo", RegionReading: "region__photo"},
    WeaponSystem: {SystemName: "system", SystemCitation: "record"},
    Organisation: {
        OrganisationName: "organisation",
        OrganisationIdentifier: "organisation",
        OrganisationSeat: "organisation",
        OrganisationRelation: "subject",
    },
    Part: {PartNumber: "part", PartCitation: "record"},
    SupplyRoute: {RouteStep: "route", RouteEvidence: "route", RouteCitation: "record"},
    RouteLeg: {GoodsLine: "leg", RouteStep: "leg", LegCitation: "record"},
}
AUDIENCES = "app.audiences"


@dataclass(frozen=True)
class Reader:
    """Somebody a record may be released to: anyone (0), anyone signed in (1), an agency, or one person of it."""

    level: int = Level.RED
    agency: int | None = None
    person: int | None = None

    def audiences(self):
        """Ids of the audiences this reader belongs to, as far as the one who asks belongs to them too."""
        return {
            found.pk
            for found in Audience.objects.all()
            if found.level <= self.level
            and (found.agencies is None or self.agency in found.agencies)
            and (found.readers is None or self.person in found.readers)
        }


class looking_at:
    """Context: the transaction sees what belongs to these audiences, as a reader in them does."""

    def __init__(self, audiences):
        self.audiences = "{" + ",".join(map(str, sorted(audiences))) + "}"

    def __enter__(self):
        self.before = switch(self.audiences)

    def __exit__(self, kind, error, trace):
        if not connection.needs_rollback:
            switch(self.before)


def switch(audiences):
    """Set the audiences of the transaction; those it had."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT current_setting('{AUDIENCES}', true)")
        before = cursor.fetchone()[0] or ""
        cursor.execute(f"SELECT set_config('{AUDIENCES}', %s, true)", [audiences])
    return before


def belonging(record):
    """[(model, its rows in force that belong to `record`)]."""
    found = WITHIN.get(type(record), {})
    return [(model, model.objects.filter(**{path: record}, voided_at=None)) for model, path in found.items()]


def moved_now(record):
    """{model: {id: audience}} of `record` and of all that this transaction has moved with it, to any depth."""
    found = {type(record): {record.pk: audience_of(record)}}
    for model, rows in belonging(record):
        add(found, model, rows)
    edge = {model: set(ids) for model, ids in found.items()}
    while edge:
        further = {}
        for model, ids in edge.items():
            for child, column in children(model):
                if new := add(found, child, child.objects.filter(**{f"{column}__in": ids})):
                    further.setdefault(child, set()).update(new)
        edge = further
    return found


def add(found, model, rows):
    """Put the moved ones of these rows of `model` into `found`; ids of those that were not there."""
    moved = dict(rows.filter(updated_at=TransactionNow(), voided_at=None).values_list("pk", "audience_id"))
    new = moved.keys() - found.get(model, {}).keys()
    if new:
        found.setdefault(model, {}).update({pk: moved[pk] for pk in new})
    return new


def audience_of(record):
    return type(record).objects.values_list("audience_id", flat=True).get(pk=record.pk)


def children(model):
    """[(model, column)] of the records whose audience one of `model` bounds."""
    return [
        (related.related_model, related.field.attname)
        for related in model._meta.get_fields(include_hidden=True)
        if related.auto_created
        and not related.concrete
        and issubclass(related.related_model, Handled)
        and related.field.column in related.related_model.bounds()
    ]
