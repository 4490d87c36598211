"""Decodes a photograph and makes its small copies. Runs C decoders on foreign bytes: only in the decoding
process."""

from __future__ import annotations

import contextlib
import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import pillow_heif
from PIL import Image, ImageCms, ImageFile

from .signatures import HEIC, JPEG, PNG, TIFF, WEBP
from .verify import MOST_PIXELS

pillow_heif.register_heif_opener()
Image.MAX_IMAGE_PIXELS = MOST_PIXELS

#: The renditions by name: the longest edge in pixels. None is ever larger than the original.
RENDITIONS = {"view": 1600, "thumbnail": 320}
#: Renditions are JPEG: encoding took 7 ms where WebP took 60 to 240, at one and a half times the bytes.
MEDIA_TYPE, EXTENSION, QUALITY = "image/jpeg", "jpg", 85

_PLUGINS = {JPEG: ("JPEG", "MPO"), PNG: ("PNG",), WEBP: ("WEBP",), HEIC: ("HEIF",), TIFF: ("TIFF",)}
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_STRIP_PIXELS = 2_000_000
_PLAIN = ("L", "RGB", "CMYK", "LAB", "YCbCr")
_SRGB = ImageCms.createProfile("sRGB")


@dataclass(frozen=True)
class Range:
    """How grey values of more than 8 bits become 8: `lowest` black, `highest` white."""

    lowest: float
    highest: float


def open_picture(file: BinaryIO, media_type: str) -> Image.Image:
    """Open with the decoder of this media type and no other; only headers are read."""
    return Image.open(file, formats=_PLUGINS[media_type])


def orientation(image: Image.Image) -> int:
    """EXIF's orientation, 1 to 8; anything else counts as 1. A decoder that turned the picture leaves 1."""
    value = 1
    with contextlib.suppress(Exception):  # hostile EXIF raises anything; the picture is taken as it lies
        value = image.getexif().get(_ORIENTATION)
    return value if value in _TURNS else 1


def render(image: Image.Image, *, width: int) -> Image.Image:
    """The opened picture upright, in sRGB, opaque on white, at most `width` pixels along its longer edge.

    The result is "RGB" or "L" and carries no metadata and no profile. Decodes the picture in full; a JPEG is
    decoded at a half, a quarter or an eighth where that is enough, which still reads all of its data. Raises
    whatever the decoder raises for damaged data.
    """
    _at_a_fraction(image, fit(image.size, width))
    image.load()  # TIFF pages are turned on loading: only now size and orientation fit the pixels
    turn, profile = turn_of(image), image.info.get("icc_profile")
    small = _to_srgb(_shrink(image, fit(image.size, width)), profile)
    return small.transpose(turn) if turn is not None else small


def encode(image: Image.Image) -> bytes:
    """The rendition's file: JPEG, nothing in it but the picture."""
    out = io.BytesIO()
    if isinstance(image, ImageFile.ImageFile):  # the original itself, which is small enough
        bare = Image.new(image.mode, image.size)
        bare.paste(image)
    else:
        bare, image.info = image, {}  # a copy of 12 megapixels' rendition costs 3 ms
    bare.save(out, "JPEG", quality=QUALITY)  # with no `info` of the original, and so without any metadata
    return out.getvalue()


def make_all(image: Image.Image) -> tuple[dict[str, bytes], Image.Image]:
    """The files of all RENDITIONS of the opened picture by name, the smaller made from the larger; and the smallest."""
    files, current = {}, None
    for name, width in sorted(RENDITIONS.items(), key=lambda item: -item[1]):
        if current is None:
            current = render(image, width=width)
        else:
            # Averaged to 1.5 times the size first: half the time of Pillow's usual 2.0, and no difference to be seen.
            current = current.resize(fit(current.size, width), Image.Resampling.BICUBIC, reducing_gap=1.5)
        files[name] = encode(current)
    return files, current


def decode(image: Image.Image) -> None:
    """Read all data of the current page, as cheaply as the format allows."""
    _at_a_fraction(image, (1, 1))
    image.load()


def decode_other_pages(image: Image.Image) -> int:
    """Decode every page after the first, so that none is kept unseen; gives the number of all pages."""
    pages = getattr(image, "n_frames", 1)
    for page in range(1, pages):
        image.seek(page)
        decode(image)
    return pages


def _at_a_fraction(image: Image.Image, size: tuple[int, int]) -> None:
    """Let a JPEG be decoded at a half, a quarter or an eighth, but not below `size`; it is still read whole.

    Not so for HEIC, whose decoder would take an embedded thumbnail and never look at the photograph.
    """
    if image.format in _PLUGINS[JPEG]:
        image.draft(None, size)


def fit(size: tuple[int, int], longest: int) -> tuple[int, int]:
    """`size` made smaller, if need be, until its longer edge has at most `longest` pixels."""
    scale = min(1.0, longest / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _shrink(image: Image.Image, target: tuple[int, int]) -> Image.Image:
    """The loaded picture at the target size in a plain mode.

    Large pictures are averaged strip by strip first, so that no second copy of all pixels is ever in memory;
    the last step, at most from four times the size, is bicubic: a third cheaper than Lanczos and hardly
    less sharp.
    """
    factor = max(1, max(image.size) // max(target) // 2)
    if factor > 1 or _needs_flattening(image):
        image = _stack(image.size, factor, _strips(image, factor))
    return image if image.size == target else image.resize(target, Image.Resampling.BICUBIC)


def _needs_flattening(image: Image.Image) -> bool:
    return image.mode not in _PLAIN or "transparency" in image.info


def _strips(image: Image.Image, factor: int) -> Iterator[Image.Image]:
    width, height = image.size
    span = span_of(image)
    rows = factor * max(1, _STRIP_PIXELS // (width * factor))
    for top in range(0, height, rows):
        strip = image.crop((0, top, width, min(height, top + rows)))
        yield _flatten(strip, span).reduce(factor)


def _stack(size: tuple[int, int], factor: int, strips: Iterator[Image.Image]) -> Image.Image:
    whole, top = None, 0
    for strip in strips:
        whole = whole or Image.new(strip.mode, (strip.width, -(-size[1] // factor)))
        whole.paste(strip, (0, top))
        top += strip.height
    return whole


def turn_of(image: Image.Image) -> Image.Transpose | None:
    """How the loaded picture is turned upright; None when it is."""
    return _TURNS.get(orientation(image))


def plain(image: Image.Image, span: Range | None, profile: bytes | None) -> Image.Image:
    """A part of a loaded picture as RGB in sRGB or as grey, opaque on white; `span` and `profile` are the picture's."""
    return _to_srgb(_flatten(image, span), profile)


def span_of(image: Image.Image) -> Range | None:
    """Which values become black and white, for pictures with more than 8 bits of grey; None for the others.

    16 bits in a TIFF often hold a sensor's 10, 12 or 14, which would be all but black: white is then the
    smallest 2ⁿ - 1 that holds the brightest value. Floating point and 32 bits have no agreed white: from
    lowest to highest.
    """
    if image.mode.startswith("I;16"):
        brightest = image.getextrema()[1] if image.format == "TIFF" else 0xFFFF
        return Range(0, max(0xFF, (1 << int(brightest).bit_length()) - 1))
    if image.mode in ("I", "F"):
        lowest, highest = image.getextrema()
        if math.isfinite(highest - lowest) and highest > lowest:
            return Range(lowest, highest)
        return Range(0, 1)
    return None


def _flatten(image: Image.Image, span: Range | None) -> Image.Image:
    """One strip in a plain mode: grey in 8 bits, palette as colour, transparent parts on white."""
    if span is not None:
        scale = 255 / (span.highest - span.lowest)
        return image.convert("F").point(lambda value: value * scale - span.lowest * scale).convert("L")
    if image.mode in _PLAIN and "transparency" not in image.info:
        return image
    if image.mode == "RGBX":
        return image.convert("RGB")
    if image.mode in ("1", "L") and "transparency" not in image.info:
        return image.convert("L")
    clear = image.convert("RGBA")
    paper = Image.new("RGBA", clear.size, "white")
    paper.alpha_composite(clear)
    return paper.convert("RGB")


def _to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The small picture in sRGB, or grey as it is. A profile that is broken or does not fit is ignored."""
    if image.mode == "LAB":
        return ImageCms.profileToProfile(image, ImageCms.createProfile("LAB"), _SRGB, outputMode="RGB")
    if profile and image.mode in ("RGB", "L", "CMYK"):
        try:
            embedded = ImageCms.getOpenProfile(io.BytesIO(profile))
            if image.mode != "RGB" or not ImageCms.getProfileDescription(embedded).startswith("sRGB"):
                return ImageCms.profileToProfile(image, embedded, _SRGB, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass
    return image if image.mode in ("RGB", "L") else image.convert("RGB")
