"""/api/v1/components/"""

import orjson
from rest_framework import serializers

from catalogue.actions.components import amend_component, record_component, record_component_once
from catalogue.filters.components import ComponentFilter
from catalogue.filters.makers import basis_of
from catalogue.models import (
    Authenticity,
    Category,
    Component,
    ComponentIdentifierKind,
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
from catalogue.queries.named import as_uuid

from .fields import EdtfField, RecordField, TermField, Told, Written
from .nouns import Noun


class PartNamed(serializers.Field):
    """A part by number (of the manufacturer beside it) or id; as text, or as the object reading gives."""

    def to_internal_value(self, data):
        named = data.get("id") or data.get("number") if isinstance(data, dict) else data
        if not isinstance(named, str) or not named.strip():
            raise serializers.ValidationError("Name the part by its number or id.")
        return named.strip()


class MadeId(serializers.CharField):
    """The UUIDv7 that a sender made for a new row: sent again it names that one. In a change it is read."""

    def to_internal_value(self, data):
        if self.root.partial:
            return data
        found = as_uuid(data) if isinstance(data, str) else None
        if found is None or found.version != 7:
            raise serializers.ValidationError(
                "The id of a new component is a UUIDv7 (RFC 9562); leave it out otherwise."
            )
        return found


class IdentifierWritten(Told):
    """A serial, lot or other number of the piece, printed on it or read out of it."""

    kind = TermField(ComponentIdentifierKind, source="kind_id")
    text = serializers.CharField()
    electronic = serializers.BooleanField(required=False)


class ComponentWritten(Written):
    id = MadeId(required=False)
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
    identifiers = IdentifierWritten(many=True, required=False)
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
    besides = {
        "identifiers": {
            "type": "array",
            "description": "Numbers of the piece, where it is read by itself: serial, lot, IMEI …",
            "items": {
                "type": "object",
                "properties": {
                    "kind": {"type": "string"}, "text": {"type": "string"}, "electronic": {"type": "boolean"},
                },
            },
        },
        "maker_owner": {
            "type": ["object", "null"],
            "description": "In lists with makers=made or makers=today: who counts as the maker on that basis.",
            "properties": {
                "slug": {"type": ["string", "null"]}, "name": {"type": ["string", "null"]},
                "country": {"type": ["string", "null"]}, "basis": {"type": "string", "enum": ["made", "today"]},
            },
        },
    }  # fmt: skip
    is_new = True

    @property
    def asked_shape(self):
        """With the owner of each maker where `makers` asks for one."""
        return components.with_owner(basis_of(self.request.GET))

    def text_of(self, record):
        text = super().text_of(record)
        if not text:
            return text
        numbers = components.identifiers(record).values_list("kind_id", "text", "electronic")
        told = [{"kind": kind, "text": number, "electronic": electronic} for kind, number, electronic in numbers]
        return text[:-1] + b',"identifiers":' + orjson.dumps(told) + b"}"

    def create(self, request):
        response = super().create(request)
        if not self.is_new:
            response.status_code = 200
        return response

    def record(self, columns, seen):
        if "id" not in columns:
            return record_component(actor=self.viewer, **columns, **seen)
        found, self.is_new = record_component_once(actor=self.viewer, **columns, **seen)
        return found

    def amend(self, record, columns, seen):
        columns.pop("id", None)
        amend_component(record, columns, actor=self.viewer, **seen)
