"""Parameters of the list of what was looked for and not found."""

from catalogue.models import Absence, Component, Specimen

from .base import Common, RecordFilter


class AbsenceFilter(Common):
    specimen = RecordFilter(model=Specimen, field_name="specimen_id", by="reference")
    expected = RecordFilter(model=Component, field_name="expected_id", by="reference")
    expected_specimen = RecordFilter(model=Specimen, field_name="expected__specimen_id", by="reference")

    class Meta:
        model = Absence
        fields = []
