"""Published component records, one a row: `manage.py import_published FILE`.

No row is lost: each becomes a PublishedRecord, verbatim, and a component of basis "reported". The title gives
weapon system, specimen and assembly, the manufacturer cell organisations and an identification of basis
"published attribution"; what the text quotes of the print gives a marking and, proposed by rules, what it may be.
A second run with the same file changes nothing; a changed row changes what changed.
"""

import hashlib
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from catalogue.actions.publish import Publication
from catalogue.markings import makers
from catalogue.markings.published import quoted

from . import titles
from .tables import FileRefused, read_csv

COLUMNS = (
    "source_id", "marking", "manufacturer", "country", "recovered_in", "source_url", "photo_url", "last_verified",
)  # fmt: skip
LONGEST = 20_000


@dataclass
class Outcome:
    """What became of a file: rows read, created, updated, unchanged; the rejected with reasons; all as planned."""

    counts: Counter = field(default_factory=Counter)
    rejected: list = field(default_factory=list)
    rows: list = field(default_factory=list)


def read(path, called=None):
    """(rows that can be used, rejected rows with `reason`, SHA-256). Raises FileRefused for the whole file.

    Sentences name the file as `called`.
    """
    rows, sha256 = read_csv(path, COLUMNS, called=called)
    refuse_if_cut(path, rows, called or path)
    good, rejected, seen = [], [], {}
    for row in rows:
        reason = flaw(row, seen)
        if reason:
            rejected.append(row | {"reason": reason})
        else:
            seen[(host(row["source_url"]), row["source_id"])] = row["line"]
            good.append(row)
    return good, rejected, sha256


def refuse_if_cut(path, rows, called):
    """A file cut within its last cell has all columns; its last date is not whole and no line end follows."""
    if not rows:
        raise FileRefused(f"{called} has a header but no rows.")
    with open(path, "rb") as file:
        file.seek(-1, 2)
        ended = file.read(1) in b"\r\n"
    last = rows[-1]["last_verified"]
    if not ended and not re.fullmatch(r"(\d{4}-\d{2}-\d{2})?", last.strip()):
        raise FileRefused(
            f"{called} ends in the middle of line {rows[-1]['line']}: it is cut short. Nothing was written."
        )


def flaw(row, seen):
    """Why a row cannot be recorded, or None."""
    if not row["source_id"].strip():
        return "source_id is empty: give the publisher's identifier of the entry"
    earlier = seen.get((host(row["source_url"]), row["source_id"]))
    if earlier:
        return f"source_id {row['source_id']!r} stands already in line {earlier}"
    for name, value in row.items():
        if isinstance(value, str) and len(value) > LONGEST:
            return f"{name} is longer than {LONGEST:,} characters"
    if len(row["recovered_in"]) > titles.LONGEST_TITLE:
        return f"recovered_in is longer than {titles.LONGEST_TITLE} characters and is no title"
    return None


def host(url):
    """The publisher's host: what tells one source of such records from another."""
    try:
        return (urlsplit(url.strip()).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def plan(row):
    """A row with what its cells say: the entry, its title, its maker and what it quotes of the print."""
    verbatim = {name: value for name, value in row.items() if name != "line"}
    maker = makers.read(row["manufacturer"], row["country"].strip().upper()) if row["manufacturer"].strip() else None
    digest = hashlib.sha256(json.dumps(verbatim, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    return {
        "host": host(row["source_url"]),
        "row": verbatim,
        "sha256": digest,
        "title": titles.read(row["recovered_in"]) if row["recovered_in"].strip() else None,
        "maker": maker,
        "quoted": quoted(row["marking"], maker.name or "" if maker else ""),
        "firms": {text: makers.firm(text) for text in firms(maker)} if maker else {},
    }


def firms(maker):
    """Every other firm a maker cell names: those in brackets and those glued behind headings."""
    yield from (bracket.text for bracket in maker.bracket)
    yield from (*maker.suppliers, *maker.importers, *maker.foreign_suppliers, *maker.involved)


def import_published(path, *, actor, handling, run=None, progress=lambda sentence: None):
    """Record the file at `path` for the actor's agency. Runs inside `viewing_as(actor)`; all or nothing.

    `run`: the Import that asked for it; without one it is made where there is something to record.
    """
    progress(f"Reading {path} …")
    good, rejected, sha256 = read(path, called=run and run.file_name)
    progress(f"{len(good):,} rows can be recorded, {len(rejected):,} are rejected. Reading titles and makers …")
    publication = Publication(
        [plan(row) for row in good],
        actor=actor,
        handling=handling,
        file=(str(path), sha256),
        run=run,
        also={"read": len(good) + len(rejected), "rejected": len(rejected)},
        progress=progress,
    )
    return Outcome(publication.record(), rejected, publication.rows)
