"""What stands beside the number: date code, lot, country."""

import re
from datetime import date

from catalogue.markings.datecodes import date_readings, is_week_code
from catalogue.markings.tokens import Token

# Where makers print year and week: assembly site in letters before, lot or plant letters behind.
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"[#+]?(\d{4})",
        r"(?:TWN|CHN|PHL|MAL|KOR)(\d{4})",
        r"(\d{4})(?:RL|LF|MY|FBC|-[A-Z])",
        r"[A-Z]N[A-Z](\d{4})[A-Z0-9]?",  # NXP: diffusion, assembly and mask, then year and week
        r"(?:Z[A-Z]{2}|CTA[A-Z]|XAA|QAA)(\d{4})[A-Z]?",
        r"[A-Z]{2}[A-Z0-9]{3,4}(\d{4})[A-Z]",  # Altera: ten or eleven characters ending in year, week and a letter
        r"[A-Z]{2,3}G?\d{2,4}[A-Z]{3}(\d{4})",  # Xilinx: package, fabrication and mask, year and week
        r"[A-Z]{3}(\d{4})",
        r"(?:SN|SM|PQ|P|SL|ST)(\d{4})[A-Z0-9]{0,3}",
        r"(\d{4})[A-Z][A-Z0-9]{0,2}",
        r"[A-Z]{1,3}(\d{4})G?",
        r"[IE]?/?(?:SN|SM|PQ)(\d{4})[A-Z0-9]{0,3}",
        r"(\d{4})\d{2}[A-Z]",
        r"NB(\d{4})[A-Z]{2}",
    )
)
# Printed without a space behind package or temperature letters that belong to the number.
_INSIDE = (
    re.compile(r"[A-Z]{2,3}G?\d{2,4}[A-Z]{3}(\d{4})"),
    re.compile(r"(?:.*-[A-Z]{2,3}\d{2,4}[A-Z]{3}|[IE]?/?(?:SN|SM|PQ))(\d{4})[A-Z0-9]{0,3}"),
)
# Year and week in three figures, which leave the decade open: behind a number sign (Analog Devices), run into the
# number or beside its plus sign (Maxim).
_SHORT = (
    re.compile(r"#(\d{3})"),
    re.compile(r"(?:MAX)?\d{3,5}[A-Z]{2,5}(\d{3})\+?"),
    re.compile(r"\+(\d{3})"),
)
_COUNTRIES = {
    "TAIWAN": "TW", "TAIW": "TW", "TWN": "TW", "TW": "TW", "CHINA": "CN", "CHN": "CN", "KOREA": "KR", "KR": "KR",
    "KOR": "KR", "PHL": "PH", "PHIL": "PH", "PHILIPPINES": "PH", "MALAYSIA": "MY", "MAL": "MY", "MYS": "MY",
    "JAPAN": "JP", "USA": "US", "MEX": "MX", "MEXICO": "MX", "THAILAND": "TH", "MAR": "MA", "MLT": "MT",
    "GERMANY": "DE", "ITALY": "IT", "SINGAPORE": "SG", "RUSSIA": "RU", "BELARUS": "BY",
}  # fmt: skip
_LOT = re.compile(r"(?=[A-Z0-9.*-]*\d)[A-Z0-9][A-Z0-9.*-]{4,14}")


def date_in(
    tokens: list[Token], rest: list[Token], used: frozenset[int], has_number: bool, today: date
) -> tuple[str, int] | None:
    """The four figures taken for year and week, and the place of their piece; month and year beside a Russian number.

    Plain figures count only beside a number or behind a `#`; figures with letters only behind a number.
    """
    first = min(used, default=-1)
    inside = [token for token in tokens if token.place in used]
    russian = any(token.genuine for token in inside)  # their makers print month and year, and older ones are found
    for token in inside:
        for wanted in _INSIDE:
            found = wanted.fullmatch(token.upper)
            if found and is_week_code(found[1], today):
                return found[1], -1
    for wanted in _FORMS:
        for token in rest:
            found = wanted.fullmatch(token.upper)
            plain = wanted is _FORMS[0]
            if not found or not (
                is_week_code(found[1], today) or (plain and russian and date_readings(found[1], today))
            ):
                continue
            if not plain and int(found[1][:2]) > today.year % 100:  # behind letters, older figures are a lot's
                continue
            if plain and not (has_number or token.text.startswith("#")):
                continue
            if not plain and not (has_number and (token.place > first or wanted is _FORMS[2])):
                continue
            return found[1], token.place
    return None


def open_date_in(tokens: list[Token]) -> str:
    """Three figures that are year and week of some decade; empty when none stand where makers print them."""
    for wanted in _SHORT:
        for token in tokens:
            found = wanted.fullmatch(token.upper)
            if found and 1 <= int(found[1][1:]) <= 53:
                return found[1]
    return ""


def lot_in(left: list[Token]) -> str:
    """The first piece built like a lot: five to fifteen characters with figures."""
    return next((token.text for token in left if _LOT.fullmatch(token.upper)), "")


def country_of(tokens: list[Token]) -> str:
    """The country printed, as two letters (ISO 3166); empty when none is."""
    for token in tokens:
        head = re.match(r"(TWN|CHN|PHL|KOR)\d{4}", token.upper)
        if head or token.upper in _COUNTRIES:
            return _COUNTRIES[head[1] if head else token.upper]
    return ""
