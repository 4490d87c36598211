"""Files on their way into evidence: begun, received in parts, given to a worker, decided on by the person."""

import errno
import shutil
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from catalogue.imaging import PhotoRefused
from catalogue.models import Upload, UploadState
from catalogue.security.viewing import Viewer

from .photos import named, shelf
from .record import require
from .refusals import NotAllowed, NotThere, Refused
from .values import accept

EXAMINE = "catalogue.examine_upload"
KEPT = 7 * 24 * 3600  # seconds after which an upload that nobody goes on with is given up
MOST = 5_000  # uploads of one person at a time
SPARE = 512 * 1024**2  # bytes that are left free on the disk
FULL = {errno.ENOSPC, errno.EDQUOT}


class DiskFull(Refused):
    """There is no room for the file."""

    def __init__(self):
        super().__init__("The disk of the catalogue is full; nothing you sent is lost. Tell the administrator.")


class Elsewhere(Refused):
    """What was sent does not begin where the received part ends; `offset` says where that is."""

    def __init__(self, offset):
        super().__init__(f"{offset:,} bytes of this file are there; go on from there.")
        self.offset = offset


def begin_upload(*, id, specimen, file_name, size, actor: Viewer, archive=None, **told):
    """An upload of `size` bytes about `specimen`; `told` are further columns. The same `id` again is the same upload.

    Raises PhotoRefused for a size that is never taken, DiskFull, Refused.
    """
    require(actor, "record")
    if specimen.owner_id != actor.agency:
        raise NotAllowed("Photographs and files are added by the agency that holds the specimen.")
    there = Upload.objects.filter(pk=id).first()
    if there is not None:
        if (there.size, there.specimen_id) != (size, specimen.pk):
            raise Refused("Another file is being sent under this identifier; choose a new one.", "id")
        return there
    name = named(file_name)
    check_size(size, name, told.get("kind", ""))
    accept(Upload, told)
    forget_old()
    if Upload.objects.filter(state__in=(UploadState.RECEIVING, UploadState.WAITING)).count() >= MOST:
        raise Refused(f"You are sending {MOST:,} files already; wait until some are examined.")
    shelf().waiting(id).begin()
    columns = {"specimen": specimen, "file_name": name, "size": size, "archive": archive} | told
    try:
        with transaction.atomic():
            return Upload.objects.create(id=id, user_id=actor.user, agency_id=actor.agency, **columns)
    except IntegrityError:
        raise Refused("Another file is being sent under this identifier; choose a new one.", "id") from None


def check_size(size, name, kind):
    """Raises for a file that would be refused once it is there, so that nobody sends it in vain."""
    if size <= 0:
        raise PhotoRefused("empty", "This file is empty (0 bytes). Copy it from the camera again.")
    picture = not kind and not name.lower().endswith(".zip")
    most = settings.PHOTO_MAX_BYTES if picture else settings.FILE_MAX_BYTES
    if size > most:
        what = "A photograph" if picture else "A file"
        raise PhotoRefused("too_large", f"{what} may have {most // 1024**2:,} MB; this one has {size // 1024**2:,}.")
    media = settings.MEDIA_ROOT
    media.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(media).free < size + SPARE:
        raise DiskFull


def forget_old():
    """Uploads that nobody went on with are given up, what came of the others is forgotten."""
    before = timezone.now() - timedelta(seconds=KEPT)
    Upload.objects.filter(updated_at__lt=before).delete()
    shelf().sweep(KEPT)


def receive(*, id, offset, chunks, actor: Viewer):
    """Add `chunks` to the upload from `offset` on; a complete one is given to a worker. Returns how much is there.

    Raises NotThere, Elsewhere, DiskFull; whatever happens, what was written counts.
    """
    upload = held(id, actor, UploadState.RECEIVING)
    waiting = shelf().waiting(upload.pk)
    if waiting.length != offset:
        raise Elsewhere(waiting.length)
    waiting.begin()
    try:
        length = waiting.append(chunks, upload.size - offset)
    except OSError as error:
        if error.errno in FULL:
            raise DiskFull from error
        raise
    Upload.objects.filter(pk=upload.pk).update(updated_at=timezone.now())
    if length >= upload.size:
        give_to_worker(upload, actor)
    return length


def received(*, id, actor: Viewer):
    """(upload, how much of it is there). One whose last part came just before the server was killed goes on now."""
    upload = Upload.objects.filter(pk=id).first()
    if upload is None:
        raise NotThere("There is no such upload here.")
    if upload.state != UploadState.RECEIVING:
        return upload, upload.size
    length = shelf().waiting(upload.pk).length
    if length >= upload.size:
        upload = held(id, actor, UploadState.RECEIVING)
        give_to_worker(upload, actor)
    return upload, length


def held(id, actor, *states):
    """The upload, locked, in one of `states`."""
    require(actor, "record")
    upload = Upload.objects.select_for_update().filter(pk=id, state__in=states).first()
    if upload is None:
        raise NotThere("There is no such upload here, or it is received already.")
    return upload


def give_to_worker(upload, actor):
    """Have a worker examine what was received, on behalf of the actor, who is looked up again then."""
    move(upload, UploadState.WAITING)
    app.configure_task(EXAMINE).defer(upload=str(upload.pk), user=actor.user, ceiling=actor.ceiling)


def move(upload, state, **columns):
    """An upload is in another state."""
    columns |= {"state": state, "updated_at": timezone.now()}
    Upload.objects.filter(pk=upload.pk).update(**columns)
    for name, value in columns.items():
        setattr(upload, name, value)


def settle(upload, state, **columns):
    """What became of an upload; its bytes are needed here no longer."""
    move(upload, state, **columns)
    waiting = shelf().waiting(upload.pk)
    transaction.on_commit(waiting.remove)


def decide(*, ids, keep, actor: Viewer):
    """Keep or discard uploads that look like photographs that are there already. Returns how many."""
    require(actor, "record")
    found = list(Upload.objects.select_for_update().filter(pk__in=ids, state=UploadState.ALIKE).order_by("pk"))
    for upload in found:
        if keep:
            Upload.objects.filter(pk=upload.pk).update(sure=True)
            give_to_worker(upload, actor)
        else:
            settle(upload, UploadState.DISCARDED)
    return len(found)


def give_up(*, id, actor: Viewer):
    """Forget an upload that is not complete, or that waits for a decision."""
    upload = held(id, actor, UploadState.RECEIVING, UploadState.ALIKE)
    waiting = shelf().waiting(upload.pk)
    upload.delete()
    transaction.on_commit(waiting.remove)


def clear(*, specimen, actor: Viewer):
    """Take what is settled off the person's list of a specimen; the photographs and files themselves stay."""
    require(actor, "record")
    unsettled = (UploadState.RECEIVING, UploadState.WAITING, UploadState.ALIKE)
    Upload.objects.filter(specimen=specimen).exclude(state__in=unsettled).delete()
