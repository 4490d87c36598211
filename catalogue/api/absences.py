"""/api/v1/absences/"""

from rest_framework import serializers

from catalogue.actions.absences import mark_absent
from catalogue.actions.record import amend
from catalogue.actions.refusals import Refused
from catalogue.filters.absences import AbsenceFilter
from catalogue.models import Component, Specimen
from catalogue.queries import absences

from .fields import OwnId, RecordField, Written
from .nouns import Noun


class AbsenceWritten(Written):
    id = OwnId(required=False)
    specimen = RecordField(Specimen, by="reference")
    expected = RecordField(Component, by="reference")
    note = serializers.CharField(required=False, allow_blank=True)
    read_only_names = Written.read_only_names - {"id"}


class Absences(Noun):
    """What an earlier teardown of the system had, an analyst looked for and did not find.

    Without such a record nothing is said: what is not recorded may still be there. A POST that says the same again is
    answered 200 with the record that is there.
    """

    noun = "absences"
    by = "id"
    shape = absences.SHAPE
    filters = AbsenceFilter
    writes = AbsenceWritten
    serializer_class = AbsenceWritten

    def record(self, columns, seen):
        found, self.is_new = mark_absent(actor=self.viewer, **columns, **seen)
        return found

    def create(self, request):
        response = super().create(request)
        if not self.is_new:
            response.status_code = 200
        return response

    def amend(self, record, columns, seen):
        columns.pop("id", None)
        for name in ("specimen", "expected"):
            if name in columns and columns.pop(name).pk != getattr(record, f"{name}_id"):
                raise Refused(f"The {name} of an absence stays; void it and say it anew.", name)
        amend(record, columns, actor=self.viewer, **seen)
