"""Saying what a component is."""

from django import forms
from django.utils.translation import gettext_lazy as _

from . import fields
from .base import SentForm

MEANS = {
    "low": _("Plausible, on scant or doubtful grounds."),
    "moderate": _("Credible, but not corroborated enough to be sure."),
    "high": _("On sound grounds; an error is still possible."),
}


class Confidences(forms.RadioSelect):
    """Each confidence as a word with bars and what it means (ICD 203)."""

    template_name = "catalogue/forms/widgets/confidences.html"

    def create_option(self, name, value, *more, **options):
        told = {"code": value, "means": MEANS.get(value)}
        return super().create_option(name, value, *more, **options) | told


class IdentificationForm(SentForm):
    """An opinion with a name, a basis and a confidence."""

    manufacturer = fields.organisation(label=_("Maker"), help_text=_("Whom the print names."))
    part = fields.part(
        label=_("Part"), required=False, within="manufacturer", help_text=_("Empty if only the maker is known.")
    )
    family = fields.text(_("Family"), help_text=_("Where the part itself is not certain."))
    basis = fields.TermChoice("identification-bases", label=_("Basis"), required=True)
    confidence = fields.WordChoice("confidence", label=_("Confidence"), widget=Confidences)
    reasons = fields.lines(_("Reasons"), help_text=_("What speaks for it, and what against."))
    marked_as = fields.part(
        label=_("Marked as"), required=False, help_text=_("The part that the print claims, where that is another.")
    )
    made_by = fields.organisation(
        label=_("In fact made by"),
        required=False,
        help_text=_("Where the print is not the maker's, as of a counterfeit."),
    )
    sections = [
        (_("What it is"), ["manufacturer", "part", "basis", "confidence", "reasons"]),
        (_("Where the print misleads"), ["family", "marked_as", "made_by"]),
    ]
