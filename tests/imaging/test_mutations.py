"""Damaged files by the hundred: no crash, nothing kept that was not verified, each refusal has a reason."""

import io
import random

import pytest
from PIL import Image

from catalogue.imaging import REASONS, PhotoRefused, Shelf

_INTERESTING = (0, 1, 0x7F, 0x80, 0xFE, 0xFF)


def _mutated(chance, data, others):
    data = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        kind, at = chance.randrange(7), chance.randrange(len(data) or 1)
        if kind == 0:
            data[at : at + 1] = bytes([data[at] ^ 1 << chance.randrange(8)]) if data else b""
        elif kind == 1:
            data[at : at + 4] = bytes(chance.choice(_INTERESTING) for _ in range(4))
        elif kind == 2:
            del data[at:]
        elif kind == 3:
            del data[at : at + chance.randrange(1, 64)]
        elif kind == 4:
            data[at:at] = chance.randbytes(chance.randrange(1, 64))
        elif kind == 5:
            other = chance.choice(others)
            data[at : at + 32] = other[chance.randrange(len(other)) :][:32]
        else:
            head = min(len(data), 200)  # the headers, where sizes and offsets stand
            if head:
                data[chance.randrange(head)] = chance.choice(_INTERESTING)
    return bytes(data)


def _seeds(pictures):
    exif = pictures.located().tobytes()
    made = [pictures.noisy(kind, exif=exif) for kind in ("JPEG", "PNG", "WEBP", "HEIF", "TIFF")]
    made += [pictures.noisy("JPEG", progressive=True), pictures.noisy("TIFF", compression="tiff_lzw")]
    made += [pictures.file("TIFF", save_all=True, append_images=[pictures.image(20, 20)])]
    out = io.BytesIO()
    pictures.image().save(out, "MPO", save_all=True, append_images=[pictures.image(32, 24)])
    return [*made, out.getvalue(), pictures.file("PNG", mode="P"), pictures.file("JPEG", mode="CMYK")]


def _ingest(shelf, examiner, data):
    """Receive, examine and keep, as a caller does; gives the reason of a refusal, or None."""
    try:
        with shelf.receive([data]) as received:
            examined = examiner.examine(received.path, received.folder)
            assert examined.verified.sha256 == received.sha256
            sizes = {name: Image.open(path).size for name, path in examined.renditions.items()}
            assert max(sizes["view"]) <= 1600
            assert max(sizes["thumbnail"]) <= 320
            shelf.keep(received.path, received.sha256, examined.verified.extension)
    except PhotoRefused as refused:
        return refused.reason if refused.sentence else "no sentence"
    return None


def _run(number, seed, tmp_path, pictures, examiner):
    chance, seeds, shelf = random.Random(seed), _seeds(pictures), Shelf(tmp_path / "media")
    outcomes, accepted = {}, set()
    for n in range(number):
        data = _mutated(chance, seeds[n % len(seeds)], seeds)
        reason = _ingest(shelf, examiner, data)
        outcomes[reason] = outcomes.get(reason, 0) + 1
        if reason is None:
            accepted.add(data)
    kept = [path.read_bytes() for path in shelf.root.rglob("*") if path.is_file()]
    assert sorted(kept) == sorted(accepted)
    assert list(shelf.incoming().iterdir()) == []
    assert set(outcomes) - {None} <= set(REASONS)
    return outcomes


def test_two_hundred_damaged_files_are_each_verified_or_refused_with_a_reason(tmp_path, pictures, examiner):
    outcomes = _run(200, 20260101, tmp_path, pictures, examiner)
    assert sum(outcomes.values()) == 200
    assert {"damaged", "truncated"} <= set(outcomes)


@pytest.mark.soak
def test_a_thousand_damaged_files_are_each_verified_or_refused_with_a_reason(tmp_path, pictures, examiner):
    outcomes = _run(1000, 1, tmp_path, pictures, examiner)
    assert sum(outcomes.values()) == 1000
    assert {"damaged", "truncated", "not_a_photograph"} <= set(outcomes)
