"""XLSX of rows. A text that a spreadsheet would run gets an apostrophe; the same rows give the same bytes."""

import io
import re
from datetime import UTC
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font

FORMULA = "=+-@\t\r"
LONGEST = 32_000  # characters that a cell takes
EPOCH = (1980, 1, 1, 0, 0, 0)
MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


def harmless(text):
    """`text` as a cell may hold it: no control characters, no formula."""
    plain = ILLEGAL_CHARACTERS_RE.sub("�", str(text))[:LONGEST]
    return f"'{plain}" if plain[:1] in FORMULA and plain else plain


def xlsx(sheets, *, moment):
    """XLSX of `sheets`: [(title, notes above the table, columns, rows)]; a column is (heading, width in characters).

    `moment` is when the newest of the data changed.
    """
    book = Workbook(write_only=True)
    for title, notes, columns, rows in sheets:
        page = book.create_sheet(title[:31])
        for n, (_heading, width) in enumerate(columns):
            page.column_dimensions[chr(ord("A") + n)].width = width
        for note in notes:
            page.append([cell(page, note)])
        if notes:
            page.append([])
        page.append([cell(page, heading, bold=True) for heading, _width in columns])
        for row in rows:
            page.append([cell(page, value) for value in row])
    held = io.BytesIO()
    book.save(held)
    return settled(held.getvalue(), moment)


def cell(page, value, *, bold=False):
    """A cell that holds a number as such and anything else as text, never as a formula."""
    if value is None or isinstance(value, int | float):
        return WriteOnlyCell(page, value)
    made = WriteOnlyCell(page, harmless(value))
    made.data_type = "s"
    made.alignment = Alignment(wrap_text=not bold, vertical="top")
    if bold:
        made.font = Font(bold=True)
    return made


def settled(content, moment):
    """The same file with `moment` in place of every time of its making."""
    said = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    held = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as old, ZipFile(held, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            inside = old.read(name)
            if name == "docProps/core.xml":
                inside = MODIFIED.sub(rb"\g<1>" + said + rb"\g<3>", inside)
            entry = ZipInfo(name, EPOCH)
            entry.compress_type = ZIP_DEFLATED
            new.writestr(entry, inside)
    return held.getvalue()
