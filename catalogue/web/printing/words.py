"""Words and small texts that printed documents share, in the reader's language."""

from datetime import UTC, datetime

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalogue.web.dates import said
from catalogue.web.labels import label

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


def language():
    return "uk" if (get_language() or "en").startswith("uk") else "en"


def handling_note(level):
    """What the level means for who holds the paper (TLP 2.0)."""
    return {
        "CLEAR": _("May be passed on without limit."),
        "GREEN": _("Within the community; not by public channels."),
        "AMBER": _("For the recipient's organisation and those it serves who need to know."),
        "AMBER+STRICT": _("For the recipient's organisation only; not to be passed on."),
        "RED": _("For the named readers only; not to be passed on."),
    }[level]


def partly(date):
    """A partly known date ({edtf, …} or EDTF) as people read it; empty when nothing is known."""
    edtf = date["edtf"] if isinstance(date, dict) else date
    return said(edtf) if edtf else ""


def named(vocabulary, code):
    """A term in the reader's language, or nothing."""
    return "" if code in (None, "") else str(label(vocabulary, code))


def state_of(moment):
    """The line that says of when the records are, which takes the place of a date of printing."""
    said_as = date_format(moment.astimezone(UTC), "DATETIME_FORMAT")
    return _("State of the records: %(moment)s UTC") % {"moment": said_as}


def newest(*moments):
    """The newest of some moments, aware or as ISO 8601; what has no moment does not count."""
    found = [datetime.fromisoformat(one) if isinstance(one, str) else one for one in moments if one]
    return max(found, default=BEGINNING)


def strictest(levels):
    """The narrowest of some TLP levels."""
    order = ["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"]
    return max(levels, key=order.index, default="CLEAR")


def limits():
    """What such a document does not show; every one that is printed ends with it."""
    return [
        _("A maker's part in a weapon shows neither knowledge nor breach: who bought it, and by which way it came, "
          "are questions of their own."),
        _("A marking is an observation. What a component is, is an opinion of those named, with its basis and "
          "confidence; a marking may be false."),
        _("It holds what the reader for whom it was made may see; further records may exist."),
        _("A character that the document's fonts lack stands as its Unicode number, ⟨U+4E2D⟩."),
    ]  # fmt: skip
