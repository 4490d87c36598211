"""What the camera wrote beside the picture: time, device, place. Hostile by assumption, so read with care."""

from __future__ import annotations

import contextlib
import math
import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from PIL import ExifTags

LONGEST_TEXT = 500  # characters of one value
MOST_VALUES = 120  # values in `raw`

_IFD = ExifTags.IFD
_TAG = ExifTags.Base
_GPS = ExifTags.GPS
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")
# Bulky or meaningless as text: maker notes, embedded previews and profiles, offsets of directories.
_SKIPPED = {0x927C, 0x8769, 0x8825, 0xA005, 0x02BC, 0x8773, 0x83BB, 0x8649, 0x0201, 0x0202, 0xC4A5, 0x935C}
_TIME = re.compile(r"(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)(\.\d{1,6})?\d*([+-]\d\d:\d\d)?")


@dataclass(frozen=True)
class Metadata:
    """What EXIF says, as far as it can be read; None where it says nothing or nonsense.

    `captured_at_text` is EXIF's own form, "2023:03:29 19:18:30", with fraction and zone where recorded.
    Latitude and longitude are WGS 84 degrees, north and east positive; altitude is metres above sea level.
    `orientation` is as written, 1 when absent. `raw` holds further values as text, limited in number and
    length.
    """

    captured_at_text: str | None = None
    camera_make: str | None = None
    camera_model: str | None = None
    gps_lat: float | None = None
    gps_lon: float | None = None
    gps_alt: float | None = None
    orientation: int = 1
    raw: dict[str, str] = field(default_factory=dict)

    @property
    def captured_at(self) -> datetime | None:
        """The time of capture; without a zone (naive) unless the camera recorded one."""
        found = _TIME.fullmatch(self.captured_at_text or "")
        if not found:
            return None
        year, month, day, clock, fraction, zone = found.groups("")
        fraction = fraction and fraction.ljust(7, "0")
        try:
            return datetime.fromisoformat(f"{year}-{month}-{day}T{clock}{fraction}{zone}")
        except ValueError:
            return None


def read(image: Any) -> Metadata:
    """The metadata of a picture that Pillow has opened. Never raises: what cannot be read is left out."""
    main, detail, place = _directories(image)
    latitude = _degrees(place.get(_GPS.GPSLatitude), place.get(_GPS.GPSLatitudeRef), "S", 90)
    longitude = _degrees(place.get(_GPS.GPSLongitude), place.get(_GPS.GPSLongitudeRef), "W", 180)
    if latitude is None or longitude is None or latitude == longitude == 0:
        latitude = longitude = None  # half a place is none, and 0 0 is what a device writes that knows no place
    turn = main.get(_TAG.Orientation)
    return Metadata(
        captured_at_text=_captured(main, detail),
        camera_make=_text(main.get(_TAG.Make)),
        camera_model=_text(main.get(_TAG.Model)),
        gps_lat=latitude,
        gps_lon=longitude,
        gps_alt=_altitude(place) if latitude is not None else None,
        orientation=turn if isinstance(turn, int) and 1 <= turn <= 8 else 1,
        raw=_raw(main, detail, place),
    )


def _directories(image: Any) -> list[dict[int, Any]]:
    """EXIF's three directories as plain dictionaries; an unreadable one is empty."""
    found = []
    for name in (None, _IFD.Exif, _IFD.GPSInfo):
        values = {}
        with contextlib.suppress(Exception):  # Pillow's parser raises whatever hostile offsets lead to
            exif = image.getexif()
            source = exif if name is None else exif.get_ifd(name)
            for tag in list(source):
                with contextlib.suppress(Exception):
                    values[tag] = source[tag]
        found.append(values)
    return found


def _captured(main: dict, detail: dict) -> str | None:
    for tag, fraction, zone in (
        (_TAG.DateTimeOriginal, _TAG.SubsecTimeOriginal, _TAG.OffsetTimeOriginal),
        (_TAG.DateTimeDigitized, _TAG.SubsecTimeDigitized, _TAG.OffsetTimeDigitized),
    ):
        text = _text(detail.get(tag) or main.get(tag))
        if not text or not re.search(r"[1-9]", text):
            continue
        part, offset = _text(detail.get(fraction)) or "", _text(detail.get(zone)) or ""
        part = f".{part}" if part.isascii() and part.isdigit() and len(part) <= 9 else ""
        return text[:40] + part + (offset if re.fullmatch(r"[+-]\d\d:\d\d", offset) else "")
    return None


def _text(value: Any) -> str | None:
    """One line of clean text, at most LONGEST_TEXT characters; None when nothing is left."""
    if isinstance(value, bytes):
        for mark, coding in ((b"ASCII\0\0\0", "utf-8"), (b"UNICODE\0", "utf-16")):
            if value.startswith(mark):
                value = value[8:].decode(coding, "replace")
                break
        else:
            value = value[: 4 * LONGEST_TEXT].decode("utf-8", "replace")
    if not isinstance(value, str):
        return None
    value = value[: 4 * LONGEST_TEXT]
    try:
        value = value.encode("latin-1").decode("utf-8")  # Pillow reads ASCII tags as Latin-1; phones write UTF-8
    except UnicodeError:
        value = value.encode("utf-8", "replace").decode("utf-8")
    value = _CONTROLS.sub(" ", value.split("\0\0")[0]).strip()
    return value[:LONGEST_TEXT] or None


def _number(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError, ArithmeticError):
        return None
    return number if math.isfinite(number) else None


def _degrees(value: Any, reference: Any, negative: str, limit: int) -> float | None:
    if not isinstance(value, (tuple, list)) or not 1 <= len(value) <= 3:
        return None
    parts = [_number(part) for part in value]
    if any(part is None or part < 0 for part in parts):
        return None
    degrees = sum(part / 60**power for power, part in enumerate(parts))
    if degrees > limit:
        return None
    return round(-degrees if (_text(reference) or "").upper().startswith(negative) else degrees, 7)


def _altitude(place: dict) -> float | None:
    metres = _number(place.get(_GPS.GPSAltitude))
    if metres is None or abs(metres) > 100_000:
        return None
    below = place.get(_GPS.GPSAltitudeRef) in (1, b"\x01")
    return round(-metres if below else metres, 2)


def _raw(main: dict, detail: dict, place: dict) -> dict[str, str]:
    values: dict[str, str] = {}
    for prefix, names, source in (("", _TAG, main), ("", _TAG, detail), ("", _GPS, place)):
        for tag, value in source.items():
            if tag in _SKIPPED or len(values) >= MOST_VALUES:
                continue
            text = _shown(value)
            if text:
                values[prefix + _name(names, tag)] = text
    return values


def _name(names: Any, tag: int) -> str:
    try:
        return names(tag).name
    except ValueError:
        return f"Tag{tag}"


def _shown(value: Any) -> str | None:
    if isinstance(value, (str, bytes)):
        return _text(value)
    if isinstance(value, (tuple, list)):
        return (" ".join(filter(None, (_shown(part) for part in value[:32]))))[:LONGEST_TEXT] or None
    if isinstance(value, int):
        return str(value) if abs(value) < 2**64 else None
    number = _number(value)
    return None if number is None else f"{number:.10g}"
