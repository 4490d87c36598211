"""The lines of a record: rows that are released as part of it. When they change the record has, once an action.

Only lines that every reader of the record sees count: its version must not tell the others of what they do not see.
"""

from contextlib import contextmanager

from django.db.models import F

from catalogue.models import (
    Claim,
    ClaimCitation,
    GoodsLine,
    LegCitation,
    Listing,
    ListingCitation,
    Organisation,
    OrganisationName,
    OrganisationRelation,
    Part,
    PartCitation,
    PartNumber,
    RouteCitation,
    RouteEvidence,
    RouteLeg,
    RouteStep,
    Specimen,
    SpecimenCitation,
    SpecimenNumber,
    SupplyRoute,
    SystemCitation,
    SystemName,
    WeaponSystem,
)

# Record → {line: its foreign key to the record}.
LINES = {
    Organisation: {OrganisationName: "organisation", OrganisationRelation: "subject"},
    Part: {PartNumber: "part", PartCitation: "record"},
    WeaponSystem: {SystemName: "system", SystemCitation: "record"},
    Specimen: {SpecimenNumber: "specimen", SpecimenCitation: "record"},
    SupplyRoute: {RouteStep: "route", RouteEvidence: "route", RouteCitation: "record"},
    RouteLeg: {GoodsLine: "leg", RouteStep: "leg", LegCitation: "record"},
    Listing: {ListingCitation: "record"},
    Claim: {ClaimCitation: "record"},
}


@contextmanager
def moving(model, ids):
    """Lines of these records may change in this block: one of the own agency whose lines do moves by one version.

    One that the block has changed itself has moved already. All are locked first: a line that is written keeps its
    record from being changed, and two who began with their lines would wait for each other for ever.
    """
    held = hold(model, ids)
    before = lines_of(model, held)
    yield
    changed = {record for record, _, _ in lines_of(model, held) ^ before}
    now = model.objects.filter(pk__in=changed).values_list("pk", "version")
    still = [pk for pk, version in now if version == held[pk]]
    model.objects.filter(pk__in=still).update(version=F("version") + 1)


def hold(model, ids):
    """{id: version} of those of these records that the actor may change, locked to the end of the transaction."""
    return dict(model.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk", "version"))


def lines_of(model, ids):
    """{(record, line, version)} of the lines of these records that every reader of the record sees."""
    found = [
        line.objects.filter(**{f"{name}__in": ids}, audience=F(f"{name}__audience")).values_list(name, "pk", "version")
        for line, name in LINES[model].items()
    ]
    return set(found[0].union(*found[1:], all=True))


def belonging(line):
    """[(model of a record, foreign key)] that a row of `line` is released as part of."""
    return [(model, lines[line]) for model, lines in LINES.items() if line in lines]
