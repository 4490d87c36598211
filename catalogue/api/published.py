"""/api/v1/published-records/"""

from rest_framework import serializers

from catalogue.actions.published import amend_published, record_published
from catalogue.filters.published import PublishedFilter
from catalogue.models import Source
from catalogue.queries import published

from .fields import RecordField, Written
from .nouns import Noun


class PublishedWritten(Written):
    source = RecordField(Source)
    source_id = serializers.CharField(source="entry_id")
    text = serializers.CharField(required=False, allow_blank=True, trim_whitespace=False)
    manufacturer = serializers.CharField(required=False, allow_blank=True, trim_whitespace=False)
    country = serializers.CharField(required=False, allow_blank=True, trim_whitespace=False)
    recovered_in = serializers.CharField(required=False, allow_blank=True, trim_whitespace=False)
    source_url = serializers.CharField(required=False, allow_blank=True, source="url")
    photo_url = serializers.CharField(required=False, allow_blank=True)
    last_verified = serializers.CharField(required=False, allow_blank=True)
    read_only_names = Written.read_only_names | {"components"}


class PublishedRecords(Noun):
    """Other people's published entries, verbatim.

    POST keeps an entry (a curator's verb), PATCH moves its handling and nothing else, DELETE voids it:
    what somebody published is never edited. The address is its id, or the publisher's own (`source_id`).
    """

    noun = "published-records"
    by = "entry_id"
    verb = "import"
    shape = published.SHAPE
    filters = PublishedFilter
    writes = PublishedWritten
    serializer_class = PublishedWritten

    def record(self, columns, seen):
        return record_published(actor=self.viewer, **columns, **seen)

    def amend(self, record, columns, seen):
        amend_published(record, columns, actor=self.viewer, **seen)
