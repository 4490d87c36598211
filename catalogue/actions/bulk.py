"""Writing many rows at once: COPY into a temporary table, then one INSERT or UPDATE under the rule.

COPY straight into a table under row-level security is refused by PostgreSQL.
"""

from django.db import connection
from psycopg import sql
from psycopg.types.json import Jsonb

from catalogue.models.base import new_id
from catalogue.security.viewing import Viewer

from .record import explained, require

STAGE = sql.Identifier("catalogue_stage")


def stage(table, columns, rows):
    """A temporary table with `columns` of `table`, filled with `rows` (tuples in that order)."""
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    with connection.cursor() as cursor:
        # Triggers and foreign keys keep the plan of their first look-up in a session; one that was made while a
        # table was small reads all of it for every row.
        cursor.execute("DISCARD PLANS")
        cursor.execute(
            sql.SQL("CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA").format(
                STAGE, names, sql.Identifier(table)
            )
        )
        with cursor.cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(STAGE, names)) as copy:
            for row in rows:
                copy.write_row([Jsonb(value) if isinstance(value, (dict, list)) else value for value in row])


def unstage():
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("DROP TABLE {}").format(STAGE))


def defaults(model, given):
    """Columns that only Python knows the default of, and that `given` leaves out."""
    return {
        f.column: f.get_default()
        for f in model._meta.concrete_fields
        if f.has_default()
        and not f.has_db_default()
        and not f.primary_key
        and not f.generated
        and f.column not in given
    }


def load(model, rows, *, actor: Viewer, declared):
    """Insert `rows` (dictionaries with the same columns) as records of the actor's agency; their ids, in order.

    `declared` is the id of the audience they are recorded with.
    """
    require(actor, "import")
    if not rows:
        return []
    fixed = {"owner_id": actor.agency, "declared_id": declared} | defaults(model, rows[0])
    columns = ["id", *fixed, *rows[0]]
    ids = [new_id() for _ in rows]
    stage(
        model._meta.db_table,
        columns,
        ((pk, *fixed.values(), *row.values()) for pk, row in zip(ids, rows, strict=True)),
    )
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    with explained(), connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {} ORDER BY id").format(
                sql.Identifier(model._meta.db_table), names, names, STAGE
            )
        )
    unstage()
    return ids


def change(model, rows, *, actor: Viewer):
    """Update records by id: `rows` are dictionaries with `id` and the same further columns."""
    require(actor, "import")
    if not rows:
        return
    table, columns = model._meta.db_table, list(rows[0])
    stage(table, columns, (tuple(row.values()) for row in rows))
    settings = sql.SQL(", ").join(
        sql.SQL("{0} = s.{0}").format(sql.Identifier(column)) for column in columns if column != "id"
    )
    with explained(), connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("UPDATE {} t SET {} FROM {} s WHERE t.id = s.id").format(sql.Identifier(table), settings, STAGE)
        )
    unstage()
