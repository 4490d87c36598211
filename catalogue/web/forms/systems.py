"""Weapon systems: types, with their aliases."""

from django import forms
from django.utils.translation import gettext_lazy as _

from . import fields
from .base import RecordForm
from .shared import CITATIONS, NAMES


class SystemForm(RecordForm):
    """A type of weapon system."""

    name = forms.CharField(label=_("Name"), help_text=_("As it is best known, for example 3M-14 Kalibr."))
    kind = fields.TermChoice("system-kinds", label=_("Kind"), initial="other")
    parent = fields.system(label=_("Variant of"), required=False)
    country = fields.TermChoice("countries", label=_("Country"))
    maker = fields.organisation(label=_("Maker"), required=False)
    is_product = forms.BooleanField(label=_("Sold on the market, as a commercial drone is"), required=False)
    description = fields.lines(_("Description"))
    blocks = {"names": NAMES, "citations": CITATIONS}
    sections = [
        (_("The type"), ["name", "kind", "parent", "country", "maker", "is_product", "description"]),
        (_("Names"), ["names"]),
        (_("Evidence"), ["citations"]),
    ]
