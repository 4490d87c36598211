"""Parameters of the list of files."""

import django_filters as df

from catalogue.models import Component, EvidenceFile, FileKind, Specimen

from .base import Common, RecordFilter


class FileFilter(Common):
    specimen = RecordFilter(model=Specimen, field_name="specimen_id", by="reference")
    component = RecordFilter(model=Component, field_name="component_id", by="reference")
    kind = df.ChoiceFilter(choices=FileKind.choices)
    sha256 = df.CharFilter(field_name="sha256")

    class Meta:
        model = EvidenceFile
        fields = []
