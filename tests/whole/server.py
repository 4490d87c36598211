"""A PostgreSQL 15 to 17 of this machine, run for a test as somebody else's server: on loopback, with passwords."""

import os
import re
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg

from forensics import processes
from forensics.cluster import ADMINISTRATOR

from .conftest import ROOT

PLACES = ("/usr/lib/postgresql/{}/bin", "/usr/pgsql-{}/bin")  # of Debian's packages, and of Red Hat's
ROLE = re.search(r"```sql\n(CREATE ROLE .*?;)\n```", (ROOT / "docs" / "operations.md").read_text("utf-8"), re.S)[1]
STEPS = re.findall(r"^-- {5}(createdb .*|psql .*)$", ADMINISTRATOR.read_text("utf-8"), re.M)
PASSWORD = "50% p@ss/word:"


def programs():
    """The folder of the oldest PostgreSQL 15 to 17 on this machine; None when there is none."""
    found = [Path(place.format(release)) for release in (15, 16, 17) for place in PLACES]
    return next((folder for folder in found if (folder / "initdb").exists()), None)


class Server:
    """A server in `folder`. Its administrator works as docs/operations.md and administrator.sql say."""

    def __init__(self, folder, programs):
        self.folder, self.programs = folder, programs
        self.account = processes.server_account(folder / "data") if os.geteuid() == 0 else None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.administrator = {
            "PATH": f"{programs}:/usr/bin:/bin",
            "PGHOST": "127.0.0.1",
            "PGPORT": str(self.port),
            "PGUSER": "postgres",
            "PGPASSWORD": PASSWORD,
        }

    def start(self):
        if self.account:
            os.chown(self.folder, self.account.pw_uid, self.account.pw_gid)
        (self.folder / "password").write_text(PASSWORD)
        self.run(
            *("initdb", "-D", "data", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"),
            *("-A", "scram-sha-256", "--pwfile=password"),
        )
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
        self.run("pg_ctl", "-D", "data", "-l", "log", "-o", options, "-w", "start")

    def stop(self):
        if (self.folder / "data" / "postmaster.pid").exists():
            self.run("pg_ctl", "-D", "data", "-m", "immediate", "-w", "stop")

    def run(self, program, *arguments):
        account = (
            {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []} if self.account else {}
        )
        with (self.folder / "said").open("w") as said:  # not a pipe, which the server would hold open
            subprocess.run(
                [self.programs / program, *arguments], cwd=self.folder, stdout=said, stderr=said, check=True, **account
            )

    def set_up(self, database):
        """A database for the catalogue, by the steps in administrator.sql."""
        for step in STEPS:
            subprocess.run(
                step.replace("catalogue", database).split(),
                cwd=ADMINISTRATOR.parent,
                env=self.administrator,
                capture_output=True,
                check=True,
            )

    def connect(self, database="postgres"):
        """A superuser's connection."""
        return psycopg.connect(
            host="127.0.0.1", port=self.port, user="postgres", password=PASSWORD, dbname=database, autocommit=True
        )

    def url(self, database, user="catalogue_login", password=PASSWORD):
        """DATABASE_URL."""
        return f"postgresql://{user}:{quote(password, safe='')}@127.0.0.1:{self.port}/{database}"


@contextmanager
def own_server():
    """A running server with the database "catalogue" and the account catalogue_login."""
    folder = Path(tempfile.mkdtemp(prefix="own-", dir="/tmp"))
    server = Server(folder, programs())
    try:
        server.start()
        server.set_up("catalogue")
        with server.connect() as administrator:
            administrator.execute(ROLE.replace("…", PASSWORD))
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)
