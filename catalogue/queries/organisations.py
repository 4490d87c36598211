"""Firms, plants, banks and state bodies."""

from functools import cache
from pathlib import Path

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject

from catalogue.models import Organisation, OrganisationName, OrganisationRelation

from .shape import Shape, blank_is_null, code, common, edtf, json, text, url_of, uuid


def inline(queryset, **fields):
    """A JSON array of rows that belong to the record, under the same rule."""
    return ArraySubquery(queryset.annotate(row_=JSONObject(**fields)).values("row_"))


NAMES = inline(
    OrganisationName.objects.filter(organisation=OuterRef("pk"), voided_at=None).order_by("kind", "text"),
    text=F("text"), language=F("language"), script=F("script"), kind=F("kind"),
)
RELATIONS = inline(
    OrganisationRelation.objects.filter(subject=OuterRef("pk"), voided_at=None).order_by("since_from", "object__name"),
    kind=F("kind_id"), object=F("object__slug"), since=blank_is_null("since"), until=blank_is_null("until"),
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
        "names": json(NAMES, "Further names: legal, former, transliterated, abbreviated, as published."),
        "relations": json(RELATIONS, "What it is to others: acquired, owns, renamed … and since when."),
        "merged_into": code("canonical__slug", "The record this one was merged into."),
        **common(),
    },
)


def listing():
    """All organisations in force, newest first."""
    return Organisation.objects.filter(voided_at=None).order_by("-id")


@cache
def group_sql():
    return (Path(__file__).parent / "sql" / "group.sql").read_text(encoding="utf-8")


def group(ids):
    """The organisations `ids` with all they have acquired or own, at any remove."""
    with connection.cursor() as cursor:
        cursor.execute(group_sql(), [list(ids)])
        return {row[0] for row in cursor.fetchall()}
