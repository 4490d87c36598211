"""Walks a JPEG file from marker to marker (ITU-T T.81, annex B), and what cameras put after it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .refusals import PhotoRefused, damaged, truncated
from .signatures import refuse_trailing

# In compressed data every FF is followed by 00 or a restart marker; anything else ends the scan.
_END_OF_SCAN = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_NOT_PADDING = re.compile(rb"[^\x00\xff\r\n]")
_FRAMES = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
_PROGRESSIVE = {0xC2, 0xC6, 0xCA, 0xCE}
# Trailers known by their first bytes: Canon's recipe of the raw converter, vivo's phones.
_KNOWN_TRAILERS = (b"CANON OPTIONAL DATA\x00", b'vivo{"')
_MOST_PICTURES = 100  # further pictures after the first: stereo pairs, previews, gain maps, depth maps


@dataclass(frozen=True)
class Stream:
    """One JPEG picture inside a file: byte range, first scan, size in pixels, samples per pixel, kind of
    coding."""

    start: int
    end: int
    scan: int
    width: int
    height: int
    samples: float
    progressive: bool


def walk(data) -> tuple[list[Stream], list[tuple[int, int]]]:
    """All pictures of a JPEG file, the main one first, and the ranges that hold metadata.

    Accepted after the main picture: padding, more JPEG pictures (MPO, gain maps), the video of a motion
    photo, and trailers of known cameras. Raises PhotoRefused: truncated, damaged, trailing_data, polyglot.
    """
    first = _stream(data, 0)
    streams, at = [first], first.end
    while (at := _skip_padding(data, at)) < len(data):
        if data[at : at + 3] == b"\xff\xd8\xff":
            streams.append(_stream(data, at))
            at = streams[-1].end
            if len(streams) > _MOST_PICTURES:
                raise PhotoRefused(
                    "too_many_pages",
                    f"This JPEG file holds more than {_MOST_PICTURES} pictures. Send them one by one.",
                )
        else:
            at = _trailer(data, at)
    return streams, [(0, first.scan), (first.end, len(data))]


def _stream(data, start: int) -> Stream:
    at, scan, frame = start + 2, 0, None
    while True:
        marker, at = _marker(data, at)
        if marker == 0xD9:
            break
        if marker == 0x01 or 0xD0 <= marker <= 0xD7:
            continue
        if marker == 0xD8:
            raise damaged("JPEG", "a second picture begins inside the first")
        length = int.from_bytes(data[at : at + 2], "big")
        if at + length > len(data):
            raise truncated("JPEG")
        if length < 2:
            raise damaged("JPEG", "a segment has an impossible length")
        if marker in _FRAMES:
            frame = _largest(frame, _frame(data[at : at + length], marker))
        at += length
        if marker == 0xDA:
            scan = scan or at
            found = _END_OF_SCAN.search(data, at)
            if not found:
                raise truncated("JPEG")
            at = found.start()
    if frame is None or not scan:
        raise damaged("JPEG", "it holds no picture")
    return Stream(start, at, scan, *frame)


def _marker(data, at: int) -> tuple[int, int]:
    """The marker at `at` and the offset after it; any number of FF may stand before its code."""
    if at >= len(data):
        raise truncated("JPEG")
    if data[at] != 0xFF:
        raise damaged("JPEG", f"a marker is missing at byte {at:,}")
    while at < len(data) and data[at] == 0xFF:
        at += 1
    if at >= len(data):
        raise truncated("JPEG")
    return data[at], at + 1


def _frame(segment: bytes, marker: int) -> tuple[int, int, float, bool]:
    """Width, height, samples per pixel (3 for full colour, 1.5 with halved chroma), progressive or not."""
    if len(segment) < 8:
        raise damaged("JPEG", "its frame header is too short")
    height, width = int.from_bytes(segment[3:5], "big"), int.from_bytes(segment[5:7], "big")
    if not width or not height:
        raise damaged("JPEG", "it states no width or height")
    factors = [(kind >> 4, kind & 15) for kind in segment[9::3][: segment[7]]]
    if not factors or not all(across and down for across, down in factors):
        raise damaged("JPEG", "its frame header states no sampling")
    largest = max(across for across, _ in factors) * max(down for _, down in factors)
    samples = sum(across * down for across, down in factors) / largest
    return width, height, samples, marker in _PROGRESSIVE


def _largest(one, other):
    return other if one is None or other[0] * other[1] > one[0] * one[1] else one


def _skip_padding(data, at: int) -> int:
    """The offset of the next byte that says something. FF D8 begins a picture, so its FF is not padding."""
    found = _NOT_PADDING.search(data, at)
    if not found:
        return len(data)
    begin = found.start()
    return begin - 1 if begin > at and data[begin] == 0xD8 and data[begin - 1] == 0xFF else begin


def _trailer(data, at: int) -> int:
    """The end of the known trailer that begins at `at`; refuses an unknown one."""
    for begin in (at, at - 1, at - 2, at - 3):  # a video's length begins with zeros, which passed for padding
        if data[begin + 4 : begin + 8] == b"ftyp":
            return _video(data, begin)
    if _samsung(data, at) or data[at : at + 32].startswith(_KNOWN_TRAILERS):
        return len(data)
    refuse_trailing(data, at, "JPEG")
    raise AssertionError("unreachable")


def _video(data, at: int) -> int:
    """The end of an MP4 video (motion photo): a chain of boxes with four-letter names."""
    while at + 8 <= len(data) and data[at + 4 : at + 8].isalnum():
        size = int.from_bytes(data[at : at + 4], "big")
        if size == 1:
            size = int.from_bytes(data[at + 8 : at + 16], "big")
        if size == 0:
            return len(data)
        if size < 8 or at + size > len(data):
            raise truncated("JPEG")
        at += size
    return at


def _samsung(data, at: int) -> bool:
    """Whether the rest is Samsung's trailer: blocks, then a directory SEFH … SEFT that points at them."""
    if data[-4:] != b"SEFT":
        return False
    directory = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
    if directory < at - 3 or data[directory : directory + 4] != b"SEFH":
        return False
    count = int.from_bytes(data[directory + 8 : directory + 12], "little")
    if directory + 12 + 12 * count > len(data) - 8 or not count:
        return False
    reach = max(int.from_bytes(data[directory + 16 + 12 * n : directory + 20 + 12 * n], "little") for n in range(count))
    # Blocks begin with two zero bytes, which may have been skipped as padding, hence the slack.
    return directory - reach <= at and directory - reach >= at - 3
