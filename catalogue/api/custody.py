"""/api/v1/custody/"""

from rest_framework import serializers

from catalogue.actions.custody import record_custody
from catalogue.actions.record import amend
from catalogue.actions.refusals import Refused
from catalogue.filters.custody import CustodyFilter
from catalogue.models import Component, CustodyKind, Specimen
from catalogue.queries import custody

from .fields import RecordField, Written
from .nouns import Noun

WORDS = {"from": "giver", "to": "receiver", "happened": "happened_at"}


class CustodyWritten(Written):
    specimen = RecordField(Specimen, by="reference", required=False, allow_null=True)
    component = RecordField(Component, by="reference", required=False, allow_null=True)
    kind = serializers.ChoiceField(CustodyKind.choices)
    happened = serializers.DateTimeField(help_text="With its offset, for example 2026-11-23T09:30:00+02:00.")
    zone = serializers.CharField(help_text="IANA time zone by whose clocks it was noted: Europe/Kyiv.")
    to = serializers.CharField(required=False, allow_blank=True)
    place = serializers.CharField(required=False, allow_blank=True)
    seals = serializers.CharField(required=False, allow_blank=True)
    purpose = serializers.CharField(required=False, allow_blank=True)

    def get_fields(self):
        # The word of the interface; `from` cannot be written as a name in Python.
        return {**super().get_fields(), "from": serializers.CharField(required=False, allow_blank=True)}

    def split(self):
        columns, seen = super().split()
        return {WORDS.get(name, name): value for name, value in columns.items()}, seen


class Custody(Noun):
    """Events of custody of specimens and components. The chain only grows: an event is never altered."""

    noun = "custody"
    by = "id"
    shape = custody.SHAPE
    filters = CustodyFilter
    writes = CustodyWritten
    serializer_class = CustodyWritten

    def record(self, columns, seen):
        specimen, component = columns.pop("specimen", None), columns.pop("component", None)
        return record_custody(specimen=specimen, component=component, actor=self.viewer, **columns, **seen)

    def amend(self, record, columns, seen):
        words = {column: word for word, column in WORDS.items()}
        for name, value in columns.items():
            if getattr(record, name) != value:
                raise Refused(
                    "Custody is added to, never altered: record a further event, or void this one.",
                    words.get(name, name),
                )
        amend(record, {}, actor=self.viewer, **seen)
