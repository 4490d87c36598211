"""The page of one photograph, looked at closely, with its tiles and the crops of its regions."""

import logging
from time import time

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from catalogue.actions.refusals import NotThere
from catalogue.actions.regions import region_on
from catalogue.actions.renditions import crop_of, has_tiles, order_tiles, pack_of, sight
from catalogue.imaging import ExaminerFailed, tiles
from catalogue.models import Photo, ReadingState, RegionPurpose, Review
from catalogue.queries import photos
from catalogue.queries.readings import offers
from catalogue.queries.regions import (
    LARGEST_CROP,
    SMALLEST_CROP,
    masked,
    masks,
    pixels_per_mm,
    regions_of,
    regions_showing,
    thumbnails,
)

from .forms.regions import RegionForm
from .labels import label

log = logging.getLogger("catalogue")
CROP = 320  # pixels of a crop where nothing else is asked for
LATE = 10 * 60  # seconds after which a reading that is waited for may be asked for again


def photo_called(pk):
    """The photograph, voided ones too. Raises Http404 for what does not exist and for what may not be seen alike."""
    found = Photo.objects.select_related("specimen", "component", "owner", "audience").filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such photograph here, or you may not see it."))
    return found


@require_GET
def photo_detail(request, pk):
    """One photograph: deep zoom, its regions drawn over it and as a list, what it shows and where it came from."""
    photo, viewer = photo_called(pk), request.viewer
    ours = photo.owner_id == viewer.agency
    released = ours and request.GET.get("released") == "true"
    regions = regions_of(photo)
    if released:  # what every reader of the photograph sees
        regions = as_others_see(regions, photo)
    writes = ours and viewer.may("record") and photo.voided_at is None and not released
    context = {
        "photo": photo,
        "row": photos.SHAPE.nested(photos.SHAPE.rows([photo.pk])[0]),
        "data": viewer_data(photo, viewer, regions, released=released),
        "regions": listed(regions, released, writes),
        "masked": bool(masks(photo)),
        "released": released,
        "ours": ours,
        "may_write": writes,
        "reviewed": photo.specimen.review == Review.REVIEWED,
        "form": RegionForm(viewer=viewer, initial={"specimen": photo.specimen.reference}) if writes else None,
    }
    return render(request, "catalogue/photo.html", context)


@require_GET
def photo_viewer(request, pk):
    """What frontend/viewer.js shows of a photograph, for a page that shows one after the other."""
    response = JsonResponse(viewer_data(photo_called(pk), request.viewer))
    response["Cache-Control"] = "private, no-store"  # its tiles may be made the next time, or its masks other ones
    return response


def as_others_see(regions, photo):
    """Those of `regions` that every reader of the photograph sees, and of their readings what others are told."""
    found = [region for region in regions if region.audience_id == photo.audience_id]
    hidden = masked(found)
    for region in found:
        if region.pk in hidden:
            region.told = None
    return found


def viewer_data(photo, viewer, regions=None, *, released=False):
    """What frontend/viewer.js shows of a photograph, as JSON; tiles that are not there yet are asked for.

    Points are in pixels of the upright picture of `width` × `height`; `tiles` is null until they are made.
    """
    regions = regions_of(photo) if regions is None else regions
    seen = sight(photo, viewer, released=released)
    pack = pack_of(photo, seen)
    if pack is None:
        order_tiles(photo, actor=viewer)
    before, after = neighbours(photo)
    return {
        "id": str(photo.pk),
        "width": photo.width,
        "height": photo.height,
        "alt": described(photo),
        "view": reverse("photo-file", args=[photo.pk, "view"]) + asked_as(released),
        "tiles": pack and tiles_at(photo, pack, released),
        "pixelsPerMm": pixels_per_mm(regions),
        "regions": [drawn(region, number) for number, region in enumerate(regions, 1)],
        "previous": before and reverse("photo", args=[before]),
        "next": after and reverse("photo", args=[after]),
    }


def tiles_at(photo, pack, released):
    address = reverse("photo-tile", args=[photo.pk, 0, 0, 0]).replace("/0/0_0.jpg", "/{level}/{x}_{y}.jpg")
    return {"url": address + asked_as(released), "size": tiles.TILE, "levels": len(pack.levels)}


def asked_as(released):
    return "?released=true" if released else ""


def drawn(region, number=0):
    """One region as the viewer draws it; its number is that on its photograph."""
    component = region.component
    return {
        "id": str(region.pk),
        "photo": str(region.photo_id),
        "version": region.version,
        "number": number,
        "shape": region.shape,
        "purpose": region.purpose,
        "points": region.points,
        "turn": region.turn,
        "length": region.length_mm,
        "note": region.note,
        "component": component and str(component.pk),
        "named": component.reference if component else "",
        "said": component_said(component) if component else "",
        "reading": region.told["state"] if region.told else "",
        "readings": offers(region.told),
    }


def component_said(component):
    """What tells a component from others, in a few words."""
    words = [component.designator, component.name, component.marking.partition("\n")[0]]
    return " · ".join(filter(None, words))


def listed(regions, released=False, writes=False):
    """[{region, number, crop, said, and what tells of its reading}] for the list beside the picture."""
    return [
        {
            "region": region,
            "number": number,
            "crop": None if region.purpose == RegionPurpose.SCALE else crop_at(region, released),
            "said": component_said(region.component) if region.component else "",
            **read_in(region, writes),
        }
        for number, region in enumerate(regions, 1)
    ]


def read_in(region, writes):
    """What a program read in a region, for the list: how far it is, what it offers, whether one may ask for it."""
    told = region.told or {"state": "", "said": "", "at": 0}
    late = told["state"] == ReadingState.WAITING and time() - told["at"] > LATE
    done = told["state"] != ReadingState.WAITING or late
    return {
        "reading": told["state"],
        "read_said": told["said"],
        "offers": offers(region.told),
        "late": late,
        "asks": writes and done and settings.OCR and region.purpose == RegionPurpose.MARKING,
    }


def offered_to(component):
    """[{region, href, crop, lines}] of what a program read off photographs of a component, the newest first."""
    return [
        {"region": region.pk, "href": region_at(region), "crop": crop_at(region), "lines": offers(region.told)}
        for region in regions_showing(component)
        if region.purpose == RegionPurpose.MARKING and offers(region.told)
    ]


def crop_at(region, released=False):
    return reverse("photo-crop", args=[region.photo_id, region.pk]) + asked_as(released)


def region_at(region):
    """The page of the photograph, with the region chosen."""
    return f"{reverse('photo', args=[region.photo_id])}#{region.pk}"


def crops(components):
    """{component id: (where it is seen, its crop, alternative text)}; only of those that a region shows."""
    return {
        component: (
            region_at(region),
            crop_at(region),
            _("%(name)s on the photograph") % {"name": region.component.reference},
        )
        for component, region in thumbnails(components).items()
    }


def shown_on(component):
    """[{href, crop, said}] of the regions of photographs that show a component, the newest first."""
    return [
        {"href": region_at(region), "crop": crop_at(region), "said": described(region.photo)}
        for region in regions_showing(component)
    ]


def described(photo):
    """What is said of a photograph to whom it is not shown."""
    view = label("photo-views", photo.view_id)
    return f"{view}: {photo.caption}" if photo.caption else view


def neighbours(photo):
    """Ids of the photographs before and after this one of the same specimen, in their order; None at an end."""
    order = list(
        Photo.objects.filter(specimen=photo.specimen_id, voided_at=None).order_by("position", "id")
        .values_list("pk", flat=True)
    )  # fmt: skip
    if photo.pk not in order:
        return None, None
    at = order.index(photo.pk)
    return (order[at - 1] if at else None), (order[at + 1] if at + 1 < len(order) else None)


# Files


@require_GET
def tile(request, pk, level, x, y):
    """One tile. What does not exist and what may not be seen are both 404; so is a tile until it is made."""
    photo = photo_called(pk)
    seen = sight(photo, request.viewer, released=request.GET.get("released") == "true")
    mark = quote_etag(f"{photo.sha256[:32]}-{seen.key}-{level}-{x}-{y}")
    if unchanged := get_conditional_response(request, etag=mark):
        return private(unchanged, mark)
    pack = pack_of(photo, seen)
    if pack is None:
        if not has_tiles(photo):
            raise Http404(_("There is no such tile."))
        return private(HttpResponse(status=503, content_type="text/plain"), "")
    try:
        return private(HttpResponse(pack.tile(level, x, y), content_type="image/jpeg"), mark)
    except FileNotFoundError:  # the masks changed this moment; it is made anew
        return private(HttpResponse(status=503, content_type="text/plain"), "")
    except LookupError:
        raise Http404(_("There is no such tile.")) from None


@require_GET
def crop(request, pk, region):
    """A region of a photograph, turned upright; `size` is the longer edge in pixels."""
    photo = photo_called(pk)
    try:
        found = region_on(photo, region)
    except NotThere as missing:
        raise Http404(missing.sentence) from None
    if found.purpose == RegionPurpose.SCALE:
        raise Http404(_("A scale has no crop."))
    size = request.GET.get("size", "")
    longest = min(LARGEST_CROP, max(SMALLEST_CROP, int(size))) if size.isdecimal() and len(size) < 6 else CROP
    seen = sight(photo, request.viewer, released=request.GET.get("released") == "true")
    try:
        path, key = crop_of(found, seen, longest)
    except (FileNotFoundError, ExaminerFailed):
        log.exception("crop %s of photograph %s cannot be made", found.pk, photo.pk)
        return private(HttpResponse(status=503, content_type="text/plain"), "")
    mark = quote_etag(key)
    if unchanged := get_conditional_response(request, etag=mark):
        return private(unchanged, mark)
    return private(FileResponse(path.open("rb"), content_type="image/jpeg"), mark)


def private(response, mark):
    """Kept by the reader's own browser, which asks each time whether it still may show it."""
    response["Cache-Control"] = "private, no-cache"
    if mark:
        response["ETag"] = mark
    return response
