"""Fields of what is sent: records by slug or reference, partly known dates, handling."""

import re
import uuid

from rest_framework import serializers

from catalogue.actions.components import part_named
from catalogue.actions.handling import agencies_named, level_of
from catalogue.actions.refusals import Refused
from catalogue.markings.dates import DateNotUnderstood, PartialDate, parse
from catalogue.models import Credibility, Organisation, Source, Stance
from catalogue.models.base import NameKind
from catalogue.queries.named import find

EMPTY = PartialDate("", None, None)


class RecordField(serializers.Field):
    """Another record, by slug, reference or id; as text, or as the object that reading gives."""

    def __init__(self, model, by="slug", **options):
        self.model, self.by = model, by
        super().__init__(**options)

    def to_internal_value(self, data):
        named = data.get(self.by, data.get("id")) if isinstance(data, dict) else data
        noun = self.model._meta.verbose_name
        if not isinstance(named, str) or not named:
            raise serializers.ValidationError(f"Name the {noun} by its {self.by}.")
        viewer = self.context.get("viewer")
        found = find(self.model, self.by, named, agency=viewer and viewer.agency).first()
        if found is None:
            raise serializers.ValidationError(f"There is no {noun} {named!r} that you may see.")
        return found

    def to_representation(self, value):
        return getattr(value, self.by)


class OwnId(serializers.UUIDField):
    """A UUIDv7 that the client made."""

    def to_internal_value(self, data):
        found = super().to_internal_value(data)
        if found.version != 7 or found.variant != uuid.RFC_4122:
            raise serializers.ValidationError("Make the id a UUID of version 7, or leave it out.")
        return found


class EdtfField(serializers.Field):
    """A partly known date: EDTF, or as people write it; as text, or as the object that reading gives."""

    def run_validation(self, data=serializers.empty):
        found = super().run_validation(data)
        return EMPTY if found is None else found

    def to_internal_value(self, data):
        text = data.get("edtf") if isinstance(data, dict) else data
        if text in ("", None):
            return EMPTY
        if not isinstance(text, str):
            raise serializers.ValidationError("Write a date as text, for example 2022-07 or July 2022.")
        try:
            return parse(text)
        except DateNotUnderstood as problem:
            raise serializers.ValidationError(str(problem)) from None

    def to_representation(self, value):
        return value.edtf


class HandlingField(serializers.Field):
    """A TLP 2.0 level."""

    def to_internal_value(self, data):
        try:
            return level_of(data)
        except Refused as refusal:
            raise serializers.ValidationError(refusal.sentence) from None

    def to_representation(self, value):
        return value.label


class TermField(serializers.CharField):
    """The code of a vocabulary term."""

    def __init__(self, model, **options):
        self.model = model
        super().__init__(**options)

    def to_internal_value(self, data):
        if data == "" or data is None:
            return None
        code = super().to_internal_value(data)
        if not self.model.objects.filter(pk=code).exists():
            noun = self.model._meta.verbose_name
            raise serializers.ValidationError(f"There is no {noun} {code!r}; see /api/v1/vocabularies/.")
        return code


class PartField(serializers.Field):
    """A part type: by id, or by number and, where several have it, manufacturer; as text or as an object."""

    def to_internal_value(self, data):
        named = data if isinstance(data, dict) else {"number": data}
        maker = named.get("manufacturer")
        maker = RecordField(Organisation).run_validation(maker) if maker is not None else None
        text = named.get("id") or named.get("number")
        if not isinstance(text, str) or not text.strip():
            raise serializers.ValidationError("Name the part by its number or id.")
        try:
            return part_named(text.strip(), maker, actor=self.context["viewer"])
        except Refused as refusal:
            raise serializers.ValidationError(refusal.sentence) from None

    def to_representation(self, value):
        return value.number


class HsField(serializers.Field):
    """A heading of the Harmonised System: "854231" (edition 2022), "2017/854231", or {"version", "code"}."""

    EDITIONS = (1988, 1992, 1996, 2002, 2007, 2012, 2017, 2022, 2028)

    def to_internal_value(self, data):
        if isinstance(data, dict):
            data = f"{data.get('version') or 2022}/{data.get('code')}"
        found = re.fullmatch(r"(?:(\d{4})/)?(\d{2,6})", str(data).replace(".", "").strip())
        if not found or int(found[1] or 2022) not in self.EDITIONS:
            raise serializers.ValidationError(
                f"{data!r} is no HS code; write two to six digits, with another edition: 2017/854231."
            )
        return int(found[1] or 2022), found[2]

    def to_representation(self, value):
        return "/".join(map(str, value))


class Told(serializers.Serializer):
    """An object that is sent. Unknown names are refused, what is only read is passed over."""

    read_only_names = frozenset()

    def to_internal_value(self, data):
        if not isinstance(data, dict):
            raise serializers.ValidationError({"non_field_errors": ["Send one JSON object."]})
        for name in data:
            if name not in self.fields and name not in self.read_only_names:
                known = ", ".join(sorted(self.fields))
                raise serializers.ValidationError({name: f"There is no field {name!r} here. Known: {known}."})
        if self is not self.root:  # a change may leave out fields of the record, not of a row within it
            missing = [name for name, field in self.fields.items() if field.required and name not in data]
            if missing:
                raise serializers.ValidationError({missing[0]: "This field is required."})
        return super().to_internal_value(data)


class NameWritten(Told):
    """One further name."""

    text = serializers.CharField()
    language = serializers.CharField(required=False, allow_blank=True)
    script = serializers.CharField(required=False, allow_blank=True)
    kind = serializers.ChoiceField(NameKind.choices, required=False)


class CitationWritten(Told):
    """The place in a source that supports or contradicts a record."""

    source = RecordField(Source)
    locator = serializers.CharField(required=False, allow_blank=True)
    quote = serializers.CharField(required=False, allow_blank=True)
    stance = serializers.ChoiceField(Stance.choices, required=False)
    credibility = serializers.ChoiceField(Credibility.choices, required=False)
    note = serializers.CharField(required=False, allow_blank=True)
    read_only_names = frozenset({"title", "url"})


class Written(Told):
    """What is sent to record or change something."""

    handling = HandlingField(required=False)
    released_to = serializers.ListField(child=serializers.CharField(), required=False)
    reason = serializers.CharField(required=False, allow_blank=True)
    version = serializers.IntegerField(required=False, min_value=1)

    read_only_names = frozenset(
        {"id", "url", "owner", "created", "updated", "voided", "slug", "reference", "held_back"}
    )

    def split(self):
        """(columns, handling keywords): what the record holds, and who may see it."""
        columns = dict(self.validated_data)
        seen = {name: columns.pop(name) for name in ("handling", "released_to", "reason", "version") if name in columns}
        if "released_to" in seen:
            seen["released_to"] = agencies_named(seen["released_to"])
        return columns, seen
