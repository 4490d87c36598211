"""Do two photographs look alike? A hash of brightness steps that survives scaling, recoding and small corrections."""

from __future__ import annotations

from PIL import Image

ALIKE = 6  # of 64 bits that may differ: a recoded or slightly corrected copy differs in fewer, another board in more
_WIDTH, _HEIGHT = 9, 8


def dhash(picture: Image.Image) -> int:
    """The 64-bit difference hash as a signed number, as PostgreSQL's bigint holds it.

    Each bit says whether a cell of a 9 × 8 picture in grey is brighter than its right neighbour.
    """
    cells = picture.convert("L").resize((_WIDTH, _HEIGHT), Image.Resampling.BOX).tobytes()
    bits = 0
    for row in range(0, _WIDTH * _HEIGHT, _WIDTH):
        for at in range(row, row + _WIDTH - 1):
            bits = bits << 1 | (cells[at] > cells[at + 1])
    return bits - (1 << 64) if bits >> 63 else bits


def differing(one: int, other: int) -> int:
    """In how many of the 64 bits two hashes differ."""
    return ((one ^ other) & (1 << 64) - 1).bit_count()
