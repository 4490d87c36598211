"""Taking a photograph into evidence: verified first, kept bit for bit, recorded last."""

from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import connection

from catalogue.imaging import PhotoRefused, examine
from catalogue.models import Level, Photo, PhotoCapture
from catalogue.security.viewing import Viewer, giving

from .record import record, require
from .refusals import NotAllowed
from .renditions import file_of, order_tiles, shelf

LONGEST_NAME = 255
RECKONED = 500  # photographs of a specimen, at a time


def attach_photo(
    *,
    chunks,
    file_name,
    specimen,
    actor: Viewer,
    component=None,
    view="overview",
    caption="",
    handling=Level.STRICT,
    released_to=(),
    reason="",
):
    """Record the photograph whose bytes are `chunks`. Returns it, and whether it is new.

    The same bytes of the same object, sent again, are the record that is there already. Raises PhotoRefused
    for what is no sound photograph; nothing of it stays. Of a reviewed specimen it takes a `reason`.
    """
    may_attach(specimen, actor)
    keeper = shelf()
    with keeper.receive(chunks, limit=settings.PHOTO_MAX_BYTES) as received:
        found = examine(received.path, received.folder, sha256=received.sha256)
        with only_one(received.sha256):
            there = Photo.objects.filter(
                sha256=received.sha256, specimen=specimen, component=component, owner_id=actor.agency, voided_at=None
            ).first()
            if there is not None:
                return there, False
            row = row_of(found, specimen, component, view, caption, file_name)
            seen = {"handling": handling, "released_to": released_to}
            return keep_photo(received, found, row, actor=actor, reason=reason, **seen), True


def may_attach(specimen, actor):
    """Raises NotAllowed unless the actor adds photographs to `specimen`."""
    require(actor, "record")
    if specimen.owner_id != actor.agency:
        raise NotAllowed("Photographs are added by the agency that holds the specimen.")


def keep_photo(received, found, row, *, actor: Viewer, handling=Level.STRICT, released_to=(), reason=""):
    """Put an examined photograph on the shelf and record it; the caller holds `only_one` of its bytes."""
    with kept(shelf(), received, found), giving(reason):
        photo = record(Photo, [row], actor=actor, handling=handling, released_to=released_to)[0]
        record_capture(photo, found.metadata, actor=actor)
        order_tiles(photo, actor=actor)
    return photo


@contextmanager
def only_one(sha256):
    """Uploads of the same bytes wait for each other to the end of the transaction: a refused one takes nothing away."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [sha256])
    yield


@contextmanager
def kept(keeper, received, found):
    """The files on the shelf; taken back if what follows fails, as far as this call put them there."""
    put = []
    try:
        put.append(keeper.keep(received.path, received.sha256, found.verified.extension))
        for name, path in found.renditions.items():
            put.append(keeper.keep_rendition(path, received.sha256, name, path.suffix.lstrip(".")))
        yield
    except BaseException:
        for one in put:
            keeper.remove(one)
        raise


@contextmanager
def kept_file(keeper, received, extension):
    """A single file on the shelf; taken back if what follows fails, as far as this call put it there."""
    put = keeper.keep(received.path, received.sha256, extension)
    try:
        yield
    except BaseException:
        keeper.remove(put)
        raise


def row_of(found, specimen, component, view, caption, file_name):
    width, height = found.verified.upright_size
    return {
        "specimen": specimen,
        "component": component,
        "sha256": found.verified.sha256,
        "media_type": found.verified.media_type,
        "extension": found.verified.extension,
        "size": found.verified.size,
        "width": width,
        "height": height,
        "pages": found.verified.pages,
        "view_id": view,
        "caption": caption,
        "file_name": named(file_name),
        "dhash": found.dhash,
    }


def named(file_name):
    """A file's own name without folders and without what cannot be shown."""
    own = file_name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in own if letter.isprintable())[:LONGEST_NAME]


def reckon_likeness(specimen, *, actor: Viewer):
    """Reckon the difference hash of the agency's photographs of `specimen` that were recorded without one.

    It is read off the thumbnail, in the decoding process, and is no change of the record: neither its version nor
    its history tells of it.
    """
    for photo in Photo.objects.filter(specimen=specimen, owner_id=actor.agency, dhash=None)[:RECKONED]:
        with suppress(FileNotFoundError, PhotoRefused), TemporaryDirectory() as folder:
            found = examine(file_of(photo, "thumbnail")[0], Path(folder))
            with giving("Difference hash reckoned."):  # what reviewed evidence asks for; nothing is written of it
                Photo.objects.filter(pk=photo.pk).update(dhash=found.dhash)


def record_capture(photo, metadata, *, actor):
    """What the file says of camera, time and position, as a row of its own that stays with the agency."""
    camera = " ".join(part for part in (metadata.camera_make, metadata.camera_model) if part)
    if not (camera or metadata.captured_at_text or metadata.gps_lat is not None or metadata.raw):
        return
    row = {
        "photo": photo,
        "captured": metadata.captured_at_text or "",
        "camera": camera,
        "latitude": rounded(metadata.gps_lat, 6),
        "longitude": rounded(metadata.gps_lon, 6),
        "altitude": rounded(metadata.gps_alt, 2),
        "fields": metadata.raw,
    }
    record(PhotoCapture, [row], actor=actor, handling=max(Level.STRICT, photo.declared.level))


def rounded(value, digits):
    return None if value is None else round(value, digits)
