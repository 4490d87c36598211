"""What a recorded value may be, whatever the record: nothing is seen before its day."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from catalogue.markings.dates import PartialDate
from catalogue.models import Component, CustodyEvent, Organisation, RouteLeg, Source, Specimen

from .refusals import Refused

# Dates of what was seen, done or published; what may be announced (ends, listings, controls) is not among them.
PAST = {
    Component: ("made",),
    CustodyEvent: ("happened_at",),
    Organisation: ("founded",),
    RouteLeg: ("moved",),
    Source: ("published", "accessed"),
    Specimen: ("recovered", "produced", "used", "examined"),
}


def accept(model, columns):
    """Raises Refused for the first of `columns` ({name: value}) of a `model` that cannot be."""
    # A day more than here: somewhere it is tomorrow already.
    tomorrow = timezone.now().date() + timedelta(days=1)
    for name in PAST.get(model, ()):
        begins = first_day(columns.get(name))
        if begins is not None and begins > tomorrow:
            raise Refused(
                f"{name} begins on {begins:%Y-%m-%d}, which has not come yet; correct the date, or leave it out.", name
            )


def first_day(value):
    """The earliest day that a date, a moment or a partly known date can mean; None when that is open."""
    if isinstance(value, PartialDate):
        return value.earliest
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None
