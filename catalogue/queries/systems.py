"""Types of weapon systems."""

from django.db import connection
from django.db.models import Count, F, OuterRef, Q

from catalogue.models import Component, Specimen, SpecimenKind, SupplyRoute, SystemCitation, SystemName, WeaponSystem

from .claims import beside
from .paging import SORTED_AT_MOST, counted
from .shape import Shape, citations_of, code, common, flag, names_of, text, url_of, uuid

SPECIMEN_KINDS = tuple(SpecimenKind.values)

SHAPE = Shape(
    WeaponSystem,
    {
        "id": uuid("id", "Identifier (UUIDv7)."),
        "slug": code("slug", "Readable identifier; never changes."),
        "url": url_of("systems", "slug"),
        "name": text("name", "Name shown."),
        "kind": code("kind_id", "Class of weapon system."),
        "parent": {
            "slug": code("parent__slug", "The type it is a variant of."),
            "name": text("parent__name", "Its name."),
        },
        "country": code("country_id", "Country of manufacture, as attributed (ISO 3166-1 alpha-2)."),
        "maker": {
            "slug": code("maker__slug", "The organisation said to make it."),
            "name": text("maker__name", "Its name."),
        },
        "is_product": flag("is_product", "Whether it is sold on the market."),
        "description": text("description", "In neutral words."),
        "names": names_of(SystemName.objects.filter(system=OuterRef("pk"))),
        "citations": citations_of(SystemCitation),
        "merged_into": code("canonical__slug", "The record this one was merged into."),
        **common(),
    },
)

FAMILY = """
WITH RECURSIVE members AS (
  SELECT unnest(%s::uuid[]) AS id
  UNION SELECT s.id FROM catalogue_weaponsystem s JOIN members m ON m.id = s.parent_id
   WHERE s.voided_at IS NULL)
SELECT id FROM members"""


def family(ids):
    """The types `ids` with all their variants."""
    with connection.cursor() as cursor:
        cursor.execute(FAMILY, [list(ids)])
        return {row[0] for row in cursor.fetchall()}


def variants(system):
    """Types that are variants of this one, by name."""
    return WeaponSystem.objects.filter(parent=system, voided_at=None).order_by("name", "id")


def specimens_by_kind(system):
    """{kind: specimen records of this type}; None for each when there are more than SORTED_AT_MOST."""
    kinds = Specimen.objects.filter(system=system, voided_at=None).order_by().values("kind")[: SORTED_AT_MOST + 1]
    found = kinds.aggregate(all=Count("kind"), **{k: Count("kind", filter=Q(kind=k)) for k in SPECIMEN_KINDS})
    return {kind: found[kind] if found["all"] <= SORTED_AT_MOST else None for kind in SPECIMEN_KINDS}


def components_of(system):
    """Component records of all specimens of this type."""
    return Component.objects.filter(specimen__system=system, voided_at=None)


def makers(system, number=10):
    """(component records of this type, its makers of most of them); (None, []) above SORTED_AT_MOST records.

    A maker is a dictionary: slug, called, seat, rows.
    """
    found = components_of(system)
    rows = counted(found, SORTED_AT_MOST)
    if rows is None:
        return None, []
    grouped = found.filter(manufacturer__isnull=False).values(
        slug=F("manufacturer__slug"), called=F("manufacturer__name"), seat=F("manufacturer__country_id")
    )
    return rows, list(grouped.annotate(rows=Count("pk")).order_by("-rows", "called", "slug")[:number])


def routes(system):
    """Suspected supply routes that lead to this type."""
    return SupplyRoute.objects.filter(system=system, voided_at=None).select_related("audience").order_by("title", "id")


def claims(system):
    """What is said of it."""
    return beside(Q(system=system))
