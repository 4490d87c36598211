"""Regions of photographs: where something is, how large a pixel is there, and what others must not see."""

import json
import math

from django.db import connection
from django.db.models import Exists, F, Func, JSONField, OuterRef

from catalogue.models import Component, Photo, PhotoRegion, RegionPurpose, RegionShape, Specimen

from .readings import fields, with_readings
from .shape import Field, Shape, code, common, decimal, text, url_of, uuid, whole

LARGEST_CROP, SMALLEST_CROP = 1600, 40  # pixels along the longer edge
MOST_SHOWN = 60
MOST_IN_SPECIMEN = 5_000
TOLD = ("id", "reference", "designator", "name", "marking")  # of the component that a region shows

# As json, which is read as it is written; jsonb would come as text.
POINTS = Func(F("points"), template="%(expressions)s::json", output_field=JSONField())

SHAPE = Shape(
    PhotoRegion,
    {
        "id": uuid("id", "Identifier (UUIDv7); may be made by the client, so that a repeated request makes no second."),
        "url": url_of("regions", "id"),
        "photo": uuid("photo_id", "The photograph it is on."),
        "specimen": {"reference": code("photo__specimen__reference", "The specimen that the photograph shows.")},
        "component": {"reference": code("component__reference", "The component it shows; null where it shows none.")},
        "shape": code(
            "shape",
            "rectangle (two opposite corners), polygon (its corners) or line (its two ends).",
            choices=tuple(RegionShape.values),
        ),
        "purpose": code(
            "purpose",
            "shows (a component), marking, mask (black for other agencies) or scale (a line of known length).",
            choices=tuple(RegionPurpose.values),
        ),
        "points": Field("json", POINTS, "Points [x, y] in pixels of the upright picture.", null=False),
        "turn": whole("turn", "Degrees clockwise that turn its crop upright: 0, 90, 180 or 270."),
        "length_mm": decimal("length_mm", "Millimetres; of a line that gives the scale."),
        "note": text("note", "In words."),
        **fields(),
        **common(),
    },
)


def masks(photo):
    """What is masked on a photograph that the reader sees: [points], also of masks that the reader does not see."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT catalogue_masks(%s)", [photo.pk])
        found = cursor.fetchone()[0]
    return json.loads(found) if isinstance(found, str) else found


def regions_of(photo):
    """The regions of a photograph in force that the reader sees, in the order they were drawn in, with readings."""
    found = PhotoRegion.objects.filter(photo=photo, voided_at=None).select_related("component", "audience")
    return list(with_readings(found).order_by("id"))


def masked(regions):
    """Ids of those of `regions` that a mask touches."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM unnest(%s::uuid[]) id WHERE catalogue_masked(id)", [[region.pk for region in regions]]
        )
        return {found for (found,) in cursor.fetchall()}


def regions_in(specimen):
    """The regions in force on all photographs of a specimen that the reader sees, in the order of their drawing."""
    found = PhotoRegion.objects.filter(photo__specimen=specimen, photo__voided_at=None, voided_at=None)
    untold = [f"component__{field.name}" for field in Component._meta.concrete_fields if field.name not in TOLD]
    return list(with_readings(found.select_related("component").defer(*untold)).order_by("id")[:MOST_IN_SPECIMEN])


def pixels_per_mm(regions):
    """The scale by the newest line of known length among `regions`; None when there is none."""
    for region in reversed(regions):
        if region.purpose == RegionPurpose.SCALE and region.length_mm:
            return math.dist(*region.points[:2]) / region.length_mm
    return None


def box_of(region):
    """The upright rectangle around a region, in whole pixels inside the photograph: [left, top, right, bottom]."""
    xs, ys = zip(*region.points, strict=True)
    photo = region.photo
    left, top = (min(edge - 1, max(0, math.floor(min(v)))) for v, edge in ((xs, photo.width), (ys, photo.height)))
    right, bottom = (min(edge, math.ceil(max(v))) for v, edge in ((xs, photo.width), (ys, photo.height)))
    return [left, top, max(left + 1, right), max(top + 1, bottom)]


def pictures(record):
    """(how many photographs a record has, how many of them are masked); a photograph is its own."""
    path = {Photo: "pk", Specimen: "specimen", Component: "component"}.get(type(record))
    if path is None:
        return 0, 0
    found = Photo.objects.filter(**{path: record.pk}, voided_at=None)
    masked = PhotoRegion.objects.filter(photo=OuterRef("pk"), purpose=RegionPurpose.MASK, voided_at=None)
    return found.count(), found.filter(Exists(masked)).count()


def regions_showing(component):
    """The regions that show a component or its marking, the newest first; at most MOST_SHOWN."""
    found = PhotoRegion.objects.filter(
        component=component, purpose__in=[RegionPurpose.SHOWS, RegionPurpose.MARKING], voided_at=None,
        photo__voided_at=None,
    )  # fmt: skip
    return list(with_readings(found.select_related("photo")).order_by("-id")[:MOST_SHOWN])


def thumbnails(components):
    """{component id: its PhotoRegion} of the newest region that shows each of these components."""
    found = PhotoRegion.objects.filter(
        component__in=components, purpose=RegionPurpose.SHOWS, voided_at=None, photo__voided_at=None
    )
    newest = found.order_by("component_id", "-id").distinct("component_id").select_related("photo", "component")
    return {region.component_id: region for region in newest}
