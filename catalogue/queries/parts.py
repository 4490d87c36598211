"""Types that can be ordered, with their numbers, control codes, and the suspected routes they hang on."""

from uuid import UUID as uuid_of

from django.db.models import OuterRef, Q, Subquery

from catalogue.models import (
    ChplTier,
    GoodsLine,
    Grade,
    NumberKind,
    Part,
    PartCitation,
    PartNumber,
    RouteEvidence,
    RouteStep,
    SupplyRoute,
)

from .shape import Shape, blank_is_null, citations_of, code, common, rows, text, url_of, uuid, whole

# A look-up, not the column: the pointer alone would name a record that the reader may not see.
SURVIVOR = Subquery(Part.objects.filter(pk=OuterRef("canonical_id")).values("pk"))
NUMBERS = rows(
    PartNumber.objects.filter(part=OuterRef("pk"), voided_at=None).order_by("kind", "text"),
    "Further numbers it is known by.",
    {
        "kind": code("kind", "What the number is.", choices=tuple(NumberKind.values)),
        "text": text("text", "The number."),
        "maker": code("maker__slug", "Whose number it was, of a former maker's number."),
    },
)


def on_routes(part):
    """Routes that `part` (an OuterRef) hangs on: as evidence, or among the goods of one of their legs."""
    shown = RouteEvidence.objects.filter(part=part, voided_at=None).values("route")
    lines = GoodsLine.objects.filter(goods__part=OuterRef(part), voided_at=None, goods__voided_at=None)
    moved = RouteStep.objects.filter(leg__in=lines.values("leg"), leg__voided_at=None, voided_at=None)
    return shown.union(moved.values("route"))


ROUTES = rows(
    SupplyRoute.objects.filter(pk__in=on_routes(OuterRef(OuterRef("pk"))), voided_at=None).order_by("slug"),
    "Suspected supply routes it hangs on: as evidence, or among the goods of a leg.",
    {"slug": code("slug", "The route."), "title": text("title", "Its title.")},
)

SHAPE = Shape(
    Part,
    {
        "id": uuid("id", "Identifier (UUIDv7)."),
        "url": url_of("parts", "id"),
        "manufacturer": {
            "slug": code("manufacturer__slug", "Its maker."),
            "name": text("manufacturer__name", "The maker's name."),
            "country": code("manufacturer__country_id", "Country of the maker's seat, not of manufacture."),
        },
        "number": text("number", "The number the catalogue shows for it."),
        "family": text("family", "Base part without package, temperature and packing suffix."),
        "description": text("description", "In words."),
        "category": code("category_id", "Category code."),
        "grade": code(blank_is_null("grade"), "Grade.", choices=(*Grade.values, None)),
        "hs": {
            "version": whole("hs__version", "Edition of the Harmonised System."),
            "code": code("hs__code", "Its code there."),
        },
        "chpl_tier": code(
            Subquery(ChplTier.objects.filter(hs=OuterRef("hs_id")).order_by("-edition").values("tier")[:1]),
            "Tier of the Common High Priority List, newest edition that names its HS code.",
        ),
        "eccn": text("eccn", "Export control classification number (US)."),
        "numbers": NUMBERS,
        "routes": ROUTES,
        "citations": citations_of(PartCitation),
        "merged_into": uuid(SURVIVOR, "The record this one was merged into."),
        **common(),
    },
)


def numbered(key):
    """Parts in force with a number of this comparison key, the shown one or a further one."""
    if not key:
        return Part.objects.none()
    further = PartNumber.objects.filter(key=key, voided_at=None).values("part")
    return Part.objects.filter(Q(key=key) | Q(pk__in=further), voided_at=None).order_by("id")


def called(name, key):
    """Ids of the parts with this id, or with a number whose comparison key is `key`."""
    try:
        return {uuid_of(name)}
    except ValueError:
        return set(numbered(key).values_list("id", flat=True))
