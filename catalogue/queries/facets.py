"""Counts beside a list: how its records divide by what they can be narrowed by."""

from django.db import connection
from django.db.models import F, TextField, Value
from django.db.models.functions import Cast

SHOWN = 8


def facets(queryset, columns, shown=SHOWN):
    """{name: [(value, records)]} of the most frequent values of each of `columns` ({name: path or expression}).

    One statement reads the records once, whatever the number of columns. A record without a value counts under None.
    """
    if not columns:
        return {}
    names = list(columns)
    picked = {f"f{n}": text(columns[name]) for n, name in enumerate(names)}
    read = queryset.order_by().annotate(**picked).values_list(*picked)
    sql, parameters = read.query.get_compiler(connection=connection, elide_empty=False).as_sql()
    parts = " UNION ALL ".join(
        f"(SELECT {n}, f{n}, count(*) c FROM m GROUP BY f{n} ORDER BY c DESC, f{n} LIMIT {int(shown)})"
        for n in range(len(names))
    )
    aliases = ", ".join(picked)
    with connection.cursor() as cursor:
        cursor.execute(f"WITH m ({aliases}) AS MATERIALIZED ({sql}) {parts}", parameters)
        found = {name: [] for name in names}
        for n, value, count in cursor.fetchall():
            found[names[n]].append((value, count))
    return found


def text(expression):
    """The column as text, so that all facets fit one statement."""
    return Cast(F(expression) if isinstance(expression, str) else expression or Value(""), TextField())
