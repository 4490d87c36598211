"""Accepting a reading of a marking: what of it is taken over, and what may be recorded new for it."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.actions.candidates import believed, date_named, said, spanned
from catalogue.web.dates import said as in_words

from . import fields
from .base import AmendingForm
from .identification import Confidences

SCHEMES = {
    "YYWW": gettext_lazy("year and week"),
    "YWW": gettext_lazy("last figure of the year, and week"),
    "YYMM": gettext_lazy("year and month"),
    "MMYY": gettext_lazy("month and year"),
    "YYYY": gettext_lazy("the year"),
}


UNCHOSEN = "all"


class AcceptForm(AmendingForm):
    """A reading as an identification. Makers and parts that are not recorded are recorded new only when ticked."""

    manufacturer = fields.organisation(label=gettext_lazy("Maker"), required=False)
    new_manufacturer = forms.BooleanField(required=False)
    part = fields.part(
        label=gettext_lazy("Part"),
        required=False,
        within="manufacturer",
        help_text=gettext_lazy("Empty if only the maker and the family are meant."),
    )
    new_part = forms.BooleanField(required=False)
    confidence = fields.WordChoice("confidence", label=gettext_lazy("Confidence"), widget=Confidences)
    reasons = fields.lines(gettext_lazy("Reasons"), rows=5)
    chosen = forms.ChoiceField(label=gettext_lazy("Date code"), required=False, widget=forms.RadioSelect)
    sections = [
        (gettext_lazy("What it is"), ["manufacturer", "new_manufacturer", "part", "new_part", "confidence", "reasons"]),
        (gettext_lazy("When it was made"), ["chosen"]),
    ]
    words = {"date": "chosen"}
    wide = frozenset({"new_manufacturer", "new_part"})

    def __init__(self, data=None, *, viewer, candidate, component, takes_date):
        self.candidate, reading = candidate, candidate.reading
        self.dates = bool(reading.date_readings) and component.owner_id == viewer.agency
        begins = {
            "manufacturer": candidate.manufacturer,
            "part": candidate.part,
            "new_manufacturer": False,
            "confidence": str(believed(reading)),
            "reasons": said(reading),
            "chosen": next((date_named(one) for one in reading.date_readings if one.chosen and takes_date), ""),
        }
        specimen = component.specimen if self.dates else None
        super().__init__(data, viewer=viewer, initial=begins, specimen=specimen, auto_id="accept_%s")
        maker = candidate.maker if candidate.manufacturer is None else ""
        self.offer("new_manufacturer", maker, _("Record “%(name)s” as a new maker"))
        number = reading.mpn if candidate.part is None else ""
        self.offer("new_part", number, _("Record “%(name)s” as a new part"))
        if self.dates:
            self.fields["chosen"].choices = list(dates_of(reading))
        else:
            del self.fields["chosen"]
            self.sections = self.sections[:1]

    def offer(self, name, text, label):
        """A tick for what would be recorded new; none where nothing would."""
        if text:
            self.fields[name].label = label % {"name": text}
        else:
            del self.fields[name]

    def told(self):
        """What was decided, as the action takes it."""
        sent = self.cleaned_data
        told = {name: sent[name] for name in ("manufacturer", "part", "confidence", "reasons")}
        told["record_new"] = [name for name in ("manufacturer", "part") if sent.get(f"new_{name}")]
        told["date_code"] = bool(sent.get("chosen"))
        told["chosen"] = "" if sent.get("chosen") == UNCHOSEN else sent.get("chosen")
        return told | self.why()

    def clean(self):
        sent = self.cleaned_data
        if sent.get("manufacturer") is None and not sent.get("new_manufacturer") and "manufacturer" not in self.errors:
            self.add_error("manufacturer", _("Name the maker, or tick that it is recorded new."))
        if sent.get("part") is not None and sent.get("new_part"):
            self.add_error("new_part", _("Choose a part, or tick that one is recorded new; not both."))
        return sent


def dates_of(reading):
    """(value, words) of what may be taken over of a date code."""
    yield "", _("Leave the date as it is")
    for one in reading.date_readings:
        made = in_words(spanned(one.first, one.last).edtf)
        told = {"code": reading.date_code, "made": made, "scheme": SCHEMES.get(one.scheme, one.scheme)}
        yield date_named(one), _("%(code)s: %(made)s (%(scheme)s)") % told
    if len(reading.date_readings) > 1:
        yield UNCHOSEN, _("%(code)s, without choosing among these") % {"code": reading.date_code}
