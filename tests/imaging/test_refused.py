"""Which files are refused, for which reason, in which words."""

import io
import struct
import zipfile
import zlib

import pytest
from PIL import Image

from catalogue.imaging import REASONS


def _zip(name="a.class", content=b"hello"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, content)
    return out.getvalue()


def _gif(frames=1):
    out = io.BytesIO()
    Image.new("P", (4, 4)).save(out, "GIF", save_all=True, append_images=[Image.new("P", (4, 4), 1)] * (frames - 1))
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "reason", "words"),
    [
        (b"", "empty", "0 bytes"),
        (b"\xff", "not_a_photograph", "no known photograph format"),
        (b"\xff\xd8\xff", "truncated", "JPEG"),
        (b"\x89PNG\r\n\x1a\n", "truncated", "PNG"),
        (b"II*\0", "truncated", "TIFF"),
        (b"RIFF\xff\xff\0\0WEBPVP8 ", "truncated", "WebP"),
        (b"\0\0\0\x18ftypheic\0\0\0\0heicmif1", "damaged", "HEIC"),
        (b"%PDF-1.7\n%...", "not_a_photograph", "This is a PDF document"),
        (_zip(), "not_a_photograph", "This is a ZIP archive"),
        (_gif(), "unsupported_format", "This is a GIF picture"),
        (_gif() + _zip(), "unsupported_format", "GIF"),
        (b"\x7fELF\x02\x01\x01" + b"\0" * 60, "not_a_photograph", "Linux program"),
        (b"MZ\x90\0" + b"\0" * 60, "not_a_photograph", "Windows program"),
        (b"#!/bin/sh\nrm -rf /\n", "not_a_photograph", "script"),
        (b"<?php system($_GET['c']); ?>", "not_a_photograph", "PHP"),
        (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "not_a_photograph", "SVG"),
        (b"\xef\xbb\xbf  <svg onload='alert(1)'>", "not_a_photograph", "SVG"),
        (b"<!DOCTYPE html><html><script>1</script>", "not_a_photograph", "HTML"),
        (b"just some words", "not_a_photograph", "no known photograph format"),
        (b"\0\0\0\x18ftypavif\0\0\0\0avifmif1", "unsupported_format", "AVIF"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0isommp42", "not_a_photograph", "video"),
        (b"\0\0\0\x18ftypmsf1\0\0\0\0hevcmsf1", "animated", "sequence"),
        (b"BM\x46\0\0\0\0\0\0\0", "unsupported_format", "Windows bitmap"),
        (b"II*\0\x10\0\0\0CR\x02\0", "unsupported_format", "camera raw"),
    ],
)
def test_a_file_that_is_no_accepted_photograph_is_called_by_its_name(refusal, data, reason, words):
    refused = refusal(data)
    assert refused.reason == reason
    assert words in str(refused)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "TIFF"])
def test_a_file_cut_off_anywhere_is_refused(refusal, pictures, kind):
    data = pictures.noisy(kind)
    for part in range(1, 12):
        assert refusal(data[: len(data) * part // 12]).reason in ("truncated", "damaged", "not_a_photograph")


def test_a_file_above_100_mb_is_refused_unread(refusal):
    assert refusal(b"\xff\xd8\xff" + b"\0" * (100 * 1024**2)).reason == "too_large"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "HEIF"])
def test_a_picture_with_an_archive_behind_it_is_refused(refusal, pictures, kind):
    refused = refusal(pictures.file(kind) + _zip())
    assert refused.reason == "polyglot"
    assert "ZIP" in str(refused)


def test_an_archive_inside_a_jpeg_comment_is_refused(refusal, pictures):
    archive = _zip()
    data = pictures.file()
    comment = b"\xff\xfe" + struct.pack(">H", len(archive) + 2) + archive
    assert refusal(data[:2] + comment + data[2:]).reason == "polyglot"


@pytest.mark.parametrize(
    ("tail", "reason"),
    [
        (b"%PDF-1.4 ...", "polyglot"),
        (b"MZ\x90\0\x03", "polyglot"),
        (b"\x7fELF\x02\x01", "polyglot"),
        (b"<html><script>alert(1)</script>", "polyglot"),
        (b"#!/bin/sh\n", "polyglot"),
        (b"Rar!\x1a\x07\x00", "polyglot"),
        (b"secret message", "trailing_data"),
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_stands_behind_the_end_of_a_picture_is_refused(refusal, pictures, kind, tail, reason):
    assert refusal(pictures.file(kind) + tail).reason == reason


@pytest.mark.parametrize("text", [b"<?php system($_GET[0]);?>", b"<script>alert(1)</script>", b"<HTML >"])
def test_active_text_in_a_comment_is_refused(refusal, pictures, text):
    assert refusal(pictures.file("JPEG", comment=text)).reason == "polyglot"
    pixels = zlib.compress((b"\0" + b"\1\2\3" * 8) * 8)
    assert refusal(pictures.png((b"tEXt", b"Comment\0" + text), (b"IDAT", pixels))).reason == "polyglot"


def test_a_pdf_header_near_the_start_of_a_picture_is_refused(refusal, pictures):
    assert "PDF" in str(refusal(pictures.file("JPEG", comment=b"%PDF-1.7")))


def test_a_php_archive_inside_a_picture_is_refused(refusal, pictures):
    assert refusal(pictures.file("JPEG", comment=b"__HALT_COMPILER();")).reason == "polyglot"


def test_a_video_behind_a_jpeg_does_not_hide_an_archive(refusal, pictures):
    video = struct.pack(">I4s", 16, b"ftyp") + b"mp42\0\0\0\0" + struct.pack(">I4s", 8 + len(_zip()), b"free")
    assert refusal(pictures.file() + video + _zip()).reason == "polyglot"


def test_a_wrong_checksum_in_a_png_is_refused(refusal, pictures):
    data = bytearray(pictures.file("PNG"))
    data[data.index(b"IDAT") + 10] ^= 1
    refused = refusal(bytes(data))
    assert refused.reason == "damaged"
    assert "checksum of its IDAT" in str(refused)


def test_a_png_with_too_few_pixels_is_refused_by_full_decoding(refusal, pictures):
    assert refusal(pictures.png((b"IDAT", zlib.compress(b"\0" * 30)))).reason in ("truncated", "damaged")


@pytest.mark.parametrize("size", [(30_000, 30_000), (70_000, 10), (2**31 - 1, 2**31 - 1)])
def test_a_png_bomb_is_refused_before_decoding(refusal, pictures, size):
    bomb = pictures.png((b"IDAT", zlib.compress(b"\0" * 10_000)), width=size[0], height=size[1])
    refused = refusal(bomb)
    assert refused.reason == "too_many_pixels"
    assert f"{size[0]:,}" in str(refused)


def test_a_tiff_bomb_is_refused_before_decoding(refusal, pictures):
    data = bytearray(pictures.file("TIFF", compression="tiff_adobe_deflate"))
    first = int.from_bytes(data[4:8], "little")
    for entry in range(first + 2, first + 2 + 12 * int.from_bytes(data[first : first + 2], "little"), 12):
        if int.from_bytes(data[entry : entry + 2], "little") in (256, 257):
            data[entry + 2 : entry + 12] = struct.pack("<HII", 4, 1, 60_000)
    assert refusal(bytes(data)).reason == "too_many_pixels"


def test_a_webp_that_would_need_more_memory_than_allowed_is_refused_before_decoding(refusal, pictures):
    data = bytearray(pictures.file("WEBP"))
    at = data.index(b"VP8 ") + 14
    data[at : at + 4] = struct.pack("<HH", 16_000, 10_000)
    refused = refusal(bytes(data))
    assert refused.reason == "too_many_pixels"
    assert "megapixels" in str(refused)


def test_a_tiff_whose_pages_form_a_circle_is_refused(refusal, pictures):
    data = bytearray(pictures.file("TIFF"))
    first = int.from_bytes(data[4:8], "little")
    end = first + 2 + 12 * int.from_bytes(data[first : first + 2], "little")
    data[end : end + 4] = data[4:8]
    assert "circle" in str(refusal(bytes(data)))


def test_a_tiff_of_many_large_pages_that_share_their_pixels_is_refused(refusal, pictures):
    out = io.BytesIO()
    page = Image.new("1", (9_000, 9_000))
    page.save(out, "TIFF", compression="group4", save_all=True, append_images=[page] * 5)
    refused = refusal(out.getvalue())
    assert refused.reason == "too_many_pixels"
    assert "6 pages" in str(refused)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_moving_picture_is_refused(refusal, pictures, kind):
    moving = pictures.file(kind, save_all=True, append_images=[Image.new("RGB", (64, 48))])
    assert refusal(moving).reason == "animated"


def test_every_reason_has_its_meaning_in_the_list():
    assert all(code.islower() and meaning for code, meaning in REASONS.items())


def test_a_progressive_picture_whose_tiles_would_need_too_much_memory_is_kept_out(refusal, pictures):
    data = bytearray(pictures.noisy(progressive=True))
    frame = data.index(b"\xff\xc2")
    data[frame + 5 : frame + 9] = (14_000).to_bytes(2, "big") * 2
    refused = refusal(bytes(data))
    assert refused.reason == "too_many_pixels"
    assert "a JPEG of this kind may have about 164 megapixels" in refused.sentence
