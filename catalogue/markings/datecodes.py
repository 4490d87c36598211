"""Date codes: what the figures on a part may say of when it was made.

A week is an interval from Monday to Sunday (ISO 8601; 2501 begins on 2024-12-30, week 53 only in years that have
one). A code is never one date: `2018` may be the eighteenth week of 2020 or the year 2018. Every plausible reading
is given, none of them in the future; the form most makers print, year and week, is taken first (JEDEC JESD625 and
EIA-476 call it the four-digit date code).
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

OLDEST = 1965  # integrated circuits with a date code are not older
OLDEST_WEEK = 1990  # four figures that would be an older year and week are some other number
SCHEMES = ("YYWW", "YYMM", "MMYY", "YYYY", "YWW")


@dataclass(frozen=True)
class DateReading:
    """One reading of a date code: the scheme and the first and last day it can mean; `chosen` by the reader."""

    scheme: str
    first: date
    last: date
    chosen: bool = False


def _week(year: int, week: int) -> tuple[date, date] | None:
    try:
        first = date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    return first, first + timedelta(days=6)


def _month(year: int, month: int) -> tuple[date, date] | None:
    if not 1 <= month <= 12:
        return None
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _full_year(short: int, today: date) -> int:
    """The latest year that ends in two figures and has begun; a code of next year is a hundred years older."""
    year = today.year // 100 * 100 + short
    # the first week of a year may begin in the old one
    return year if year <= (today + timedelta(days=3)).year else year - 100


@lru_cache(maxsize=8192)
def date_readings(code: str, today: date) -> tuple[DateReading, ...]:
    """Every plausible reading of a code of three or four figures, the likeliest first and chosen; maybe none.

    Four figures that cannot be year and week are chosen only when there is one other reading.

    Three figures are year and week within ten years, so that each decade since 1990 is a reading and none chosen.
    """
    if not code.isdigit() or not code.isascii() or len(code) not in (3, 4):
        return ()
    spans = _three(code, today) if len(code) == 3 else _four(code, today)
    found = [(scheme, *span) for scheme, span in spans if span and span[0] <= today and span[0].year >= OLDEST]
    choose = len(code) == 4 and bool(found) and (found[0][0] == "YYWW" or len(found) == 1)
    return tuple(DateReading(*reading, chosen=choose and not n) for n, reading in enumerate(found))


def _four(code: str, today: date) -> list:
    head, tail = int(code[:2]), int(code[2:])
    year, other = _full_year(head, today), _full_year(tail, today)
    spans = [("YYWW", _week(year, tail)), ("YYMM", _month(year, tail)), ("MMYY", _month(other, head))]
    if 1990 <= int(code) <= today.year:
        spans.append(("YYYY", (date(int(code), 1, 1), date(int(code), 12, 31))))
    return spans


def _three(code: str, today: date) -> list:
    decades = range(today.year // 10 * 10, 1989, -10)
    return [("YWW", _week(decade + int(code[0]), int(code[1:]))) for decade in decades]


def is_week_code(code: str, today: date) -> bool:
    """Whether four figures can be a year and a week; the only form taken for a date without a maker's rule."""
    readings = date_readings(code, today)
    return bool(len(code) == 4 and readings and readings[0].scheme == "YYWW" and readings[0].first.year >= OLDEST_WEEK)
