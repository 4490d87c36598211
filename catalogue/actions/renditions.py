"""What is shown of a photograph: its renditions, tiles and crops, masked for every other agency than its own.

Nothing here is evidence: all of it can be made again from the original. It is made on demand or by a job, kept under
names that hold the masks' key, and found only under the masks of now, so a new mask binds at once.
"""

import hashlib
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from catalogue.imaging import Shelf, derive, masks, tiles
from catalogue.imaging.renditions import RENDITIONS
from catalogue.queries import regions as asked
from catalogue.security.viewing import Viewer

JOB = "catalogue.make_tiles"
VIEW = RENDITIONS["view"]


def shelf():
    """Where photographs are kept."""
    return Shelf(settings.MEDIA_ROOT)


@dataclass(frozen=True)
class Sight:
    """How a photograph is shown to somebody: with these masks ([points]) burnt in; none show it as it is."""

    masked: tuple = ()

    @property
    def key(self):
        """Names this set of masks; empty without one."""
        return masks.key_of(self.masked)

    def name(self, what):
        """The name of a rendition seen so."""
        return f"m{self.key}{what}" if self.masked else what


def sight(photo, viewer: Viewer, *, released=False):
    """How `viewer` sees a photograph; `released`: as another agency does."""
    if photo.owner_id == viewer.agency and not released:
        return Sight()
    return Sight(tuple(asked.masks(photo)))


def file_of(photo, rendition, seen: Sight = Sight()):
    """(path, media type) of the original or a rendition; a masked one is made when it is not there yet.

    Raises FileNotFoundError when the shelf lacks it, ExaminerFailed when it cannot be made; never another's.
    """
    keeper = shelf()
    if rendition == "original":
        path = keeper.path(keeper.original_name(photo.sha256, photo.extension))
        return there(path), photo.media_type
    plain = keeper.path(keeper.rendition_name(photo.sha256, rendition, "jpg"))
    if not seen.masked:
        return there(plain), "image/jpeg"
    name = keeper.rendition_name(photo.sha256, seen.name(rendition), "jpg")
    if not keeper.path(name).is_file():
        view = there(keeper.path(keeper.rendition_name(photo.sha256, "view", "jpg")))
        made(keeper, name, "mask", view, width=photo.width, masked=seen.masked, longest=RENDITIONS[rendition])
    return keeper.path(name), "image/jpeg"


def there(path):
    if not path.is_file():
        raise FileNotFoundError(path.name)
    return path


def made(keeper, name, task, source, **what):
    """Have a task of the decoding process write a file, and put it on the shelf under `name`."""
    with tempfile.TemporaryDirectory(dir=keeper.incoming()) as folder:
        to = Path(folder) / "made"
        derive(task, source, to, **what)
        return keeper.keep_derived(to, name)


def drop_superseded(photo):
    """Take off the shelf what was made of a photograph under other masks than those of now, once that is committed.

    Crops go too, as their names do not tell. What is still asked for is made again.
    """
    keeper, now = shelf(), Sight(tuple(asked.masks(photo))).key

    def drop():
        for path in keeper.derived_of(photo.sha256):
            what = path.name.removeprefix(f"{photo.sha256}-")
            if what.startswith("c") or (what.startswith("m") and not (now and what.startswith(f"m{now}"))):
                path.unlink(missing_ok=True)

    transaction.on_commit(drop)


# Tiles


def has_tiles(photo):
    """Whether a photograph is larger than its rendition, so that looking closer shows more."""
    return max(photo.width, photo.height) > VIEW


def pack_name(photo, seen):
    return shelf().rendition_name(photo.sha256, seen.name("tiles"), tiles.EXTENSION)


def pack_of(photo, seen: Sight):
    """The pack of tiles as seen so; None until it is made."""
    try:
        return tiles.Pack.of(shelf().path(pack_name(photo, seen)))
    except FileNotFoundError:
        return None


def order_tiles(photo, *, actor: Viewer):
    """Have the tiles of a photograph made in the background, unless that is asked for already."""
    if not has_tiles(photo):
        return
    asked_for = app.configure_task(JOB, queueing_lock=f"tiles {photo.pk} {actor.agency}")
    try:
        with transaction.atomic():
            asked_for.defer(photo=str(photo.pk), user=actor.user, ceiling=actor.ceiling)
    except AlreadyEnqueued:
        pass


def make_tiles(photo, *, actor: Viewer):
    """Make the packs that are not there yet: as `actor` sees the photograph, and as others see it."""
    keeper = shelf()
    original, _media_type = file_of(photo, "original")
    sights = (sight(photo, actor), sight(photo, actor, released=True))
    for seen in {one.key: one for one in sights}.values():
        if pack_of(photo, seen) is None:
            what = {"media_type": photo.media_type, "masked": seen.masked}
            made(keeper, pack_name(photo, seen), "tiles", original, **what)
    drop_superseded(photo)  # something may have been finished under the masks of before


# Crops


def crop_of(region, seen: Sight, longest):
    """(path, key) of the crop of a region, turned upright, at most `longest` pixels; made when it is not there.

    Out of the tiles where they are there, else out of the rendition. The key stands for its content.
    """
    keeper, photo, box = shelf(), region.photo, asked.box_of(region)
    pack = pack_of(photo, seen)
    told = json.dumps([box, region.turn, longest, seen.key, pack is not None])
    key = hashlib.sha256(told.encode()).hexdigest()[:24]
    name = keeper.rendition_name(photo.sha256, f"c{key}", "jpg")
    if not keeper.path(name).is_file():
        source = pack.path if pack is not None else file_of(photo, "view", seen)[0]
        made(keeper, name, "crop", source, width=photo.width, box=box, turn=region.turn, longest=longest)
    return keeper.path(name), key
