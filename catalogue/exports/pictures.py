"""Small pictures of photographs for print: the whole, or the part that shows a component."""

import io

from PIL import Image

MARGIN = 0.12  # of a region's size, left around it
LARGEST = 480  # pixels on the long side of a printed picture


def small(path, *, full, region=None):
    """JPEG bytes of the picture at `path`, or of its part within `region`.

    `full` is the size (width, height) of the original, in whose pixels the points of a region are given.
    """
    with Image.open(path) as opened:
        picture = opened.convert("RGB")
    across, down = picture.width / full[0], picture.height / full[1]
    if region:
        picture = picture.crop(box_of(region, picture.size, across, down))
    picture.thumbnail((LARGEST, LARGEST), Image.Resampling.LANCZOS)
    held = io.BytesIO()
    picture.save(held, "JPEG", quality=82)
    return held.getvalue()


def box_of(points, size, across, down):
    """The rectangle around `points` with a margin, within a picture of `size`; at least eight pixels wide and high."""
    xs, ys = [x * across for x, _y in points], [y * down for _x, y in points]
    beside, above = MARGIN * (max(xs) - min(xs)), MARGIN * (max(ys) - min(ys))
    left, top = max(0, min(xs) - beside), max(0, min(ys) - above)
    right, bottom = min(size[0], max(xs) + beside), min(size[1], max(ys) + above)
    left, top = min(left, size[0] - 8), min(top, size[1] - 8)
    return round(left), round(top), round(max(right, left + 8)), round(max(bottom, top + 8))
