"""Sanctions and control lists: editions, raw entries, candidates, and listings that a person confirmed."""

from django.db import models
from django.db.models import Q

from .agencies import User
from .base import Handled, Name, Words, edge, edtf, once, one_of, optional_text, remembered
from .organisations import Organisation, Vessel
from .sources import Citation, Source


@remembered
class ListVersion(Handled):
    """One dated edition of a list."""

    list = models.SlugField(max_length=60, help_text="ofac-sdn, eu-833-2014, uk …")
    publisher = models.TextField()
    edition = models.DateField(null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="list_versions")
    sha256 = models.CharField(max_length=64, blank=True, default="", db_default="")
    counts = models.JSONField(default=dict)

    class Meta:
        constraints = [once("list", "sha256", "source", name="listversion_once")]


class EntryKind(Words):
    FIRM = "firm", "організація", "Firm or body"
    VESSEL = "vessel", "судно", "Vessel"
    AIRCRAFT = "aircraft", "повітряне судно", "Aircraft"
    INDIVIDUAL = "individual", "особа", "Individual: name, identifier and programme only"


@remembered
class ListEntry(Handled):
    """One raw entry, in the same words from its first edition to its last. Gone later: delisted, not deleted."""

    list = models.SlugField(max_length=60)
    number = models.TextField(help_text="The list's own identifier.")
    kind = models.TextField(choices=EntryKind)
    name = models.TextField()
    programme = optional_text()
    listed, listed_from, listed_to = edtf(), edge(), edge()
    first_version = models.ForeignKey(ListVersion, models.PROTECT, related_name="entries_begun")
    last_version = models.ForeignKey(ListVersion, models.PROTECT, related_name="entries_last_seen")
    row = models.JSONField(help_text="The entry as published.")
    row_sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            one_of("kind", EntryKind),
            once("list", "number", "row_sha256", "first_version", "last_version", name="listentry_once"),
        ]
        indexes = [models.Index(fields=["list", "number"], name="listentry_id")]


@remembered
class ListEntryName(Name):
    """A name given in a list entry."""

    entry = models.ForeignKey(ListEntry, models.PROTECT, related_name="names")

    class Meta(Name.Meta):
        indexes = [models.Index(fields=["key"], name="listentryname_key")]


class MatchState(Words):
    CANDIDATE = "candidate", "кандидат", "Candidate"
    CONFIRMED = "confirmed", "підтверджено", "Confirmed"
    REJECTED = "rejected", "відхилено", "Rejected"


@remembered
class Match(Handled):
    """A candidate that a list entry is an organisation or a vessel. Never a listing until a person confirms it."""

    entry = models.ForeignKey(ListEntry, models.PROTECT, related_name="matches")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="matches")
    vessel = models.ForeignKey(Vessel, models.PROTECT, null=True, blank=True, related_name="matches")
    score = models.FloatField()
    reasons = models.JSONField(default=list)
    state = models.TextField(choices=MatchState, default=MatchState.CANDIDATE)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            one_of("state", MatchState),
            models.CheckConstraint(condition=Q(score__range=(0, 1)), name="match_score"),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, vessel__isnull=True)
                | Q(organisation__isnull=True, vessel__isnull=False),
                name="match_organisation_or_vessel",
            ),
        ]


@remembered
class Listing(Handled):
    """An organisation or vessel is on a list, from a day to a day: confirmed by a person, with its source."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="listings")
    vessel = models.ForeignKey(Vessel, models.PROTECT, null=True, blank=True, related_name="listings")
    entry = models.ForeignKey(ListEntry, models.PROTECT, null=True, blank=True, related_name="listings")
    authority = models.TextField()
    list = models.TextField()
    programme = optional_text()
    number = optional_text()
    listed, listed_from, listed_to = edtf(), edge(), edge()
    delisted, delisted_from, delisted_to = edtf(), edge(), edge()
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    note = optional_text()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, vessel__isnull=True)
                | Q(organisation__isnull=True, vessel__isnull=False),
                name="listing_organisation_or_vessel",
            )
        ]
        indexes = [models.Index(fields=["audience", "-id"], name="listing_list")]


@remembered
class ListingCitation(Citation):
    """What supports or contradicts a listing."""

    record = models.ForeignKey(Listing, models.PROTECT, related_name="citations")
