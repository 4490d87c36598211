"""Look after the embedded PostgreSQL: `manage.py postgres stop|status|psql|run -- COMMAND …`."""

import os
import subprocess

from django.core.management.base import BaseCommand, CommandError

from forensics import env, postgres
from forensics.cluster import DATABASE, SUPERUSER, client


class Command(BaseCommand):
    """Works without Django's own connection, so also when the database is broken."""

    help = "Stop the embedded PostgreSQL, say how it is, open psql in it, or run a command while it runs."
    requires_system_checks = ()

    def add_arguments(self, parser):
        """Everything after `--` is passed on: psql's options, or the command to run."""
        parser.add_argument("action", choices=["stop", "status", "psql", "run"])
        parser.add_argument("passed_on", nargs="*", metavar="-- …", help="options of psql, or the command of run")

    def handle(self, *, action, passed_on, **options):
        """Dispatch."""
        if action in ("stop", "status") and not postgres.embedded():
            raise CommandError("DATABASE_URL is set: that server is not ours to look after.")
        getattr(self, action)(passed_on)

    def stop(self, passed_on):
        """Everyone's connection ends, also that of a running catalogue."""
        cluster = postgres.cluster()
        running = cluster.running()
        cluster.stop()
        self.stdout.write("PostgreSQL is stopped." if running else "PostgreSQL was not running.")

    def status(self, passed_on):
        """One line for a person; the data folder and the socket for scripts."""
        cluster = postgres.cluster()
        self.stdout.write("running" if cluster.running() else "stopped" if cluster.data.exists() else "not made yet")
        self.stdout.write(f"data {cluster.data}\nsocket {cluster.socket}")

    def psql(self, passed_on):
        """As superuser of the embedded server, or as the account of DATABASE_URL."""
        with postgres.serving():
            if postgres.embedded():
                cluster = postgres.cluster()
                command = [client("psql"), "-h", cluster.socket, "-U", SUPERUSER, DATABASE]
            else:
                command = [client("psql"), env.text("DATABASE_URL")]
            self.finish([*command, *passed_on])

    def run(self, passed_on):
        """Have PostgreSQL running for as long as a command runs; its exit code is ours."""
        if not passed_on:
            raise CommandError("Write the command after --: manage.py postgres run -- COMMAND …")
        with postgres.serving():
            self.finish(passed_on)

    def finish(self, command):
        """Run it in this terminal and leave with its exit code."""
        try:
            code = subprocess.run(list(map(os.fspath, command)), check=False).returncode
        except FileNotFoundError:
            raise CommandError(f"There is no program {command[0]} on this machine.") from None
        if code:
            raise SystemExit(code if code > 0 else 128 - code)
