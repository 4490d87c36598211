"""Statements that PostgreSQL plans once a connection: for those whose planning takes longer than their running."""

import psycopg
from django.db import connection


def ask(sql, parameters):
    """All rows of `sql`, whose text must be the same for every request; its parameters are sent apart from it."""
    connection.ensure_connection()
    if connection.queries_logged:  # tests count the queries of every list
        connection.queries_log.append({"sql": sql, "time": "0"})
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        return cursor.execute(sql, parameters, prepare=True).fetchall()
