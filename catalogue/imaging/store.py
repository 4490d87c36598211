"""Photographs on disk: content-addressed, written whole or not at all, never changed."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import shutil
import time
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .verify import MOST_BYTES, too_large

_SHA256 = re.compile(r"[0-9a-f]{64}")
_EXTENSION = re.compile(r"[a-z0-9]{1,8}")
_RENDITION = re.compile(r"[a-z][a-z0-9]{0,49}")
_FILE_MODE, _FOLDER_MODE = 0o640, 0o750
_LEFT_OVER_AFTER = 24 * 3600  # seconds
_BLOCK = 1024 * 1024
_NO_HARD_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV}


class ShelfConflict(OSError):
    """A file of that name is kept already and holds other bytes. Nothing was changed."""


@dataclass(frozen=True)
class Received:
    """An upload that lies in a folder of its own: `path`, SHA-256 of its bytes, size in bytes."""

    path: Path
    sha256: str
    size: int

    @property
    def folder(self) -> Path:
        """The upload's own folder; renditions may be made in it. It goes when the upload is done with."""
        return self.path.parent


@dataclass(frozen=True)
class Kept:
    """A file on the shelf: its name relative to the root, and whether this call put it there."""

    name: str
    new: bool


@dataclass(frozen=True)
class Waiting:
    """A file that is received in parts, in a folder of its own. Its length is how much of it is there."""

    folder: Path

    @property
    def path(self) -> Path:
        """Where its bytes lie."""
        return self.folder / "upload"

    @property
    def length(self) -> int:
        """Bytes received; 0 when nothing is there."""
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return 0

    def begin(self) -> None:
        """Make the file, with nothing in it, unless it is there."""
        self.folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
        self.path.touch(mode=_FILE_MODE)

    def append(self, chunks: Iterable[bytes], most: int) -> int:
        """Write up to `most` bytes behind those that are there, onto the disk; returns the length then.

        Whatever ends it, an error of `chunks` or of the disk or a kill, what was written counts and nothing else.
        """
        with open(self.path, "ab", buffering=0) as file:
            try:
                for chunk in chunks:
                    _write(file, chunk[:most])
                    most -= len(chunk)
                    if most <= 0:
                        break
            finally:
                os.fsync(file.fileno())
        return self.length

    def received(self) -> Received:
        """The whole file with its SHA-256. FileNotFoundError when it is gone."""
        return Received(self.path, _hash(self.path), self.length)

    def remove(self) -> None:
        """Take it away, with whatever was made of it."""
        _remove_all(self.folder)


class Shelf:
    """A folder of photographs: `ab/cd/<sha256>.jpg` originals, `renditions/ab/cd/<sha256>-view.jpg`.

    Both are addressed by the original's SHA-256. `incoming/` holds uploads in progress, `waiting/` those that come
    in parts or wait for their examination.
    """

    def __init__(self, root: Path) -> None:
        self.root = Path(root)

    def incoming(self) -> Path:
        """The folder of uploads in progress; what has lain there for a day (a killed process) is removed."""
        folder = self.root / "incoming"
        folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
        oldest = time.time() - _LEFT_OVER_AFTER
        for entry in os.scandir(folder):
            with contextlib.suppress(FileNotFoundError):
                if entry.stat(follow_symlinks=False).st_mtime < oldest:
                    _remove_all(Path(entry.path))
        return folder

    def waiting(self, number: uuid.UUID) -> Waiting:
        """The file of the upload `number`, there or not."""
        return Waiting(self.root / "waiting" / uuid.UUID(str(number)).hex)

    def sweep(self, seconds: float) -> None:
        """Remove what has waited untouched for longer than `seconds`: abandoned uploads."""
        folder, oldest = self.root / "waiting", time.time() - seconds
        for entry in os.scandir(folder) if folder.is_dir() else ():
            with contextlib.suppress(FileNotFoundError):
                if max(one.stat().st_mtime for one in (Path(entry.path), *Path(entry.path).iterdir())) < oldest:
                    _remove_all(Path(entry.path))

    @contextlib.contextmanager
    def receive(self, chunks: Iterable[bytes], limit: int = MOST_BYTES) -> Iterator[Received]:
        """Write an upload's chunks to a folder of its own, hashing on the way; the folder goes at the end of
        `with`.

        Raises PhotoRefused "too_large" at the first byte above `limit`; errors of `chunks` and of the disk
        pass through. Whatever happens, nothing stays behind.
        """
        folder = self.incoming() / uuid.uuid4().hex
        folder.mkdir(mode=_FOLDER_MODE)
        try:
            path, digest, size = folder / "upload", hashlib.sha256(), 0
            with open(path, "xb", buffering=0) as file:
                for chunk in chunks:
                    size += len(chunk)
                    if size > limit:
                        raise too_large()
                    digest.update(chunk)
                    _write(file, chunk)
            yield Received(path, digest.hexdigest(), size)
        finally:
            _remove_all(folder)

    def keep(self, source: Path, sha256: str, extension: str) -> Kept:
        """Put an original on the shelf under its SHA-256. Kept already with the same bytes: nothing happens.

        Raises ValueError when `source` has another SHA-256, ShelfConflict when the kept file was altered.
        """
        return self._put(source, self.original_name(sha256, extension), sha256)

    def keep_rendition(self, source: Path, sha256: str, rendition: str, extension: str) -> Kept:
        """Put a rendition of the original `sha256` on the shelf; ShelfConflict when another is there."""
        return self._put(source, self.rendition_name(sha256, rendition, extension))

    def original_name(self, sha256: str, extension: str) -> str:
        """The name of an original, relative to the root. ValueError when a part is not of the right form."""
        return f"{_folders(sha256)}/{sha256}.{_checked(extension, _EXTENSION)}"

    def rendition_name(self, sha256: str, rendition: str, extension: str) -> str:
        """The name of a rendition, relative to the root. ValueError when a part is not of the right form."""
        stem = f"{sha256}-{_checked(rendition, _RENDITION)}"
        return f"renditions/{_folders(sha256)}/{stem}.{_checked(extension, _EXTENSION)}"

    def keep_derived(self, source: Path, name: str) -> Path:
        """Put what can be made again at any time on the shelf under `name`; the first of two that were made stays."""
        with contextlib.suppress(ShelfConflict):
            self._put(source, name)
        return self.path(name)

    def derived_of(self, sha256: str) -> list[Path]:
        """Everything that was made of the original `sha256`: renditions, masked ones, tiles, crops."""
        return sorted((self.root / "renditions" / _folders(sha256)).glob(f"{sha256}-*"))

    def path(self, name: str) -> Path:
        """Where the file of that relative name lies. ValueError for a name that leads out of the shelf."""
        parts = Path(name).parts
        if not parts or Path(name).is_absolute() or ".." in parts or "\0" in name:
            raise ValueError(f"{name!r} is no name of a kept photograph.")
        return self.root.joinpath(*parts)

    def remove(self, kept: Kept) -> None:
        """Take back what `keep` has just put there, when the record beside it could not be written.

        What lay there before is left alone. Callers that may keep the same bytes at once hold a lock on the
        SHA-256.
        """
        if kept.new:
            self.path(kept.name).unlink(missing_ok=True)

    def _put(self, source: Path, name: str, sha256: str = "") -> Kept:
        """A copy of `source` under `name`; only if it has this SHA-256, where one is given."""
        target = self.path(name)
        _make_folders(self.root, target.parent)
        if not target.exists():
            draft = self.incoming() / f"{uuid.uuid4().hex}.part"
            try:
                if _copy(source, draft, sha256) != sha256:
                    raise _altered(source, sha256)
                if _place(draft, target):
                    return Kept(name, True)
            finally:
                draft.unlink(missing_ok=True)
        digest = _hash(source)
        if sha256 and digest != sha256:
            raise _altered(source, sha256)
        if _hash(target) != digest:
            raise ShelfConflict(
                errno.EEXIST,
                "is kept already with other bytes; compare it with a backup. Nothing was changed",
                name,
            )
        return Kept(name, False)


def _write(file, chunk: bytes) -> None:
    rest = memoryview(chunk)
    while rest:
        rest = rest[file.write(rest) :]


def _hash(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _altered(source: Path, sha256: str) -> ValueError:
    return ValueError(f"The bytes of {source} do not have the SHA-256 {sha256}; receive the file again.")


def _copy(source: Path, draft: Path, sha256: str) -> str:
    """A copy on the shelf's own file system, on the disk before it gets its name; its SHA-256 where one is expected."""
    digest = hashlib.sha256()
    with open(source, "rb", buffering=0) as old, open(draft, "xb", buffering=0) as new:
        while block := old.read(_BLOCK):
            if sha256:
                digest.update(block)
            _write(new, block)
        os.fchmod(new.fileno(), _FILE_MODE)
        os.fsync(new.fileno())
    return sha256 and digest.hexdigest()


def _place(draft: Path, target: Path) -> bool:
    """Give the finished file its name, whole and at once; False when another got there first.

    A hard link never replaces what exists; where the file system has none, a rename does the same work, and
    two writers of one name write the same bytes.
    """
    try:
        os.link(draft, target)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        os.rename(draft, target)
    _sync_folder(target.parent)
    return True


def _make_folders(root: Path, folder: Path) -> None:
    if folder.is_dir():
        return
    root.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
    current = root
    for part in folder.relative_to(root).parts:
        current = current / part
        with contextlib.suppress(FileExistsError):
            current.mkdir(mode=_FOLDER_MODE)
            _sync_folder(current.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove_all(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _folders(sha256: str) -> str:
    _checked(sha256, _SHA256)
    return f"{sha256[:2]}/{sha256[2:4]}"


def _checked(text: str, form: re.Pattern) -> str:
    if not form.fullmatch(text):
        raise ValueError(f"{text!r} cannot be part of a photograph's name.")
    return text
