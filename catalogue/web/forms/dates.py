"""How a partly known date was understood, in the reader's words."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from catalogue.web.dates import said


def understood(date):
    """`date` in words, the days it can mean, and as it is kept (EDTF)."""
    told = {"words": said(date.edtf), "days": days(date), "edtf": date.edtf}
    if date.earliest == date.latest:
        return _("Understood as %(words)s (%(edtf)s)") % told
    return _("Understood as %(words)s: %(days)s (%(edtf)s)") % told


def days(date):
    """The first and the last day it can mean."""
    first = date.earliest and date_format(date.earliest, "DATE_FORMAT")
    last = date.latest and date_format(date.latest, "DATE_FORMAT")
    if first is None:
        return _("up to %(day)s") % {"day": last}
    if last is None:
        return _("from %(day)s on") % {"day": first}
    if date.earliest.year == date.latest.year:
        first = date_format(date.earliest, "MONTH_DAY_FORMAT")
    return _("%(first)s – %(last)s") % {"first": first, "last": last}
