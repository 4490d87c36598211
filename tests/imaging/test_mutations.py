"""Damaged files by the hundred: no crash, nothing kept that was not verified, each refusal has a reason."""

import io
import random
import struct
import zlib

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


class _Hostile:
    """Files that are made to harm: bombs, polyglots, other kinds of files, nothing at all, EXIF that lies."""

    def __init__(self, pictures):
        exif = pictures.exif(
            t270="<script>alert(1)</script>" * 40, t271="A" * 60_000, t306="9999:99:99 99:99:99", t315="\u202e\0../../x"
        )
        located = pictures.located()
        located.get_ifd(0x8825).update({2: (999.0, 99.0, 99.0), 4: (float("inf"), 0.0, 0.0), 6: -1e300})
        self.pictures, picture = pictures, pictures.noisy("JPEG")
        script = b"\xff\xfe" + struct.pack(">H", 40) + b"<script src=//x></script>".ljust(38)
        self.whole = [
            b"",
            pictures.png((b"IDAT", zlib.compress(bytes(20_000_000), 9)), width=8, height=8),
            picture + b"<?php system($_GET['x']); ?>",
            b"%PDF-1.7\n" + picture,
            picture[:2] + script + picture[2:],
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>",
            pictures.noisy("JPEG", exif=exif),
            pictures.noisy("PNG", exif=exif),
            pictures.noisy("WEBP", exif=located),
            pictures.noisy("JPEG", exif=located),
        ]
        self.begun = [  # followed by chance
            picture + b"PK\x03\x04",
            b"\xff\xd8\xff",
            b"MZ",
            b"\x7fELF",
            b"GIF89a",
            b"II*\0" + struct.pack("<I", 8) + b"\xff\xff",
            b"RIFF" + struct.pack("<I", 2**32 - 1) + b"WEBPVP8 ",
            struct.pack(">I", 24) + b"ftypheic" + bytes(4) + b"mif1heic",
        ]

    def one(self, number, chance):
        """The kinds in turn."""
        number %= 20
        if number < 10:
            return self.whole[number]
        if number < 18:
            return self.begun[number - 10] + chance.randbytes(chance.randrange(1, 400))
        return self.huge(chance) if number == 18 else chance.randbytes(1)

    def huge(self, chance):
        size = struct.pack(">IIBBBBB", chance.randrange(60_000, 2**31 - 1), 60_000, 8, 2, 0, 0, 0)
        chunks = ((b"IHDR", size), (b"IDAT", b"x"), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(self.pictures.chunk(kind, body) for kind, body in chunks)


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
    outcomes, accepted, hostile = {}, set(), _Hostile(pictures)
    for n in range(number):
        data = hostile.one(n // 5, chance) if n % 5 == 4 else _mutated(chance, seeds[n % len(seeds)], seeds)
        reason = _ingest(shelf, examiner, data)
        outcomes[reason] = outcomes.get(reason, 0) + 1
        if reason is None:
            accepted.add(data)
    kept = [path.read_bytes() for path in shelf.root.rglob("*") if path.is_file()]
    assert sorted(kept) == sorted(accepted)
    assert list(shelf.incoming().iterdir()) == []
    assert set(outcomes) - {None} <= set(REASONS)
    return outcomes


@pytest.mark.parametrize("seed", range(4))
def test_a_thousand_damaged_and_hostile_files_are_each_verified_or_refused_with_a_reason(
    tmp_path, pictures, examiner, seed
):
    """A quarter of them each."""
    outcomes = _run(250, 20261123 + seed, tmp_path, pictures, examiner)
    assert sum(outcomes.values()) == 250
    assert {"damaged", "truncated", "not_a_photograph", "polyglot", "empty", "too_many_pixels"} <= set(outcomes)


@pytest.mark.soak
def test_ten_thousand_damaged_and_hostile_files_are_each_verified_or_refused(tmp_path, pictures, examiner):
    assert sum(_run(10_000, 1, tmp_path, pictures, examiner).values()) == 10_000
