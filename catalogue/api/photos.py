"""/api/v1/photos/ and the files of photographs"""

import logging

from django.http import FileResponse
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.parsers import JSONParser, MultiPartParser

from catalogue.actions.photos import attach_photo
from catalogue.actions.record import amend
from catalogue.actions.refusals import NotAllowed, NotThere, Refused
from catalogue.actions.renditions import file_of, sight
from catalogue.filters.photos import PhotoFilter
from catalogue.imaging import ExaminerFailed, PhotoRefused
from catalogue.models import Component, Photo, PhotoView, Specimen
from catalogue.queries import photos
from catalogue.queries.named import find

from .fields import RecordField, TermField, Written
from .nouns import Noun
from .problems import problem

log = logging.getLogger("catalogue")


class PhotoWritten(Written):
    file = serializers.FileField(write_only=True, help_text="JPEG, PNG, WebP, HEIC or TIFF, up to 100 MB.")
    specimen = RecordField(Specimen, by="reference", required=False, allow_null=True)
    component = RecordField(Component, by="reference", required=False, allow_null=True)
    view = TermField(PhotoView, required=False, source="view_id")
    caption = serializers.CharField(required=False, allow_blank=True)
    read_only_names = Written.read_only_names | {
        "sha256", "media_type", "size", "width", "height", "pages", "file_name", "original", "renditions",
    }  # fmt: skip


class Photos(Noun):
    """Photographs of specimens and components; the original is kept bit for bit under its SHA-256."""

    noun = "photos"
    by = "id"
    shape = photos.SHAPE
    filters = PhotoFilter
    writes = PhotoWritten
    serializer_class = PhotoWritten
    parser_classes = (MultiPartParser, JSONParser)

    def record(self, columns, seen):
        file, view = columns.pop("file"), columns.pop("view_id", None)
        specimen, component = object_of(columns.pop("specimen", None), columns.pop("component", None))
        try:
            photo, self.is_new = attach_photo(
                chunks=file.chunks(),
                file_name=file.name or "",
                specimen=specimen,
                component=component,
                actor=self.request.user,
                view=view or "overview",
                **columns,
                **seen,
            )
        finally:
            file.close()
        return photo

    def create(self, request):
        try:
            response = super().create(request)
        except PhotoRefused as refusal:
            status = 413 if refusal.reason == "too_large" else 400
            return problem(status, refusal.sentence, reason=refusal.reason, errors={"file": [refusal.sentence]})
        except ExaminerFailed:
            log.exception("the examiner of photographs failed")
            return problem(
                503, "Photographs cannot be examined at the moment; it has been logged. Send it again later."
            )
        if not self.is_new:
            response.status_code = 200
        return response

    def amend(self, record, columns, seen):
        for name in ("file", "specimen"):
            if name in columns:
                raise Refused(f"The {name} of a photograph stays; void it and send it anew.", name)
        amend(record, columns, actor=self.request.user, **seen)


def object_of(specimen, component):
    """(specimen, component or None) of a photograph: exactly one of the two is named."""
    if (specimen is None) == (component is None):
        raise Refused("Name one of specimen and component: what the photograph shows.", "specimen")
    return (component.specimen, component) if component is not None else (specimen, None)


@api_view(["GET"])
def photo_file(request, name, rendition):
    """A file of a photograph that the reader may see; the original only for the agency that owns it.

    Other agencies are given renditions with the masked regions burnt in; the owner, with `released=true`, sees those.
    """
    photo = find(Photo, "id", name).first() if len(name) == 36 else None
    if photo is None or rendition not in ("original", "view", "thumbnail"):
        raise NotThere("There is no such photograph, or you may not see it.")
    if rendition == "original" and photo.owner_id != request._request.viewer.agency:
        raise NotAllowed(
            "The original carries what the camera wrote, and is given to the agency that owns it; take a rendition."
        )
    seen = sight(photo, request._request.viewer, released=request.GET.get("released") == "true")
    try:
        path, media_type = file_of(photo, rendition, seen)
    except FileNotFoundError as missing:
        log.error("photograph %s: %s is not on the shelf", photo.pk, missing)
        return problem(503, "The file of this photograph is missing here; the administrator has been told.")
    except ExaminerFailed:
        log.exception("photograph %s cannot be masked", photo.pk)
        return problem(503, "This photograph cannot be shown at the moment; it has been logged. Try again later.")
    response = FileResponse(
        path.open("rb"),
        content_type=media_type,
        as_attachment=rendition == "original",
        filename=f"{photo.sha256}.{photo.extension}" if rendition == "original" else path.name,
    )
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = f'"{photo.sha256}-{seen.name(rendition)}"'
    return response
