"""Custody on pages: the chain with what does not fit in it, and recording a further event."""

from datetime import UTC
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.contrib import messages
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalogue.actions.custody import record_custody
from catalogue.queries import custody as asked

from .forms.custody import CustodyForm
from .recording import attempt, done, own, recording, show

# What is said of a Remark of `catalogue.queries.chain`.
SENTENCES = {
    "giver-unknown": _("Who gave it is not noted: a gap in the chain."),
    "receiver-unknown": _("Who received it is not noted: a gap in the chain."),
    "not-the-holder": _("Given by “%(said)s”, but the last noted to have it was “%(expected)s”."),
    "received-by-another": _("Received by “%(said)s”, but it was sent to “%(expected)s”."),
    "had-by-another": _("In the hands of “%(said)s”, but the last noted to have it was “%(expected)s”."),
    "before-collected": _("It is said to be collected after other events of its custody."),
    "collected-again": _("It was collected before already."),
    "received-before-sent": _("Received before it was sent, by the times that are noted."),
    "in-the-future": _("Noted before it happened, by the times that are noted."),
    "added-late": _("Noted afterwards: a later event had been noted already."),
    "after-destroyed": _("It was destroyed before, as noted."),
    "opened-unsealed": _("Opened, but no seal is noted that was on it."),
    "opened-other-seal": _("The seal that was opened, %(said)s, is not the one that was put on: %(expected)s."),
    "seal-changed": _("The seal is %(said)s, before it was %(expected)s, and no opening is noted between."),
    "sealed-twice": _("Sealed with %(said)s, but it was under %(expected)s and no opening is noted."),
    "sealed-without-number": _("Sealed, but no number of the seal is noted."),
    "seal-appears": _("The seal %(said)s was on it, but after the last opening no sealing is noted."),
    "examined-sealed": _("Examined, but it was under the seal %(expected)s and no opening is noted."),
    "out-of-sealed": _("The specimen was under the seal %(seals)s then, and no opening is noted."),
}


def remarked(events):
    """[{event, when it was noted to be, sentences of what does not fit}] of the events of one specimen.

    A voided event stands among them, struck through, with nothing said of how it fits.
    """
    found = asked.chain(events)
    return [
        {"event": event, "noted": noted(event), "remarks": [sentence(remark) for remark in found.get(event.pk, ())]}
        for event in events
    ]


def in_force(rows):
    """How many of these are events of the chain."""
    return sum(row["event"].voided_at is None for row in rows)


def sentence(remark):
    """A Remark in the reader's language."""
    return SENTENCES[remark.code] % remark.words


def clock(event):
    """(the moment by the clocks of the zone in which it was noted, what that zone is called)."""
    try:
        zone, said = ZoneInfo(event.zone), event.zone
    except (ZoneInfoNotFoundError, ValueError, OSError):
        zone, said = UTC, gettext("UTC, noted in %(zone)s") % {"zone": event.zone}
    return event.happened_at.astimezone(zone), said


def noted(event):
    """When it happened by the clocks of the zone in which it was noted; by UTC where that zone is not known."""
    when, said = clock(event)
    return format_html(
        '<time datetime="{}" title="{}">{}</time> <span class="dim">{}</span>',
        when.isoformat(),
        event.happened_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        date_format(when, "DATETIME_FORMAT"),
        said,
    )


@recording()
def new_custody(request, noun, name):
    """The page on which an event is added to the chain of a specimen or of one component."""
    record, viewer = own(request, noun, name), request.viewer
    form = CustodyForm(request.POST or None, viewer=viewer, zone=asked.last_zone(viewer.user))
    word = "component" if noun == "components" else "specimen"
    if form.is_bound and form.is_valid():
        made = attempt(form, lambda: record_custody(actor=viewer, **{word: record}, **form.columns(), **form.seen()))
        if made:
            messages.success(request, gettext("The event is in the chain of %(name)s.") % {"name": record.reference})
            return done(request, f"{reverse(word, args=[record.reference])}#custody", made)
    context = {
        "title": gettext("Custody of %(name)s") % {"name": record.reference},
        "note": gettext("The chain only grows: an event is never altered, a wrong one is voided with a reason."),
        "act": gettext("Add it to the chain"),
        "record": record,
    }
    return show(request, form, noun=noun, **context)
