"""Erasing: two curators, a reason, and a tombstone. The only way in which anything leaves the catalogue."""

from django.db import connection

from catalogue.imaging import Shelf
from catalogue.models import Erasure, Level, Photo
from catalogue.security.viewing import Viewer

from .record import EXPLAINED, explained, record, require
from .refusals import NotAllowed, NotThere, Refused

EXPLAINED |= {
    "CA007": ("columns", "There is nothing to erase under this name, or it was erased already."),
    "CA008": (None, "An erasure takes two curators of the agency: one asks for it, another carries it out."),
}
BYTES = "file_name"  # erasing a photograph's name erases its bytes too


def ask_to_erase(*, found, columns, reason, actor: Viewer):
    """Ask that `columns` (names of text or JSON columns) of one record be erased, from its history too."""
    require(actor, "erase")
    if found.owner_id != actor.agency:
        raise NotAllowed("Only the agency that owns a record erases from it.")
    if not reason.strip():
        raise Refused("Say in `reason` on what ground this is erased.", "reason")
    known = {field.column for field in type(found)._meta.concrete_fields}
    for column in columns:
        if column not in known:
            raise Refused(f"There is no column {column!r} in this record.", "columns")
    row = {"noun": found._meta.model_name, "record": found.pk, "columns": list(columns), "reason": reason.strip()}
    return record(Erasure, [row], actor=actor, handling=Level.STRICT)[0]


def erase(*, erasure, actor: Viewer, shelf: Shelf | None = None):
    """Carry out what another curator asked for. With `shelf`, a photograph's bytes go too unless another needs them."""
    require(actor, "erase")
    if erasure is None:
        raise NotThere("There is no such request to erase.")
    with explained(), connection.cursor() as cursor:
        cursor.execute("SELECT catalogue_erase(%s)", [erasure.pk])
    if erasure.noun == "photo" and BYTES in erasure.columns and shelf is not None:
        erase_bytes(Photo.objects.get(pk=erasure.record), shelf)


def erase_bytes(photo, shelf):
    """Original and renditions leave the shelf when no other photograph stands for the same bytes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT catalogue_bytes_in_use(%s)", [photo.sha256])
        if cursor.fetchone()[0]:
            return
    shelf.path(shelf.original_name(photo.sha256, photo.extension)).unlink(missing_ok=True)
    for path in shelf.derived_of(photo.sha256):
        path.unlink(missing_ok=True)
