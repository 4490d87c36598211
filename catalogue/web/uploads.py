"""Files received in parts: tus 1.0 (creation, termination, checksum), https://tus.io/protocols/resumable-upload.

Whoever sends is known by the session and a token against forged requests, as on every page, or by a key. An upload is
seen by its sender alone, and how much of it is there is the length of its file, whatever was killed on the way.
"""

import base64
import binascii
import hashlib
from functools import wraps

from django.conf import settings
from django.http import HttpResponse, JsonResponse, UnreadablePostError
from django.urls import reverse

from catalogue.actions.refusals import NotAllowed, NotThere, Refused
from catalogue.actions.uploads import DiskFull, Elsewhere, begin_upload, give_up, receive, received
from catalogue.imaging import PhotoRefused
from catalogue.models import FileKind, Level, PhotoView, Specimen
from catalogue.models.base import new_id
from catalogue.queries.choose import called
from catalogue.queries.named import as_uuid

VERSION = "1.0.0"
BLOCK = 256 * 1024
BODY = "application/offset+octet-stream"
CHECKSUMS, CHECKED = ("sha1", "sha256"), 16 * 1024**2  # of parts of at most so many bytes


def tus(*methods):
    """Decorator: a view that speaks tus by these methods; a refusal becomes its status and one sentence."""

    def made(view):
        @wraps(view)
        def spoken(request, *args, **kwargs):
            response = answered(request, view, methods, *args, **kwargs)
            response["Tus-Resumable"] = VERSION
            response["Cache-Control"] = "no-store"
            return response

        return spoken

    return made


def answered(request, view, methods, *args, **kwargs):
    if request.method == "OPTIONS":
        return HttpResponse(
            status=204,
            headers={
                "Tus-Version": VERSION,
                "Tus-Extension": "creation,termination,checksum",
                "Tus-Checksum-Algorithm": ",".join(CHECKSUMS),
                "Tus-Max-Size": settings.FILE_MAX_BYTES,
            },
        )
    if request.method not in methods:
        return HttpResponse(status=405, headers={"Allow": ", ".join(("OPTIONS", *methods))})
    if not request.viewer.is_authenticated:
        return refused(403, "Sign in to send files.")
    if request.headers.get("Tus-Resumable") != VERSION:
        return refused(412, f"Send the header Tus-Resumable: {VERSION}.", headers={"Tus-Version": VERSION})
    try:
        return view(request, *args, **kwargs)
    except PhotoRefused as refusal:
        return refused(413 if refusal.reason == "too_large" else 400, refusal.sentence, reason=refusal.reason)
    except Elsewhere as other:
        return refused(409, other.sentence, headers={"Upload-Offset": other.offset})
    except NotThere as missing:
        return refused(404, missing.sentence)
    except NotAllowed as refusal:
        return refused(403, refusal.sentence)
    except DiskFull as full:
        return refused(507, full.sentence)
    except Refused as refusal:
        return refused(400, refusal.sentence, field=refusal.field)


def refused(status, sentence, headers=None, **more):
    return JsonResponse({"detail": sentence} | more, status=status, headers=headers)


@tus("POST")
def upload_new(request):
    """Begin an upload: its size in Upload-Length, what it is in Upload-Metadata."""
    told = metadata(request.headers.get("Upload-Metadata", ""))
    size = request.headers.get("Upload-Length", "")
    if not size.isascii() or not size.isdigit() or len(size) > 15:
        raise Refused("Say in Upload-Length how many bytes the file has.", "size")
    specimen = called(Specimen, told.get("specimen", ""), request.viewer.agency)
    if specimen is None:
        raise NotThere("There is no such specimen here, or you may not see it.")
    upload = begin_upload(
        id=identifier(told, "id") or new_id(),
        batch=identifier(told, "batch") or new_id(),
        specimen=specimen,
        file_name=told.get("filename", ""),
        size=int(size),
        actor=request.viewer,
        **described(told, specimen),
    )
    return HttpResponse(status=201, headers={"Location": reverse("upload", args=[upload.pk])})


def metadata(header):
    """{name: text} of an Upload-Metadata header: names, each with its value in base64."""
    found = {}
    for pair in header.split(","):
        name, _, value = pair.strip().partition(" ")
        try:
            found[name] = base64.b64decode(value, validate=True).decode("utf-8").replace("\0", "")
        except (binascii.Error, UnicodeDecodeError):
            raise Refused(f"The value of {name} in Upload-Metadata is not UTF-8 in base64.", name) from None
    return found


def identifier(told, name):
    """A UUID that the sender made, or None."""
    if not told.get(name):
        return None
    found = as_uuid(told[name])
    if found is None:
        raise Refused(f"The {name} of an upload is a UUID.", name)
    return found


def described(told, specimen):
    """The columns that say what is sent. Raises Refused for what the vocabularies do not have."""
    component = None
    if told.get("component"):
        component = specimen.components.filter(reference=told["component"].upper(), voided_at=None).first()
        if component is None:
            raise Refused("There is no such component of this specimen, or you may not see it.", "component")
    view, kind, level = told.get("view") or "overview", told.get("kind", ""), told.get("handling") or str(Level.STRICT)
    if not PhotoView.objects.filter(code=view).exists():
        raise Refused("There is no such view in the vocabulary of photographs.", "view")
    if kind not in ("", *FileKind.values):
        raise Refused("There is no such kind of file in the vocabulary.", "kind")
    if level not in map(str, Level.values):
        raise Refused("There is no such level of handling.", "handling")
    return {
        "component": component, "view": view, "kind": kind, "handling": int(level), "caption": told.get("caption", ""),
        "reason": told.get("reason", ""), "match": told.get("match", "1") not in ("", "0"),
    }  # fmt: skip


@tus("HEAD", "PATCH", "DELETE")
def upload_part(request, pk):
    """Ask how much of an upload is there, add to it, or give it up."""
    if request.method == "DELETE":
        give_up(id=pk, actor=request.viewer)
        return HttpResponse(status=204)
    if request.method == "HEAD":
        upload, length = received(id=pk, actor=request.viewer)
        return HttpResponse(status=200, headers={"Upload-Offset": length, "Upload-Length": upload.size})
    if request.content_type != BODY:
        return refused(415, f"Parts of a file are sent as {BODY}.")
    offset = request.headers.get("Upload-Offset", "")
    if not offset.isascii() or not offset.isdigit() or len(offset) > 15:
        raise Refused("Say in Upload-Offset where this part begins.", "offset")
    chunks = checked(request) if "Upload-Checksum" in request.headers else blocks(request)
    if chunks is None:
        return refused(460, "This part did not arrive as it was sent; send it again.")
    length = receive(id=pk, offset=int(offset), chunks=chunks, actor=request.viewer)
    return HttpResponse(status=204, headers={"Upload-Offset": length})


def blocks(request):
    """The body as it comes. A sender that goes away ends it; what came until then counts."""
    try:
        while block := request.read(BLOCK):
            yield block
    except UnreadablePostError:
        return


def checked(request):
    """The body, once all of it agrees with its Upload-Checksum; None when it does not. Until then none of it counts."""
    name, _, value = request.headers["Upload-Checksum"].partition(" ")
    if name not in CHECKSUMS:
        raise Refused(f"Upload-Checksum is one of {', '.join(CHECKSUMS)}, a space, and base64.", "checksum")
    digest, body, length = hashlib.new(name), [], 0
    for block in blocks(request):
        digest.update(block)
        body.append(block)
        length += len(block)
        if length > CHECKED:
            raise Refused(f"A part with a checksum may have {CHECKED:,} bytes; send smaller ones.", "checksum")
    return body if base64.b64encode(digest.digest()).decode() == value.strip() else None
