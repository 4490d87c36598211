"""/api/v1/components/"""

from rest_framework import serializers

from catalogue.actions.components import amend_component, record_component
from catalogue.filters.components import ComponentFilter
from catalogue.models import (
    Authenticity,
    Category,
    Component,
    ComponentKind,
    Confidence,
    Country,
    Grade,
    IdentificationBasis,
    MarkingState,
    Organisation,
    Specimen,
    TestMethod,
)
from catalogue.queries import components

from .fields import EdtfField, RecordField, TermField, Written
from .nouns import Noun


class PartNamed(serializers.Field):
    """A part by number (of the manufacturer beside it) or id; as text, or as the object reading gives."""

    def to_internal_value(self, data):
        named = data.get("id") or data.get("number") if isinstance(data, dict) else data
        if not isinstance(named, str) or not named.strip():
            raise serializers.ValidationError("Name the part by its number or id.")
        return named.strip()


class ComponentWritten(Written):
    specimen = RecordField(Specimen, by="reference")
    parent = RecordField(Component, by="reference", required=False, allow_null=True)
    kind = serializers.ChoiceField(ComponentKind.choices, required=False)
    name = serializers.CharField(required=False, allow_blank=True)
    category = TermField(Category, required=False, allow_null=True, source="category_id")
    label = serializers.CharField(required=False, allow_blank=True)
    designator = serializers.CharField(required=False, allow_blank=True)
    marking = serializers.CharField(required=False, allow_blank=True, trim_whitespace=False)
    marking_state = serializers.ChoiceField(MarkingState.choices, required=False)
    manufacturer = RecordField(Organisation, required=False, allow_null=True)
    part = PartNamed(required=False, allow_null=True)
    identification_basis = TermField(IdentificationBasis, required=False, source="basis")
    confidence = serializers.ChoiceField(Confidence.choices, required=False)
    quantity = serializers.IntegerField(required=False, allow_null=True, min_value=1)
    date_code = serializers.CharField(required=False, allow_blank=True)
    made = EdtfField(required=False, allow_null=True)
    marked_country = TermField(Country, required=False, allow_null=True, source="marked_country_id")
    grade = serializers.ChoiceField(Grade.choices, required=False, allow_blank=True, allow_null=True)
    authenticity = serializers.ChoiceField(Authenticity.choices, required=False)
    authenticity_test = TermField(TestMethod, required=False, allow_null=True, source="authenticity_test_id")
    condition = serializers.CharField(required=False, allow_blank=True)
    note = serializers.CharField(required=False, allow_blank=True)
    read_only_names = Written.read_only_names | {
        "basis", "system", "published_text", "source_id", "source_url",
    }  # fmt: skip


class Components(Noun):
    """What was found in specimens: units, boards, parts; each row one or more identical pieces."""

    noun = "components"
    by = "reference"
    shape = components.SHAPE
    filters = ComponentFilter
    writes = ComponentWritten
    serializer_class = ComponentWritten

    def record(self, columns, seen):
        return record_component(actor=self.viewer, **columns, **seen)

    def amend(self, record, columns, seen):
        amend_component(record, columns, actor=self.viewer, **seen)
