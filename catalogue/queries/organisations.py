"""Firms, plants, banks and state bodies."""

from functools import cache
from pathlib import Path

from django.db import connection
from django.db.models import OuterRef

from catalogue.models import Organisation, OrganisationName, OrganisationRelation

from .shape import Shape, blank_is_null, code, common, edtf, names_of, rows, text, url_of, uuid

RELATIONS = rows(
    OrganisationRelation.objects.filter(subject=OuterRef("pk"), voided_at=None).order_by("since_from", "object__name"),
    "What it is to others: acquired, owns, renamed … and since when.",
    {
        "kind": code("kind_id", "How they are related."),
        "object": code("object__slug", "The other organisation."),
        "since": code(blank_is_null("since"), "EDTF."),
        "until": code(blank_is_null("until"), "EDTF."),
    },
)

SHAPE = Shape(
    Organisation,
    {
        "id": uuid("id", "Identifier (UUIDv7)."),
        "slug": code("slug", "Readable identifier; never changes."),
        "url": url_of("organisations", "slug"),
        "name": text("name", "Name shown."),
        "kind": code("kind_id", "company, plant, state-body, university, bank …"),
        "country": code("country_id", "Country of its seat (ISO 3166-1 alpha-2)."),
        "description": text("description", "In neutral words."),
        "founded": edtf("founded", "When it was founded."),
        "dissolved": edtf("dissolved", "When it was dissolved."),
        "names": names_of(OrganisationName.objects.filter(organisation=OuterRef("pk"))),
        "relations": RELATIONS,
        "merged_into": code("canonical__slug", "The record this one was merged into."),
        **common(),
    },
)


@cache
def group_sql():
    return (Path(__file__).parent / "sql" / "group.sql").read_text(encoding="utf-8")


def group(ids):
    """The organisations `ids` with all they have acquired or own, at any remove."""
    with connection.cursor() as cursor:
        cursor.execute(group_sql(), [list(ids)])
        return {row[0] for row in cursor.fetchall()}
