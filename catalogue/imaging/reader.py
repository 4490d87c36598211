"""The reading process: `python -m catalogue.imaging.reader CROP [PROGRAM]` prints what is read on a crop as JSON:
{"engine": …, "lines": [{"text": …, "score": 0–1}]} from the top. With PROGRAM, that one reads, under the same limits.
"""

from __future__ import annotations

import json
import math
import os
import resource
import sys
from importlib import metadata
from itertools import pairwise

from PIL import Image, ImageOps

_CPU_SECONDS = 90
_MEMORY = 4 * 1024**3  # bytes of address space; the models use half a gigabyte and reserve far more
_SAID = 1024**2  # bytes of what is printed
_SMALLEST_EDGE, _LONGEST = 640, 2_000  # pixels of the longer edge: below 640, short marks are not found
_UNSURE = 0.5  # what the model itself half disbelieves is no help
_SURE = 0.93  # a mean score from which no other turn is tried
_ENOUGH = 6  # letters that a turn must have read to be taken for the right one at once
_UPRIGHT = 1.5  # times as high as wide: such a word rapidocr turns anticlockwise before it is read
_TURNS = {90: Image.Transpose.ROTATE_270, 270: Image.Transpose.ROTATE_90, 180: Image.Transpose.ROTATE_180}


def main(path: str, program: str = "") -> None:
    for limit, most in (
        (resource.RLIMIT_CPU, _CPU_SECONDS),
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_FSIZE, _SAID),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    if program:
        os.execv(program, [program, path])
    json.dump(read(path), sys.stdout)


def read(path: str) -> dict:
    """The lines of the crop in the turn in which it reads best; as it lies first, as that is how most are kept."""
    import rapidocr  # after the limits are set: loading the models is part of what is limited

    engine = rapidocr.RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.use_cls": False,  # it turns single lines; what decides here is the whole
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
    upright = picture(path)
    words = best_turn(engine, upright) or best_turn(engine, stretched(upright))
    return {"engine": f"rapidocr {metadata.version('rapidocr')}", "lines": in_lines(words)}


def best_turn(engine, upright: Image.Image) -> list[tuple]:
    """The words of the turn in which most is read, and surely; the others are not tried when one is read well."""
    best, most = [], 0.0
    for turn in (0, 90, 270, 180):
        words = read_once(engine, upright.transpose(_TURNS[turn]) if turn else upright)
        letters = sum(len(text) for _corners, text, _score in words)
        weight = sum(score * len(text) for _corners, text, score in words)
        if weight > most:
            best, most = words, weight
        if letters >= _ENOUGH and weight >= _SURE * letters:
            break
    return best


def stretched(image: Image.Image) -> Image.Image:
    """For print that is hardly darker than what it is on."""
    return ImageOps.autocontrast(image.convert("L"), cutoff=1).convert("RGB")


def read_once(engine, image: Image.Image) -> list[tuple]:
    """[(corners, text, score)] of the words that the models are sure enough of."""
    import numpy

    found = engine(numpy.asarray(image)[:, :, ::-1])  # blue, green, red, as the models were taught
    boxes = [] if found.boxes is None else found.boxes.tolist()
    words = zip(boxes, found.txts or (), map(float, found.scores or ()), strict=True)
    return [word for word in words if word[2] >= _UNSURE and word[1].strip()]


def picture(path: str) -> Image.Image:
    """The crop at a size in which print is found."""
    image = Image.open(path, formats=("PNG",)).convert("RGB")
    longest = max(image.size)
    wanted = min(max(longest, _SMALLEST_EDGE), _LONGEST)
    if wanted == longest:
        return image
    size = tuple(max(1, round(edge * wanted / longest)) for edge in image.size)
    return image.resize(size, Image.Resampling.LANCZOS)


def in_lines(words: list[tuple]) -> list[dict]:
    """Words that stand beside each other joined to lines, from the top; the least sure word counts.

    The print may lie slanted: words are ordered across the direction in which most of them are written.
    """
    across, along = axes(words)
    placed = sorted((place(word, across, along) for word in words), key=lambda word: word["middle"])
    lines: list[list[dict]] = []
    for word in placed:
        last = lines[-1][-1] if lines else None
        if last and word["middle"] - last["middle"] < min(word["height"], last["height"]) / 2:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [
        {
            "text": " ".join(word["text"] for word in sorted(line, key=lambda word: word["start"])),
            "score": round(min(word["score"] for word in line), 3),
        }
        for line in lines
    ]


def axes(words: list[tuple]) -> tuple[tuple[float, float], tuple[float, float]]:
    """Unit vectors (from line to line, along the line) after the longest word."""
    ways = [written(corners) for corners, _text, _score in words]
    dx, dy = max(ways, key=lambda way: math.hypot(*way), default=(1, 0))
    length = math.hypot(dx, dy) or 1.0
    return (-dy / length, dx / length), (dx / length, dy / length)


def written(corners: list) -> tuple[float, float]:
    """The way along which a word was read: its upper edge, or, of one that stands upright, its left edge downwards."""
    (x, y), right, _opposite, below = corners
    across, down = (right[0] - x, right[1] - y), (below[0] - x, below[1] - y)
    return down if math.hypot(*down) >= _UPRIGHT * math.hypot(*across) else across


def place(word: tuple, across: tuple, along: tuple) -> dict:
    corners, text, score = word
    down = [x * across[0] + y * across[1] for x, y in corners]
    return {
        "text": text.strip(),
        "score": score,
        "start": min(x * along[0] + y * along[1] for x, y in corners),
        "middle": sum(down) / len(down),
        "height": max(b - a for a, b in pairwise(sorted(down))) or 1.0,
    }


if __name__ == "__main__":
    main(*sys.argv[1:3])
