"""Parameters of the list of regions."""

from catalogue.models import Component, Photo, PhotoRegion, RegionPurpose, RegionShape, Specimen

from .base import Codes, Common, RecordFilter


class RegionFilter(Common):
    photo = RecordFilter(model=Photo, field_name="photo_id", by="id")
    specimen = RecordFilter(model=Specimen, field_name="photo__specimen_id", by="reference")
    component = RecordFilter(model=Component, field_name="component_id", by="reference")
    purpose = Codes(RegionPurpose)
    shape = Codes(RegionShape)

    class Meta:
        model = PhotoRegion
        fields = []
