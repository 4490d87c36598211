"""/api/v1/listings/"""

from rest_framework import serializers

from catalogue.actions.listings import amend_listing, record_listing, void_listing
from catalogue.filters.listings import ListingFilter
from catalogue.models import Organisation, Vessel
from catalogue.queries import listings

from .fields import CitationWritten, EdtfField, RecordField, Written
from .nouns import Noun


class ListingWritten(Written):
    organisation = RecordField(Organisation, required=False, allow_null=True)
    vessel = RecordField(Vessel, required=False, allow_null=True)
    authority = serializers.CharField()
    list = serializers.CharField()
    programme = serializers.CharField(required=False, allow_blank=True)
    number = serializers.CharField(required=False, allow_blank=True)
    listed = EdtfField(required=False, allow_null=True)
    delisted = EdtfField(required=False, allow_null=True)
    note = serializers.CharField(required=False, allow_blank=True)
    citations = CitationWritten(many=True, required=False)
    read_only_names = Written.read_only_names | {"confirmed_by"}


class Listings(Noun):
    """Organisations and vessels on sanctions and control lists, as a curator confirmed it."""

    noun = "listings"
    by = "id"
    verb = changes = "confirm"
    shape = listings.SHAPE
    filters = ListingFilter
    writes = ListingWritten
    serializer_class = ListingWritten

    def record(self, columns, seen):
        return record_listing(actor=self.viewer, **columns, **seen)

    def amend(self, record, columns, seen):
        amend_listing(record, columns, actor=self.viewer, **seen)

    def void(self, record, reason):
        void_listing(record, actor=self.viewer, reason=reason)
