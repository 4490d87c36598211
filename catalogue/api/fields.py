"""Fields of what is sent: records by slug or reference, partly known dates, handling."""

import uuid

from rest_framework import serializers

from catalogue.actions.handling import agencies_named, level_of
from catalogue.actions.refusals import Refused
from catalogue.markings.dates import DateNotUnderstood, PartialDate, parse

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
        found = list(find(self.model, self.by, named)[:2])
        if not found:
            raise serializers.ValidationError(f"There is no {noun} {named!r} that you may see.")
        return found[0]

    def to_representation(self, value):
        return getattr(value, self.by)


def find(model, by, named):
    """Records in force called `named`: by slug or reference, else by id; the agency's own come first."""
    queryset = model.objects.filter(voided_at=None)
    identifier = as_uuid(named)
    return queryset.filter(pk=identifier) if identifier else queryset.filter(**{by: named}).order_by("created_at", "id")


def as_uuid(text):
    """`text` as a UUID, or None."""
    try:
        return uuid.UUID(text) if len(text) in (32, 36) else None
    except ValueError:
        return None


class EdtfField(serializers.Field):
    """A partly known date: EDTF, or words as people write them; as text, or as the object that reading gives."""

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
        if data in ("", None):
            return None
        code = super().to_internal_value(data)
        if not self.model.objects.filter(pk=code).exists():
            noun = self.model._meta.verbose_name
            raise serializers.ValidationError(f"There is no {noun} {code!r}; see /api/v1/vocabularies/.")
        return code


class Written(serializers.Serializer):
    """What is sent to record or change something. Unknown names are refused, what is only read is passed over."""

    handling = HandlingField(required=False)
    released_to = serializers.ListField(child=serializers.CharField(), required=False)
    reason = serializers.CharField(required=False, allow_blank=True)
    version = serializers.IntegerField(required=False, min_value=1)

    read_only_names = frozenset({"id", "url", "owner", "created", "updated", "slug", "reference"})

    def to_internal_value(self, data):
        if not isinstance(data, dict):
            raise serializers.ValidationError("Send one JSON object.")
        for name in data:
            if name not in self.fields and name not in self.read_only_names:
                known = ", ".join(sorted(self.fields))
                raise serializers.ValidationError({name: f"There is no field {name!r} here. Known: {known}."})
        return super().to_internal_value(data)

    def split(self):
        """(columns, handling keywords): what the record holds, and who may see it."""
        columns = dict(self.validated_data)
        seen = {name: columns.pop(name) for name in ("handling", "released_to", "reason", "version") if name in columns}
        if "released_to" in seen:
            seen["released_to"] = agencies_named(seen["released_to"])
        return columns, seen

