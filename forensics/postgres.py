"""Which PostgreSQL the catalogue uses: the server DATABASE_URL names, else the embedded one in STATE."""

import re
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from . import env
from .cluster import APP, DATABASE, OWNER, Cluster

ROOT = Path(__file__).resolve().parent.parent
OLDEST = 15
WAIT = 10  # seconds for a connection to be made


def state():
    """The state folder: everything an installation keeps besides its photographs."""
    return env.path("STATE", ROOT / "var")


def cluster():
    """The embedded server of the state folder."""
    return Cluster(state())


def embedded():
    """Whether the embedded server is used."""
    return not env.text("DATABASE_URL")


@contextmanager
def serving():
    """PostgreSQL can be used inside this block.

    Embedded: it is started if need be, shared by all processes inside such a block, and stopped by the last.
    With DATABASE_URL: that server is checked. Either way SystemExit with one sentence when it cannot be used.
    """
    if embedded():
        with cluster().shared():
            yield
    else:
        check(address())
        yield


def address():
    """DATABASE_URL as libpq's parameters, a dictionary."""
    try:
        found = conninfo_to_dict(env.text("DATABASE_URL"))
    except psycopg.Error:
        # libpq's own message would repeat the password.
        raise SystemExit(
            "DATABASE_URL cannot be read: write postgresql://USER:PASSWORD@HOST:PORT/DATABASE "
            "and percent-encode special characters of the password."
        ) from None
    if not found.get("dbname"):
        raise SystemExit("DATABASE_URL names no database: write postgresql://USER:PASSWORD@HOST:PORT/DATABASE.")
    return found


def check(parameters):
    """Refuse a server that cannot be reached or is too old, and a database in which the catalogue cannot live."""
    where = f"{parameters.get('host', 'the local socket')}, database {parameters['dbname']}"
    try:
        with psycopg.connect(**{"connect_timeout": WAIT, **parameters}, autocommit=True) as connection:
            release = connection.info.server_version // 10000
            if release < OLDEST:
                raise SystemExit(f"The server of DATABASE_URL is PostgreSQL {release}: {OLDEST} or newer is needed.")
            for role in (OWNER, APP):
                _check_role(connection, role)
            _check_database(connection)
    except psycopg.OperationalError as problem:
        raise SystemExit(
            f"The server of DATABASE_URL ({where}) cannot be used: {_reason(problem)}; "
            "start that server or correct the address."
        ) from None


def _reason(problem):
    """What is the matter, without libpq's preamble and its question whether the server runs."""
    lines = [line for line in str(problem).splitlines() if not line.startswith("\t")] or [""]
    return re.sub(r".*(failed|FATAL): +", "", lines[-1])


def _check_role(connection, role):
    try:
        connection.execute(f"SET ROLE {role}")
    except psycopg.errors.InsufficientPrivilege:
        raise SystemExit(
            f"The account of DATABASE_URL may not become {role}: its administrator runs "
            f'GRANT {role} TO "{connection.info.user}".'
        ) from None
    except (psycopg.errors.UndefinedObject, psycopg.errors.InvalidParameterValue):
        raise SystemExit(
            f"The server of DATABASE_URL has no role {role}: its administrator runs forensics/administrator.sql there."
        ) from None
    connection.execute("RESET ROLE")


def _check_database(connection):
    """Comparison keys fold Cyrillic capitals, so the database must know them: LC_CTYPE C does not, nor tr_TR the I."""
    name = connection.info.dbname
    if (encoding := connection.info.parameter_status("server_encoding")) != "UTF8":
        raise SystemExit(f"The database {name} of DATABASE_URL is in {encoding}: make it anew with ENCODING 'UTF8'.")
    if connection.execute("SELECT upper('щi')").fetchone()[0] != "ЩI":
        raise SystemExit(
            f"The database {name} of DATABASE_URL does not know Cyrillic capitals: make it anew from template0 "
            "with LOCALE 'C.UTF-8', en_US.UTF-8 or uk_UA.UTF-8."
        )
    if not connection.execute("SELECT has_schema_privilege(%s, 'public', 'CREATE')", [OWNER]).fetchone()[0]:
        raise SystemExit(
            f"The database {name} of DATABASE_URL is closed to {OWNER}: its administrator runs "
            "forensics/administrator.sql there."
        )


def parameters(role):
    """libpq's parameters for a connection that acts as `role` (catalogue_app or catalogue_owner)."""
    if embedded():
        return {"host": str(cluster().socket), "user": role, "dbname": DATABASE}
    given = address()
    return {**given, "options": f"{given.get('options', '')} -c role={role}".strip()}


def database(role):
    """The entry of Django's DATABASES for a process that acts as `role`.

    History triggers read the setting `pgtrigger.ignore` for every row; on a connection where it was never
    set that is quadratic in the rows of a statement, so it is set from the start. Under policies the planner
    expects far more rows than come, and would compile what runs for a millisecond: no JIT. Connections of the
    web server stay open (FORENSICS_PERSISTENT), those of commands end with their work.
    """
    found = parameters(role)
    options = f"{found.pop('options', '')} -c pgtrigger.ignore={{}} -c jit=off".strip()
    return {
        "ENGINE": "forensics.backend",
        "NAME": found.pop("dbname"),
        "USER": found.pop("user", ""),
        "PASSWORD": found.pop("password", ""),
        "HOST": found.pop("host", ""),
        "PORT": found.pop("port", ""),
        "OPTIONS": {**found, "options": options, "prepare_threshold": 5},
        "CONN_MAX_AGE": None if env.flag("FORENSICS_PERSISTENT") else 0,
        "CONN_HEALTH_CHECKS": True,
    }
