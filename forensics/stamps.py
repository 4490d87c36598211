"""Notes in STATE/stamps of what has been done, and for what: files, a database."""

import hashlib

import psycopg

from . import postgres

ROOT = postgres.ROOT


def fingerprint(*places):
    """A digest of the names and contents of files and folders of the project."""
    digest = hashlib.sha256()
    for place in places:
        files = sorted(file for file in place.rglob("*") if file.is_file()) if place.is_dir() else [place]
        for file in files:
            if "__pycache__" not in file.parts and file.exists():
                digest.update(f"{file.relative_to(ROOT)}\0".encode())
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def this_database():
    """What tells this database from one that is made anew in its place."""
    with psycopg.connect(**postgres.parameters("catalogue_app"), autocommit=True) as connection:
        row = connection.execute(
            "SELECT oid, (SELECT system_identifier FROM pg_control_system()) "
            "FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    return " ".join(map(str, row))


def done(name, wanted):
    """Whether `name` was done for exactly this."""
    stamp = postgres.state() / "stamps" / name
    return stamp.exists() and stamp.read_text() == wanted


def mark(name, wanted):
    """Note that `name` is done."""
    folder = postgres.state() / "stamps"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(wanted)
