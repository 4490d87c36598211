"""What a file is called that is no photograph: by its first bytes, whatever its name."""

import pytest

from catalogue.imaging.kinds import kind_of


@pytest.mark.parametrize(
    ("head", "media_type"),
    [
        (b"%PDF-1.7", "application/pdf"),
        (b"PK\x03\x04....", "application/zip"),
        (b"\x7fELF\x02\x01", "application/x-elf"),
        (b"MZ\x90\x00", "application/vnd.microsoft.portable-executable"),
        (b"\x00\x00\x00\x18ftypmp42", "video/mp4"),
        (b"\x00\x00\x00\x14ftypqt  ", "video/quicktime"),
        (b"RIFF\x00\x00\x00\x00AVI LIST", "video/x-msvideo"),
        (b"\x1a\x45\xdf\xa3", "video/x-matroska"),
        (bytes(128) + b"DICM", "application/dicom"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b":10010000214601360121470136007EFE09D2190140\n", "text/plain"),
        ("Звіт лабораторії".encode(), "text/plain"),
        (("ж" * 2047 + "a").encode() + "ж".encode()[:1], "text/plain"),
        (b"<html><script>", "application/octet-stream"),
        (b"\x00\x01\x02", "application/octet-stream"),
        (b"\xff\xfe\xff", "application/octet-stream"),
        (b"", "application/octet-stream"),
    ],
)
def test_a_file_is_called_by_its_bytes(head, media_type):
    assert kind_of(head) == media_type
