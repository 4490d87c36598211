"""What a file is, told by its bytes alone. Names and extensions are claims and are never asked."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .refusals import PhotoRefused

JPEG, PNG, WEBP, HEIC, TIFF = "image/jpeg", "image/png", "image/webp", "image/heic", "image/tiff"

#: The accepted media types: the word used in sentences and the extension of the kept original.
ACCEPTED = {
    JPEG: ("JPEG", "jpg"),
    PNG: ("PNG", "png"),
    WEBP: ("WebP", "webp"),
    HEIC: ("HEIC", "heic"),
    TIFF: ("TIFF", "tif"),
}
_ASK_FOR = "Send the photograph as JPEG, PNG, WebP, HEIC or TIFF."

# ISO/IEC 23008-12 (HEIF): brands of still pictures coded with HEVC, and of the bare container.
_HEVC_BRANDS = {b"heic", b"heix", b"heim", b"heis"}
_HEVC_SEQUENCES = {b"hevc", b"hevx", b"hevm", b"hevs"}
_CONTAINER_BRANDS = {b"mif1", b"mif2", b"miaf"}

# Pictures of kinds that are not taken: how they begin, and what they are called.
_OTHER_PICTURES = (
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"BM", "a Windows bitmap"),
    (b"8BPS", "a Photoshop document"),
    (b"\x00\x00\x00\x0cjP  ", "a JPEG 2000 picture"),
    (b"\xff\x4f\xff\x51", "a JPEG 2000 picture"),
    (b"\xff\x0a", "a JPEG XL picture"),
    (b"\x00\x00\x00\x0cJXL ", "a JPEG XL picture"),
    (b"FUJIFILMCCD-RAW", "a camera raw file"),
    (b"IIRO", "a camera raw file"),
    (b"IIU\x00", "a camera raw file"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"II\xbc\x01", "a JPEG XR picture"),
)
# Things that are no picture at all.
_NO_PICTURES = (
    (b"%PDF-", "a PDF document"),
    (b"%!PS", "a PostScript document"),
    (b"PK\x03\x04", "a ZIP archive (or an Office document, JAR or APK)"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"(\xb5/\xfd", "a Zstandard archive"),
    (b"\x7fELF", "a Linux program (ELF)"),
    (b"MZ", "a Windows program (EXE or DLL)"),
    (b"\xfe\xed\xfa\xce", "a macOS program"),
    (b"\xfe\xed\xfa\xcf", "a macOS program"),
    (b"\xcf\xfa\xed\xfe", "a macOS program"),
    (b"\xca\xfe\xba\xbe", "a Java class or macOS program"),
    (b"\x00asm", "a WebAssembly program"),
    (b"#!", "a script"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1a\x45\xdf\xa3", "a Matroska or WebM video"),
    (b"OggS", "an Ogg recording"),
    (b"ID3", "an MP3 recording"),
)
_TEXTS = (
    (re.compile(rb"<svg[\s>:]", re.IGNORECASE), "an SVG drawing, which can carry scripts"),
    (re.compile(rb"<(!doctype\s+html|html|script|body|head|iframe)[\s>]", re.IGNORECASE), "an HTML page"),
    (re.compile(rb"<\?php|<\?=", re.IGNORECASE), "a PHP script"),
    (re.compile(rb"^\s*<\?xml", re.IGNORECASE), "an XML document"),
)
# Text that turns a picture's metadata into a page or a script for a careless program. XMP has none of these.
_ACTIVE_TEXT = re.compile(rb"<\?php|<script[\s>]|<!doctype\s+html|<html[\s>]|<svg[\s>]", re.IGNORECASE)
# Archive readers look for these anywhere in a file; eight or so fixed bytes do not occur by chance.
_ARCHIVES_ANYWHERE = (
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c\x00", "a 7-Zip archive"),
    (b"__HALT_COMPILER();", "a PHP archive"),
)
_PDF_WINDOW = 1024  # PDF readers accept the header anywhere in here (ISO 32000-1, annex H.3.4.1)
_ZIP_WINDOW = 22 + 0xFFFF  # end record plus its longest comment (APPNOTE.TXT 4.3.16)


def media_type(head: bytes) -> str:
    """The accepted media type that the first bytes announce (256 are enough for pictures, 1,024 for texts).

    Raises PhotoRefused with the name of what the file really is.
    """
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[:4] in (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+"):
        if head[8:10] == b"CR":
            raise unsupported("a camera raw file (Canon CR2)")
        return TIFF
    if head[4:8] == b"ftyp":
        return _iso_media(head)
    raise _named(head)


def unsupported(what: str) -> PhotoRefused:
    """The refusal of a picture whose kind is not taken."""
    return PhotoRefused("unsupported_format", f"This is {what}, which is not accepted. {_ASK_FOR}")


def foreign(data: bytes) -> str | None:
    """What `data` is by its first bytes, when it is something other than an accepted picture; else None."""
    for start, name in _OTHER_PICTURES + _NO_PICTURES:
        if data.startswith(start) and not (start == b"BM" and data[6:10] != b"\0\0\0\0"):
            return name
    return next((name for pattern, name in _TEXTS if pattern.search(data)), None)


def refuse_hidden(data, texts: Iterable[tuple[int, int]]) -> None:
    """Refuse a picture that is at the same time an archive, a document, a page or a script.

    `data` is the whole file (bytes or mmap); `texts` are the (start, end) ranges outside the compressed
    pixels, where metadata and comments lie. Raises PhotoRefused "polyglot".
    """
    if data[:_PDF_WINDOW].find(b"%PDF-") >= 0:
        raise _polyglot("a PDF document")
    if _zip_directory(data[max(0, len(data) - _ZIP_WINDOW) :], len(data)):
        raise _polyglot("a ZIP archive (or JAR)")
    for mark, name in _ARCHIVES_ANYWHERE:
        if data.find(mark) >= 0:
            raise _polyglot(name)
    for start, end in texts:
        found = _ACTIVE_TEXT.search(data, start, end)
        if found:
            raise _polyglot(foreign(found.group() + b" ") or "a page or script")


def refuse_trailing(data, end: int, what: str) -> None:
    """Refuse what follows the picture's end at `end`; says its name when it has one."""
    rest = bytes(data[end : end + 1024])
    name = foreign(rest)
    if name:
        raise _polyglot(name)
    raise PhotoRefused(
        "trailing_data",
        f"After the end of this {what} picture follow {len(data) - end:,} bytes that no known camera writes. "
        "Export the picture anew and send that.",
    )


def _iso_media(head: bytes) -> str:
    size = int.from_bytes(head[:4], "big")
    brands = {head[8:12]} | {head[at : at + 4] for at in range(16, min(size, len(head)), 4)}
    if head[8:12] in _HEVC_BRANDS or (head[8:12] in _CONTAINER_BRANDS and brands & _HEVC_BRANDS):
        return HEIC
    if brands & {b"avif", b"avis"}:
        raise unsupported("an AVIF picture")
    if brands & _HEVC_SEQUENCES or b"msf1" in brands:
        raise PhotoRefused("animated", f"This is a HEIF picture sequence, not a photograph. {_ASK_FOR}")
    if head[8:12] == b"crx ":
        raise unsupported("a camera raw file (Canon CR3)")
    if brands & _CONTAINER_BRANDS:
        raise unsupported("a HEIF picture that is not coded with HEVC")
    raise PhotoRefused("not_a_photograph", f"This is a video (MP4 or QuickTime), not a photograph. {_ASK_FOR}")


def _named(head: bytes) -> PhotoRefused:
    name = foreign(head)
    if name is None:
        return PhotoRefused("not_a_photograph", f"The bytes of this file are of no known photograph format. {_ASK_FOR}")
    if any(name == other for _, other in _OTHER_PICTURES):
        return unsupported(name)
    return PhotoRefused("not_a_photograph", f"This is {name}, not a photograph. {_ASK_FOR}")


def _polyglot(name: str) -> PhotoRefused:
    return PhotoRefused(
        "polyglot",
        f"This file is a picture and at the same time {name}. Export the picture anew and send that; "
        "if the file itself is evidence, hand it over as a sealed copy, not as a photograph.",
    )


def _zip_directory(tail: bytes, size: int) -> bool:
    """Whether a ZIP end record with plausible figures lies in the file's tail."""
    at = tail.rfind(b"PK\x05\x06")
    while at >= 0:
        record = tail[at : at + 22]
        if len(record) == 22:
            disk, entries = record[4:6], int.from_bytes(record[10:12], "little")
            length, offset = (int.from_bytes(record[n : n + 4], "little") for n in (12, 16))
            if disk in (b"\0\0", b"\xff\xff") and entries and (offset == 0xFFFFFFFF or length + offset <= size):
                return True
        at = tail.rfind(b"PK\x05\x06", 0, at)
    return False
