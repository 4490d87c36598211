"""A small file of published records."""

import csv
import io

from catalogue.imports.published import COLUMNS

URL = "https://records.example/en/components/{}"
ROWS = [
    ("p-1", "Transceiver MAX3221 CAE 2040", "Acme Semiconductor", "US", 'UAV "Kite" №0231', "2026-06-13"),
    ("p-2", "", "Cypress Semiconductor (Infineon Technologies)", "US", 'UAV "Kite" №0231', "2026-06-13"),
    ("p-3", "=HYPERLINK(1)", "Not identified", "", "Homing head HH-7 of the Kh-101 missile", "2026-06-13"),
    (
        "p-4",
        "РП15-50ШВ-В",
        "Acme Semiconductor Suppliers JSC CHIP SHOP",
        "US",
        "Missile Kh-69 (No.9501 and No.9502)",
        "2026-06-13",
    ),
]


def table(rows, header=COLUMNS):
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    for entry, marking, maker, country, title, verified in rows:
        writer.writerow([entry, marking, maker, country, title, URL.format(entry), "", verified])
    return out.getvalue().encode()
