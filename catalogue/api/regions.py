"""/api/v1/regions/, and the regions of a photograph as W3C Web Annotations"""

from django.http import HttpResponse, JsonResponse
from rest_framework import serializers
from rest_framework.decorators import api_view

from catalogue.actions.readings import order_reading
from catalogue.actions.record import require
from catalogue.actions.refusals import NotThere
from catalogue.actions.regions import amend_region, record_region, void_region
from catalogue.exports.annotations import page
from catalogue.filters.regions import RegionFilter
from catalogue.models import Component, Photo, PhotoRegion, RegionPurpose, RegionShape
from catalogue.queries import regions
from catalogue.queries.named import find

from .fields import OwnId, RecordField, Written
from .nouns import Noun


class RegionWritten(Written):
    id = OwnId(required=False)
    photo = RecordField(Photo, by="id")
    component = RecordField(Component, by="reference", required=False, allow_null=True)
    shape = serializers.ChoiceField(RegionShape.choices, required=False)
    purpose = serializers.ChoiceField(RegionPurpose.choices, required=False)
    points = serializers.JSONField()
    turn = serializers.IntegerField(required=False)
    length_mm = serializers.FloatField(required=False, allow_null=True)
    note = serializers.CharField(required=False, allow_blank=True)
    read_only_names = (Written.read_only_names - {"id"}) | {"specimen", "readings", "reading"}


class Regions(Noun):
    """Regions of photographs: where a component, a marking, a mask or the scale is, in pixels of the upright picture.

    A POST that is sent again with the same `id` answers 200 with the region that is there.
    """

    noun = "regions"
    by = "id"
    shape = regions.SHAPE
    filters = RegionFilter
    writes = RegionWritten
    serializer_class = RegionWritten

    def record(self, columns, seen):
        region, self.is_new = record_region(actor=self.viewer, **columns, **seen)
        return region

    def create(self, request):
        response = super().create(request)
        if not self.is_new:
            response.status_code = 200
        return response

    def amend(self, record, columns, seen):
        columns.pop("id", None)
        amend_region(record, columns, actor=self.viewer, **seen)

    def void(self, record, reason):
        void_region(record, actor=self.viewer, reason=reason)


@api_view(["GET"])
def annotations(request, name):
    """The regions of a photograph that the reader sees, as a W3C AnnotationPage (JSON-LD)."""
    photo = find(Photo, "id", name).first() if len(name) == 36 else None
    if photo is None:
        raise NotThere("There is no such photograph, or you may not see it.")
    here = f"{request.scheme}://{request.get_host()}"
    return JsonResponse(
        page(photo, regions.regions_of(photo), here),
        content_type='application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
    )


@api_view(["POST"])
def read(request, name):
    """Have the print in a region that shows a marking read by a program, in the background.

    `reading` says how far it is, `readings` offers what was read. Answers 202 with the region,
    400 where reading help is off.
    """
    viewer = request._request.viewer
    require(viewer, "record")
    region = find(PhotoRegion, "id", name).first() if len(name) == 36 else None
    if region is None:
        raise NotThere("There is no such region, or you may not see it.")
    order_reading(region, actor=viewer)
    text = regions.SHAPE.texts(regions.SHAPE.rows([region.pk]))
    return HttpResponse(text, status=202, content_type="application/json")
