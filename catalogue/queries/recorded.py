"""The lines a record has, as a form shows them for change."""

from catalogue.models import (
    Claim,
    ClaimCitation,
    GoodsLine,
    LegCitation,
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
    SpecimenNumberKind,
    SupplyRoute,
    SystemCitation,
    SystemName,
    WeaponSystem,
)

CITED = ("record", ["source"], ["id"])
# Record → {block: (line, its foreign key to the record, what it names, order)}.
BLOCKS = {
    WeaponSystem: {
        "names": (SystemName, "system", [], ["kind", "text"]),
        "citations": (SystemCitation, *CITED),
    },
    Organisation: {
        "names": (OrganisationName, "organisation", [], ["kind", "text"]),
        "relations": (OrganisationRelation, "subject", ["object"], ["since_from", "id"]),
    },
    Part: {
        "numbers": (PartNumber, "part", ["maker"], ["kind", "text"]),
        "citations": (PartCitation, *CITED),
    },
    Specimen: {
        "numbers": (SpecimenNumber, "specimen", [], ["kind", "text"]),
        "citations": (SpecimenCitation, *CITED),
    },
    SupplyRoute: {
        "legs": (RouteStep, "route", ["leg__sender", "leg__receiver"], ["position", "leg__reference"]),
        "evidence": (RouteEvidence, "route", ["part__manufacturer", "component"], ["id"]),
        "citations": (RouteCitation, *CITED),
    },
    RouteLeg: {
        "goods": (GoodsLine, "leg", ["goods__part__manufacturer", "declared_hs", "actual_hs"], ["id"]),
        "routes": (RouteStep, "leg", ["route"], ["route__slug"]),
        "citations": (LegCitation, *CITED),
    },
    Claim: {"citations": (ClaimCitation, *CITED)},
}


def blocks_of(record):
    """{block: its lines in force} of a record; a specimen's serial number is a field of its own."""
    found = {}
    for name, (line, to, names, order) in BLOCKS.get(type(record), {}).items():
        rows = line.objects.filter(**{to: record}, voided_at=None).select_related(*names).order_by(*order)
        if line is RouteStep:
            rows = rows.filter(**{"leg__voided_at" if to == "route" else "route__voided_at": None})
        if line is SpecimenNumber:
            rows = rows.exclude(kind=SpecimenNumberKind.SERIAL, text=record.serial_number)
        found[name] = list(rows)
    return found
