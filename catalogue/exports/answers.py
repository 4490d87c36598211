"""An answer as a table of its own: JSON objects and CSV rows of the same columns and values."""

import csv
import io

from catalogue.queries.shape import FORMULA


def table(result):
    """CSV text, RFC 4180 with a header; a text that a spreadsheet would run gets an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.name for column in result.columns])
    for row in result.rows:
        writer.writerow([harmless(value) for value in row])
    return out.getvalue()


def harmless(value):
    if isinstance(value, str) and value.startswith(tuple(FORMULA)):
        return f"'{value}"
    return "" if value is None else value


def objects(result):
    """The rows as dictionaries."""
    names = [column.name for column in result.columns]
    return [dict(zip(names, row, strict=True)) for row in result.rows]


def columns(result):
    """What each column is, in words."""
    return [
        {"name": c.name, "label": str(c.label), "kind": c.kind, "unit": str(c.unit), "meaning": c.meaning}
        for c in result.columns
    ]
