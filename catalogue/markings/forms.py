"""How a maker's part numbers are built: the shape of one table row.

A form is a regular expression over the number in capitals without spaces. Its groups say what each stretch means:
`b` the base part (family without package, temperature and packing), `m` the part number when that is less than
the whole, `d` figures of a date code run into the number.
"""

import re
from dataclasses import dataclass

CERTAIN, LIKELY, LOOSE = 0.95, 0.91, 0.82


@dataclass(frozen=True)
class Form:
    """One way in which a maker's numbers are printed.

    `heads` are the first characters it may begin with (for finding it fast). `base`, `mpn` and `full` are templates
    over the groups, `{0}` the whole; an empty `mpn` says that the print is a top mark from which only the family
    follows; `full` is a second guess with the letters that are left off on the part. `own` forms are too short to
    stand without their maker, which is given or printed beside them.
    """

    maker: str
    heads: tuple[str, ...]
    pattern: re.Pattern
    base: str = "{b}"
    mpn: str = "{m}"
    full: str = ""
    belief: float = CERTAIN
    own: bool = False


def form(maker: str, heads: str, pattern: str, **options) -> Form:
    """A form whose numbers begin with one of `heads` (separated by spaces)."""
    return Form(maker, tuple(heads.split()), re.compile(pattern), **options)


@dataclass(frozen=True)
class Maker:
    """A maker family: how it is named in records and in print, and the public source of its rules."""

    name: str
    names: str
    source: str
    logos: str = ""
