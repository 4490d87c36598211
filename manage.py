#!/usr/bin/env python
"""Commands of the catalogue; `manage.py help` lists them."""

import sys
from contextlib import nullcontext

from forensics import env, lifeline, postgres

# These change what the application's role may not; everything else runs under the access rule.
MAINTENANCE = {
    "createcachetable",
    "erase_media",
    "first_sign_in",
    "flush",
    "issue_key",
    "makemigrations",
    "migrate",
    "pgtrigger",
    "reset",
    "showmigrations",
    "sqlmigrate",
    "test",
    "verify_media",
}
WITHOUT_DATABASE = {
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "findstatic",
    "help",
    "makemessages",
    "postgres",
    "version",
}


def main(arguments):
    """Choose the role, have PostgreSQL running for the commands that need it, and hand over to Django."""
    command = arguments[1] if len(arguments) > 1 else "help"
    lifeline.leave_on_sigterm()
    lifeline.hold()
    env.give(DJANGO_SETTINGS_MODULE="forensics.settings")
    if command in MAINTENANCE:
        env.give(FORENSICS_ROLE="catalogue_owner")
    needs_none = command in WITHOUT_DATABASE or command.startswith("-") or "--help" in arguments[2:3]
    with nullcontext() if needs_none else postgres.serving():
        from django.core.management import execute_from_command_line

        execute_from_command_line(arguments)


if __name__ == "__main__":
    try:
        main(sys.argv)
    except KeyboardInterrupt:
        sys.exit(130)
