"""Records as if they had been made in an earlier transaction; a test's own have all one time."""

from django.db import connection

from tests.conftest import become


def a_day_older(*models):
    """Set the times of all records of `models` back by a day, past the trigger that writes them."""
    become("catalogue_owner")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in (model._meta.db_table for model in models):
            cursor.execute(
                f"ALTER TABLE {table} DISABLE TRIGGER USER;"
                f"UPDATE {table} SET created_at = created_at - interval '1 day',"
                f" updated_at = updated_at - interval '1 day';"
                f"ALTER TABLE {table} ENABLE TRIGGER USER"
            )
    become("catalogue_app")
