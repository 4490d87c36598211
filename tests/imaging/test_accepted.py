"""Which files are photographs, and what is then known of them."""

import hashlib
import io
import struct

import pytest
from PIL import Image


@pytest.mark.parametrize(
    ("kind", "media_type", "extension"),
    [
        ("JPEG", "image/jpeg", "jpg"),
        ("PNG", "image/png", "png"),
        ("WEBP", "image/webp", "webp"),
        ("HEIF", "image/heic", "heic"),
        ("TIFF", "image/tiff", "tif"),
    ],
)
def test_each_format_is_told_by_its_bytes_whatever_its_name(examine, pictures, kind, media_type, extension):
    data = pictures.file(kind)
    verified = examine(data, name="invoice.pdf").verified
    assert (verified.media_type, verified.extension) == (media_type, extension)
    assert (verified.width, verified.height, verified.pages) == (64, 48, 1)
    assert (verified.sha256, verified.size) == (hashlib.sha256(data).hexdigest(), len(data))


def test_a_lossless_webp_with_alpha_is_accepted(examine, pictures):
    image, out = pictures.image(), io.BytesIO()
    image.putalpha(128)
    image.save(out, "WEBP", lossless=True)
    verified = examine(out.getvalue()).verified
    assert (verified.media_type, verified.width, verified.mode) == ("image/webp", 64, "RGBA")


def test_a_progressive_jpeg_is_accepted(examine, pictures):
    assert examine(pictures.noisy(progressive=True)).verified.mode == "RGB"


@pytest.mark.parametrize("compression", [None, "tiff_lzw", "tiff_adobe_deflate", "jpeg", "packbits"])
def test_a_tiff_is_accepted_in_the_usual_compressions(examine, pictures, compression):
    assert examine(pictures.file("TIFF", compression=compression)).verified.media_type == "image/tiff"


def test_a_big_tiff_is_accepted_because_microscopes_write_it(examine, pictures):
    assert examine(pictures.file("TIFF", big_tiff=True)).verified.width == 64


def test_all_pages_of_a_tiff_are_counted_and_the_first_is_shown(examine, pictures):
    others = [Image.new("RGB", (30, 20), "white"), Image.new("L", (10, 10))]
    examined = examine(pictures.file("TIFF", save_all=True, append_images=others))
    assert (examined.verified.pages, examined.verified.width) == (3, 64)
    with Image.open(examined.renditions["view"]) as view:
        assert view.size == (64, 48)


def test_a_multi_picture_jpeg_is_accepted_with_its_number_of_pictures(examine, pictures):
    out = io.BytesIO()
    pictures.image().save(out, "MPO", save_all=True, append_images=[pictures.image(32, 24)])
    verified = examine(out.getvalue()).verified
    assert (verified.media_type, verified.pages, verified.width) == ("image/jpeg", 2, 64)


def _samsung_trailer():
    block = b"\0\0\x01\x0a" + struct.pack("<I", 14) + b"Image_UTC_Data" + b"1700000000000"
    directory = b"SEFH" + struct.pack("<II", 107, 1) + b"\0\0\x01\x0a" + struct.pack("<II", len(block), len(block))
    return block + directory + struct.pack("<I", len(directory)) + b"SEFT"


def _video():
    box = struct.pack(">I4s", 24, b"ftyp") + b"mp42\0\0\0\0isommp42"
    return box + struct.pack(">I4s", 16, b"mdat") + b"12345678"


@pytest.mark.parametrize(
    "trailer",
    [b"\0" * 500, b"\xff" * 7, b"\r\n", _samsung_trailer(), _video(), b'vivo{"a":1}', b"\0\0" + _video()],
    ids=["zeros", "ones", "newline", "samsung", "motion photo", "vivo", "zeros and video"],
)
def test_what_cameras_are_known_to_append_to_a_jpeg_is_accepted(examine, pictures, trailer):
    assert examine(pictures.file() + trailer).verified.media_type == "image/jpeg"


def test_a_gain_map_or_preview_behind_a_jpeg_is_accepted(examine, pictures):
    assert examine(pictures.file() + b"\0\0" + pictures.file(width=32, height=24)).verified.width == 64


def test_a_huge_jpeg_below_the_limit_is_decoded_in_little_memory(examine):
    out = io.BytesIO()
    Image.new("L", (12_000, 10_000), 128).save(out, "JPEG")
    examined = examine(out.getvalue())
    assert examined.verified.width == 12_000
    assert examined.peak_memory < 150 * 1024**2


def test_fifty_megapixels_of_png_stay_below_500_mb(examine):
    out = io.BytesIO()
    Image.new("RGB", (10_000, 5_000), (90, 120, 30)).save(out, "PNG", compress_level=1)
    assert examine(out.getvalue()).peak_memory < 500 * 1024**2
