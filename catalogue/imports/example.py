"""The example catalogue, the project's own: `manage.py load_example`.

Published facts in the TOML files of `catalogue/example/`, each with the source it was read from; the README
there says what the fields mean. Everything is recorded at CLEAR for the home agency, all of it or none. Where
its sources stand already, nothing is changed.
"""

import hashlib
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection
from django.utils import timezone

from catalogue.actions.record import require
from catalogue.models import Import, ImportState, Level, Source
from catalogue.security.viewing import because

from . import example_finds as finds
from . import example_routes as routes
from . import example_types as types
from .example_shelf import Shelf
from .tables import FileRefused

FOLDER = Path(__file__).resolve().parents[1] / "example"
REASON = "example catalogue"
FILES = {
    "sources": ["source"],
    "organisations": ["organisation", "relation"],
    "systems": ["system"],
    "specimens": ["specimen"],
    "components": ["component"],
    "parts": ["part"],
    "routes": ["route", "leg"],
    "chpl": ["code"],
    "controls": ["control"],
    "listings": ["listing"],
    "claims": ["claim"],
}  # file → its tables
STEPS = [
    ("sources", types.sources),
    ("organisations with names, numbers and relations", types.organisations),
    ("weapon systems", types.systems),
    ("codes of the Common High Priority List", types.codes),
    ("parts", types.parts),
    ("control events", types.controls),
    ("specimens", finds.specimens),
    ("published records", finds.published_records),
    ("components with identifications", finds.components),
    ("routes with legs", routes.routes),
    ("listings", routes.listings),
    ("claims", routes.claims),
]


@dataclass
class Outcome:
    """What became of a load: how many rows of each model were written, or how many sources stood already."""

    counts: Counter = field(default_factory=Counter)
    there: int = 0
    of: int = 0


def read(folder=FOLDER):
    """({table: its facts}, SHA-256 of the files together).

    Raises FileRefused for a file that is missing, cannot be read or holds other tables, and for a fact that
    is not marked CLEAR.
    """
    tables, digest = {}, hashlib.sha256()
    for name, wanted in FILES.items():
        path = Path(folder) / f"{name}.toml"
        try:
            text = path.read_bytes()
            content = tomllib.loads(text.decode())
        except FileNotFoundError:
            raise FileRefused(f"{path} is missing; the example catalogue needs it.") from None
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
            raise FileRefused(f"{path} cannot be read: {fault}.") from None
        if sorted(content) != sorted(wanted):
            raise FileRefused(f"{path} has the tables {sorted(content)}; it should have {sorted(wanted)}.")
        tables |= content
        digest.update(text)
    for table, facts in tables.items():
        refuse_if_not_public(table, facts)
    return tables, digest.hexdigest()


def refuse_if_not_public(table, facts):
    """The example is recorded at CLEAR, so each of its facts must say that it is public."""
    for fact in facts:
        if fact.get("handling") != Level.CLEAR.label:
            raise FileRefused(f"A {table} of the example is not marked CLEAR: {next(iter(fact.values()))!r}.")


def load_example(folder=FOLDER, *, actor, progress=lambda sentence: None):
    """Record the example for the actor's agency. Runs inside `viewing_as(actor)`; all or nothing.

    A second run finds the sources and changes nothing. Raises FileRefused or Refused in one sentence.
    """
    require(actor, "import")
    files, sha256 = read(folder)
    slugs = [fact["key"] for fact in files["source"]]
    there = Source.objects.filter(owner_id=actor.agency, slug__in=slugs).count()
    if there:
        return Outcome(there=there, of=len(slugs))
    shelf = Shelf(actor=actor, progress=progress)
    run = begin(shelf, sha256)
    for what, step in STEPS:
        progress(f"Recording {what} …")
        step(shelf, files)
    Import.objects.filter(pk=run).update(
        state=ImportState.DONE, finished_at=timezone.now(),
        counts={model._meta.model_name: count for model, count in shelf.counts.items()},
    )  # fmt: skip
    return Outcome(shelf.counts, of=len(slugs))


def begin(shelf, sha256):
    """The run itself is a record; the history of all it writes names it. Its id."""
    row = {"format": "example", "file_name": "example", "sha256": sha256}
    run = shelf.add(Import, [row | {"state": ImportState.RUNNING.value, "counts": {}}])[0]
    with connection.cursor() as cursor:
        because(cursor, shelf.actor, reason=REASON, **{"import": str(run)})
    return run
