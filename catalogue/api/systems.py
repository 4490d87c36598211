"""/api/v1/systems/"""

from rest_framework import serializers

from catalogue.actions.systems import amend_system, record_system
from catalogue.filters.systems import SystemFilter
from catalogue.models import Country, Organisation, SystemKind, WeaponSystem
from catalogue.queries import systems

from .fields import CitationWritten, NameWritten, RecordField, TermField, Written
from .nouns import Noun


class SystemWritten(Written):
    slug = serializers.SlugField(required=False, max_length=120)
    name = serializers.CharField()
    kind = TermField(SystemKind, required=False, source="kind_id")
    parent = RecordField(WeaponSystem, required=False, allow_null=True)
    country = TermField(Country, required=False, allow_null=True, source="country_id")
    maker = RecordField(Organisation, required=False, allow_null=True)
    is_product = serializers.BooleanField(required=False)
    description = serializers.CharField(required=False, allow_blank=True)
    names = NameWritten(many=True, required=False)
    citations = CitationWritten(many=True, required=False)
    read_only_names = Written.read_only_names | {"merged_into"}


class Systems(Noun):
    """Types of weapon systems, with their aliases."""

    noun = "systems"
    shape = systems.SHAPE
    filters = SystemFilter
    writes = SystemWritten
    serializer_class = SystemWritten

    def record(self, columns, seen):
        return record_system(actor=self.viewer, **columns, **seen)

    def amend(self, record, columns, seen):
        amend_system(record, columns, actor=self.viewer, **seen)
