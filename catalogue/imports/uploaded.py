"""What a worker does with a file that was received: take it into evidence, unpack it, or say why not."""

import uuid
from dataclasses import dataclass

from django.db import transaction

from catalogue.actions.files import attach_file
from catalogue.actions.photos import keep_photo, may_attach, only_one, reckon_likeness, row_of, shelf
from catalogue.actions.refusals import Refused
from catalogue.actions.uploads import begin_upload, give_to_worker, settle
from catalogue.actions.uploads import move as moved
from catalogue.imaging import PhotoRefused, archives, examine
from catalogue.imaging.kinds import HEAD, is_archive
from catalogue.models import Level, Upload, UploadState
from catalogue.queries.uploads import alike, component_of, labelled, same_bytes, specimen_called, view_called, view_of
from catalogue.security.viewing import viewing_as

from . import manifest
from .tables import FileRefused

GONE = "This file waited too long and was given up; send it again."


def take(upload, actor):
    """Examine the upload with this id, once, whatever happens: a worker that was killed leaves it as it was.

    All that comes of it is one transaction. Raises ExaminerFailed when this machine is at fault.
    """
    with viewing_as(actor):
        found = Upload.objects.select_for_update(skip_locked=True, of=("self",)).select_related("specimen", "component")
        found = found.filter(pk=upload, state=UploadState.WAITING).first()
        if found is None:  # another worker was quicker, or it was given up, or one was killed as soon as it was settled
            unsettled = (UploadState.RECEIVING, UploadState.WAITING, UploadState.ALIKE)
            if Upload.objects.filter(pk=upload).exclude(state__in=unsettled).exists():
                shelf().waiting(upload).remove()
            return
        try:
            with transaction.atomic():
                became(found, actor)
        except PhotoRefused as refusal:
            settle(found, UploadState.REFUSED, why=refusal.reason, said=refusal.sentence)
        except Refused as refusal:
            settle(found, UploadState.REFUSED, why=refusal.field or "refused", said=refusal.sentence)


def became(upload, actor):
    """Do with a file what is right for what it is."""
    try:
        with shelf().waiting(upload.pk).path.open("rb") as file:
            head = file.read(HEAD)
    except FileNotFoundError:
        raise Refused(GONE, "gone") from None
    may_attach(upload.specimen, actor)
    if upload.kind:
        other(upload, actor)
    elif is_archive(head):
        unpack(upload, actor)
    else:
        photograph(upload, actor)


def failed(upload, actor, said):
    """Say of an upload that it could not be examined, after several attempts."""
    with viewing_as(actor):
        found = Upload.objects.select_for_update().filter(pk=upload, state=UploadState.WAITING).first()
        if found is not None:
            settle(found, UploadState.REFUSED, why="not_examined", said=said)


def other(upload, actor):
    """A file that is no photograph."""
    found, new = attach_file(
        received=shelf().waiting(upload.pk).received(), file_name=upload.file_name, specimen=upload.specimen,
        component=upload.component or guessed(upload), kind=upload.kind, title=upload.caption, actor=actor,
        handling=Level(upload.handling), reason=upload.reason,
    )  # fmt: skip
    settle(upload, UploadState.ADDED if new else UploadState.THERE, file=found)


def guessed(upload):
    """The component that the file's name speaks of, where that was asked for."""
    return component_of(upload.specimen, upload.file_name) if upload.match else None


def photograph(upload, actor):
    """A photograph: added, there already, or like another, which a person has to decide."""
    waiting = shelf().waiting(upload.pk)
    received = waiting.received()
    found = examine(received.path, received.folder, sha256=received.sha256)
    component = upload.component or guessed(upload)
    view = view_of(upload.file_name) if upload.match and upload.view == "overview" else None
    # Photographs of one specimen are compared and recorded one after the other, so that none passes another unseen.
    with only_one(f"photographs of {upload.specimen_id}"), only_one(received.sha256):
        same = same_bytes(received.sha256, upload.specimen)
        if same is not None and same.specimen_id == upload.specimen_id:
            return settle(upload, UploadState.THERE, photo=same)
        reckon_likeness(upload.specimen, actor=actor)
        like = same or alike(upload.specimen, found.dhash)
        if like is not None and not upload.sure:
            return moved(upload, UploadState.ALIKE, photo=like, why="same" if same else "alike")
        row = row_of(found, upload.specimen, component, view or upload.view, upload.caption, upload.file_name)
        photo = keep_photo(
            received, found, row, actor=actor, handling=Level(upload.handling), reason=upload.reason
        )  # fmt: skip
    return settle(upload, UploadState.ADDED, photo=photo, component=component)


# Archives


@dataclass
class Told:
    """What one entry of an archive is to be recorded with, or why it is not."""

    specimen: object
    component: object
    view: str
    caption: str
    said: str = ""


def unpack(upload, actor):
    """Each file of an archive becomes an upload of its own, which is examined as any other; none is named by a path."""
    with archives.opened(shelf().waiting(upload.pk).path) as archive:
        entries = archives.entries(archive)
        lines = {}
        for entry in [entry for entry in entries if manifest.is_manifest(entry.name)][:1]:
            entries.remove(entry)
            lines = listed(archive, entry)
        named = set()
        for entry in entries:
            line = manifest.line_of(lines, entry.name)
            if line is not None:
                named.add(line)
            unpack_one(upload, archive, entry, told(upload, line, actor), actor)
    for line in set(lines.values()) - named:
        refuse(
            upload, f"{upload.pk}/{line.file}", line.file, 0, "The manifest names this file; it is not there.", actor
        )
    settle(upload, UploadState.UNPACKED)


def listed(archive, entry):
    """The lines of the archive's manifest."""
    if entry.size > manifest.LARGEST:
        raise archives.refused(f"has a manifest of more than {manifest.LARGEST // 1024**2} MB")
    try:
        return manifest.read(b"".join(archives.read(archive, entry)))
    except FileRefused as refusal:
        raise Refused(str(refusal), "manifest") from None


def told(upload, line, actor):
    """What an entry is recorded with: as the whole archive, unless its line of the manifest says otherwise."""
    found = Told(upload.specimen, upload.component, upload.view, upload.caption)
    if line is None:
        return found
    if line.specimen:
        found.specimen = specimen_called(line.specimen, actor.agency)
        if found.specimen is None:
            found.said = f"The manifest names the specimen {line.specimen}: there is none, or you may not see it."
            return found
    if line.item:
        found.component = labelled(found.specimen, line.item)
        if found.component is None:
            found.said = f"The manifest names the item {line.item}: no component, or more than one, is called so."
    if line.view:
        found.view = view_called(line.view)
        if found.view is None:
            found.said = f"The manifest names the view {line.view}, which is not in the vocabulary."
    found.caption = line.caption or found.caption
    return found


def unpack_one(upload, archive, entry, told, actor):
    """Put one entry where uploads wait. An earlier attempt at the same archive is written over."""
    number = f"{upload.pk}/{entry.index}"
    if told.said:
        return refuse(upload, number, entry.name, entry.size, told.said, actor)
    try:
        made = begin_upload(
            id=uuid.uuid5(upload.pk, number), specimen=told.specimen, component=told.component, view=told.view,
            caption=told.caption, **of_archive(upload, entry.name, entry.size), actor=actor,
        )  # fmt: skip
        waiting = shelf().waiting(made.pk)
        waiting.remove()
        waiting.begin()
        length = waiting.append(archives.read(archive, entry), entry.size)
        with waiting.path.open("rb") as file:
            if is_archive(file.read(HEAD)):
                raise archives.refused("lies within another; unpack it and send what is in it")
        if length != entry.size:
            raise archives.refused(f"says another size for “{entry.name}” than it has")
    except PhotoRefused as refusal:
        return refuse(upload, number, entry.name, entry.size, refusal.sentence, actor, refusal.reason)
    return give_to_worker(made, actor)


def of_archive(upload, name, size):
    return {
        "file_name": name, "size": size, "batch": upload.batch, "archive": upload, "match": upload.match,
        "handling": upload.handling, "reason": upload.reason,
    }  # fmt: skip


def refuse(upload, number, name, size, said, actor, why="manifest"):
    """Say of an entry, or of a line of the manifest, why nothing came of it."""
    columns = of_archive(upload, name.rpartition("/")[2], size) | {
        "user_id": actor.user, "agency_id": actor.agency, "specimen": upload.specimen, "why": why, "said": said,
    }  # fmt: skip
    Upload.objects.update_or_create(id=uuid.uuid5(upload.pk, number), defaults=columns)
    settle(Upload.objects.get(pk=uuid.uuid5(upload.pk, number)), UploadState.REFUSED)
