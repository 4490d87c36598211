"""/api/v1/files/ and the files themselves"""

import logging

from django.conf import settings
from django.http import FileResponse
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.parsers import JSONParser, MultiPartParser

from catalogue.actions.files import attach_file, path_of
from catalogue.actions.photos import shelf
from catalogue.actions.record import amend
from catalogue.actions.refusals import NotThere, Refused
from catalogue.filters.files import FileFilter
from catalogue.imaging import PhotoRefused
from catalogue.models import Component, EvidenceFile, FileKind, Specimen
from catalogue.queries import files
from catalogue.queries.named import find

from .fields import RecordField, Written
from .nouns import Noun
from .photos import object_of
from .problems import problem

log = logging.getLogger("catalogue")
# Whatever the file is, a browser neither shows nor runs it.
NOTHING = "default-src 'none'; sandbox; frame-ancestors 'none'"


class FileWritten(Written):
    file = serializers.FileField(write_only=True, help_text="Any file; larger ones come in parts to /uploads/.")
    specimen = RecordField(Specimen, by="reference", required=False, allow_null=True)
    component = RecordField(Component, by="reference", required=False, allow_null=True)
    kind = serializers.ChoiceField(FileKind.choices, required=False)
    title = serializers.CharField(required=False, allow_blank=True)
    read_only_names = Written.read_only_names | {"sha256", "media_type", "size", "file_name", "content"}


class Files(Noun):
    """Files that are evidence and no photographs: laboratory reports, X-ray series, videos, firmware images."""

    noun = "files"
    by = "id"
    shape = files.SHAPE
    filters = FileFilter
    writes = FileWritten
    serializer_class = FileWritten
    parser_classes = (MultiPartParser, JSONParser)

    def record(self, columns, seen):
        file = columns.pop("file")
        specimen, component = object_of(columns.pop("specimen", None), columns.pop("component", None))
        try:
            with shelf().receive(file.chunks(), limit=settings.FILE_MAX_BYTES) as received:
                found, self.is_new = attach_file(
                    received=received, file_name=file.name or "", specimen=specimen, component=component,
                    actor=self.request.user, **columns, **seen,
                )  # fmt: skip
        finally:
            file.close()
        return found

    def create(self, request):
        try:
            response = super().create(request)
        except PhotoRefused as refusal:
            status = 413 if refusal.reason == "too_large" else 400
            return problem(status, refusal.sentence, reason=refusal.reason, errors={"file": [refusal.sentence]})
        if not self.is_new:
            response.status_code = 200
        return response

    def amend(self, record, columns, seen):
        for name in ("file", "specimen"):
            if name in columns:
                raise Refused(f"The {name} of a file stays; void it and send it anew.", name)
        amend(record, columns, actor=self.request.user, **seen)


@api_view(["GET"])
def file_content(request, name):
    """A file that the reader may see: only ever downloaded, whatever it is."""
    found = find(EvidenceFile, "id", name).first() if len(name) == 36 else None
    if found is None:
        raise NotThere("There is no such file, or you may not see it.")
    try:
        path = path_of(found)
    except FileNotFoundError as missing:
        log.error("file %s: %s is not on the shelf", found.pk, missing)
        return problem(503, "The bytes of this file are missing here; the administrator has been told.")
    response = FileResponse(
        path.open("rb"), content_type="application/octet-stream", as_attachment=True, filename=found.file_name or name
    )
    response.policy = NOTHING
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = f'"{found.sha256}"'
    return response
