"""Counts beside a list: how its records divide by what they can be narrowed by."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import F, TextField, Value
from django.db.models.functions import Cast

SHOWN = 8


@dataclass(frozen=True)
class Apart:
    """What records divide by that is no expression of theirs: `counts(queryset)` gives [(value, records)]."""

    counts: Any


def facets(queryset, columns, shown=SHOWN):
    """{name: [(value, records)]} of the most frequent values of each of `columns` ({name: path, expression or Apart}).

    One statement reads the records once, whatever the number of columns. A record without a value counts under None.
    """
    apart = {name: column for name, column in columns.items() if isinstance(column, Apart)}
    if apart:
        found = facets(queryset, {name: columns[name] for name in columns.keys() - apart.keys()}, shown)
        found |= {name: most_frequent(column.counts(queryset), shown) for name, column in apart.items()}
        return {name: found[name] for name in columns}
    if not columns:
        return {}
    names = list(columns)
    picked = {f"f{n}": text(columns[name]) for n, name in enumerate(names)}
    read = queryset.order_by().annotate(**picked).values_list(*picked)
    sql, parameters = read.query.get_compiler(connection=connection, elide_empty=False).as_sql()
    aliases = ", ".join(picked)
    values = ", ".join(f'{alias} COLLATE "C"' for alias in picked)
    sets = ", ".join(f"({alias})" for alias in picked)
    # Of what a group is one has a value, so that the first that has is its value; a group without any has none.
    grouped = (
        f"SELECT grouping({aliases}) of, coalesce({values}) v, count(*) c"
        f" FROM ({sql}) m ({aliases}) GROUP BY GROUPING SETS ({sets})"
    )
    ranked = f"SELECT of, v, c, row_number() OVER (PARTITION BY of ORDER BY c DESC, v) nth FROM ({grouped}) g"
    found = {name: [] for name in names}
    # grouping() has a bit for each column, the last one's lowest, which is 0 where rows are grouped by it.
    every = (1 << len(names)) - 1
    which = {every ^ (1 << len(names) - 1 - n): name for n, name in enumerate(names)}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT of, v, c FROM ({ranked}) r WHERE nth <= {int(shown)} ORDER BY nth", parameters)
        for of, value, count in cursor.fetchall():
            found[which[of]].append((value, count))
    return found


def most_frequent(pairs, shown=SHOWN):
    """The first of (value, records), the most frequent first, equal ones by value."""
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))[:shown]


def text(expression):
    """The column as text, so that all facets fit one statement."""
    return Cast(F(expression) if isinstance(expression, str) else expression or Value(""), TextField())
