"""Parameters of the list of examinations."""

import django_filters as df

from catalogue.models import Examination, Specimen
from catalogue.queries.examinations import STEP, STEPS

from .base import After, Before, Common, RecordFilter


class ExaminationFilter(Common):
    specimen = RecordFilter(model=Specimen, field_name="specimen_id", by="reference")
    reference = df.CharFilter(lookup_expr="iexact", help_text="The examination number.")
    stage = df.ChoiceFilter(method="at_step", choices=[(step, step) for step in STEPS])
    received_after = After(field_name="received")
    received_before = Before(field_name="received")

    class Meta:
        model = Examination
        fields = []

    def at_step(self, queryset, name, value):
        """Examinations that are there now."""
        return queryset.annotate(step_=STEP).filter(step_=value)
