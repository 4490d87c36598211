"""CSV, JSON and NDJSON at database speed: PostgreSQL writes them, Python hands on blocks of 64 KB.

A stream opens a reader's transaction of its own, and must touch nothing lazy while COPY runs on the
connection. If it fails half-way the connection is cut before the closing chunk, so that a client sees it.
"""

from django.db import connection

from catalogue.security.viewing import viewing_as

BLOCK = 64 * 1024
# JSON holds no control characters, so with these two as quote and delimiter COPY's CSV leaves it as it is.
PLAIN = "FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02'"


def blocks(viewer, sql, parameters, options, before=b"", between=None, after=None):
    """Blocks of `COPY (sql) TO STDOUT WITH (options)` as `viewer` sees it."""
    with viewing_as(viewer), connection.cursor() as cursor:
        waiting, rows = bytearray(before), 0
        with cursor.cursor.copy(f"COPY ({sql}) TO STDOUT WITH ({options})", parameters) as copy:
            for row in copy:
                if between is None:
                    waiting += row
                else:
                    waiting += (between if rows else b"") + bytes(row).rstrip(b"\n")
                rows += 1
                if len(waiting) > BLOCK:
                    yield bytes(waiting)
                    waiting.clear()
        if after:
            waiting += after(rows)
        yield bytes(waiting)


def csv(viewer, shape, queryset):
    """RFC 4180 with a header, UTF-8."""
    sql, parameters = shape.csv_sql(queryset)
    return blocks(viewer, sql, parameters, "FORMAT csv, HEADER true")


def ndjson(viewer, shape, queryset):
    """One JSON object a line."""
    sql, parameters = shape.json_sql(queryset)
    return blocks(viewer, sql, parameters, PLAIN)


def json(viewer, shape, queryset):
    """All matches in the form of a list answer; the count at its end tells that it is whole."""
    sql, parameters = shape.json_sql(queryset)
    return blocks(
        viewer,
        sql,
        parameters,
        PLAIN,
        before=b'{"results":[',
        between=b",\n",
        after=lambda rows: f'],"next":null,"previous":null,"count":{rows}}}\n'.encode(),
    )


FORMATS = {
    "csv": (csv, "text/csv; charset=utf-8"),
    "json": (json, "application/json"),
    "ndjson": (ndjson, "application/x-ndjson"),
}
