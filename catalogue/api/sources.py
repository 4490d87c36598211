"""/api/v1/sources/"""

from rest_framework import serializers

from catalogue.actions.sources import amend_source, record_source
from catalogue.filters.sources import SourceFilter
from catalogue.models import Reliability, Source, SourceKind
from catalogue.queries import sources

from .fields import EdtfField, RecordField, TermField, Written
from .nouns import Noun


class SourceWritten(Written):
    slug = serializers.SlugField(required=False, max_length=120)
    title = serializers.CharField()
    publisher = serializers.CharField(required=False, allow_blank=True)
    kind = TermField(SourceKind, source="kind_id")
    source_url = serializers.CharField(required=False, allow_blank=True, source="url")
    archive_url = serializers.CharField(required=False, allow_blank=True)
    language = serializers.CharField(required=False, allow_blank=True)
    published = EdtfField(required=False, allow_null=True)
    accessed = serializers.DateField(required=False, allow_null=True)
    reliability = serializers.ChoiceField(Reliability.choices, required=False)
    rights = serializers.CharField(required=False, allow_blank=True)
    note = serializers.CharField(required=False, allow_blank=True)
    derived_from = RecordField(Source, required=False, allow_null=True)


class Sources(Noun):
    """Documents that records rest on, with their reliability (Admiralty code) and rights."""

    noun = "sources"
    shape = sources.SHAPE
    filters = SourceFilter
    writes = SourceWritten
    serializer_class = SourceWritten

    def record(self, columns, seen):
        return record_source(actor=self.viewer, **columns, **seen)

    def amend(self, record, columns, seen):
        amend_source(record, columns, actor=self.viewer, **seen)
