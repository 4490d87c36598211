"""What a region of a photograph shows."""

from django import forms
from django.utils.translation import gettext_lazy as _

from . import fields
from .base import SentForm

TURNS = [(0, _("as it is")), (90, _("90° clockwise")), (180, _("180°")), (270, _("90° anticlockwise"))]


class RegionForm(SentForm):
    """Filled in beside the picture, and sent to the interface by a script."""

    purpose = fields.WordChoice("region-purposes", label=_("What it is for"))
    component = fields.component(
        label=_("Component"), required=False, new="component-new", within="specimen",
        help_text=_("Search for one that is recorded, or write a name and record it."),
    )  # fmt: skip
    # Not a number's field, which takes a comma in some languages only.
    length_mm = fields.text(
        _("Length of the line, in millimetres"),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    turn = forms.ChoiceField(label=_("Turn its crop"), choices=TURNS, required=False)
    note = fields.text(_("Note"))
    specimen = forms.CharField(widget=forms.HiddenInput, required=False)  # what the search is kept to
