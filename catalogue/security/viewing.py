"""Whose eyes a transaction sees with. Outside `viewing_as` the application's role sees no record at all."""

import json
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

CLEAR, RED = 0, 4
SETTINGS = ("app.user", "app.agency", "app.ceiling", "app.writer", "app.keeper", "app.audiences")
REMEMBER = "SELECT " + ", ".join(f"current_setting('{name}', true)" for name in SETTINGS)
CONTEXT = "pghistory.context_metadata"
RESTORE = "SELECT " + ", ".join(f"set_config('{name}', %s, true)" for name in SETTINGS)

MAY = {
    "reader": frozenset({"keep"}),
    "analyst": frozenset({"keep", "record", "identify", "void", "narrow", "review"}),
    "curator": frozenset(
        {
            "keep",
            "record",
            "identify",
            "void",
            "narrow",
            "review",
            "widen",
            "confirm",
            "merge",
            "reference",
            "import",
            "erase",
        }
    ),
    "administrator": frozenset({"keep", "administer"}),
}


@dataclass(frozen=True)
class Viewer:
    """A reader: user and agency by their numbers, role, and the highest TLP level (0–4) to be shown.

    It stands in for a user where only these matter (Django REST framework asks `is_authenticated`).
    """

    user: int | None = None
    agency: int | None = None
    role: str = ""
    ceiling: int = CLEAR

    @property
    def is_authenticated(self):
        return self.user is not None

    @property
    def pk(self):
        return self.user

    def may(self, verb):
        """Whether the role allows `verb` (keys of `MAY`) in the viewer's own agency."""
        return verb in MAY.get(self.role, ())


NOBODY = Viewer()


def look_as(cursor, viewer):
    """Set the transaction's reader to `viewer`. Raises LookupError when that account is closed."""
    cursor.execute("SELECT user_id FROM catalogue_enter(%s, %s)", [viewer.user, viewer.ceiling])
    if cursor.fetchone() is None and viewer.user is not None:
        raise LookupError("This account is closed.")


def look_with_key(cursor, digest):
    """Set the transaction's reader to the owner of the key with SHA-256 `digest`; None when there is none."""
    cursor.execute("SELECT user_id, agency_id, role, ceiling FROM catalogue_enter_key(%s)", [digest])
    found = cursor.fetchone()
    return Viewer(*found) if found else None


def because(cursor, viewer, **context):
    """Whom the history names for changes made from here to the end of the transaction, and why."""
    told = {"actor": viewer.user, "agency": viewer.agency} | {k: v for k, v in context.items() if v}
    cursor.execute(f"SELECT set_config('{CONTEXT}', %s, true)", [json.dumps(told)])


@contextmanager
def giving(reason):
    """Within it `reason`, where there is one, stands in the history of every change."""
    if not reason.strip():
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT current_setting('{CONTEXT}', true)")
        before = cursor.fetchone()[0] or ""
        told = json.loads(before or "{}") | {"reason": reason.strip()}
        cursor.execute(f"SELECT set_config('{CONTEXT}', %s, true)", [json.dumps(told)])
        yield
        cursor.execute(f"SELECT set_config('{CONTEXT}', %s, true)", [before])


@contextmanager
def viewing_as(viewer, **context):
    """A transaction (or savepoint) that sees and writes what `viewer` may; `context` goes into the history.

    May be nested: the outer reader is restored by hand, because RELEASE SAVEPOINT keeps SET LOCAL.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        before = None
        if connection.savepoint_ids:
            cursor.execute(REMEMBER + f", current_setting('{CONTEXT}', true)")
            before = [value or "" for value in cursor.fetchone()]
        look_as(cursor, viewer)
        because(cursor, viewer, **context)
        yield viewer
        if before is not None and not connection.needs_rollback:
            cursor.execute(RESTORE + f", set_config('{CONTEXT}', %s, true)", before)


@contextmanager
def gate():
    """A short transaction in which the sign-in door may look up one account before anybody is signed in."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.gate', 'open', true)")
        try:
            yield
        finally:
            if not connection.needs_rollback:
                cursor.execute("SELECT set_config('app.gate', '', true)")
