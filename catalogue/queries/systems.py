"""Types of weapon systems."""

from django.db import connection
from django.db.models import OuterRef

from catalogue.models import SystemCitation, SystemName, WeaponSystem

from .shape import Shape, citations_of, code, common, flag, names_of, text, url_of, uuid

SHAPE = Shape(
    WeaponSystem,
    {
        "id": uuid("id", "Identifier (UUIDv7)."),
        "slug": code("slug", "Readable identifier; never changes."),
        "url": url_of("systems", "slug"),
        "name": text("name", "Name shown."),
        "kind": code("kind_id", "Class of weapon system."),
        "parent": code("parent__slug", "The type it is a variant of."),
        "country": code("country_id", "Country of manufacture, as attributed (ISO 3166-1 alpha-2)."),
        "maker": code("maker__slug", "The organisation said to make it."),
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
