"""Backup and restore of a whole catalogue: its database and its photographs, in one tar file.

    catalogue-20260131T120000Z.tar
        database.dump     pg_dump's custom format, without the extensions, which administrator.sql brings
        media/…           photographs as they lie in MEDIA
        manifest.json     size and SHA-256 of every file, rows of every table, versions

The manifest counts rows in the same snapshot as the dump. A restore looks at every digest before it changes
anything, loads the database beside the existing one, and exchanges the two at the very end.
"""

import argparse
import hashlib
import json
import os
import sys
import tarfile
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path, PurePosixPath

import psycopg

from . import dump, env, postgres, stamps

FORMAT = 1
DUMP, MANIFEST, MEDIA = "database.dump", "manifest.json", "media"
BLOCK = 1 << 20
ON_THE_WAY = ("incoming", "waiting")  # folders of MEDIA that change while they are read


def say(line):
    """Progress for the person at the terminal."""
    print(line, flush=True)


def media():
    """The folder of photographs."""
    return env.path("MEDIA", postgres.ROOT / "media")


def photographs(folder):
    """Every file in it but hidden ones and those on their way, which are no evidence yet, in order of name."""
    found = folder.rglob("*") if folder.is_dir() else []
    kept = (file for file in found if file.relative_to(folder).parts[0] not in ON_THE_WAY)
    return sorted(file for file in kept if file.is_file() and not file.name.startswith("."))


class Digesting:
    """A file that is digested as it is read."""

    def __init__(self, file):
        self.file, self.digest = file, hashlib.sha256()

    def read(self, size=-1):
        """As of a file."""
        block = self.file.read(size)
        self.digest.update(block)
        return block


class Progress:
    """A line every few seconds while many files pass."""

    def __init__(self, what, total):
        self.what, self.total, self.count, self.next = what, total, 0, time.monotonic() + 2

    def step(self):
        """One more file."""
        self.count += 1
        if time.monotonic() > self.next:
            self.next = time.monotonic() + 2
            say(f"  {self.what}: {self.count:,} of {self.total:,}")


# Saving


def save(folder=None):
    """Write a backup of the catalogue into `folder` (by default STATE/backups); returns its path."""
    folder = Path(folder or postgres.state() / "backups")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = datetime.now(UTC)
    target = folder / f"catalogue-{made:%Y%m%dT%H%M%SZ}.tar"
    scratch, dumped = target.with_suffix(".partial"), target.with_suffix(".dump")
    try:
        with postgres.serving():
            say("[1/2] Dumping the database …")
            rows, server = dump.save(dumped)
        # Photographs after the database: those it names are never changed, so all of them are there.
        with open(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
                files = {DUMP: add(tar, DUMP, dumped), **add_photographs(tar)}
                manifest = {
                    "format": FORMAT,
                    "made": f"{made:%Y-%m-%dT%H:%M:%SZ}",
                    "postgresql": server,
                    "rows": rows,
                    "files": files,
                }
                add_text(tar, MANIFEST, json.dumps(manifest, indent=1))
            out.flush()
            os.fsync(out.fileno())
        scratch.rename(target)
    except OSError as problem:
        raise SystemExit(f"The backup {target} could not be written: {problem}.") from None
    finally:
        scratch.unlink(missing_ok=True)
        dumped.unlink(missing_ok=True)
    say(f"{target}: {sum(rows.values()):,} rows, {len(files) - 1:,} photographs, {target.stat().st_size:,} bytes.")
    return target


def add_photographs(tar):
    """Add the media folder; returns {name in the tar: {size, sha256}}."""
    folder, found = media(), {}
    names = photographs(folder)
    say(f"[2/2] Adding {len(names):,} photographs …")
    progress = Progress("photographs", len(names))
    for file in names:
        name = str(PurePosixPath(MEDIA, *file.relative_to(folder).parts))
        found[name] = add(tar, name, file)
        progress.step()
    return found


def add(tar, name, file):
    """Add one file, read once; returns its size and SHA-256."""
    with file.open("rb") as source:
        entry = tarfile.TarInfo(name)
        status = os.fstat(source.fileno())
        entry.size, entry.mode, entry.mtime = status.st_size, status.st_mode & 0o777, int(status.st_mtime)
        reader = Digesting(source)
        tar.addfile(entry, reader)
    return {"size": entry.size, "sha256": reader.digest.hexdigest()}


def add_text(tar, name, text):
    """Add a small file from memory."""
    content = text.encode()
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.mtime = len(content), 0o600, int(time.time())
    tar.addfile(entry, BytesIO(content))


# Restoring


@contextmanager
def opened(file):
    """The tar of a backup, or one sentence."""
    try:
        with tarfile.open(file, mode="r:") as tar:
            yield tar
    except (OSError, tarfile.TarError) as problem:
        raise SystemExit(f"The backup {file} could not be read or restored: {problem}.") from None


def verify(file):
    """The manifest of a backup whose every file has the size and SHA-256 it says; SystemExit otherwise."""
    with opened(file) as tar:
        seen, manifest = {}, None
        members = tar.getmembers()
        progress = Progress("files checked", len(members))
        for member in members:
            check_name(file, member)
            content = Digesting(tar.extractfile(member))
            if member.name == MANIFEST:
                manifest = read_manifest(content.read())
            else:
                while content.read(BLOCK):
                    pass
                seen[member.name] = {"size": member.size, "sha256": content.digest.hexdigest()}
            progress.step()
    if manifest is None:
        raise SystemExit(f"{file} has no manifest: it is no backup of this catalogue, or it was cut off.")
    if manifest.get("format") != FORMAT or DUMP not in manifest["files"]:
        raise SystemExit(f"{file} is a backup of format {manifest.get('format')}; this program reads {FORMAT}.")
    differing = sorted(
        name for name in seen.keys() | manifest["files"].keys() if seen.get(name) != manifest["files"].get(name)
    )
    if differing:
        raise SystemExit(f"{file} is damaged: {differing[0]} is not what the manifest says ({len(differing)} files).")
    return manifest


def read_manifest(content):
    """The manifest as a dictionary; None when it is no such thing."""
    try:
        manifest = json.loads(content)
    except ValueError:
        return None
    return manifest if isinstance(manifest, dict) and isinstance(manifest.get("files"), dict) else None


def check_name(file, member):
    """A backup holds plain files of three kinds; anything else was not made by us."""
    path = PurePosixPath(member.name)
    known = member.name in (DUMP, MANIFEST) or (path.parts[:1] == (MEDIA,) and len(path.parts) > 1)
    if not member.isfile() or not known or ".." in path.parts or path.is_absolute():
        raise SystemExit(
            f"{file} holds {member.name!r}, which no backup of this catalogue would: nothing was restored."
        )


def restore(file, force=False):
    """Put a backup's database and photographs in place; returns {table: rows} as restored.

    An existing catalogue is replaced only with `force`; photographs that the backup does not have stay.
    """
    file = Path(file)
    say(f"[1/3] Checking {file.name} …")
    manifest = verify(file)
    with postgres.serving():
        refuse_unless_free(force)
        dumped = postgres.state() / "restore.dump"
        try:
            with opened(file) as tar:
                extract(tar, tar.getmember(DUMP), dumped)
                say("[2/3] Loading the database …")
                rows = dump.load(dumped, manifest["rows"])
                say("[3/3] Writing photographs …")
                extract_photographs(tar)
        finally:
            dumped.unlink(missing_ok=True)
        # What a first start would add must not be added to a restored catalogue.
        database = stamps.this_database()
        for name in ("example", "sign-in"):
            stamps.mark(name, database)
    for table, count in rows.items():
        if count:
            say(f"  {table:<44}{count:>12,}")
    say(f"Restored {sum(rows.values()):,} rows and {len(manifest['files']) - 1:,} photographs of {manifest['made']}.")
    return rows


def refuse_unless_free(force):
    """A sentence when there is a catalogue already, or when one is being used."""
    with psycopg.connect(**dump.administration(), autocommit=True) as connection:
        others = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).fetchone()[0]
        tables = dump.count_rows(connection)
    if others:
        raise SystemExit("The catalogue is running: stop it before you restore a backup.")
    if not force and (tables or photographs(media())):
        raise SystemExit(
            f"There is a catalogue already ({len(tables)} tables, {len(photographs(media())):,} photographs):"
            " choose an empty STATE and MEDIA, or replace it with FORCE=1."
        )


def extract_photographs(tar):
    """Write every photograph that is not there yet under its name."""
    members = [member for member in tar.getmembers() if member.name.startswith(f"{MEDIA}/")]
    progress = Progress("photographs", len(members))
    for member in members:
        extract(tar, member, media().joinpath(*PurePosixPath(member.name).parts[1:]))
        progress.step()


def extract(tar, member, target):
    """Write one file: aside first, so that a kill leaves no half one under its name."""
    target.parent.mkdir(parents=True, exist_ok=True)
    scratch = target.with_name(f".{target.name}.restoring")
    with open(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        source = tar.extractfile(member)
        while block := source.read(BLOCK):
            out.write(block)
    scratch.chmod(member.mode & 0o777)
    scratch.rename(target)


def main(arguments):
    """`save`, `verify FILE` or `restore FILE`."""
    parser = argparse.ArgumentParser(prog="python -m forensics.backup", description="Backup of a catalogue.")
    parser.add_argument("action", choices=["save", "verify", "restore"])
    parser.add_argument("file", nargs="?", default="")
    given = parser.parse_args(arguments)
    if given.action == "save":
        save()
    elif not given.file:
        raise SystemExit("Name the backup: make restore FILE=var/backups/catalogue-….tar")
    elif given.action == "verify":
        say(f"{given.file} is complete: {len(verify(Path(given.file))['files']):,} files.")
    else:
        restore(given.file, env.flag("FORCE"))


if __name__ == "__main__":
    main(sys.argv[1:])
