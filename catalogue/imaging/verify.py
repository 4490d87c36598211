"""Is this file a photograph that may be kept? What can be told without decoding it, in pure Python."""

from __future__ import annotations

import hashlib
import mmap
from dataclasses import dataclass
from pathlib import Path

from . import structure
from .refusals import PhotoRefused
from .signatures import ACCEPTED, media_type

MOST_BYTES = 100 * 1024 * 1024
MOST_PIXELS = 200_000_000  # of one picture
MOST_PIXELS_OF_ALL_PAGES = 400_000_000
MOST_MEMORY = 1_100 * 1024 * 1024  # bytes that decoding may take, by the estimate of structure.py
LONGEST_EDGE = 65_535


@dataclass(frozen=True)
class Verified:
    """A photograph that was decoded to its last page.

    `width` and `height` are in pixels as stored; `orientation` is EXIF's 1 to 8 and says how to turn them
    upright (`upright_size` has done so). `mode` is Pillow's name of the pixel layout (RGB, L, CMYK, I;16 …).
    `extension` comes from the bytes, never from the name the file came with. `size` is in bytes.
    """

    media_type: str
    extension: str
    width: int
    height: int
    pages: int
    mode: str
    orientation: int
    sha256: str
    size: int

    @property
    def upright_size(self) -> tuple[int, int]:
        """Width and height as a person sees the picture."""
        return (self.height, self.width) if self.orientation >= 5 else (self.width, self.height)


@dataclass(frozen=True)
class Checked:
    """A file whose structure holds; its pixels are not decoded yet. `pages` is what the structure states."""

    media_type: str
    extension: str
    width: int
    height: int
    pages: int
    sha256: str
    size: int


def check(path: Path, sha256: str = "") -> Checked:
    """Check size, kind, structure and limits of the file, without decoding a pixel; `sha256` where it is known.

    Raises PhotoRefused with the reason; OSError when the file cannot be read.
    """
    size = Path(path).stat().st_size
    if not size:
        raise PhotoRefused("empty", "This file is empty (0 bytes). Copy it from the camera again.")
    if size > MOST_BYTES:
        raise too_large()
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        kind = media_type(data[:1024])
        word, extension = ACCEPTED[kind]
        found = structure.walk(data, kind)
        _within_limits(found, word)
        digest = sha256 or hashlib.sha256(data).hexdigest()
    return Checked(kind, extension, found.width, found.height, found.pages, digest, size)


def too_large() -> PhotoRefused:
    """The refusal of a file above MOST_BYTES."""
    return PhotoRefused(
        "too_large",
        f"This file is larger than {MOST_BYTES // 1024**2} MB. Send the photograph as the camera wrote it, "
        "or as JPEG at a smaller size.",
    )


def _within_limits(found: structure.Structure, word: str) -> None:
    area = found.width * found.height
    if area > MOST_PIXELS or max(found.width, found.height) > LONGEST_EDGE:
        raise too_many_pixels(
            f"states {found.width:,} × {found.height:,} pixels; "
            f"at most {MOST_PIXELS // 10**6} megapixels and {LONGEST_EDGE:,} pixels along an edge are taken"
        )
    if found.pixels > MOST_PIXELS_OF_ALL_PAGES:
        raise too_many_pixels(
            f"states {found.pixels // 10**6:,} megapixels over its {found.pages:,} pages; "
            f"at most {MOST_PIXELS_OF_ALL_PAGES // 10**6} are accepted"
        )
    if found.need > MOST_MEMORY:
        raise too_many_pixels(
            f"would need {found.need // 1024**2:,} MB of memory to decode; "
            f"a {word} of this kind may have about {area * MOST_MEMORY // found.need // 10**6} megapixels"
        )


def too_many_pixels(clause: str) -> PhotoRefused:
    """The refusal of a picture that is too large to decode; `clause` continues "This picture …"."""
    return PhotoRefused("too_many_pixels", f"This picture {clause}. Send a smaller copy, or several parts.")
