"""Parameters of the photographs list."""

import django_filters as df

from catalogue.models import Component, Photo, Specimen

from .base import Common, RecordFilter


class PhotoFilter(Common):
    specimen = RecordFilter(model=Specimen, field_name="specimen_id", by="reference")
    component = RecordFilter(model=Component, field_name="component_id", by="reference")
    view = df.CharFilter(field_name="view_id")
    sha256 = df.CharFilter(field_name="sha256")

    class Meta:
        model = Photo
        fields = []
