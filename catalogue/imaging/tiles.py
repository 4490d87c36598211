"""The tile pyramid of a photograph, for looking closely: one file, in which each tile is found by an index.

A pack begins with MAGIC; then come the tiles (JPEG, nothing in them but the picture), the full size first, row by
row, then each half of the one before until a single tile holds the picture; then the index as JSON, and in the last
eight bytes where the index begins. One file instead of hundreds keeps the shelf small and is there whole or not at
all. Pixels are counted upright.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from PIL import Image

from . import masks, renditions

TILE = 512  # pixels along the edge of a tile
EXTENSION = "tiles"
MAGIC = b"TILES 1\n"
_TAIL = struct.Struct(">Q")
_Turn = Image.Transpose


def sizes(width: int, height: int) -> list[tuple[int, int]]:
    """Width and height of every level, the smallest (level 0) first."""
    found = [(width, height)]
    while max(found[-1]) > TILE:
        found.append((-(-found[-1][0] // 2), -(-found[-1][1] // 2)))
    return found[::-1]


def grid(width: int, height: int) -> tuple[int, int]:
    """Columns and rows of the tiles of a level of this size."""
    return -(-width // TILE), -(-height // TILE)


class Upright:
    """The loaded picture as a person sees it, handed out in parts: turned, in sRGB or grey, opaque.

    Turning part by part keeps a second copy of all pixels out of memory.
    """

    def __init__(self, image: Image.Image) -> None:
        image.load()  # TIFF pages are turned on loading: only now size and orientation fit the pixels
        self.image = image
        self.turn = renditions.turn_of(image)
        self.span, self.profile = renditions.span_of(image), image.info.get("icc_profile")
        across = self.turn in (_Turn.TRANSPOSE, _Turn.ROTATE_270, _Turn.TRANSVERSE, _Turn.ROTATE_90)
        self.size = image.size[::-1] if across else image.size

    def part(self, box: tuple[int, int, int, int]) -> Image.Image:
        """The part in `box` (left, top, right, bottom)."""
        part = renditions.plain(self.image.crop(self.stored(box)), self.span, self.profile)
        return part if self.turn is None else part.transpose(self.turn)

    def stored(self, box: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
        """Where the part in `box` lies in the picture as stored."""
        (left, top, right, bottom), (width, height) = box, self.size
        return {
            None: (left, top, right, bottom),
            _Turn.FLIP_LEFT_RIGHT: (width - right, top, width - left, bottom),
            _Turn.ROTATE_180: (width - right, height - bottom, width - left, height - top),
            _Turn.FLIP_TOP_BOTTOM: (left, height - bottom, right, height - top),
            _Turn.TRANSPOSE: (top, left, bottom, right),
            _Turn.ROTATE_270: (top, width - right, bottom, width - left),
            _Turn.TRANSVERSE: (height - bottom, width - right, height - top, width - left),
            _Turn.ROTATE_90: (height - bottom, left, height - top, right),
        }[self.turn]


def write(image: Image.Image, file: BinaryIO, masked: list | tuple = ()) -> None:
    """Write the pack of the opened picture; what `masked` covers (see masks.py) is black in every level.

    Memory at its peak: the decoded picture (4 bytes a pixel in colour) and its half (1 byte more). The picture is
    let go of as soon as its half is there. Raises whatever the decoder raises for damaged data.
    """
    source = Upright(image)
    width, height = source.size
    file.write(MAGIC)
    ends, half = [], None
    for box in _boxes(width, height):
        tile = masks.burn(source.part(box), masked, offset=box[:2])
        ends.append(_add(file, tile))
        half = half or Image.new(tile.mode, (-(-width // 2), -(-height // 2)))
        half.paste(tile.reduce(2), (box[0] // 2, box[1] // 2))
    source.image = None
    image.close()
    for level_size in sizes(width, height)[-2::-1]:
        level, half = half, None
        ends += [_add(file, level.crop(box)) for box in _boxes(*level_size)]
        half = level.reduce(2)
    index = json.dumps({"tile": TILE, "width": width, "height": height, "ends": ends}).encode()
    at = file.tell()
    file.write(index + _TAIL.pack(at))


def _boxes(width: int, height: int) -> Iterator[tuple[int, int, int, int]]:
    for top in range(0, height, TILE):
        for left in range(0, width, TILE):
            yield left, top, min(width, left + TILE), min(height, top + TILE)


def _add(file: BinaryIO, tile: Image.Image) -> int:
    file.write(renditions.encode(tile))
    return file.tell()


@dataclass(frozen=True)
class Pack:
    """A pack that is there: read without decoding anything."""

    path: Path
    width: int
    height: int
    ends: list[int]

    @classmethod
    def of(cls, path: Path) -> Pack:
        """The pack at `path`. Raises FileNotFoundError, and ValueError for a file that is no pack."""
        with open(path, "rb") as file:
            if file.read(len(MAGIC)) != MAGIC:
                raise ValueError(f"{path} is no pack of tiles.")
            end = file.seek(-_TAIL.size, 2)
            file.seek(_TAIL.unpack(file.read(_TAIL.size))[0])
            index = json.loads(file.read(end - file.tell()))
        return cls(Path(path), index["width"], index["height"], index["ends"])

    @property
    def levels(self) -> list[tuple[int, int]]:
        """Width and height of every level, the smallest first."""
        return sizes(self.width, self.height)

    def tile(self, level: int, x: int, y: int) -> bytes:
        """The JPEG of one tile. Raises LookupError when there is none at that place."""
        levels = self.levels
        if not 0 <= level < len(levels):
            raise LookupError(f"There is no level {level}.")
        columns, rows = grid(*levels[level])
        if not (0 <= x < columns and 0 <= y < rows):
            raise LookupError(f"There is no tile {x}, {y} in level {level}.")
        before = sum(columns * rows for columns, rows in (grid(*size) for size in levels[level + 1 :]))
        number = before + y * columns + x
        begin = self.ends[number - 1] if number else len(MAGIC)
        with open(self.path, "rb") as file:
            file.seek(begin)
            return file.read(self.ends[number] - begin)
