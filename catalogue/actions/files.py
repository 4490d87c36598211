"""Taking files that are no photographs into evidence: hashed, kept bit for bit, never opened."""

from catalogue.imaging import PhotoRefused
from catalogue.imaging.kinds import HEAD, kind_of
from catalogue.models import EvidenceFile, FileKind, Level
from catalogue.security.viewing import Viewer, giving

from .photos import kept_file, named, only_one, shelf
from .record import record, require
from .refusals import NotAllowed

EXTENSION = "bin"  # whatever it is: nothing that looks at names will open or run it


def attach_file(
    *,
    received,
    file_name,
    specimen,
    actor: Viewer,
    component=None,
    kind=FileKind.OTHER,
    title="",
    handling=Level.STRICT,
    released_to=(),
    reason="",
):
    """Record a received file (imaging.Received). Returns it, and whether it is new.

    The same bytes about the same object, sent again, are the record that is there already. Raises PhotoRefused for an
    empty one. Of a reviewed specimen it takes a `reason`.
    """
    require(actor, "record")
    if specimen.owner_id != actor.agency:
        raise NotAllowed("Files are added by the agency that holds the specimen.")
    if not received.size:
        raise PhotoRefused("empty", "This file is empty (0 bytes). Copy it again.")
    with only_one(received.sha256):
        there = EvidenceFile.objects.filter(
            sha256=received.sha256, specimen=specimen, component=component, owner_id=actor.agency, voided_at=None
        ).first()
        if there is not None:
            return there, False
        with received.path.open("rb") as file:
            media_type = kind_of(file.read(HEAD))
        row = {
            "specimen": specimen, "component": component, "kind": kind, "title": title, "sha256": received.sha256,
            "size": received.size, "media_type": media_type, "file_name": named(file_name),
        }  # fmt: skip
        with kept_file(shelf(), received, EXTENSION), giving(reason):
            made = record(EvidenceFile, [row], actor=actor, handling=handling, released_to=released_to)
    return made[0], True


def path_of(file):
    """Where the bytes of a file lie. Raises FileNotFoundError when the shelf lacks them."""
    keeper = shelf()
    path = keeper.path(keeper.original_name(file.sha256, EXTENSION))
    if not path.is_file():
        raise FileNotFoundError(path.name)
    return path
