"""What kind of file something is that is no photograph, by its first bytes; for a label, never for opening it."""

from __future__ import annotations

from .refusals import PhotoRefused
from .signatures import foreign, media_type

HEAD = 4096  # bytes that are looked at
UNKNOWN = "application/octet-stream"
_STARTS = (
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\x00", "application/x-xz"),
    (b"(\xb5/\xfd", "application/zstd"),
    (b"\x7fELF", "application/x-elf"),
    (b"MZ", "application/vnd.microsoft.portable-executable"),
    (b"\x1a\x45\xdf\xa3", "video/x-matroska"),
    (b"OggS", "application/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"GIF8", "image/gif"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"{\\rtf", "application/rtf"),
    (b"\x00\x00\x01\xba", "video/mpeg"),
    (b"\x00\x00\x01\xb3", "video/mpeg"),
    (b"\x27\x05\x19\x56", "application/x-uimage"),
    (b"hsqs", "application/x-squashfs"),
    (b"UBI#", "application/x-ubi"),
)


def is_picture(head: bytes) -> bool:
    """Whether the bytes begin as a picture of a kind that is taken as a photograph."""
    try:
        media_type(head)
    except PhotoRefused:
        return False
    return True


def is_archive(head: bytes) -> bool:
    """Whether the bytes begin as a ZIP archive."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def kind_of(head: bytes) -> str:
    """The media type that the first bytes announce; UNKNOWN when they announce none."""
    if is_picture(head):
        return media_type(head)
    for start, name in _STARTS:
        if head.startswith(start):
            return name
    if head[4:8] == b"ftyp":
        return "video/quicktime" if head[8:10] == b"qt" else "video/mp4"
    if head[:4] == b"RIFF" and head[8:12] == b"AVI ":
        return "video/x-msvideo"
    if head[128:132] == b"DICM":
        return "application/dicom"
    if head and b"\0" not in head and foreign(head) is None and _reads_as_text(head):
        return "text/plain"
    return UNKNOWN


def _reads_as_text(head: bytes) -> bool:
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return len(head) == HEAD and error.start > HEAD - 4  # cut in the middle of a letter
    return True
