"""Statements that PostgreSQL plans once a connection: for those whose planning takes longer than their running."""

import re
from functools import cache

import psycopg
from django.db import connection


def ask(sql, parameters):
    """All rows of `sql`, whose text must be the same for every request; its parameters are sent apart from it."""
    connection.ensure_connection()
    if connection.queries_logged:  # tests count the queries of every list
        connection.queries_log.append({"sql": sql, "time": "0"})
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        return cursor.execute(sql, parameters, prepare=True).fetchall()


def ask_long(sql, named):
    """As `ask`, for a statement so long that the library would read it for its parameters each time; all have names."""
    connection.ensure_connection()
    if connection.queries_logged:
        connection.queries_log.append({"sql": sql, "time": "0"})
    numbered, names = by_number(sql)
    with connection.wrap_database_errors, psycopg.RawCursor(connection.connection) as cursor:
        return cursor.execute(numbered, [named[name] for name in names], prepare=True).fetchall()


@cache
def by_number(sql):
    """(`sql` with parameters as PostgreSQL numbers them, their names in that order)."""
    names = list(dict.fromkeys(re.findall(r"%\((\w+)\)s", sql)))
    numbered = re.sub(r"%\((\w+)\)s", lambda found: f"${names.index(found[1]) + 1}", sql)
    return numbered.replace("%%", "%"), names
