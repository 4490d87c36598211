"""Partly known dates as people read them, in the reader's language."""

import re
from datetime import date

from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from catalogue.markings.dates import parse

ONE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
SPRING, SUMMER, AUTUMN = _lazy("spring %(year)s"), _lazy("summer %(year)s"), _lazy("autumn %(year)s")
WINTER = _lazy("winter %(year)s")
PARTS = {
    **dict(zip(range(21, 25), (SPRING, SUMMER, AUTUMN, WINTER), strict=True)),
    **dict(zip(range(25, 29), (SPRING, SUMMER, AUTUMN, WINTER), strict=True)),
    40: _lazy("first half of %(year)s"),
    41: _lazy("second half of %(year)s"),
}


def said(edtf):
    """`edtf` in words: "July 2022", "week 25 of 2022", "since 2021". What has no words is shown as it is."""
    start, bar, end = edtf.partition("/")
    if not bar:
        return single(edtf)
    if start in ("", ".."):
        return _("until %(date)s") % {"date": single(end)}
    if end in ("", ".."):
        return _("since %(date)s") % {"date": single(start)}
    return week(edtf) or f"{single(start)} – {single(end)}"


def week(edtf):
    """ "week 25 of 2022" when the interval is one ISO week, else None."""
    span = parse(edtf)
    if (span.latest - span.earliest).days != 6 or span.earliest.weekday():
        return None
    year, number, _day = span.earliest.isocalendar()
    return _("week %(week)s of %(year)s") % {"week": number, "year": year}


def single(text):
    """One date, with what its qualifier says."""
    plain = text.strip("?~%")
    shown = calendar(plain)
    if text.endswith("?"):
        return _("perhaps %(date)s") % {"date": shown}
    if text.endswith(("~", "%")):
        return _("about %(date)s") % {"date": shown}
    return shown


def calendar(text):
    found = ONE.fullmatch(text)
    if found is None:
        decade = re.fullmatch(r"(\d{3})X", text)
        return _("%(decade)s0s") % {"decade": decade[1]} if decade else text
    year, month, day = found.groups()
    if month is None:
        return year
    if day is not None:
        return date_format(date(int(year), int(month), int(day)), "DATE_FORMAT")
    month = int(month)
    if month <= 12:
        return _("%(month)s %(year)s") % {"month": MONTHS[month], "year": year}
    if 33 <= month <= 36:
        return _("Q%(quarter)s %(year)s") % {"quarter": month - 32, "year": year}
    return PARTS[month] % {"year": year} if month in PARTS else text
