"""Records that stand for themselves, and those that were merged into another: a pointer, followed only when seen."""

from django.db import connection
from django.db.models import BooleanField, F, Func

# Records with the visible ones in force that they were merged into, or that were merged into them, at any remove.
ONE_WITH = """
  WITH RECURSIVE one AS (
    {named}
    UNION
    SELECT other.id, one.name
      FROM one
      JOIN {table} here ON here.id = one.id
      JOIN {table} other ON (other.id = here.canonical_id OR other.canonical_id = here.id) AND other.voided_at IS NULL
  )
  SELECT id, name FROM one"""


class Standing(Func):
    """Whether a record stands for itself: it was merged into none, or into one that is withdrawn or not seen."""

    output_field = BooleanField()

    def __init__(self, table):
        super().__init__(F("canonical"), template=standing_sql(table, "%(expressions)s"))


def standing_sql(table, column):
    """SQL of Standing for a `column` with the pointer."""
    return f"({column} IS NULL OR NOT EXISTS (SELECT FROM {table} s WHERE s.id = {column} AND s.voided_at IS NULL))"


def standing(model):
    """Records of `model` in force, without those that were merged into another one."""
    found = model.objects.filter(voided_at=None)
    return found.filter(Standing(model._meta.db_table)) if hasattr(model, "canonical") else found


def one_with(model, ids):
    """Ids of all that are one with `ids` by a merge, these among them."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(one_with_sql(table, f"SELECT id FROM {table} WHERE id = ANY (%s)"), [list(ids)])
        return {row[0] for row in cursor.fetchall()}


def one_with_sql(table, named):
    """SQL of the ids that are one by a merge with those that the SQL `named` gives."""
    return ONE_WITH.format(named=f"SELECT n.id, '' AS name FROM ({named}) n", table=table)
