"""/api/v1/specimens/"""

from rest_framework import serializers

from catalogue.actions.specimens import amend_specimen, record_specimen
from catalogue.filters.specimens import SpecimenFilter
from catalogue.models import Condition, Country, Review, SpecimenKind, SpecimenNumberKind, WeaponSystem
from catalogue.queries import specimens

from .fields import CitationWritten, EdtfField, RecordField, TermField, Told, Written
from .nouns import Noun


class SpecimenNumberWritten(Told):
    kind = serializers.ChoiceField(SpecimenNumberKind.choices)
    text = serializers.CharField()


class SpecimenWritten(Written):
    system = RecordField(WeaponSystem)
    kind = serializers.ChoiceField(SpecimenKind.choices, required=False)
    count = serializers.IntegerField(required=False, allow_null=True, min_value=2)
    title = serializers.CharField(required=False, allow_blank=True)
    serial_number = serializers.CharField(required=False, allow_blank=True)
    numbers = SpecimenNumberWritten(many=True, required=False)
    recovered = EdtfField(required=False, allow_null=True)
    produced = EdtfField(required=False, allow_null=True)
    used = EdtfField(required=False, allow_null=True)
    examined = EdtfField(required=False, allow_null=True)
    country = TermField(Country, required=False, allow_null=True, source="country_id")
    place = serializers.CharField(required=False, allow_blank=True)
    condition = serializers.ChoiceField(Condition.choices, required=False, allow_blank=True, allow_null=True)
    note = serializers.CharField(required=False, allow_blank=True)
    review = serializers.ChoiceField(
        Review.choices,
        required=False,
        help_text="in-review asks for it; a second person answers reviewed or draft.",
    )
    citations = CitationWritten(many=True, required=False)
    read_only_names = Written.read_only_names | {"reviewed"}


class Specimens(Noun):
    """Recovered examples of weapon systems; only those of kind `single` are counted as specimens."""

    noun = "specimens"
    by = "reference"
    shape = specimens.SHAPE
    filters = SpecimenFilter
    writes = SpecimenWritten
    serializer_class = SpecimenWritten

    def record(self, columns, seen):
        return record_specimen(actor=self.viewer, **columns, **seen)

    def amend(self, record, columns, seen):
        amend_specimen(record, columns, actor=self.viewer, **seen)
