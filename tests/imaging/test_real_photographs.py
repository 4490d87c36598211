"""Photographs taken by real cameras and telephones, where a folder of them is at hand."""

import csv
import hashlib
import os
from pathlib import Path

import pytest
from PIL import Image

_DEFAULT = Path(__file__).resolve().parents[2] / "../shared/data"
PHOTOS = Path(os.environ.get("FORENSICS_DATA", _DEFAULT)) / "photos"

pytestmark = pytest.mark.skipif(
    not (PHOTOS / "photos.csv").is_file(),
    reason="No real photographs: set FORENSICS_DATA to a folder that has photos/photos.csv.",
)


def _files():
    return sorted(path for path in PHOTOS.iterdir() if path.suffix != ".csv") if PHOTOS.is_dir() else []


@pytest.mark.parametrize("path", _files(), ids=lambda path: path.name)
def test_every_real_photograph_is_accepted_with_both_renditions(examiner, tmp_path, path):
    examined = examiner.examine(path, tmp_path)
    assert examined.verified.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    upright = examined.verified.upright_size
    for name, longest in (("view", 1600), ("thumbnail", 320)):
        with Image.open(examined.renditions[name]) as rendition:
            assert max(rendition.size) == min(longest, max(upright))
            assert rendition.width / rendition.height == pytest.approx(upright[0] / upright[1], rel=0.02)
            assert not rendition.getexif()


def test_the_list_of_photographs_speaks_of_files_that_are_there():
    with open(PHOTOS / "photos.csv", newline="", encoding="utf-8") as file:
        sums = {row["sha256"] for row in csv.DictReader(file)}
    assert sums == {hashlib.sha256(path.read_bytes()).hexdigest() for path in _files()}


def test_a_telephones_time_device_and_place_are_read(examiner):
    path = next((path for path in _files() if path.suffix == ".heic"), None)
    if path is None:
        pytest.skip("No HEIC photograph in the folder.")
    found = examiner.examine(path).metadata
    assert found.captured_at.year == 2019
    assert found.camera_model.startswith("Moto")
    assert 44 < found.gps_lat < 45
