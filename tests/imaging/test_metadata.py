"""What is read from EXIF, also from hostile EXIF."""

import random
from datetime import UTC, datetime, timedelta, timezone

import pytest
from PIL.TiffImagePlugin import IFDRational

from catalogue.imaging.metadata import LONGEST_TEXT, MOST_VALUES, Metadata, read


def _metadata(examine, pictures, exif):
    return examine(pictures.file("JPEG", exif=exif)).metadata


def test_time_device_and_place_of_a_telephone_are_read(examine, pictures):
    found = _metadata(examine, pictures, pictures.located())
    assert (found.camera_make, found.camera_model) == ("ACME", "Phone 9")
    assert found.captured_at_text == "2024:02:29 13:14:15.25+02:00"
    assert found.captured_at == datetime(2024, 2, 29, 13, 14, 15, 250_000, timezone(timedelta(hours=2)))
    assert (found.gps_lat, found.gps_lon) == (pytest.approx(50.4501), pytest.approx(30.5234))
    assert found.gps_alt == 179.5
    assert found.raw["Make"] == "ACME"


def test_south_and_west_are_negative(examine, pictures):
    exif = pictures.exif()
    exif.get_ifd(0x8825).update({1: "S", 2: (33.0, 30.0, 0.0), 3: "W", 4: (70.0, 0.0, 0.0), 5: b"\1", 6: 12.0})
    found = _metadata(examine, pictures, exif)
    assert (found.gps_lat, found.gps_lon, found.gps_alt) == (-33.5, -70.0, -12.0)


@pytest.mark.parametrize(
    "place",
    [
        {1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)},
        {1: "N", 2: (91.0, 0.0, 0.0), 3: "E", 4: (30.0, 0.0, 0.0)},
        {1: "N", 2: (50.0, 0.0, 0.0)},
        {1: "N", 2: (IFDRational(0, 0), 0.0, 0.0), 3: "E", 4: (30.0, 0.0, 0.0)},
    ],
    ids=["no fix", "beyond the pole", "half a place", "no number"],
)
def test_nonsense_is_no_place(examine, pictures, place):
    exif = pictures.exif()
    exif.get_ifd(0x8825).update(place)
    found = _metadata(examine, pictures, exif)
    assert (found.gps_lat, found.gps_lon, found.gps_alt) == (None, None, None)


def test_a_photograph_without_metadata_says_nothing(examine, pictures):
    assert examine(pictures.file("PNG")).metadata == Metadata()


@pytest.mark.parametrize("text", ["0000:00:00 00:00:00", "    :  :     :  :  ", ""])
def test_an_unset_clock_is_no_time(examine, pictures, text):
    exif = pictures.exif()
    exif.get_ifd(0x8769)[0x9003] = text
    assert _metadata(examine, pictures, exif).captured_at_text is None


def test_an_impossible_time_is_kept_as_text_only(examine, pictures):
    exif = pictures.exif()
    exif.get_ifd(0x8769)[0x9003] = "2024:02:31 25:00:00"
    found = _metadata(examine, pictures, exif)
    assert (found.captured_at_text, found.captured_at) == ("2024:02:31 25:00:00", None)


def test_the_time_without_a_zone_stays_without_one():
    assert Metadata(captured_at_text="2024:02:29 13:14:15").captured_at == datetime(2024, 2, 29, 13, 14, 15)
    zoned = Metadata(captured_at_text="2024:02:29 13:14:15+00:00").captured_at
    assert zoned == datetime(2024, 2, 29, 13, 14, 15, tzinfo=UTC)


def test_texts_are_short_clean_and_in_their_own_script(examine, pictures):
    exif = pictures.exif(t271="X" * 12, t272="A\x1b[31m_BB" * 1000).tobytes()
    exif = exif.replace(b"X" * 12, "Камера".encode()).replace(b"_BB", "\u202e".encode())
    found = _metadata(examine, pictures, exif)
    assert found.camera_make == "Камера"
    assert len(found.camera_model) == LONGEST_TEXT
    assert not set("\x00\x1b\u202e") & set(found.camera_model)


def test_values_are_limited_in_number(examine, pictures):
    exif = pictures.exif(**{f"t{number}": "x" for number in range(50_000, 50_500)})
    assert len(_metadata(examine, pictures, exif).raw) == MOST_VALUES


def test_hostile_exif_never_raises(examine, pictures):
    whole = pictures.file("JPEG", exif=pictures.located())
    start, end = whole.index(b"Exif\0\0") + 6, whole.index(b"\xff\xdb")
    chance, seen = random.Random(4), set()
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 30)):
            data[chance.randrange(start, end)] = chance.choice((0, 1, 0xFF, chance.randrange(256)))
        seen.add(examine(bytes(data)).metadata.camera_model)
    assert len(seen) > 1  # the damage did reach what is read


class _Spiteful:
    """An opened picture whose EXIF fails at every touch."""

    def getexif(self):
        raise RecursionError("EXIF refers to itself")


def test_exif_that_cannot_be_opened_is_no_metadata():
    assert read(_Spiteful()) == Metadata()
