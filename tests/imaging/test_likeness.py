"""Photographs that look alike agree in their difference hash, others do not."""

import io
import random

import pytest
from PIL import Image, ImageEnhance

from catalogue.imaging.likeness import ALIKE, dhash, differing


def board(seed, size=(640, 480)):
    chance = random.Random(seed)
    rough = Image.frombytes("L", (16, 12), chance.randbytes(192)).resize(size, Image.Resampling.BICUBIC)
    return rough.convert("RGB")


def recoded(picture, **options):
    out = io.BytesIO()
    picture.save(out, "JPEG", **options)
    return Image.open(out)


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize(
    "change",
    [
        lambda p: recoded(p, quality=30),
        lambda p: p.resize((200, 150)),
        lambda p: ImageEnhance.Brightness(p).enhance(1.15),
        lambda p: p.convert("L"),
    ],
    ids=["recoded", "smaller", "brighter", "grey"],
)
def test_a_copy_looks_like_its_original(change, seed):
    assert differing(dhash(board(seed)), dhash(change(board(seed)))) <= ALIKE


def test_other_pictures_do_not():
    hashes = [dhash(board(seed)) for seed in range(60)]
    nearest = min(differing(a, b) for n, a in enumerate(hashes) for b in hashes[:n])
    assert nearest > ALIKE


def test_a_hash_fits_postgresqls_bigint():
    assert all(-(2**63) <= dhash(board(seed)) < 2**63 for seed in range(40))
    assert differing(-1, 0) == 64 and differing(-1, -1) == 0
