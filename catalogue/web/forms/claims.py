"""Claims: what others say, with figure, unit and basis as their source gives them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from . import fields
from .base import RecordForm
from .shared import CITATIONS


class ClaimForm(RecordForm):
    """A figure, an estimate, a statement or a denial."""

    kind = fields.WordChoice("claim-kinds", label=_("Kind"), initial="figure", required=True)
    text = forms.CharField(label=_("What is said"), widget=forms.Textarea(attrs={"rows": 3}))
    by = forms.CharField(label=_("By"), help_text=_("Who says it, as the source names them."))
    by_organisation = fields.organisation(label=_("The organisation that says it"), required=False)
    made = fields.date(_("When"))
    numerator = fields.text(_("Figure"), help_text=_("As published; it need not be a number."))
    denominator = fields.text(_("Of how many"))
    unit = fields.text(_("What it counts"), help_text=_("For example unique component types."))
    counted_by = fields.text(_("By what it counts"), help_text=_("Brand, seat of the maker, country of dispatch."))
    country = fields.TermChoice("countries", label=_("About the part of"))
    system = fields.system(label=_("Weapon system"), required=False)
    organisation = fields.organisation(label=_("Organisation"), required=False)
    specimen = fields.specimen(label=_("Specimen"), required=False)
    part = fields.part(label=_("Part"), required=False)
    route = fields.route(label=_("Supply route"), required=False)
    blocks = {"citations": CITATIONS}
    wide = frozenset({"text"})
    sections = [
        (_("The claim"), ["kind", "text", "by", "by_organisation", "made"]),
        (_("Its figure"), ["numerator", "denominator", "unit", "counted_by", "country"]),
        (_("What it is about"), ["system", "organisation", "specimen", "part", "route"]),
        (_("Evidence"), ["citations"]),
    ]
