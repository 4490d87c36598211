"""Specimens: recovered examples, with the numbers read on them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from . import fields
from .base import Line, RecordForm, lines_of
from .shared import CITATIONS


class NumberLine(Line):
    """A number read on it."""

    text = forms.CharField(label=_("Number"), widget=forms.TextInput(attrs={"class": "mono"}))
    kind = fields.WordChoice("specimen-number-kinds", label=_("Kind"), initial="tail")


class SpecimenForm(RecordForm):
    """One recovered example of a weapon system, or several recorded as one."""

    system = fields.system(label=_("Weapon system"))
    kind = fields.WordChoice(
        "specimen-kinds", label=_("Kind"), initial="single", help_text=_("Only single ones are counted as specimens.")
    )
    count = fields.whole(_("Wrecks in the group"), least=2, help_text=_("Only of a group, when known."))
    title = fields.text(_("Title"), help_text=_("As its finder or publisher names it."))
    serial_number = fields.text(_("Serial number"), widget=forms.TextInput(attrs={"class": "mono"}))
    recovered = fields.date(_("Recovered"))
    produced = fields.date(_("Produced"), help_text="")
    used = fields.date(_("Used"), help_text="")
    examined = fields.date(_("Examined"), help_text="")
    country = fields.TermChoice("countries", label=_("Country of recovery"))
    place = fields.text(_("Place"), help_text=_("Region or town; the exact place is handled apart."))
    condition = fields.WordChoice("conditions", label=_("Condition"), empty=_("Not recorded"))
    note = fields.lines(_("Note"))
    blocks = {
        "numbers": lines_of(NumberLine, label=_("Further numbers"), button=_("Add a number")),
        "citations": CITATIONS,
    }
    sections = [
        (_("The specimen"), ["system", "kind", "count", "serial_number", "condition", "title"]),
        (_("When and where"), ["recovered", "country", "place", "examined", "used", "produced"]),
        (_("Numbers and notes"), ["numbers", "note"]),
        (_("Evidence"), ["citations"]),
    ]
    wide = frozenset({"title"})
