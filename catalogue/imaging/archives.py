"""ZIP archives of photographs: what is in them, read entry by entry. No name in an archive ever becomes a path."""

from __future__ import annotations

import contextlib
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .refusals import PhotoRefused

MOST_ENTRIES = 2_000
MOST_BYTES = 20 * 1024**3  # of all entries unpacked
MOST_RATIO = 200  # unpacked to packed, of an entry of more than _SMALL bytes; photographs hardly shrink
_SMALL = 1024 * 1024
_BLOCK = 1024 * 1024
_DIRECTORY = 4 * 1024 * 1024  # bytes of the list of entries
_TAIL = 22 + 0xFFFF
_UTF8 = 0x800
_ENCRYPTED = 0x1
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError, ValueError,
    struct.error,
)  # fmt: skip
_JUNK = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class Entry:
    """One file in an archive: its place in the list, the name it is shown by, its size unpacked in bytes."""

    index: int
    name: str
    size: int


@contextlib.contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The archive, its list of entries read. PhotoRefused "archive" when it has none, or one that is too long."""
    _check_directory(path)
    try:
        archive = zipfile.ZipFile(path)
    except _DAMAGE as error:
        raise refused("is damaged: its list of entries cannot be read. Pack it again") from error
    with archive:
        if len(archive.infolist()) > MOST_ENTRIES:
            raise refused(f"has more than {MOST_ENTRIES:,} entries; send it in parts")
        yield archive


def entries(archive: zipfile.ZipFile) -> list[Entry]:
    """The files in the archive, without folders and what file managers leave.

    Raises PhotoRefused "archive" when it holds none, is encrypted, or would unpack to more than it may.
    """
    infos = archive.infolist()
    found = [Entry(n, name_of(info), info.file_size) for n, info in enumerate(infos) if not _passed_over(info)]
    for entry in found:
        info = infos[entry.index]
        if info.flag_bits & _ENCRYPTED:
            raise refused("is encrypted; unpack it on your machine and send what is in it")
        if info.file_size > max(_SMALL, info.compress_size * MOST_RATIO):
            raise refused(f"would unpack “{entry.name}” to {info.file_size:,} bytes, far more than it holds")
    if sum(entry.size for entry in found) > MOST_BYTES:
        raise refused(f"would unpack to more than {MOST_BYTES // 1024**3} GB; send it in parts")
    if not found:
        raise refused("holds no file")
    return found


def read(archive: zipfile.ZipFile, entry: Entry) -> Iterator[bytes]:
    """The bytes of one entry in blocks. PhotoRefused when they are damaged, or more than the archive says."""
    left = entry.size
    try:
        with archive.open(archive.infolist()[entry.index]) as file:
            while block := file.read(_BLOCK):
                left -= len(block)
                if left < 0:
                    raise refused(f"says another size for “{entry.name}” than it has")
                yield block
    except PhotoRefused:
        raise
    except _DAMAGE as error:
        raise refused(f"is damaged at “{entry.name}”, or packed in an unusual way") from error


def name_of(info: zipfile.ZipInfo) -> str:
    """The name of an entry as its maker saw it, with `/` between folders.

    Names are UTF-8 where the entry says so. Otherwise they are what Windows wrote: UTF-8 if it reads as that, else
    Cyrillic (code page 866) when it holds such letters, else as ZIP defines it (code page 437).
    """
    name = info.orig_filename
    if not info.flag_bits & _UTF8:
        raw = name.encode("cp437", "replace")
        name = next(filter(None, (_as(raw, "utf-8"), _cyrillic(raw), name)))
    return "".join(letter for letter in name.replace("\\", "/") if letter.isprintable())


def _as(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return ""


def _cyrillic(raw: bytes) -> str:
    text = _as(raw, "cp866")
    high = [letter for letter in text if ord(letter) > 127]
    return text if high and all("\u0400" <= letter <= "\u04ff" or letter == "№" for letter in high) else ""


def _passed_over(info: zipfile.ZipInfo) -> bool:
    name = name_of(info)
    return name.endswith("/") or name.startswith(_JUNK[0]) or name.rpartition("/")[2] in _JUNK


def _check_directory(path: Path) -> None:
    """Refuse before the list of entries is read, which takes memory for each."""
    size = Path(path).stat().st_size
    with open(path, "rb") as file:
        file.seek(max(0, size - _TAIL))
        tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise refused("ends before its list of entries; pack it again")
    count, length = struct.unpack_from("<HI", tail, at + 10)
    if count > MOST_ENTRIES or length > _DIRECTORY:
        raise refused(f"has more than {MOST_ENTRIES:,} entries; send it in parts")


def refused(clause: str) -> PhotoRefused:
    """The refusal of an archive; `clause` continues "This ZIP archive …"."""
    return PhotoRefused("archive", f"This ZIP archive {clause}.")
