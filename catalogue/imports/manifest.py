"""`manifest.csv` beside photographs in an archive: which specimen and component each shows, its view and caption."""

import csv
import io
import unicodedata
from dataclasses import dataclass

from .tables import FileRefused

NAME = "manifest.csv"
LARGEST = 4 * 1024 * 1024  # bytes
# Heading as people write it → what it is.
COLUMNS = {
    "file": "file", "file name": "file", "filename": "file", "файл": "file",
    "specimen": "specimen", "зразок": "specimen",
    "item label": "item", "item": "item", "label": "item", "component": "item", "позиція": "item", "мітка": "item",
    "view": "view", "вигляд": "view",
    "caption": "caption", "підпис": "caption",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """What the manifest says of one file; empty where it says nothing."""

    file: str
    specimen: str = ""
    item: str = ""
    view: str = ""
    caption: str = ""


def is_manifest(name):
    """Whether an entry of an archive is its manifest: at the top, or in the one folder that was packed."""
    return name.count("/") <= 1 and name.rpartition("/")[2].casefold() == NAME


def read(data):
    """{file: Line} of a manifest's bytes, by `key_of` of the name. Raises FileRefused with one sentence."""
    if len(data) > LARGEST:
        raise FileRefused(f"{NAME} is larger than {LARGEST // 1024**2} MB.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1251", "replace")  # what spreadsheets on Cyrillic Windows write
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if any(row)]
    except csv.Error as problem:
        raise FileRefused(f"{NAME} is no well-formed CSV ({problem}); save it anew.") from None
    headings = [COLUMNS.get(heading.strip().casefold()) for heading in rows[0]] if rows else []
    if "file" not in headings:
        raise FileRefused(f"{NAME} lacks the column “file”; its columns are file, specimen, item label, view, caption.")
    found = {}
    for number, row in enumerate(rows[1:], 2):
        cells = {heading: cell.strip() for heading, cell in zip(headings, row, strict=False) if heading}
        if not cells.get("file"):
            raise FileRefused(f"{NAME} names no file in row {number}; fill it in, or take the row out.")
        line = Line(**cells)
        if found.setdefault(key_of(line.file), line) is not line:
            raise FileRefused(f"{NAME} names “{line.file}” twice; each file has one row.")
    return found


def line_of(lines, name):
    """The line of the entry `name`: by its whole path, else by the file's own name; None when there is none."""
    own = name.rpartition("/")[2]
    return lines.get(key_of(name)) or lines.get(key_of(name.partition("/")[2] or name)) or lines.get(key_of(own))


def key_of(name):
    """A file's name without differences that nobody sees."""
    return unicodedata.normalize("NFC", name.replace("\\", "/").lstrip("./")).casefold()
