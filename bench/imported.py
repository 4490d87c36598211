"""The import of a published file through its command, against set-based SQL that writes the same rows and history."""

import csv
import re
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import psycopg
from django.apps import apps
from psycopg import sql

from catalogue.models.base import Handled, generated_fields
from forensics import env, postgres

from .figures import Figure
from .load import OWNER, migrate, people, say, url_of
from .world import World

ROWS, SIZE = 4_863, "import"
COLUMNS = [
    "source_id",
    "marking",
    "manufacturer",
    "country",
    "recovered_in",
    "source_url",
    "photo_url",
    "last_verified",
]
TITLES = [
    "UAV Kestrel-{}",
    "Missile Kestrel-{} No. 31{:04}",
    'UAV "Kestrel-{}" (July 2022)',
    "Kestrel-{} UAV (12 components)",
]


def against_sql():
    """Rows a second of the 4,863, and the ratio to SQL; nothing while the command or its schema is missing."""
    cluster = postgres.cluster()
    say("Importing an invented published file …")
    with closing(cluster.connect("postgres")) as server:
        server.execute("DROP DATABASE IF EXISTS bench_import WITH (FORCE)")
        server.execute("CREATE DATABASE bench_import OWNER catalogue_owner")
    migrate(SIZE)
    with closing(cluster.connect("bench_import")) as database:
        people(database)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "published.csv"
        write(file)
        begun = time.perf_counter()
        done = subprocess.run(
            [sys.executable, postgres.ROOT / "manage.py", "import_published", file],
            env=env.inherited(DATABASE_URL=url_of(SIZE), FORENSICS_ROLE="catalogue_app"),
            capture_output=True,
            text=True,
            check=False,
        )
        whole = time.perf_counter() - begun
    found = re.search(r"([\d.]+) s, ([\d,]+) rows/s", done.stdout)
    if done.returncode or not found:
        say(f"The import failed: {(done.stderr or done.stdout).strip()[-600:]}")
        return
    seconds = max(float(found[1]), 0.1)
    with closing(cluster.connect("bench_import")) as database:
        written, by_sql = again(database)
    yield Figure("import of 4,863 published rows, whole command", whole, "s", ("≤", 10), f"itself {seconds:.1f} s")
    yield Figure(
        "import ÷ set-based SQL that writes the same rows and history",
        by_sql / seconds * 100,
        "%",
        ("≥", 33),
        f"{ROWS / seconds:,.0f} against {ROWS / by_sql:,.0f} published rows/s; {written:,} rows in all tables",
    )


def write(file):
    """An invented file of the published form: some 200 makers, 120 titles, a third without a marking."""
    world = World(ROWS)
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        for n in range(ROWS):
            _, _, maker, country = world.makers[n * n % 211]
            marking = f"Chip {n % 300} {1000 + n * 7 % 9000}-{n % 89}" if n % 3 else ""
            title = TITLES[n % 4].format(n % 30 + 1, n % 30)
            page = f"https://register.example/en/components/{n}"
            writer.writerow([f"inv-{n}", marking, maker, country, title, page, "", "2026-06-13"])


def again(database):
    """(rows written, seconds): what the import wrote, set aside, removed, and written once more by INSERT … SELECT."""
    tables = [model for model in apps.get_app_config("catalogue").get_models() if issubclass(model, Handled)]
    database.execute("CREATE SCHEMA aside")
    database.execute("GRANT USAGE ON SCHEMA aside TO catalogue_app")
    kept = []
    for model in tables:
        name = model._meta.db_table
        columns = [f.column for f in model._meta.local_fields if f.name not in generated_fields(model)]
        rows = database.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))).fetchone()[0]
        if rows:
            names = sql.SQL(", ").join(map(sql.Identifier, columns))
            statement = "CREATE TABLE aside.{0} AS SELECT {1} FROM public.{0} ORDER BY id"
            database.execute(sql.SQL(statement).format(sql.Identifier(name), names))
            database.execute(sql.SQL("GRANT SELECT ON aside.{} TO catalogue_app").format(sql.Identifier(name)))
            kept.append((name, names, rows))
    empty(database)
    database.execute("ANALYZE")
    return sum(rows for *_, rows in kept), insert(kept)


def empty(database):
    """Remove all records and their history, which no role of the catalogue could."""
    database.execute("SET session_replication_role = replica")
    for model in apps.get_app_config("catalogue").get_models():
        handled = issubclass(model, Handled)
        if handled or (hasattr(model, "pgh_tracked_model") and issubclass(model.pgh_tracked_model, Handled)):
            database.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(model._meta.db_table)))
    database.execute("SET session_replication_role = origin")
    database.execute("VACUUM")


def insert(kept):
    """Seconds of one transaction as catalogue_app that writes the kept rows, with triggers, policies and history."""
    address = {**postgres.parameters("catalogue_app"), "dbname": "bench_import"}
    with psycopg.connect(**address, options="-c pgtrigger.ignore={}") as connection:
        begun = time.perf_counter()
        connection.execute("SELECT * FROM catalogue_enter(%s, 4)", [OWNER])
        connection.execute("SELECT set_config('pghistory.context_metadata', '{\"actor\": 1}', true)")
        for name, names, _ in kept:
            statement = "INSERT INTO public.{0} ({1}) SELECT {1} FROM aside.{0} ORDER BY id"
            connection.execute(sql.SQL(statement).format(sql.Identifier(name), names))
        connection.commit()
        return time.perf_counter() - begun
