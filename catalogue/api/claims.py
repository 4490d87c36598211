"""/api/v1/claims/"""

from rest_framework import serializers

from catalogue.actions.claims import amend_claim, record_claim
from catalogue.filters.claims import ClaimFilter
from catalogue.models import ClaimKind, Country, Organisation, Part, RouteLeg, Specimen, SupplyRoute, WeaponSystem
from catalogue.queries import claims

from .fields import CitationWritten, EdtfField, RecordField, TermField, Written
from .nouns import Noun


class ClaimWritten(Written):
    kind = serializers.ChoiceField(ClaimKind.choices)
    text = serializers.CharField()
    by = serializers.CharField()
    by_organisation = RecordField(Organisation, required=False, allow_null=True)
    made = EdtfField(required=False, allow_null=True)
    numerator = serializers.CharField(required=False, allow_blank=True)
    denominator = serializers.CharField(required=False, allow_blank=True)
    unit = serializers.CharField(required=False, allow_blank=True)
    counted_by = serializers.CharField(required=False, allow_blank=True)
    country = TermField(Country, required=False, allow_null=True, source="country_id")
    system = RecordField(WeaponSystem, required=False, allow_null=True)
    organisation = RecordField(Organisation, required=False, allow_null=True)
    specimen = RecordField(Specimen, by="reference", required=False, allow_null=True)
    part = RecordField(Part, by="id", required=False, allow_null=True)
    route = RecordField(SupplyRoute, required=False, allow_null=True)
    leg = RecordField(RouteLeg, by="reference", required=False, allow_null=True)
    citations = CitationWritten(many=True, required=False)


class Claims(Noun):
    """What firms, states and reports say: figures as published, estimates, statements and denials.

    None is added to a count of the catalogue; they stand beside it, those that contradict each other side by side.
    """

    noun = "claims"
    by = "id"
    shape = claims.SHAPE
    filters = ClaimFilter
    writes = ClaimWritten
    serializer_class = ClaimWritten

    def record(self, columns, seen):
        return record_claim(actor=self.viewer, **columns, **seen)

    def amend(self, record, columns, seen):
        amend_claim(record, columns, actor=self.viewer, **seen)
