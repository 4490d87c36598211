"""The chain of custody as it is printed."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from catalogue.exports.pdf import pdf
from catalogue.models import CustodyKind
from catalogue.queries import specimens
from catalogue.web.custody import clock, remarked

from .words import handling_note, language, limits, named, newest, state_of, strictest

MOST = 1000
BLANK, BESIDE = 9, 4  # empty lines of a blank form, and of one below what is recorded


def chain(record, people):
    """[(event, row of the printed chain)] of a specimen, as the reader sees it."""
    events = list(specimens.custody(record)[:MOST])
    return [(one["event"], row(one["event"], one["remarks"], people)) for one in remarked(events)]


def row(event, remarks, people):
    when, zone = clock(event)
    return {
        "what": named("custody-kinds", event.kind),
        "of": event.component.reference if event.component else "",
        "when": date_format(when, "DATETIME_FORMAT"),
        "zone": zone,
        "giver": people.body(event.giver) or "—",
        "receiver": people.body(event.receiver) or "—",
        "seals": event.seals or "—",
        "voided": voided(event, people),
        "place": people.text(" · ".join(filter(None, [event.place, event.purpose]))),
        # These repeat what the columns say, names among it.
        "remarks": [] if people.outside else [str(remark) for remark in remarks],
    }


def voided(event, people):
    """Why an event was withdrawn, in words; empty for one of the chain."""
    if event.voided_at is None:
        return ""
    return _("voided: %(reason)s") % {"reason": people.text(event.void_reason) or "—"}


def custody_form(record, row_of, people, *, blank):
    """PDF of the chain with lines to fill in by hand; `blank`: the lines alone."""
    events = [] if blank else chain(record, people)
    moment = newest(row_of["updated"], *(event.updated_at for event, _row in events))
    levels = [row_of["handling"], *(event.audience.name for event, _row in events)]
    data = {
        "language": language(),
        "title": _("Chain of custody of %(name)s") % {"name": record.reference},
        "reference": record.reference,
        "handling": strictest(levels),
        "handling-note": handling_note(strictest(levels)),
        "state": state_of(moment),
        "facts": [
            [_("Specimen"), record.reference],
            [_("Weapon system"), row_of["system"]["name"]],
            [_("Recorded by"), record.owner.name],
        ],
        "custody": [made for _event, made in events],
        "blank": BLANK if blank else BESIDE,
        "words": words(),
        "limits": [
            *limits()[2:3],
            _("The chain only grows: what is written here by hand is recorded as further events."),
        ],
    }
    return pdf("custody", data, moment=moment)


def words():
    kinds = ", ".join(named("custody-kinds", kind.value) for kind in CustodyKind)
    return {
        "page": _("page"),
        "number": _("No."),
        "what": _("What happened"),
        "when": _("When, in which zone"),
        "from": _("From"),
        "to": _("To"),
        "seals": _("Seals"),
        "place": _("Place and purpose"),
        "signatures": _("Signatures"),
        "recorded": _("recorded"),
        "kinds": _("What may happen: %(kinds)s.") % {"kinds": kinds},
        "limits": _("What this document does not show"),
    }
