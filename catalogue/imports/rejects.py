"""Rows of a file that could not be recorded, given back."""

import csv


def write_rejects(path, rows):
    """The rejected rows as they were, with line and reason, ready to be mended and imported again."""
    columns = ["line", "reason", *[name for name in rows[0] if name not in ("line", "reason")]]
    with open(path, "w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns)
        writer.writeheader()
        writer.writerows(rows)
