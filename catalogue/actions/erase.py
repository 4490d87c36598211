"""Erasing: two curators, a reason, and a tombstone. The only way in which anything leaves the catalogue."""

from django.db import connection

from catalogue.imaging import Shelf
from catalogue.models import Erasure, EvidenceFile, Level, Photo
from catalogue.security.viewing import Viewer

from .files import EXTENSION
from .record import EXPLAINED, explained, record, require
from .refusals import NotAllowed, NotThere, Refused

EXPLAINED |= {
    "CA007": ("columns", "There is nothing to erase under this name, or it was erased already."),
    "CA008": (None, "An erasure takes two curators of the agency: one asks for it, another carries it out."),
}
BYTES = "file_name"  # erasing the name of a photograph or file erases its bytes too


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
    """Carry out what another curator asked for. With `shelf`, bytes go too unless another record needs them."""
    require(actor, "erase")
    if erasure is None:
        raise NotThere("There is no such request to erase.")
    with explained(), connection.cursor() as cursor:
        cursor.execute("SELECT catalogue_erase(%s)", [erasure.pk])
    if shelf is None or BYTES not in erasure.columns:
        return
    if erasure.noun == "photo":
        erase_bytes(Photo.objects.get(pk=erasure.record), shelf)
    elif erasure.noun == "evidencefile":
        erase_file(EvidenceFile.objects.get(pk=erasure.record), shelf)


def erase_bytes(photo, shelf):
    """Original and renditions leave the shelf when no other photograph stands for the same bytes."""
    if in_use("catalogue_bytes_in_use", photo.sha256):
        return
    shelf.path(shelf.original_name(photo.sha256, photo.extension)).unlink(missing_ok=True)
    for path in shelf.derived_of(photo.sha256):
        path.unlink(missing_ok=True)


def erase_file(file, shelf):
    """A file's bytes leave the shelf when no other file that is evidence stands for the same ones."""
    if not in_use("catalogue_file_in_use", file.sha256):
        shelf.path(shelf.original_name(file.sha256, EXTENSION)).unlink(missing_ok=True)


def in_use(function, sha256):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [sha256])
        return cursor.fetchone()[0]
