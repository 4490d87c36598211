"""PDF by typst: a template of catalogue/exports/typst/ and data as JSON. The same data gives the same bytes.

Text of records reaches a template as data and is never read as markup. The fonts are those within typst; a character
that they lack, or that would hide or turn round its neighbours, stands as its Unicode number.
"""

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

TEMPLATES = Path(__file__).parent / "typst"
# What both fonts together hold: Latin, Greek, Cyrillic, Hebrew, Arabic, punctuation, currencies, arrows, frames.
HELD = (
    (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x2AF), (0x370, 0x3FF), (0x400, 0x52F), (0x5D0, 0x5EA), (0x621, 0x63A),
    (0x640, 0x64A), (0x660, 0x669), (0x1E00, 0x1EFF), (0x2010, 0x2027), (0x2030, 0x205E), (0x2070, 0x208E),
    (0x20A0, 0x20B9), (0x2116, 0x2116), (0x2122, 0x2122), (0x2126, 0x2126), (0x2150, 0x215E), (0x2190, 0x2199),
    (0x2200, 0x22FF), (0x2500, 0x25FF), (0x2713, 0x2713), (0x27E8, 0x27E9), (0xFFFD, 0xFFFD),
)  # fmt: skip


@cache
def held(sign):
    """Whether the fonts have a character, so that it can be printed as itself."""
    number = ord(sign)
    return sign == "\n" or any(first <= number <= last for first, last in HELD)


def legible(text):
    """`text` with every character that cannot be printed as itself as its number: ⟨U+4E2D⟩."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    return "".join(sign if held(sign) else f"⟨U+{ord(sign):04X}⟩" for sign in plain)


def printable(value):
    """`value` (lists, dictionaries, texts, numbers) with all its texts legible."""
    if isinstance(value, dict):
        return {name: printable(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [printable(one) for one in value]
    return legible(value) if isinstance(value, str) else value


def pdf(template, data, pictures=None, *, moment: datetime, **options):
    """The PDF of a `template` ("report") over `data`; `pictures` are {name: bytes}, named in the data.

    `moment` is when the newest of the data changed: the document's own date. Nothing is taken from the clock.
    """
    with TemporaryDirectory(prefix="print-") as folder:
        root = Path(folder)
        for source in TEMPLATES.glob("*.typ"):
            (root / source.name).write_bytes(source.read_bytes())
        (root / "data.json").write_text(json.dumps(printable(data), ensure_ascii=False), encoding="utf-8")
        for name, content in (pictures or {}).items():
            (root / name).write_bytes(content)
        compiler = typst.Compiler(
            input=root / f"{template}.typ",
            root=root,
            ignore_system_fonts=True,
            package_path=root,  # none is fetched
            package_cache_path=root,
        )
        return compiler.compile(**{"format": "pdf", "timestamp": int(moment.timestamp())} | options)
