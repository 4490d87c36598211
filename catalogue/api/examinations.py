"""/api/v1/examinations/"""

from django.db.models import F, Func, TextField
from rest_framework import serializers

from catalogue.actions.examinations import move_examination, record_examination
from catalogue.actions.refusals import Refused
from catalogue.filters.examinations import ExaminationFilter
from catalogue.models import Level, Specimen, User
from catalogue.queries import examinations
from catalogue.queries.examinations import STEPS

from .fields import EdtfField, RecordField, Written
from .nouns import Noun


class ExaminerField(serializers.CharField):
    """One of the agency's own people, by examiner code."""

    def to_internal_value(self, data):
        wanted = super().to_internal_value(data).strip()
        coded = Func(F("pk"), function="catalogue_examiner", output_field=TextField())
        own = User.objects.filter(agency=self.context["viewer"].agency, is_service=False).annotate(code=coded)
        for one in own:
            if wanted.casefold() in (one.code.casefold(), one.examiner.casefold()):
                return one
        raise serializers.ValidationError(f"Nobody of your agency has the examiner code {wanted!r}.")

    def to_representation(self, value):
        return value.examiner


class ExaminationWritten(Written):
    specimen = RecordField(Specimen, by="reference")
    reference = serializers.CharField(help_text="Your agency's own examination number.")
    received = EdtfField(required=False, allow_null=True)
    consignor = serializers.CharField(required=False, allow_blank=True)
    seals = serializers.CharField(required=False, allow_blank=True)
    examiner = ExaminerField(required=False, allow_null=True)
    stage = serializers.ChoiceField(
        STEPS, required=False, help_text="in-review sends the specimen to its review; released takes a reviewed one."
    )
    note = serializers.CharField(required=False, allow_blank=True)
    read_only_names = Written.read_only_names - {"reference"}


class Examinations(Noun):
    """The intake of specimens and how far their examination is. Each stays with its agency: it names people."""

    noun = "examinations"
    by = "id"
    shape = examinations.SHAPE
    filters = ExaminationFilter
    writes = ExaminationWritten
    serializer_class = ExaminationWritten

    def record(self, columns, seen):
        stays(seen)
        return record_examination(actor=self.viewer, **columns, **seen)

    def amend(self, record, columns, seen):
        stays(seen)
        if "specimen" in columns and columns.pop("specimen").pk != record.specimen_id:
            raise Refused("An examination stays with its specimen; void it and note it there.", "specimen")
        move_examination(record, columns, actor=self.viewer, **seen)


def stays(seen):
    """Take what is said of handling out of `seen`. Raises Refused where that would move it."""
    if seen.pop("handling", Level.STRICT) != Level.STRICT or seen.pop("released_to", ()):
        raise Refused("An examination stays with your agency: leave its handling at AMBER+STRICT.", "handling")
