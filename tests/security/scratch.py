"""A copy of the test database in which real transactions of several connections may commit."""

from contextlib import contextmanager

import psycopg
from django.db import connection
from psycopg import sql

APP, OWNER = "catalogue_app", "catalogue_owner"


@contextmanager
def copy_of_database():
    """A function that connects to a fresh copy of the test database, as a role; the copy is dropped at the end."""
    given = {name: connection.get_connection_params().get(name) for name in ("host", "port", "user", "password")}
    source = connection.settings_dict["NAME"]
    name = f"{source}_copy"
    connection.close()  # a database is copied only while nobody is connected to it
    opened = []

    def connect(role=APP, database=name, **more):
        made = psycopg.connect(**given, dbname=database, options=f"-c role={role} -c pgtrigger.ignore={{}}", **more)
        opened.append(made)
        return made

    with connect(OWNER, "postgres", autocommit=True) as keeper:
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        keeper.execute(drop)
        keeper.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(source)))
        try:
            yield connect
        finally:
            for made in opened:
                if made is not keeper:
                    made.close()
            keeper.execute(drop)
