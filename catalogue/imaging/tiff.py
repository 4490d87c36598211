"""Walks the directories of a TIFF file (TIFF 6.0; BigTIFF), without decoding a pixel."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from .refusals import PhotoRefused, damaged, truncated
from .signatures import unsupported

MOST_PAGES = 1000
_MOST_ENTRIES = 4096
_MOST_PIECES = 1_000_000  # strips or tiles of one page
_SIZES = {
    1: 1,
    2: 1,
    3: 2,
    4: 4,
    5: 8,
    6: 1,
    7: 1,
    8: 2,
    9: 4,
    10: 8,
    11: 4,
    12: 8,
    13: 4,
    16: 8,
    17: 8,
    18: 8,
}
_CODES = {1: "B", 3: "H", 4: "I", 13: "I", 16: "Q", 18: "Q"}

_WIDTH, _HEIGHT, _BITS, _PHOTOMETRIC, _ORIENTATION, _SAMPLES = 256, 257, 258, 262, 274, 277
_STRIPS, _STRIP_SIZES, _TILES, _TILE_SIZES, _SUB_IFDS, _DNG_VERSION = 273, 279, 324, 325, 330, 50706
_WANTED = {_WIDTH, _HEIGHT, _BITS, _PHOTOMETRIC, _ORIENTATION, _SAMPLES, _SUB_IFDS, _DNG_VERSION}
_WANTED |= {_STRIPS, _STRIP_SIZES, _TILES, _TILE_SIZES}
_SENSOR_DATA = {32803, 34892}  # colour filter array and linear raw: DNG and its relatives


@dataclass(frozen=True)
class Page:
    """One page of a TIFF file: size in pixels as stored, and the bytes of memory that decoding it will
    need."""

    width: int
    height: int
    need: int


@dataclass
class _Reader:
    data: object
    order: str = "<"
    big: bool = False
    seen: set[int] = field(default_factory=set)

    def number(self, at: int, code: str) -> int:
        size = struct.calcsize(code)
        if at < 0 or at + size > len(self.data):
            raise truncated("TIFF")
        return struct.unpack_from(self.order + code, self.data, at)[0]


def walk(data) -> list[Page]:
    """The pages of a TIFF file, in order.

    Every directory, value and strip must lie inside the file. Raises PhotoRefused: truncated, damaged,
    too_many_pages, unsupported_format (camera raw files are TIFF in form).
    """
    reader = _Reader(data, "<" if data[:2] == b"II" else ">", data[2:4] in (b"+\0", b"\0+"))
    if reader.big and reader.number(4, "H") != 8:
        raise damaged("TIFF", "its offsets are of an unknown size")
    at = reader.number(8, "Q") if reader.big else reader.number(4, "I")
    pages = []
    while at:
        tags, at = _directory(reader, at)
        pages.append(_page(reader, tags))
        if len(pages) > MOST_PAGES:
            raise PhotoRefused("too_many_pages", f"This TIFF file has more than {MOST_PAGES:,} pages. Split it.")
    if not pages:
        raise damaged("TIFF", "it holds no page")
    return pages


def _directory(reader: _Reader, at: int) -> tuple[dict[int, list[int]], int]:
    """The wanted tags of the directory at `at`, and the offset of the next directory (0 = none)."""
    if at in reader.seen:
        raise damaged("TIFF", "its pages form a circle")
    reader.seen.add(at)
    counter, entry, offset = ("Q", 20, "Q") if reader.big else ("H", 12, "I")
    count = reader.number(at, counter)
    if not 0 < count <= _MOST_ENTRIES:
        raise damaged("TIFF", f"a page claims to have {count:,} tags")
    at += struct.calcsize(counter)
    tags = {}
    for start in range(at, at + count * entry, entry):
        tag, values = _entry(reader, start, offset)
        if tag in _WANTED:
            tags[tag] = values
    return tags, reader.number(at + count * entry, offset)


def _entry(reader: _Reader, start: int, offset: str) -> tuple[int, list[int]]:
    tag, kind, count = (
        reader.number(start, "H"),
        reader.number(start + 2, "H"),
        reader.number(start + 4, offset),
    )
    inline = start + 4 + struct.calcsize(offset)
    size = _SIZES.get(kind, 0) * count
    at = inline if size <= struct.calcsize(offset) else reader.number(inline, offset)
    if at + size > len(reader.data):
        raise truncated("TIFF")
    if tag not in _WANTED or kind not in _CODES:
        return tag, []
    if count > _MOST_PIECES:
        raise damaged("TIFF", f"one of its tags has {count:,} values")
    return tag, list(struct.unpack_from(f"{reader.order}{count}{_CODES[kind]}", reader.data, at))


def _page(reader: _Reader, tags: dict[int, list[int]], depth: int = 0) -> Page:
    photometric = tags.get(_PHOTOMETRIC) or [0]
    if _DNG_VERSION in tags or photometric[0] in _SENSOR_DATA:
        raise unsupported("a camera raw file (DNG or similar)")
    width, height = (tags.get(tag) or [0] for tag in (_WIDTH, _HEIGHT))
    if not width[0] or not height[0]:
        raise damaged("TIFF", "a page states no width or height")
    _pieces_inside(reader, tags)
    if depth < 2:
        for sub in (tags.get(_SUB_IFDS) or [])[:MOST_PAGES]:
            if sub not in reader.seen:
                _page(reader, _directory(reader, sub)[0], depth + 1)
    return Page(width[0], height[0], _need(width[0] * height[0], tags))


def _need(area: int, tags: dict[int, list[int]]) -> int:
    """Bytes for the decoded page (4 a pixel unless grey in 8 bits), again if it is turned, and one piece."""
    bits = tags.get(_BITS) or [1]
    channels = (tags.get(_SAMPLES) or [len(bits)])[0]
    pixel = 1 if channels == 1 and max(bits) <= 8 else 4
    if (tags.get(_ORIENTATION) or [1])[0] != 1:
        pixel *= 2
    pieces = max(1, len(tags.get(_STRIPS) or tags.get(_TILES) or []))
    return area * pixel + area * channels * max(bits) // 8 // pieces


def _pieces_inside(reader: _Reader, tags: dict[int, list[int]]) -> None:
    """Refuse strips or tiles that reach beyond the end of the file."""
    for offsets, sizes in ((_STRIPS, _STRIP_SIZES), (_TILES, _TILE_SIZES)):
        for at, size in zip(tags.get(offsets, []), tags.get(sizes, []), strict=False):
            if at + size > len(reader.data):
                raise truncated("TIFF")
    if not (tags.get(_STRIPS) or tags.get(_TILES)):
        raise damaged("TIFF", "a page holds no pixels")
