"""Custody: an event as somebody notes it, by the clocks of a place."""

from datetime import datetime
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.models import Level

from . import fields
from .base import SentForm

ELSEWHERE = ("SystemV/", "posix/", "right/", "Etc/GMT", "Factory", "localtime", "posixrules", "Europe/Kiev")


def zones():
    """The names that a place may have; what only counts hours, but UTC, and files that are no place are left out."""
    return [(name, name.replace("_", " ")) for name in sorted(available_timezones()) if not name.startswith(ELSEWHERE)]


class Clock(forms.DateTimeInput):
    """What a clock showed: a day and a time of day, without a zone."""

    input_type = "datetime-local"

    def __init__(self):
        super().__init__(format="%Y-%m-%dT%H:%M", attrs={"step": 60})


class ClockField(forms.Field):
    """A day and a time of day as a clock showed them; the zone is asked for beside it."""

    widget = Clock

    def to_python(self, value):
        if value in (None, ""):
            return None
        try:
            read = datetime.fromisoformat(str(value).strip().replace(" ", "T", 1))
        except ValueError:
            read = None
        if read is None or read.tzinfo is not None or "T" not in str(value).strip().replace(" ", "T", 1):
            raise forms.ValidationError(_("Write the day and the time as 2026-11-23 09:30."))
        return read


class CustodyForm(SentForm):
    """One event; nothing that does not fit is refused, it is shown beside the event."""

    kind = fields.WordChoice("custody-kinds", label=gettext_lazy("What happened"), initial="received")
    happened = ClockField(
        label=gettext_lazy("When"), help_text=gettext_lazy("Day and time by the clocks of the place.")
    )
    zone = forms.ChoiceField(label=gettext_lazy("Time zone of these clocks"), choices=zones)
    giver = fields.text(gettext_lazy("From"), help_text=gettext_lazy("Who gave it: a person, with the body or unit."))
    receiver = fields.text(gettext_lazy("To"), help_text=gettext_lazy("Who has it from then on, or who did it."))
    place = fields.text(gettext_lazy("Place"))
    seals = fields.text(
        gettext_lazy("Seal numbers"),
        widget=forms.TextInput(attrs={"class": "mono"}),
        help_text=gettext_lazy("Several with commas between them. Of an opening, the seals that were broken."),
    )
    purpose = fields.text(gettext_lazy("Purpose"))
    handling = fields.LevelChoice(label=gettext_lazy("Who may read it"), required=False)
    sections = [
        (gettext_lazy("The event"), ["kind", "happened", "zone", "place"]),
        (gettext_lazy("From hand to hand"), ["giver", "receiver", "seals", "purpose"]),
    ]
    words = {"happened_at": "happened"}

    def __init__(self, data=None, *, viewer, zone="", **options):
        begins = {"zone": zone or settings.TIME_ZONE, "handling": int(Level.STRICT)} | (
            options.pop("initial", {}) or {}
        )
        super().__init__(data, viewer=viewer, initial=begins, **options)
        if not zone and not data:
            self.fields["zone"].widget.attrs["data-zone-here"] = "yes"  # of the reader's own clock, once it is known
        least = Level.CLEAR if viewer.may("widen") else Level.STRICT
        self.fields["handling"].allow([level for level in Level if least <= level <= max(viewer.ceiling, least)])

    def clean(self):
        """The moment, where the clocks of that zone did show it."""
        typed = super().clean()
        if typed.get("happened") and typed.get("zone"):
            when = typed["happened"].replace(tzinfo=ZoneInfo(typed["zone"]))
            if when.astimezone(ZoneInfo("UTC")).astimezone(when.tzinfo).replace(tzinfo=None) != typed["happened"]:
                self.add_error("happened", _("The clocks there went over this time; correct it, or the zone."))
            typed["happened_at"] = when
        return typed

    def columns(self):
        found = super().columns()
        found.pop("happened")
        return found | {"happened_at": self.cleaned_data["happened_at"]}

    def seen(self):
        level = self.cleaned_data.get("handling")
        return {} if level in ("", None) else {"handling": level}
