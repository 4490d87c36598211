"""Types that can be ordered, with their numbers, control codes, and the suspected routes they hang on."""

from uuid import UUID as uuid_of

from django.db.models import Count, F, Max, Min, OuterRef, Q, Subquery

from catalogue.models import (
    ChplTier,
    Component,
    ControlScope,
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

from .claims import beside
from .paging import SORTED_AT_MOST, counted
from .routes import with_parts
from .shape import Shape, blank_is_null, citations_of, code, common, rows, text, url_of, uuid, whole
from .standing import one_with, standing

# A look-up, not the column: the pointer alone would name a record that the reader may not see.
SURVIVOR = Subquery(Part.objects.filter(pk=OuterRef("canonical_id")).values("pk"))
TIER = Subquery(ChplTier.objects.filter(hs=OuterRef("hs_id")).order_by("-edition").values("tier")[:1])
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
            TIER,
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
    """Parts with a number of this comparison key, the shown one or a further one, or of one merged into them."""
    if not key:
        return Part.objects.none()
    further = PartNumber.objects.filter(key=key, voided_at=None).values("part")
    found = Part.objects.filter(Q(key=key) | Q(pk__in=further), voided_at=None).values_list("id", flat=True)
    return standing(Part).filter(pk__in=one_with(Part, found)).order_by("id")


def called(name, key):
    """Ids of the parts with this id, or with a number whose comparison key is `key`."""
    try:
        return {uuid_of(name)}
    except ValueError:
        return one_with(Part, numbered(key).values_list("id", flat=True))


def components_of(part):
    """Component records identified as this part, or as one that is one with it by a merge."""
    return Component.objects.filter(part__in=one_with(Part, [part.pk]), voided_at=None)


def latest(part):
    """Its component records, the newest first."""
    return components_of(part).order_by("-id")


def found(part):
    """How often it was found, when those were made, and in how many single specimens; None above SORTED_AT_MOST."""
    records = components_of(part)
    if counted(records, SORTED_AT_MOST) is None:
        return None
    return records.aggregate(
        rows=Count("pk"),
        dated=Count("pk", filter=~Q(made="")),
        open=Count("pk", filter=~Q(made="") & (Q(made_from=None) | Q(made_to=None))),
        first=Min("made_from"),
        last=Max("made_to"),
        specimens=Count("specimen", filter=Q(specimen__kind="single"), distinct=True),
    )


def systems_of(part, number=20):
    """The weapon systems it was found in most often: {slug, called, rows, single specimens, first and last made}."""
    grouped = (
        components_of(part)
        .values(slug=F("specimen__system__slug"), called=F("specimen__system__name"))
        .annotate(
            rows=Count("pk"),
            specimens=Count("specimen", filter=Q(specimen__kind="single"), distinct=True),
            first=Min("made_from"),
            last=Max("made_to"),
        )
    )
    return list(grouped.order_by("-rows", "called", "slug")[:number])


def suspected_routes(part):
    """Suspected supply routes it hangs on, as evidence or among the goods of a leg."""
    return (
        SupplyRoute.objects.filter(pk__in=with_parts(one_with(Part, [part.pk])), voided_at=None)
        .select_related("system", "plant", "audience")
        .order_by("title", "id")
    )


def controls(part):
    """Recorded scopes of controls that cover it by name, HS code, ECCN or category: all of those that a scope gives."""
    hs, category = part.hs, part.category_id or ""
    headings = [hs.code[:digits] for digits in range(2, len(hs.code) + 1)] if hs else []
    branches = [category[:end] for end in range(1, len(category) + 1) if category[end : end + 1] in ("", ".")]
    covers = (
        Q(part=part) | Q(part=None),
        Q(hs__version=hs.version, hs__code__in=headings) | Q(hs=None) if hs else Q(hs=None),
        Q(eccn__in={"", part.eccn}),
        Q(category__in=branches) | Q(category=None),
        ~Q(part=None, hs=None, eccn="", category=None),
    )
    return in_force().filter(*covers, recorded=True).order_by("control__effective_from", "control__title", "id")


def undecided_controls(part):
    """How many controls cover it or not: their scope is given in words alone, or nobody has recorded it."""
    open_ = Q(recorded=False) | Q(part=None, hs=None, eccn="", category=None)
    return (
        in_force()
        .filter(open_)
        .exclude(control__in=controls(part).values("control"))
        .aggregate(n=Count("control", distinct=True))["n"]
    )


def in_force():
    """Scopes of controls that are not withdrawn."""
    return ControlScope.objects.filter(voided_at=None, control__voided_at=None).select_related("control", "hs", "part")


def claims(part):
    """What is said of it."""
    return beside(Q(part=part))


def tiers():
    """{HS heading: its tier on the Common High Priority List}, of the newest edition that names it."""
    return dict(ChplTier.objects.order_by("hs", "-edition").distinct("hs").values_list("hs", "tier"))
