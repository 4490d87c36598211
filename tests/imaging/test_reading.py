"""The program that reads print, on real photographs (`make test OCR=1`), and how words become lines."""

import os
import resource
import shutil
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from catalogue.imaging import reader, reading
from catalogue.imaging.derived import cut

ROOT = Path(__file__).resolve().parents[2]
PHOTOS = Path(os.environ.get("FORENSICS_DATA") or ROOT / "../shared/data") / "photos"
TYPES = {".png": "image/png"}
# Marks on real photographs, labelled by hand: (file, box in upright pixels or None for all of it, lines).
MARKS = [
    ("hacking-gemtek__top-mediatek.jpg", None, ["MEDIATEK", "MT7621AT", "1649-AMTH", "CTPBPW25", "DTPBWN05"]),
    ("hacking-gemtek__top-winband.jpg", None, ["winbond", "W971GG6SB-25", "66346M900002", "651PUA TWN"]),
    ("hacking-gemtek__bottom-esmt.jpg", None, ["ESMT", "F59L1G81LA- 25T", "ANY1P68NJ 1646"]),
    ("hacking-gemtek__top-74HC164.jpg", None, ["74HC164D", "CME22034", "TXD1632C"]),  # lies on its side
    (
        "nuttx__linum-stm32h753bi-bottom.jpg", (930, 320, 1290, 670),
        ["winbond", "W9864G6KH-6", "2217P", "6143BF400ZW"],
    ),  # slanted by 45°, as is the next
    ("nuttx__devebox-stm32h743-top.jpg", (870, 460, 1100, 740), ["STM32H750", "VBT6"]),
    ("nuttx__pico-plus-2.jpg", (320, 400, 470, 475), ["RP2350B0A2 19", "P6AM88.3D 24"]),
    ("nuttx__lcb-bit-botton.jpeg", (470, 300, 770, 410), ["ESPRESSIF", "ESP32-S3-WROOM-1"]),
    ("nuttx__lcb-bit-botton.jpeg", (1045, 345, 1270, 570), ["RAK", "RAK3172-SiP"]),  # on its side
    ("nuttx__lcb-bit-botton.jpeg", (810, 430, 935, 505), ["TJ", "24M2Y9E"]),  # upside down, faint
    (
        "nuttx__xiao-esp32c6.jpg", (560, 340, 870, 580),
        ["seeed studio", "Model:XIAO-ESP32-C6", "FCC ID:Z4T-XIAOESP32C6"],
    ),
    ("nuttx__devebox-stm32h743-bottom.jpg", (760, 630, 1230, 800), ["STM32F7XX_M", "Ver:V2.0", "SN:1907"]),
    ("hacking-gemtek__mainboard-bottom.jpg", (470, 660, 830, 760), ["WVRTM-127ACN_V02", "19K-513-8500R RoHS"]),
    (
        "hacking-gemtek__mainboard-bottom.jpg", (900, 115, 1090, 250),
        ["ESMT", "F59L1G81LA- 25T", "ANY1P68NJ 1646"],
    ),  # upside down, in the dark
    (
        "IC_identification__8acc4422-vlcsnap-2025-07-11-09h08m25s036.png", (60, 90, 320, 420),
        ["DJ10CY", "FDMS", "8660S"],
    ),
    ("IC_identification__0c6ae157-vlcsnap-2025-07-11-09h08m34s279.png", (110, 120, 370, 400), ["7686", "AP", "T85A"]),
]  # fmt: skip


def word(text, x, y, width=40, height=10, slope=0.0, score=0.9):
    """A word whose upper left corner is at (x, y), written along a line of this slope."""
    corners = [(x, y), (x + width, y + width * slope), (x + width, y + width * slope + height), (x, y + height)]
    return corners, text, score


@pytest.mark.parametrize("slope", [0, 0.3, -0.3])
def test_words_beside_each_other_are_a_line_and_lines_come_from_the_top(slope):
    def at(text, x, y, **more):
        return word(text, x, y + x * slope, slope=slope, **more)

    words = [at("2231", 60, 42), at("ACM", 0, 20), at("3221", 50, 21, score=0.6), at("MYS", 0, 40), at("logo", 0, 0)]
    told = reader.in_lines(words)
    assert [line["text"] for line in told] == ["logo", "ACM 3221", "MYS 2231"]
    assert [line["score"] for line in told] == [0.9, 0.6, 0.9]
    assert reader.in_lines([]) == []


def test_lines_that_run_downwards_follow_each_other_from_the_right():
    down = [([(x, y), (x + 10, y), (x + 10, y + 40), (x, y + 40)], text, 0.9)
            for text, x, y in (("2231", 0, 60), ("ACM", 20, 0), ("3221", 20, 50), ("MYS", 0, 0))]  # fmt: skip
    assert [line["text"] for line in reader.in_lines(down)] == ["ACM 3221", "MYS 2231"]


def test_what_was_said_is_cleaned_before_anything_else_sees_it():
    assert reading.cleaned("  AT\u202e91\t\u0000RM\u00a0\u200b92\n") == "AT 91 RM 92"
    assert len(reading.cleaned("я" * 9_999)) == reading.LONGEST_LINE


def crop(folder, file, box, turn=0):
    """The region as the catalogue cuts it out of the original."""
    with Image.open(PHOTOS / file) as image:
        whole = [0, 0, *image.size]
    to = folder / "crop.png"
    media_type = TYPES.get(Path(file).suffix, "image/jpeg")
    job = {"path": PHOTOS / file, "to": to, "media_type": media_type, "box": box or whole, "turn": turn}
    cut(job | {"longest": reading.LONGEST})
    return to


def distance(a, b):
    """How many letters to change, add or drop (Levenshtein)."""
    row = list(range(len(b) + 1))
    for n, letter in enumerate(a, 1):
        row, before = [n], row
        for m, other in enumerate(b, 1):
            row.append(min(before[m] + 1, row[-1] + 1, before[m - 1] + (letter != other)))
    return row[-1]


@pytest.fixture
def photographs():
    if not PHOTOS.is_dir():
        pytest.skip("the photographs to read are not on this machine")


@pytest.mark.ocr
def test_most_lines_of_real_marks_are_read_rightly(photographs, tmp_path):
    """Prints what docs/benchmarks.md says: lines without a fault, letters, processor seconds a crop."""
    lines = right = letters = wrong = 0
    spent = []
    for file, box, wanted in MARKS:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        found = [line.text for line in reading.read(crop(tmp_path, file, box)).lines]
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        for line in wanted:
            far = min((distance(line, other) for other in found), default=len(line))
            lines, letters = lines + 1, letters + len(line)
            right, wrong = right + (far == 0), wrong + min(far, len(line))
    share = 1 - wrong / letters
    print(f"{right} of {lines} lines, {share:.0%} of {letters} letters, {len(MARKS)} crops:", end=" ")
    print(f"{sum(spent) / len(spent):.1f} s of processor time each, {max(spent):.1f} s at most")
    assert right >= 28 and share >= 0.82 and max(spent) < 30


@pytest.mark.ocr
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_mark_is_read_however_it_lies(photographs, tmp_path, turn):
    path = crop(tmp_path, "hacking-gemtek__top-mediatek.jpg", None, turn)
    found = [line.text for line in reading.read(path).lines]
    assert "MT7621AT" in found and "1649-AMTH" in found


@pytest.mark.ocr
def test_nothing_is_made_out_on_an_empty_crop(tmp_path):
    Image.new("RGB", (64, 48), "gray").save(tmp_path / "crop.png")
    assert reading.read(tmp_path / "crop.png").lines == []


@pytest.mark.ocr
def test_nothing_is_asked_of_a_network(tmp_path, monkeypatch):
    """Without one, in a home of its own that holds no models, the print is read all the same."""
    if shutil.which("unshare") is None or os.geteuid() != 0:
        pytest.skip("a network is taken away by root alone, with unshare")
    image = Image.new("RGB", (400, 120), "white")
    ImageDraw.Draw(image).text((20, 30), "ACM-3221", fill="black", font_size=60)
    image.save(tmp_path / "crop.png")
    monkeypatch.setenv("HOME", str(tmp_path))
    real = reading.sys.executable
    alone = tmp_path / "python"
    alone.write_text(f'#!/bin/sh\nexec unshare --net "{real}" "$@"\n')
    alone.chmod(0o755)
    monkeypatch.setattr(reading.sys, "executable", str(alone))
    assert [line.text for line in reading.read(tmp_path / "crop.png").lines] == ["ACM-3221"]


@pytest.mark.ocr
def test_a_crop_that_breaks_the_decoder_is_unreadable(tmp_path):
    (tmp_path / "crop.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 400)
    with pytest.raises(reading.Unreadable):
        reading.read(tmp_path / "crop.png")
