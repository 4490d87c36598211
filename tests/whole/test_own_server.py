"""A catalogue on a PostgreSQL of one's own: set up as the documents say, served, saved and restored."""

import csv
import io
import json
import urllib.request
from urllib.parse import quote

import pytest
from psycopg.conninfo import conninfo_to_dict

from forensics import postgres

from .conftest import Running, started
from .contents import everything
from .server import PASSWORD, own_server, programs

pytestmark = pytest.mark.skipif(
    programs() is None, reason="No PostgreSQL 15 to 17 is on this machine (on Debian: apt-get install postgresql-15)."
)


@pytest.fixture(scope="module")
def server():
    with own_server() as server:
        yield server


@pytest.fixture(scope="module")
def own(server):
    """The catalogue on that server, running."""
    with started(DATABASE_URL=server.url("catalogue")) as running:
        yield running


def asked(running, path, key=None, body=None):
    """The JSON answer to GET, or to POST when there is a body."""
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    request = urllib.request.Request(
        running.url + path, json.dumps(body).encode() if body else None, headers | {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def test_the_catalogue_on_ones_own_server_finds_counts_and_hides(own, server):
    assert own.manage("check_access") == "The database enforces who may see what, as the code expects."
    with server.connect() as administrator:
        release = administrator.info.server_version // 10_000
    assert 15 <= release <= 17 and asked(own, "/api/v1/version/")["postgresql"].startswith(f"{release}.")
    _, rows = own.get("/api/v1/components/?format=csv")
    listed = asked(own, "/api/v1/components/?count=true&page_size=1")
    assert listed["count"] == len(list(csv.DictReader(io.StringIO(rows.decode())))) >= 60
    assert asked(own, "/api/v1/components/?q=stm32&count=true")["count"] >= 1

    key = own.manage("issue_key", "--agency", "laboratory", "--role", "curator")
    specimen = asked(own, "/api/v1/specimens/?page_size=1")["results"][0]["reference"]
    made = asked(own, "/api/v1/components/", key, {"specimen": specimen, "marking": "Щит-5 ґ", "kind": "part"})
    assert made["handling"] == "AMBER+STRICT"
    found = f"/api/v1/components/?q={quote('ЩИТ5Ґ')}&count=true"
    assert [made | row for row in asked(own, found, key)["results"]] == [made]  # whose maker is told more
    assert asked(own, found)["count"] == 0
    assert asked(own, "/api/v1/components/?count=true")["count"] == listed["count"]


def test_a_backup_of_ones_own_server_restored_there_is_the_same_catalogue(own, server, empty):
    """Into a database that its administrator set up, and into one whose owner has to make the extensions itself."""
    saved = own.backup("save")
    assert saved.returncode == 0, saved.stderr
    (file,) = (own.state / "backups").iterdir()
    server.set_up("restored")
    with server.connect() as administrator:
        administrator.execute("CREATE DATABASE managed OWNER catalogue_owner")
    with server.connect("managed") as administrator:
        administrator.execute("SET ROLE catalogue_owner; CREATE EXTENSION pg_trgm")
    before = content(server, "catalogue")
    for database, missing in (("restored", set()), ("managed", {"leakproof"})):
        there = Running(empty.state, DATABASE_URL=server.url(database))
        restored = there.backup("restore", str(file))
        assert restored.returncode == 0, restored.stdout + restored.stderr
        after = content(server, database)
        assert before.keys() == after.keys()
        assert {name for name in before if before[name] != after[name]} == missing
        assert there.manage("check_access") == "The database enforces who may see what, as the code expects."


def content(server, database):
    with server.connect(database) as administrator:
        return everything(administrator)


REFUSED = {
    "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C' OWNER catalogue_owner": (
        "The database latin of DATABASE_URL is in LATIN1: make it anew with ENCODING 'UTF8'."
    ),
    "CREATE DATABASE plain TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C' OWNER catalogue_owner": (
        "The database plain of DATABASE_URL does not know Cyrillic capitals: make it anew from template0 "
        "with LOCALE 'C.UTF-8', en_US.UTF-8 or uk_UA.UTF-8."
    ),
    "CREATE DATABASE closed": (
        "The database closed of DATABASE_URL is closed to catalogue_owner: its administrator runs "
        "forensics/administrator.sql there."
    ),
}


def refusal(url):
    with pytest.raises(SystemExit) as refused:
        postgres.check(conninfo_to_dict(url))
    return str(refused.value)


@pytest.mark.parametrize("made", REFUSED)
def test_a_database_in_which_the_catalogue_cannot_live_is_refused_in_a_sentence(server, made):
    name = made.split()[2]
    with server.connect() as administrator:
        administrator.execute(made)
    assert refusal(server.url(name)) == REFUSED[made]


def test_an_account_without_the_roles_is_told_what_its_administrator_grants(server):
    with server.connect() as administrator:
        administrator.execute(f"CREATE ROLE somebody LOGIN PASSWORD '{PASSWORD}'")
    assert refusal(server.url("catalogue", "somebody")) == (
        "The account of DATABASE_URL may not become catalogue_owner: its administrator runs "
        'GRANT catalogue_owner TO "somebody".'
    )


@pytest.mark.parametrize(
    "database, password, reason",
    [
        ("catalogue", "an0ther", 'password authentication failed for user "catalogue_login"'),
        ("nowhere", PASSWORD, 'database "nowhere" does not exist'),
    ],
)
def test_a_server_that_lets_nobody_in_is_named_with_its_reason_and_without_the_password(
    server, database, password, reason
):
    assert refusal(server.url(database, password=password)) == (
        f"The server of DATABASE_URL (127.0.0.1, database {database}) cannot be used: {reason}; "
        "start that server or correct the address."
    )
