"""Saying where on a photograph something is: drawn, linked with a component, moved, withdrawn."""

import math

from catalogue.models import Level, Photo, PhotoRegion, RegionPurpose, RegionShape, Turn
from catalogue.queries.regions import regions_of
from catalogue.security.viewing import Viewer, giving

from .readings import follow_region
from .record import BrokenRule, amend, record, require, void
from .refusals import NotAllowed, NotThere, Refused
from .renditions import drop_superseded, order_tiles

FEWEST_CORNERS, MOST_POINTS = 3, 200
MOST_REGIONS = 1_000  # of one photograph
LONGEST_MM = 10_000.0  # ten metres: no photograph of evidence shows more from close by
OF_TWO = {RegionShape.RECTANGLE: "two opposite corners", RegionShape.LINE: "its two ends"}


def record_region(*, photo, points, actor: Viewer, id=None, handling=None, released_to=(), reason="", **facts):
    """Draw a region on a photograph of the own agency; returns it, and whether it is new.

    It is read by whoever sees photograph and component, a mask by the own agency, unless `handling` says otherwise.
    `id` is the client's: the same region sent again is the one that is there. On a photograph of a reviewed specimen
    all but a mask takes a `reason`. Raises Refused with the sentence of
    what cannot be, NotAllowed for another agency's photograph.
    """
    require(actor, "record")
    if photo.owner_id != actor.agency:
        raise NotAllowed("Regions are drawn by the agency that owns the photograph.")
    row = checked(photo, {"photo": photo, "points": points, **facts})
    Photo.objects.select_for_update().filter(pk=photo.pk).first()  # two of one id wait for each other
    if id is not None:
        row["id"] = id
        there = PhotoRegion.objects.filter(pk=id).first()
        if there is not None:
            return sent_again(there, row, actor), False
    if len(regions_of(photo)) >= MOST_REGIONS:
        raise Refused(f"This photograph has {MOST_REGIONS:,} regions; void some before you draw another.", "photo")
    if handling is None:
        handling = Level.STRICT if row.get("purpose") == RegionPurpose.MASK else Level.CLEAR
    try:
        with giving(reason):
            made = record(PhotoRegion, [row], actor=actor, handling=handling, released_to=released_to, bounded=True)[0]
    except BrokenRule as broken:
        if "pkey" in broken.rule:
            raise Refused("This id stands for something else already; make a new one.", "id") from broken
        raise
    follow(made, actor)
    follow_region(made, actor=actor)
    return made, True


def amend_region(region, changes, *, actor: Viewer, **seen):
    """Move a region, or say otherwise what it shows. Raises what `amend` raises, and Refused."""
    if "photo" in changes and changes.pop("photo").pk != region.photo_id:
        raise Refused("A region stays on its photograph; void it and draw it there.", "photo")
    drawn = {name: getattr(region, name) for name in ("shape", "purpose", "points", "length_mm", "component")}
    row = checked(region.photo, drawn | changes)
    amend(region, {name: row[name] for name in row if name in changes or row[name] != drawn.get(name)},
          actor=actor, **seen)  # fmt: skip
    now = PhotoRegion.objects.select_related("photo").get(pk=region.pk)
    if RegionPurpose.MASK in (region.purpose, now.purpose):
        follow(now, actor, masked=True)
    follow_region(now, region, actor=actor)


def void_region(region, *, actor: Viewer, reason):
    """Withdraw a region. A withdrawn mask covers nothing any more."""
    void([region], actor=actor, reason=reason)
    follow(region, actor)


def sent_again(there, row, actor):
    """The region that is there, when this is the same once more."""
    same = there.owner_id == actor.agency and there.photo_id == row["photo"].pk and there.voided_at is None
    if not same or there.points != row["points"]:
        raise Refused("This id stands for another region already; make a new one.", "id")
    return there


def follow(region, actor, masked=False):
    """Masks bind at once: what was made under others goes; what they cover is made anew in the background."""
    if masked or region.purpose == RegionPurpose.MASK:
        drop_superseded(region.photo)
        order_tiles(region.photo, actor=actor)


# What can be


def checked(photo, row):
    """`row` with its points in order. Raises Refused with one sentence."""
    shape, purpose = row.get("shape", RegionShape.RECTANGLE), row.get("purpose", RegionPurpose.SHOWS)
    row = row | {"points": points_in(photo, row["points"], shape)}
    if (shape == RegionShape.LINE) != (purpose == RegionPurpose.SCALE):
        raise Refused("A line gives the scale, and the scale is given by a line; choose the other shape.", "shape")
    length = row.get("length_mm")
    if purpose == RegionPurpose.SCALE:
        if not isinstance(length, int | float) or not 0 < length <= LONGEST_MM:
            raise Refused(f"Say how long the line is, in millimetres, up to {LONGEST_MM:,.0f}.", "length_mm")
    elif length is not None:
        raise Refused("Only a line that gives the scale has a length; leave it out.", "length_mm")
    if row.get("turn", 0) not in Turn.values:
        raise Refused("A crop is turned by 0, 90, 180 or 270 degrees clockwise.", "turn")
    component = row.get("component")
    if component is not None:
        if purpose in (RegionPurpose.MASK, RegionPurpose.SCALE):
            raise Refused("A mask or a scale shows no component; leave it out, or change the purpose.", "component")
        if component.specimen_id != photo.specimen_id:
            raise Refused("The component is of another specimen than the photograph; choose one of this.", "component")
    return row


def points_in(photo, points, shape):
    """The points as [[x, y], …], inside the photograph, to a tenth of a pixel. Raises Refused with one sentence."""
    if not isinstance(points, list) or not 2 <= len(points) <= MOST_POINTS:
        raise Refused(f"Give 2 to {MOST_POINTS} points as [[x, y], …].", "points")
    for point in points:
        sound = isinstance(point, list | tuple) and len(point) == 2
        if not sound or not all(type(value) in (int, float) and math.isfinite(value) for value in point):
            raise Refused("Give each point as [x, y], two numbers.", "points")
        if not (0 <= point[0] <= photo.width and 0 <= point[1] <= photo.height):
            raise Refused(
                f"The point [{point[0]:g}, {point[1]:g}] lies outside the photograph, which has "
                f"{photo.width:,} × {photo.height:,} pixels; move it inside.", "points",
            )  # fmt: skip
    found = [[round(x, 1), round(y, 1)] for x, y in points]
    if shape in OF_TWO and len(found) != 2:
        raise Refused(f"A {shape} has two points: {OF_TWO[shape]}.", "points")
    if shape == RegionShape.POLYGON and len(found) < FEWEST_CORNERS:
        raise Refused(f"A polygon has {FEWEST_CORNERS} points or more.", "points")
    if extent(found, shape) < 1:
        raise Refused("The region is smaller than a pixel; draw it larger.", "points")
    return found


def extent(points, shape):
    """Pixels: a line's length, the shorter side of what surrounds another shape."""
    if shape == RegionShape.LINE:
        return math.dist(*points)
    xs, ys = zip(*points, strict=True)
    return min(max(xs) - min(xs), max(ys) - min(ys))


def region_on(photo, pk):
    """The region `pk` on `photo` in force that the reader sees. Raises NotThere."""
    found = PhotoRegion.objects.filter(pk=pk, photo=photo, voided_at=None).select_related("photo", "component").first()
    if found is None:
        raise NotThere("There is no such region on this photograph, or you may not see it.")
    return found
