"""Writing many rows at once: COPY into a temporary table, then one INSERT or UPDATE under the rule.

COPY straight into a table under row-level security is refused by PostgreSQL.
"""

from django.db import connection, transaction
from psycopg import sql
from psycopg.types.json import Jsonb

from catalogue.models.base import new_id
from catalogue.security.viewing import Viewer

from .lines import belonging
from .record import explained, require
from .refusals import NotAllowed

STAGE = "catalogue_stage"


def stage(table, columns, rows):
    """A temporary table with `columns` of `table`, filled with `rows` (tuples in that order)."""
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    with connection.cursor() as cursor:
        # Triggers and foreign keys keep the plan of their first look-up in a session; one that was made while a
        # table was small reads all of it for every row.
        cursor.execute("DISCARD PLANS")
        cursor.execute(
            sql.SQL("CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA").format(
                sql.Identifier(STAGE), names, sql.Identifier(table)
            )
        )
        with cursor.cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(STAGE), names)) as copy:
            for row in rows:
                copy.write_row([Jsonb(value) if isinstance(value, (dict, list)) else value for value in row])


def unstage():
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {STAGE}")


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

    `declared` is the id of the audience they are recorded with. All are written or none.
    """
    require(actor, "import")
    if not rows:
        return []
    fixed = {"owner_id": actor.agency, "declared_id": declared} | defaults(model, rows[0])
    columns = ["id", *fixed, *rows[0]]
    ids = [new_id() for _ in rows]
    staged = ((pk, *fixed.values(), *row.values()) for pk, row in zip(ids, rows, strict=True))
    with transaction.atomic():
        stage(model._meta.db_table, columns, staged)
        try:
            insert_staged(model, columns)
        except NotAllowed:
            first = one_of_each_circle(model, columns)
            for pk in first:
                insert_staged(model, columns, "WHERE id = %s", pk)
            insert_staged(model, columns, "WHERE id <> ALL (%s)", first)
        move_records(model)
        unstage()
    return ids


def insert_staged(model, columns, which="", *parameters):
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    with explained(), connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {} {} ORDER BY id").format(
                sql.Identifier(model._meta.db_table), names, names, sql.Identifier(STAGE), sql.SQL(which)
            ),
            parameters,
        )


def one_of_each_circle(model, columns):
    """Ids of staged rows: one for each circle of readers that rows come into by the records they name.

    PostgreSQL takes the writer's audiences once a statement. A circle that comes into being while many rows are
    inserted is not among them, and its first row has all refused; a row inserted alone is seen in its new circle.
    """
    circles, joins, there = "s.declared_id", f"{STAGE} s", "true"
    for column, table in model.bounds().items():
        if column in columns:
            circles += f", of_{column}.audience_id"
            joins += f" LEFT JOIN {table} of_{column} ON of_{column}.id = s.{column}"
            there += f" AND (s.{column} IS NULL OR of_{column}.id IS NOT NULL)"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT ON ({circles}) s.id FROM {joins} WHERE {there}")
        return [pk for (pk,) in cursor.fetchall()]


def move_records(line):
    """Move the records that the staged rows of `line` are released as part of; one made just now begins with them."""
    for model, name in belonging(line):
        record, rows, column = model._meta.db_table, line._meta.db_table, line._meta.get_field(name).column
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {record} SET version = version + 1 WHERE created_at < now() AND (id, audience_id) IN"
                f" (SELECT l.{column}, l.audience_id FROM {rows} l JOIN {STAGE} USING (id))"
            )


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
            sql.SQL("UPDATE {} t SET {} FROM {} s WHERE t.id = s.id").format(
                sql.Identifier(table), settings, sql.Identifier(STAGE)
            )
        )
    unstage()
