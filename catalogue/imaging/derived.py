"""What is made of a photograph that is kept already: its tiles, masked renditions, crops. In the decoding process.

Each task takes the job (a dictionary) and writes one file, `job["to"]`.
"""

from __future__ import annotations

import io
import math
from pathlib import Path

from PIL import Image

from . import masks, renditions, tiles
from .signatures import JPEG

_CLOCKWISE = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}


def make_tiles(job: dict) -> None:
    """The pack of the original `path` (of `media_type`), with `masked` burnt in."""
    with open(job["path"], "rb") as file, open(job["to"], "wb") as pack:
        tiles.write(renditions.open_picture(file, job["media_type"]), pack, job["masked"])


def mask(job: dict) -> None:
    """The rendition `path` of a picture `width` pixels wide with `masked` burnt in, at most `longest` pixels long."""
    with open(job["path"], "rb") as file:
        image = renditions.open_picture(file, JPEG)
        image.load()
        image = masks.burn(image, job["masked"], scale=image.width / job["width"])
    Path(job["to"]).write_bytes(renditions.encode(_at_most(image, job["longest"])))


def crop(job: dict) -> None:
    """The part `box` of a picture `width` pixels wide out of its pack or rendition `path`, turned upright.

    `turn`: degrees clockwise. At most `longest` pixels along its longer edge.
    """
    path, box, longest = Path(job["path"]), job["box"], job["longest"]
    if path.suffix == f".{tiles.EXTENSION}":
        part = _out_of_pack(tiles.Pack.of(path), box, longest)
    else:
        with open(path, "rb") as file:
            image = renditions.open_picture(file, JPEG)
            image.load()
            part = image.crop(_scaled(box, image.width / job["width"], image.size))
    part = _at_most(part, longest)
    if job["turn"] in _CLOCKWISE:
        part = part.transpose(_CLOCKWISE[job["turn"]])
    Path(job["to"]).write_bytes(renditions.encode(part))


def cut(job: dict) -> None:
    """The part `box` of the original `path` (of `media_type`) in its own pixels, turned upright, as PNG.

    `turn`: degrees clockwise. At most `longest` pixels along its longer edge. Nothing is compressed away: it is read.
    """
    with open(job["path"], "rb") as file:
        whole = tiles.Upright(renditions.open_picture(file, job["media_type"]))
        part = _at_most(whole.part(tuple(job["box"])), job["longest"])
    if job["turn"] in _CLOCKWISE:
        part = part.transpose(_CLOCKWISE[job["turn"]])
    part.save(job["to"], "PNG", compress_level=1)


def _out_of_pack(pack: tiles.Pack, box: list, longest: int) -> Image.Image:
    """The part in `box` from the smallest level that shows it at `longest` pixels, else from the full size."""
    levels = pack.levels
    edge = max(box[2] - box[0], box[3] - box[1])
    level = next((n for n, size in enumerate(levels) if edge * size[0] / pack.width >= longest), len(levels) - 1)
    left, top, right, bottom = _scaled(box, levels[level][0] / pack.width, levels[level])
    part = None
    for y in range(top // tiles.TILE, (bottom - 1) // tiles.TILE + 1):
        for x in range(left // tiles.TILE, (right - 1) // tiles.TILE + 1):
            tile = _decoded(pack.tile(level, x, y))
            part = part or Image.new(tile.mode, (right - left, bottom - top))
            part.paste(tile, (x * tiles.TILE - left, y * tiles.TILE - top))
    return part


def _decoded(data: bytes) -> Image.Image:
    image = renditions.open_picture(io.BytesIO(data), JPEG)
    image.load()
    return image


def _scaled(box: list, scale: float, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """`box` in the pixels of a level: whole ones, at least one, inside."""
    left, top = (min(edge - 1, max(0, int(at * scale))) for at, edge in zip(box[:2], size, strict=True))
    right, bottom = (min(edge, math.ceil(at * scale)) for at, edge in zip(box[2:], size, strict=True))
    return left, top, max(left + 1, right), max(top + 1, bottom)


def _at_most(image: Image.Image, longest: int) -> Image.Image:
    target = renditions.fit(image.size, longest)
    return image if image.size == target else image.resize(target, Image.Resampling.BICUBIC, reducing_gap=2.0)


TASKS = {"tiles": make_tiles, "mask": mask, "crop": crop, "cut": cut}
