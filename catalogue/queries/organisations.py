"""Firms, plants, banks and state bodies."""

from functools import cache
from pathlib import Path

from django.db import connection
from django.db.models import OuterRef, Q

from catalogue.models import (
    Listing,
    ListingCitation,
    Organisation,
    OrganisationIdentifier,
    OrganisationName,
    OrganisationRelation,
    OrganisationSeat,
    Owned,
    RelationCitation,
    RouteLeg,
    VesselRelation,
    WeaponSystem,
)

from . import ownership
from .claims import beside
from .legs import touching
from .shape import Shape, blank_is_null, citations_of, code, common, decimal, edtf, names_of, rows, text, url_of, uuid
from .standing import one_with

RELATIONS = rows(
    OrganisationRelation.objects.filter(subject=OuterRef("pk"), voided_at=None).order_by("since_from", "object__name"),
    "What it is to others: acquired, owns, renamed … and since when.",
    {
        "kind": code("kind_id", "How they are related."),
        "object": code("object__slug", "The other organisation."),
        "object_name": text("object__name", "Its name."),
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


def owner_today(organisation):
    """Who stands at the top above it today; None where nobody else does."""
    now = ownership.today()
    found = Owned.objects.filter(organisation=organisation, from_day__lte=now, to_day__gt=now).select_related("owner")
    return next((row.owner for row in found if row.owner != organisation), None)


def legs(organisation):
    """Legs in which it stands at an end, or as carrier or bank, the newest first."""
    return RouteLeg.objects.filter(touching(one_with(Organisation, [organisation.pk])), voided_at=None).order_by("-id")


def claims(organisation):
    """What is said of it, and what it says itself."""
    return beside(Q(organisation=organisation) | Q(by_organisation=organisation))


# What the page of one organisation shows beside the release shape: one statement, planned once a connection.

THIS = OuterRef("pk")
LISTINGS = rows(
    Listing.objects.filter(organisation=THIS, voided_at=None).order_by("delisted", "listed_from", "id"),
    "Its listings as a person confirmed them, those in force first.",
    {
        "authority": text("authority", "Whose list it is."),
        "list": text("list", "The list."),
        "programme": text("programme", "The programme."),
        "number": text("number", "The list's own identifier of the entry."),
        "listed": code("listed", "EDTF."),
        "delisted": code("delisted", "EDTF."),
        "note": text("note", "Note."),
        "cited": citations_of(ListingCitation),
    },
)
RELATED = rows(
    OrganisationRelation.objects.filter(Q(subject=THIS) | Q(object=THIS), voided_at=None).order_by(
        "since_from", "kind_id", "id"
    ),
    "What it is or was to others, and they to it, in time.",
    {
        "subject": {"slug": code("subject__slug", "Who."), "name": text("subject__name", "Its name.")},
        "kind": code("kind_id", "How they are related."),
        "object": {"slug": code("object__slug", "To whom."), "name": text("object__name", "Its name.")},
        "since": code("since", "EDTF."),
        "until": code("until", "EDTF."),
        "share": decimal("share", "Per cent owned."),
        "note": text("note", "Note."),
        "cited": citations_of(RelationCitation),
    },
)
VESSELS = rows(
    VesselRelation.objects.filter(organisation=THIS, voided_at=None).order_by("since_from", "id"),
    "Ships it owned, managed or operated.",
    {
        "kind": code("kind_id", "What it was to the ship."),
        "name": text("vessel__name", "The ship."),
        "imo": code("vessel__imo", "IMO number."),
        "since": code("since", "EDTF."),
        "until": code("until", "EDTF."),
    },
)
BESIDE = Shape(
    Organisation,
    {
        "id": uuid("id", "Identifier (UUIDv7)."),
        "listings": LISTINGS,
        "relations": RELATED,
        "vessels": VESSELS,
        "registered": rows(
            OrganisationIdentifier.objects.filter(organisation=THIS, voided_at=None).order_by("scheme_id", "value"),
            "The numbers it bears in registers.",
            {
                "scheme": code("scheme_id", "The register."),
                "country": code("country_id", "Its country."),
                "value": code("value", "The number."),
            },
        ),
        "seats": rows(
            OrganisationSeat.objects.filter(organisation=THIS, voided_at=None).order_by("valid_from", "id"),
            "Its addresses over time.",
            {
                "country": code("country_id", "Country."),
                "place": text("place", "Town."),
                "address": text("address", "Address."),
                "valid": code("valid", "EDTF."),
            },
        ),
        "merged": rows(
            Organisation.objects.filter(canonical=THIS, voided_at=None).order_by("name", "id"),
            "Records merged into this one.",
            {"id": uuid("id", "Identifier."), "name": text("name", "Name.")},
        ),
        "systems": rows(
            WeaponSystem.objects.filter(maker=THIS, voided_at=None).order_by("name", "id"),
            "Weapon systems it is said to make.",
            {"slug": code("slug", "The system."), "name": text("name", "Its name.")},
        ),
    },
)
