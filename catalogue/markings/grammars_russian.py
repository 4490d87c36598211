"""Soviet and Russian designations, which stay in Cyrillic however many of their letters look Latin."""

import re

from catalogue.markings.forms import LIKELY, form

_OTHER = "Russian"
# OST 11 073.915-2000: circuits have purpose and body in letters, series in figures, kind in two letters, number, group.
_CIRCUIT = r"(?:К|Э|ЭК|КЭ|Б|ОС|ОСМ)?[РМЕФАИНС]?(?P<b>\d{3,4}[А-Я]{2}\d{1,4})(?:[А-Я]{1,2}\d?)?"
# OST 11 336.919-81: diodes and transistors have material, class, number and group.
_TRANSISTOR = r"(?P<b>[ГКАИ1-4][ТПДЦСНУАВЛОИ]\d{3,4})[А-Я]\d?(?:-\d)?"
_DRAWING = r"[А-Я]{4}\.\d{6}\.\d{3}(?:-\d{2,3})?.*"  # GOST 2.201: the number of a drawing

RUSSIAN = (
    form(_OTHER, "0 1 2 3 4 5 6 7 8 9 К Э Б О", _CIRCUIT, belief=LIKELY),
    form(_OTHER, "Г К А И 1 2 3 4", _TRANSISTOR, belief=LIKELY),
)
_DESIGNATION = re.compile(rf"{_CIRCUIT}|{_TRANSISTOR}".replace("(?P<b>", "(?:"))
DRAWING = re.compile(_DRAWING)


def is_designation(text: str) -> bool:
    """Whether a piece written in Cyrillic alone is built like a designation."""
    return bool(_DESIGNATION.fullmatch(text))
