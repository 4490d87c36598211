"""Firms, plants, banks and state bodies; their names, numbers, seats and relations; vessels."""

from datetime import date

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q

from .agencies import Agency
from .base import Handled, Name, edge, edtf, key_of, once, optional_text, remembered
from .sources import Citation
from .vocabularies import Country, IdentifierScheme, OrganisationKind, RelationKind, maybe_term, term


def trigrams(field, name):
    """A trigram index: finds parts of a stored key or text (three letters or more)."""
    return GinIndex(OpClass(F(field), name="gin_trgm_ops"), name=name)


@remembered
class Organisation(Handled):
    """Any legal entity. What it does (makes, ships, pays) follows from parts and legs, never from its type.

    `country` is the seat. `canonical` points at the record this one was merged into.
    """

    slug = models.SlugField(max_length=120)
    name = models.TextField()
    kind = term(OrganisationKind, default="unknown")
    country = maybe_term(Country)
    description = optional_text()
    founded, founded_from, founded_to = edtf(), edge(), edge()
    dissolved, dissolved_from, dissolved_to = edtf(), edge(), edge()
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="organisations", help_text="The agency it is here."
    )
    canonical = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    key = key_of("name")

    class Meta:
        constraints = [
            models.UniqueConstraint("owner", "slug", name="organisation_slug_once_in_agency"),
            once("agency", name="organisation_of_agency_once", agency__isnull=False),
            models.CheckConstraint(condition=~Q(canonical=F("id")), name="organisation_not_merged_into_itself"),
        ]
        indexes = [
            models.Index(fields=["audience", "-id"], name="organisation_list"),
            models.Index(fields=["slug"], name="organisation_slug"),
            models.Index(fields=["key"], name="organisation_key"),
            trigrams("key", "organisation_key_trgm"),
        ]

    def __str__(self):
        return self.name


@remembered
class OrganisationName(Name):
    """A further name of an organisation: legal, former, transliterated, abbreviated, as published."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="names")

    class Meta(Name.Meta):
        constraints = [
            *Name.Meta.constraints,
            once("organisation", "text", "kind", name="organisationname_once"),
        ]
        indexes = [models.Index(fields=["key"], name="organisationname_key"), trigrams("key", "organisationname_trgm")]


@remembered
class OrganisationIdentifier(Handled):
    """A number an organisation bears in a register."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="identifiers")
    scheme = term(IdentifierScheme)
    country = maybe_term(Country)
    value = models.TextField()
    key = key_of("value")

    class Meta:
        indexes = [models.Index(fields=["scheme", "key"], name="organisationidentifier_key")]


@remembered
class OrganisationSeat(Handled):
    """An address of an organisation, over time."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="seats")
    country = maybe_term(Country)
    place = optional_text()
    address = optional_text()
    valid, valid_from, valid_to = edtf(), edge(), edge()


@remembered
class OrganisationRelation(Handled):
    """What one organisation is or was to another: owns, acquired, branch, brand, renamed, sold line."""

    subject = models.ForeignKey(Organisation, models.PROTECT, related_name="relations")
    object = models.ForeignKey(Organisation, models.PROTECT, related_name="related")
    kind = term(RelationKind)
    since, since_from, since_to = edtf(), edge(), edge()
    until, until_from, until_to = edtf(), edge(), edge()
    share = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True, help_text="Per cent owned.")
    note = optional_text()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(subject=F("object")), name="organisationrelation_two_ends"),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gt=0, share__lte=100), name="organisationrelation_share"
            ),
        ]


class Owned(models.Model):
    """On whose account a maker stood from one day up to another; a view (ownership_v1.sql) under its reader's policies.

    An organisation without a row has always been its own. `owner` is the top of the chain, never a merged record.
    """

    FIRST = date(1, 1, 1)  # of parts without a date: no relation holds yet, and merged records alone are one

    pk = models.CompositePrimaryKey("organisation", "from_day")
    organisation = models.ForeignKey(Organisation, models.DO_NOTHING, related_name="owned", db_constraint=False)
    owner = models.ForeignKey(Organisation, models.DO_NOTHING, related_name="+", db_constraint=False)
    from_day = models.DateField()
    to_day = models.DateField(help_text="The first day that no longer counts.")

    class Meta:
        managed = False
        db_table = "catalogue_owned"


@remembered
class OrganisationCitation(Citation):
    """What supports or contradicts an organisation's record."""

    record = models.ForeignKey(Organisation, models.PROTECT, related_name="citations")


@remembered
class RelationCitation(Citation):
    """What supports or contradicts a relation between organisations."""

    record = models.ForeignKey(OrganisationRelation, models.PROTECT, related_name="citations")


@remembered
class Vessel(Handled):
    """A ship, by its IMO number where known."""

    slug = models.SlugField(max_length=120)
    name = models.TextField()
    imo = models.CharField(max_length=7, blank=True, default="", db_default="")
    mmsi = models.CharField(max_length=9, blank=True, default="", db_default="")
    flag = maybe_term(Country)
    description = optional_text()
    key = key_of("name")

    class Meta:
        constraints = [
            models.UniqueConstraint("owner", "slug", name="vessel_slug_once_in_agency"),
            models.CheckConstraint(condition=Q(imo="") | Q(imo__regex=r"^\d{7}$"), name="vessel_imo_seven_digits"),
        ]


@remembered
class VesselName(Name):
    """A further name of a vessel, often a former one."""

    vessel = models.ForeignKey(Vessel, models.PROTECT, related_name="names")


@remembered
class VesselRelation(Handled):
    """Who owned, managed or operated a vessel, and when."""

    vessel = models.ForeignKey(Vessel, models.PROTECT, related_name="relations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="vessels")
    kind = term(RelationKind)
    since, since_from, since_to = edtf(), edge(), edge()
    until, until_from, until_to = edtf(), edge(), edge()
    note = optional_text()


@remembered
class VesselCitation(Citation):
    """What supports or contradicts a vessel's record."""

    record = models.ForeignKey(Vessel, models.PROTECT, related_name="citations")
