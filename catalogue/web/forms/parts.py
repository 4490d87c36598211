"""Parts: types that can be ordered, with their numbers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from . import fields
from .base import Line, RecordForm, lines_of
from .shared import CITATIONS


class NumberLine(Line):
    """A further number under which it is known."""

    text = forms.CharField(label=_("Number"), widget=forms.TextInput(attrs={"class": "mono"}))
    kind = fields.WordChoice("number-kinds", label=_("Kind"), initial="mpn")
    maker = fields.organisation(label=_("Former maker"), required=False, help_text=_("Of a former maker's number."))


class PartForm(RecordForm):
    """A maker and a number."""

    manufacturer = fields.organisation(label=_("Maker"))
    number = forms.CharField(label=_("Number"), widget=forms.TextInput(attrs={"class": "mono", "spellcheck": "false"}))
    family = fields.text(_("Family"), help_text=_("Base part without package, temperature and packing suffix."))
    category = fields.TermChoice("categories", label=_("Category"))
    description = fields.lines(_("Description"), rows=2)
    grade = fields.WordChoice("grades", label=_("Grade"), empty=_("Not recorded"))
    hs = fields.hs(_("HS code"))
    eccn = fields.text(_("ECCN"), help_text=_("Export control classification number (US)."))
    blocks = {
        "numbers": lines_of(
            NumberLine,
            label=_("Further numbers"),
            button=_("Add a number"),
            explained=_("Orderable codes, NATO stock numbers, TU and decimal numbers, a former maker's number."),
        ),
        "citations": CITATIONS,
    }
    sections = [
        (_("The part"), ["manufacturer", "number", "family", "category", "description"]),
        (_("Codes"), ["grade", "hs", "eccn", "numbers"]),
        (_("Evidence"), ["citations"]),
    ]

    def __init__(self, *args, record=None, **options):
        super().__init__(*args, record=record, **options)
        if record is not None:
            self.fields["manufacturer"].disabled = True
            self.fields["manufacturer"].help_text = _("A part stays with its maker.")
