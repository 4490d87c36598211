"""Puts an invented catalogue into a database of its own in the embedded server, and keeps it there.

Rows go in by `COPY` as superuser with triggers off: the generator has computed what the triggers would, and
`check` asks the database whether they agree. A database is made again when its seed, size or schema changed.
"""

import hashlib
import subprocess
import sys
import time
from contextlib import closing

from forensics import env, postgres, stamps
from forensics.cluster import SUPERUSER

from .world import AGENCIES, OWNER, WATCH, World, agency_code

ROOT = postgres.ROOT
BLOCK = 1 << 20
KEYS = {"owner": OWNER, "narrow": WATCH}  # reader: agency; the key's text is "bench-" and the reader's name
SCHEMA = [ROOT / "catalogue" / part for part in ("migrations", "security", "models")] + [
    ROOT / "bench" / "world.py",
    ROOT / "bench" / "load.py",
]


def say(line):
    """Progress, for the person; the table alone goes to standard output."""
    print(line, file=sys.stderr, flush=True)


def name_of(size):
    """The database that holds a world of `size` components."""
    return f"bench_{size}"


def url_of(size):
    """DATABASE_URL of that database: the account may become either role, as on a server of one's own."""
    return f"postgresql:///{name_of(size)}?host={postgres.cluster().socket}&user={SUPERUSER}"


def ready(size):
    """The World of `size` components, in its database; made now unless it is there already."""
    world = World(size)
    wanted = f"{world.seed} {size} {stamps.fingerprint(*SCHEMA)}"
    cluster = postgres.cluster()
    with closing(cluster.connect("postgres")) as server:
        noted = server.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name_of(size)]
        ).fetchone()
        if noted and noted[0] == wanted:
            return world
        begun = time.monotonic()
        say(f"Making {size:,} invented components …")
        server.execute(f"DROP DATABASE IF EXISTS {name_of(size)} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name_of(size)} OWNER catalogue_owner")
        migrate(size)
        with closing(cluster.connect(name_of(size))) as database:
            load(database, world)
            check(database, world)
        server.execute(f"COMMENT ON DATABASE {name_of(size)} IS '{wanted}'")
    say(f"  done in {time.monotonic() - begun:.0f} s")
    return world


def migrate(size):
    """The schema, by the command that makes it everywhere, as the owner's role."""
    done = subprocess.run(
        [sys.executable, ROOT / "manage.py", "migrate", "-v", "0"],
        env=env.inherited(DATABASE_URL=url_of(size), FORENSICS_ROLE="catalogue_owner"),
        check=False,
    )
    if done.returncode:
        raise SystemExit("The schema could not be made: what migrate said stands above.")


def load(database, world):
    """All rows of `world`; indexes of the components are made when their rows are there."""
    database.execute("SET session_replication_role = replica")
    database.execute("SET maintenance_work_mem = '1GB'")
    database.execute("SET synchronous_commit = off")
    people(database)
    with database.cursor() as cursor:
        for audience in world.audiences[2:]:
            cursor.execute(
                "INSERT INTO catalogue_audience (id, level, agencies, readers) OVERRIDING SYSTEM VALUE "
                "VALUES (%s, %s, %s, %s)",
                [
                    world.number[audience],
                    audience.level,
                    audience.agencies and sorted(audience.agencies),
                    audience.readers and sorted(audience.readers),
                ],
            )
        for table in world.tables():
            if table.name != "component":
                copy(cursor, table)
                continue
            indexes = set_aside(cursor, "catalogue_component")
            copy(cursor, table)
            say("  rows are in; building indexes …")
            for definition in indexes:
                cursor.execute(definition)
    database.execute("SELECT catalogue_count_again()")
    database.execute("SELECT setval(pg_get_serial_sequence('catalogue_audience', 'id'), 1000)")
    database.execute("SET session_replication_role = origin")
    database.execute("VACUUM (FREEZE, ANALYZE)")


def people(database):
    """Agencies, one account each (that of imports, with the agency's number, so that RED can name it), and keys."""
    database.execute("TRUNCATE catalogue_agency, catalogue_user, catalogue_apikey CASCADE")
    for n in range(1, AGENCIES + 1):
        code = agency_code(n)
        database.execute(
            "INSERT INTO catalogue_agency (id, uid, slug, name, code, is_home) OVERRIDING SYSTEM VALUE "
            "VALUES (%s, gen_random_uuid(), %s, %s, %s, %s)",
            [n, f"agency-{n}", f"Agency {n}", code, n == OWNER],
        )
        database.execute(
            "INSERT INTO catalogue_user (id, username, password, name, email, examiner, agency_id, role, is_active, "
            "is_service, language, theme, must_change_password, needs_second_factor, factors) "
            "OVERRIDING SYSTEM VALUE VALUES (%s, %s, '!', '', '', %s, %s, 'curator', true, true, "
            "'', 'auto', false, false, '{}')",
            [n, f"import@agency-{n}", f"R{n}", n],
        )
    for reader, agency in KEYS.items():
        database.execute(
            "INSERT INTO catalogue_apikey "
            "(user_id, agency_id, name, prefix, digest, ceiling, expires_at, last_used_at) "
            "VALUES (%s, %s, %s, 'bench', %s, 4, now() + interval '10 years', now() + interval '10 years')",
            [agency, agency, reader, hashlib.sha256(key_of(reader).encode()).digest()],
        )


def key_of(reader):
    """The key that signs in "owner" or "narrow"."""
    return f"bench-{reader}"


def set_aside(cursor, table):
    """Drop the indexes of `table` that enforce nothing; the statements that make them again."""
    cursor.execute(
        "SELECT i.indexrelid::regclass, pg_get_indexdef(i.indexrelid) FROM pg_index i "
        "WHERE i.indrelid = %s::regclass AND NOT i.indisunique",
        [table],
    )
    found = cursor.fetchall()
    for index, _ in found:
        cursor.execute(f"DROP INDEX {index}")
    return [definition for _, definition in found]


def copy(cursor, table):
    """Load one table in blocks of a megabyte."""
    columns = ", ".join(f'"{column}"' for column in table.columns)
    with cursor.copy(f"COPY catalogue_{table.name} ({columns}) FROM STDIN") as into:
        block, size = [], 0
        for row in table.rows:
            line = "\t".join(map(text, row))
            block.append(line)
            size += len(line)
            if size > BLOCK:
                into.write("\n".join(block) + "\n")
                block, size = [], 0
        if block:
            into.write("\n".join(block) + "\n")


def text(value):
    """A value in COPY's text form; the invented texts hold no tabs and no backslashes."""
    if value is None:
        return "\\N"
    return value.replace("\n", "\\n") if type(value) is str else str(value)


def check(database, world):
    """Stop when the loaded rows are not what the triggers would have made of them."""
    wrong = database.execute(
        """
        SELECT count(*) FROM (
          SELECT DISTINCT c.declared_id, s.audience_id AS of_specimen, p.audience_id AS of_parent, c.audience_id
            FROM catalogue_component c JOIN catalogue_specimen s ON s.id = c.specimen_id
            LEFT JOIN catalogue_component p ON p.id = c.parent_id) r
        WHERE audience_id <> catalogue_meet(catalogue_meet(declared_id, of_specimen), coalesce(of_parent, 1))
        """
    ).fetchone()[0]
    rows = database.execute("SELECT count(*) FROM catalogue_component").fetchone()[0]
    if wrong or rows != world.size:
        raise SystemExit(f"The invented rows are wrong: {rows:,} of {world.size:,}, {wrong} audiences do not follow.")
