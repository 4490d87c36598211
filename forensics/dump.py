"""The database of a backup: dumped by pg_dump in one snapshot, loaded so that a failure changes nothing."""

import subprocess
from contextlib import suppress

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from . import env, postgres
from .cluster import DATABASE, OWNER, SUPERUSER, client

SCRATCH = "catalogue_restored"
# Where the administrator has not made them, they are the owner's and go with the rest.
BEGIN = f"""
DROP OWNED BY {OWNER};
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS btree_gin;
"""


def administration(database=None):
    """libpq's parameters of who sees every row: the embedded superuser, or the owner at DATABASE_URL."""
    if postgres.embedded():
        return {"host": str(postgres.cluster().socket), "user": SUPERUSER, "dbname": database or DATABASE}
    return postgres.parameters(OWNER)


def command_line(program, parameters):
    """A client program with its connection, and the environment to run it in.

    The password goes by the environment, which other accounts cannot read.
    """
    given = dict(parameters)
    variables = {"PGPASSWORD": given.pop("password")} if "password" in given else {}
    return [client(program), "-d", make_conninfo(**given)], env.inherited(**variables)


def run_client(program, parameters, *arguments):
    """Run pg_dump or pg_restore to its end; SystemExit with what it says when it fails."""
    command, variables = command_line(program, parameters)
    done = subprocess.run([*command, *map(str, arguments)], env=variables, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{program} failed: {done.stderr.strip()[-600:]}")


def count_rows(connection):
    """{table: rows} of the public schema."""
    tables = connection.execute(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    )
    names = sorted(name for (name,) in tables.fetchall())
    count = sql.SQL("SELECT count(*) FROM public.{}")
    return {name: connection.execute(count.format(sql.Identifier(name))).fetchone()[0] for name in names}


def save(file):
    """Dump the database to `file`; returns ({table: rows}, PostgreSQL's version) of the same snapshot."""
    with psycopg.connect(**administration()) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        rows = count_rows(connection)
        snapshot = connection.execute("SELECT pg_export_snapshot()").fetchone()[0]
        # The owner has policies that show every row; without the option pg_dump refuses tables under FORCE.
        arguments = ["--format=custom", f"--file={file}", "--exclude-extension=*", f"--snapshot={snapshot}"]
        if not postgres.embedded():
            arguments.append("--enable-row-security")
        run_client("pg_dump", administration(), *arguments)
        return rows, connection.info.server_version


def load(dumped, expected):
    """Load the dump and put it in the place of the database; returns {table: rows}."""
    if not postgres.embedded():
        load_in_one_transaction(dumped)
        return checked(administration(), expected)
    cluster = postgres.cluster()
    with cluster.connect("postgres") as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {SCRATCH} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {SCRATCH} OWNER {OWNER}")
    run_client("pg_restore", administration(SCRATCH), "--exit-on-error", "--jobs=2", dumped)
    rows = checked(administration(SCRATCH), expected)
    with cluster.connect(SCRATCH) as connection:
        connection.execute("ANALYZE")
    with cluster.connect("postgres") as connection:
        connection.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")
        connection.execute(f"ALTER DATABASE {SCRATCH} RENAME TO {DATABASE}")
    cluster.administer(again=True)
    return rows


def load_in_one_transaction(dumped):
    """Replace what the owner has at DATABASE_URL: a server of our own cannot be assumed to have room for two.

    As a script through psql, because pg_restore insists on a setting that servers before 17 do not know.
    """
    read = [client("pg_restore"), "--file=-", "--enable-row-security", dumped]
    command, variables = command_line("psql", administration())
    load = [*command, "--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1", "--file=-"]
    with subprocess.Popen(read, stdout=subprocess.PIPE) as source:
        loading = subprocess.Popen(
            load, env=variables, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        with suppress(BrokenPipeError):  # psql has stopped and says why
            loading.stdin.write(BEGIN.encode())
            for line in source.stdout:
                if line != b"SET transaction_timeout = 0;\n":
                    loading.stdin.write(line)
            if source.wait():
                loading.stdin.write(b"SELECT 1 / 0;\n")
        said = loading.communicate()[1]
    if loading.returncode or source.returncode:
        raise SystemExit(f"The database was not restored and is as before: {said.decode().strip()[-600:]}")


def checked(parameters, expected):
    """{table: rows}, or SystemExit when a table is not as the manifest says."""
    with psycopg.connect(**parameters, autocommit=True) as connection:
        rows = count_rows(connection)
    if rows != expected:
        wrong = sorted(name for name in rows.keys() | expected.keys() if rows.get(name) != expected.get(name))
        raise SystemExit(f"The database was not restored completely: {wrong[0]} differs from the manifest.")
    return rows
