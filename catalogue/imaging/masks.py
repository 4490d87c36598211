"""Masks: what of a photograph others must not see is made black, in the pixels themselves.

A mask is a list of points [[x, y], …] in pixels of the upright picture: two are the opposite corners of a rectangle,
more are a polygon.
"""

from __future__ import annotations

import hashlib
import json
import math

from PIL import Image, ImageDraw

_MARGIN = 2  # pixels beyond the outline, in the picture that is made: resampling spreads what lies at its edge


def key_of(masked: list | tuple) -> str:
    """A name for this set of masks (24 hexadecimal digits); empty when there is none."""
    if not masked:
        return ""
    return hashlib.sha256(json.dumps(sorted(masked)).encode()).hexdigest()[:24]


def burn(
    image: Image.Image, masked: list | tuple, *, offset: tuple[int, int] = (0, 0), scale: float = 1.0
) -> Image.Image:
    """`image` with everything within the masks black; itself, changed, or as it was without masks.

    `offset`: where the image's left upper corner lies in the picture, in its pixels; `scale`: the image's pixels to
    one of the picture.
    """
    if not masked:
        return image
    draw, black = ImageDraw.Draw(image), 0 if image.mode == "L" else (0, 0, 0)
    for points in masked:
        corners = [((x - offset[0]) * scale, (y - offset[1]) * scale) for x, y in points]
        if len(corners) == 2:
            (x1, x2), (y1, y2) = (sorted(pair) for pair in zip(*corners, strict=True))
            low = (math.floor(x1) - _MARGIN, math.floor(y1) - _MARGIN)
            draw.rectangle([low, (math.ceil(x2) + _MARGIN, math.ceil(y2) + _MARGIN)], fill=black)
        else:
            draw.polygon(corners, fill=black)
            draw.line([*corners, corners[0], corners[1]], fill=black, width=2 * _MARGIN + 1, joint="curve")
    return image
