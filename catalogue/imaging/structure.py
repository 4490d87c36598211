"""Walks a picture file's own structure, without decoding a pixel: is it whole, and is it nothing else
besides?"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

from . import jpeg, tiff
from .refusals import PhotoRefused, damaged, truncated
from .signatures import HEIC, JPEG, PNG, TIFF, WEBP, refuse_hidden, refuse_trailing, unsupported

_EDGE = 65_536  # how much of both ends is searched where metadata has no fixed place
_NO_MOTION = "Send a single picture: a still exported as JPEG, for example."


@dataclass(frozen=True)
class Structure:
    """What a file states about its picture: size as stored, pages, and the bytes that decoding will need.

    `pixels` counts all pages; `need` is an upper estimate in bytes of memory for the largest page.
    """

    width: int
    height: int
    pages: int
    pixels: int
    need: int


def walk(data, media_type: str) -> Structure:
    """Check the whole file (bytes or mmap) of the given media type. Raises PhotoRefused with the reason."""
    structure, texts = _WALKERS[media_type](data)
    refuse_hidden(data, texts)
    return structure


def _jpeg(data):
    streams, texts = jpeg.walk(data)
    areas = [stream.width * stream.height for stream in streams]
    # Tiles take the first picture at its full size, 4 bytes a pixel; the others are decoded at an eighth.
    # Progressive ones keep all coefficients besides, 2 bytes each, at any size.
    kept = [int(area * 2 * one.samples) if one.progressive else 0 for one, area in zip(streams, areas, strict=True)]
    need = max(4 * areas[0] + kept[0], *kept[1:], *(area // 2 for area in areas))
    return Structure(streams[0].width, streams[0].height, len(streams), sum(areas), need), texts


def _png(data):
    at, texts, width, height, kind = 8, [], 0, 0, b""
    pixels_seen = False
    while kind != b"IEND":
        if at + 12 > len(data):
            raise truncated("PNG")
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data):
            raise truncated("PNG")
        if not kind.isalpha():
            raise damaged("PNG", f"an impossible chunk stands at byte {at:,}")
        with memoryview(data) as view, view[at + 4 : end - 4] as body:
            if zlib.crc32(body) != int.from_bytes(data[end - 4 : end], "big"):
                raise damaged("PNG", f"the checksum of its {kind.decode()} chunk at byte {at:,} is wrong")
        if (at == 8) != (kind == b"IHDR") or (kind == b"IHDR" and length != 13):
            raise damaged("PNG", "its header is missing or repeated")
        if kind == b"IHDR":
            width, height = struct.unpack_from(">II", data, at + 8)
        elif kind == b"acTL":
            raise PhotoRefused("animated", f"This is an animated PNG, not a photograph. {_NO_MOTION}")
        elif kind == b"IDAT":
            pixels_seen = True
        elif kind != b"IEND":
            texts.append((at + 8, end - 4))
        at = end
    if not (width and height and pixels_seen):
        raise damaged("PNG", "it holds no picture")
    if at < len(data):
        refuse_trailing(data, at, "PNG")
    return Structure(width, height, 1, width * height, width * height * 4), texts


def _webp(data):
    size = int.from_bytes(data[4:8], "little") + 8
    if size > len(data):
        raise truncated("WebP")
    if size + size % 2 < len(data):
        refuse_trailing(data, size, "WebP")
    at, texts, sizes = 12, [], []
    while at + 8 <= size:
        kind, length = struct.unpack_from("<4sI", data, at)
        begin, at = at + 8, at + 8 + length
        if at > size:
            raise damaged("WebP", f"a chunk reaches beyond the picture at byte {begin:,}")
        if kind in (b"ANIM", b"ANMF"):
            raise PhotoRefused("animated", f"This is an animated WebP, not a photograph. {_NO_MOTION}")
        if kind in (b"VP8X", b"VP8 ", b"VP8L"):
            sizes.append(_webp_size(kind, bytes(data[begin : begin + 10])))
        elif kind != b"ALPH":
            texts.append((begin, at))
        at += length % 2
    if not any(sizes):
        raise damaged("WebP", "it holds no picture")
    width, height = max(size for size in sizes if size)
    return Structure(width, height, 1, width * height, width * height * WEBP_BYTES), texts


#: Bytes of memory a pixel takes at the peak of decoding, measured with Pillow 13 (libwebp 1.6, libheif).
WEBP_BYTES, HEIC_BYTES = 17, 9


def _webp_size(kind: bytes, head: bytes) -> tuple[int, int] | None:
    if len(head) < 5 or (kind != b"VP8L" and len(head) < 10):
        raise truncated("WebP")
    if kind == b"VP8X":
        return int.from_bytes(head[4:7], "little") + 1, int.from_bytes(head[7:10], "little") + 1
    if kind == b"VP8 ":
        return int.from_bytes(head[6:8], "little") & 0x3FFF, int.from_bytes(head[8:10], "little") & 0x3FFF
    bits = int.from_bytes(head[1:5], "little")
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1


def _heic(data):
    sizes, texts, kinds = [], [(0, min(_EDGE, len(data))), (max(0, len(data) - _EDGE), len(data))], set()
    for kind, begin, end in _boxes(data, 0, len(data)):
        kinds.add(kind)
        if kind == b"meta":
            texts.append((begin, end))
            for path, at, stop in _inside(data, begin + 4, end):
                if path == b"ispe" and stop - at >= 12:
                    sizes.append(struct.unpack_from(">II", data, at + 4))
    if b"meta" not in kinds or not sizes:
        raise damaged("HEIC", "it holds no picture")
    if b"moov" in kinds:
        raise unsupported("a HEIF picture sequence or video")
    width, height = max(sizes, key=lambda size: size[0] * size[1])
    if not width or not height:
        raise damaged("HEIC", "it states no width or height")
    return Structure(width, height, 1, width * height, width * height * HEIC_BYTES), texts


def _boxes(data, at: int, stop: int):
    """The boxes between two offsets, as (name, start of content, end): ISO/IEC 14496-12, clause 4.2."""
    while at < stop:
        if at + 8 > stop:
            refuse_trailing(data, at, "HEIC")
        size, kind = struct.unpack_from(">I4s", data, at)
        begin = at + 8
        if size == 1 and at + 16 <= stop:
            size, begin = int.from_bytes(data[at + 8 : at + 16], "big"), at + 16
        end = stop if size == 0 else at + size
        if not all(32 <= letter < 127 or letter == 0xA9 for letter in kind):
            refuse_trailing(data, at, "HEIC")
        if end < begin:
            raise damaged("HEIC", f"a box has an impossible size at byte {at:,}")
        if end > stop:
            raise truncated("HEIC")
        yield kind, begin, end
        at = end


def _inside(data, at: int, stop: int):
    """The boxes of the picture's properties, one and two levels below `meta`."""
    for kind, begin, end in _boxes(data, at, stop):
        if kind in (b"iprp", b"ipco"):
            yield from _inside(data, begin, end)
        else:
            yield kind, begin, end


def _tiff(data):
    # Microscope programs keep further frames outside any directory, so bytes no tag speaks of are not held
    # against a TIFF file; only what is recognised as something else is.
    pages = tiff.walk(data)
    texts = [(0, min(_EDGE, len(data))), (max(0, len(data) - _EDGE), len(data))]
    pixels = sum(page.width * page.height for page in pages)
    return Structure(pages[0].width, pages[0].height, len(pages), pixels, max(page.need for page in pages)), texts


_WALKERS = {JPEG: _jpeg, PNG: _png, WEBP: _webp, HEIC: _heic, TIFF: _tiff}
