"""Reading the print in a region of a photograph: by a program, in the background, as an offer to a person."""

import tempfile
from pathlib import Path

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from catalogue.imaging import derive
from catalogue.imaging.reading import LONGEST, Reading, Unreadable, read
from catalogue.models import Level, PhotoRegion, ReadingState, RegionPurpose, RegionReading
from catalogue.queries.regions import box_of
from catalogue.security.viewing import Viewer, viewing_as

from .handling import may_change
from .record import amend, record, require
from .refusals import Refused
from .renditions import file_of

JOB = "catalogue.read_region"
OFF = "Reading help is off here; whoever runs the catalogue turns it on with OCR=1."
NOT_READ = "The reading program could not read this; try a region closer around the print."
EMPTY = {"lines": [], "engine": "", "said": ""}


def follow_region(region, before=None, *, actor: Viewer):
    """A marking that is drawn, or drawn otherwise than `before`, is read; what was read of it before goes at once."""
    if before is not None and drawn_as(region) == drawn_as(before):
        return
    if region.purpose == RegionPurpose.MARKING and settings.OCR:
        order_reading(region, actor=actor)
    elif reading_of(region) is not None:
        put(region, actor=actor, state=ReadingState.UNREAD, **EMPTY)


def order_reading(region, *, actor: Viewer):
    """Have the print in a region read in the background. Raises Refused where it cannot be, NotAllowed for another's.

    A reading is an aid and no evidence: of a reviewed specimen it takes no reason.
    """
    require(actor, "record")
    may_change(region, actor=actor)
    if not settings.OCR:
        raise Refused(OFF)
    if region.purpose != RegionPurpose.MARKING:
        raise Refused("Only a region that shows a marking is read; change its purpose first.", "purpose")
    put(region, actor=actor, state=ReadingState.WAITING, **EMPTY)
    # One after the other: each takes half a gigabyte while it lasts.
    asked_for = app.configure_task(JOB, queueing_lock=f"reading {region.pk}", lock="readings")
    try:
        with transaction.atomic():
            asked_for.defer(region=str(region.pk), user=actor.user, ceiling=actor.ceiling)
    except AlreadyEnqueued:
        pass


def drawn_as(region):
    """What of a region decides what is read in it."""
    return region.purpose, region.points, region.turn


def reading_of(region):
    return RegionReading.objects.filter(region=region, voided_at=None).order_by("id").first()


def put(region, *, actor: Viewer, **columns):
    """Keep `columns` as the reading of a region, in place of what stood there."""
    PhotoRegion.objects.select_for_update().filter(pk=region.pk).first()  # two that read one region make one reading
    there = reading_of(region)
    if there is not None:
        return amend(there, columns, actor=actor)
    row = {"region": region, **columns}
    record(RegionReading, [row], actor=actor, handling=Level.CLEAR, bounded=True)


# By the worker


def read_region(pk, *, actor: Viewer):
    """Read the region `pk` as `actor`, and keep what came of it, unless it was drawn otherwise meanwhile.

    No transaction is open while the program reads. Raises ReadingFailed, ExaminerFailed and OSError when this machine
    is at fault.
    """
    with tempfile.TemporaryDirectory() as folder:
        crop = Path(folder) / "crop.png"
        with viewing_as(actor):
            region = waiting(pk)
            if region is None:
                return
            if not settings.OCR:
                return put(region, actor=actor, state=ReadingState.UNREAD, **EMPTY)
            cut(region, crop)
        try:
            found = read(crop, program=settings.OCR_READER)
        except Unreadable:
            return settle(region, actor=actor, state=ReadingState.FAILED, **EMPTY | {"said": NOT_READ})
    settle(region, actor=actor, state=ReadingState.READ, **kept(found))


def waiting(pk, locked=False):
    """The region `pk` in force, if its reading is waited for."""
    found = PhotoRegion.objects.filter(pk=pk, voided_at=None, purpose=RegionPurpose.MARKING).select_related("photo")
    region = found.select_for_update(of=("self",)).first() if locked else found.first()
    reading = region and reading_of(region)
    return region if reading is not None and reading.state == ReadingState.WAITING else None


def cut(region, to):
    """Write the region's part of the original, in its own pixels."""
    original, media_type = file_of(region.photo, "original")
    derive("cut", original, to, media_type=media_type, box=box_of(region), turn=region.turn, longest=LONGEST)


def kept(found: Reading):
    lines = [{"text": line.text, "score": line.score} for line in found.lines]
    return {"lines": lines, "engine": found.engine, "said": ""}


def settle(region, *, actor: Viewer, **columns):
    """Keep what came of reading `region` as it was then, unless it is drawn otherwise now."""
    with viewing_as(actor):
        now = waiting(region.pk, locked=True)
        if now is not None and drawn_as(now) == drawn_as(region):
            put(now, actor=actor, **columns)


def give_up(pk, said, *, actor: Viewer):
    """Say with a region whose reading is waited for why there will be none."""
    with viewing_as(actor):
        region = waiting(pk, locked=True)
        if region is not None:
            put(region, actor=actor, state=ReadingState.FAILED, **EMPTY | {"said": said})
