"""Labels: a QR code that holds a record's address, with its reference; on sheets of A4 or one by one."""

import io

import segno

from .pdf import pdf


def sheet(columns, rows, width, height, left=0, top=0, across=0, down=0):
    """Millimetres: size of a label, margins of the sheet, gaps between labels."""
    return {
        "columns": columns, "rows": rows, "width": width, "height": height, "left": left, "top": top,
        "across": across, "down": down,
    }  # fmt: skip


SHEETS = {
    "3x8": sheet(3, 8, 70, 37, top=0.5),
    "3x7": sheet(3, 7, 63.5, 38.1, left=7.25, top=15.15, across=2.5),
    "2x7": sheet(2, 7, 99.1, 38.1, left=4.65, top=15.15, across=2.5),
    "single": sheet(1, 1, 70, 37),
}
MOST = 480  # twenty sheets of 24


def qr(address):
    """A QR code of `address` as SVG, with the quiet zone that scanners need."""
    held = io.BytesIO()
    segno.make(address, error="m", micro=False).save(held, kind="svg", border=2, xmldecl=False, omitsize=True)
    return held.getvalue()


def labels(items, sheet, *, moment, start=1):
    """PDF of `items` ({address, reference, lines, handling}), from the place `start` of the first sheet on."""
    pictures = {f"qr{n}.svg": qr(item["address"]) for n, item in enumerate(items)}
    data = {
        "sheet": SHEETS[sheet] | {"page": sheet == "single"},
        "skip": start - 1,
        "items": [{**item, "qr": f"qr{n}.svg"} for n, item in enumerate(items)],
    }
    return pdf("labels", data, pictures, moment=moment)
