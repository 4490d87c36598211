"""What a recorded value may be, whatever the record: no text without end, nothing seen before its day."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from catalogue.markings.dates import PartialDate
from catalogue.models import (
    Claim,
    Component,
    CustodyEvent,
    Examination,
    Organisation,
    PublishedRecord,
    RouteLeg,
    Source,
    Specimen,
)
from catalogue.models.base import generated_fields

from .refusals import Refused

# Dates of what was seen, done or published; what may be announced (ends, listings, controls) is not among them.
PAST = {
    Component: ("made",),
    CustodyEvent: ("happened_at",),
    Examination: ("received",),
    Organisation: ("founded",),
    RouteLeg: ("moved",),
    Source: ("published", "accessed"),
    Specimen: ("recovered", "produced", "used", "examined"),
}

# Letters that a text may have: one to be read through, one of a few lines, one that is a name.
LONG, SOME, NAME = 20_000, 2_000, 500
READ_THROUGH = {
    "alternative", "description", "note", "published_text", "quote", "reason", "reasons", "rights", "summary", "why",
}  # fmt: skip
NAMES = {
    "name",
    "title",
    "label",
    "designator",
    "number",
    "serial_number",
    "entry_id",
    "publisher",
    "authority",
    "list",
}


def accept(model, columns):
    """Raises Refused for the first of `columns` ({name: value}) of a `model` that cannot be."""
    for name, value in columns.items():
        if isinstance(value, str) and len(value) > (most := longest(model, name)):
            raise Refused(
                f"{name} has {len(value):,} characters and may have {most:,}; shorten it, and cite the document "
                "that holds the rest.", name,
            )  # fmt: skip
    # A day more than here: somewhere it is tomorrow already.
    tomorrow = timezone.now().date() + timedelta(days=1)
    for name in PAST.get(model, ()):
        begins = first_day(columns.get(name))
        if begins is not None and begins > tomorrow:
            raise Refused(
                f"{name} begins on {begins:%Y-%m-%d}, which has not come yet; correct the date, or leave it out.", name
            )


def longest(model, name):
    """How many characters the column `name` of `model` takes; a published entry is kept whole."""
    if name in READ_THROUGH or (name == "text" and model is Claim) or (model is PublishedRecord and name != "entry_id"):
        return LONG
    if name in NAMES or (name == "text" and "key" in generated_fields(model)):
        return NAME
    return SOME


def first_day(value):
    """The earliest day that a date, a moment or a partly known date can mean; None when that is open."""
    if isinstance(value, PartialDate):
        return value.earliest
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None
