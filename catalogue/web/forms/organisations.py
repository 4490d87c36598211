"""Organisations: names over time, and what they are to each other."""

from django import forms
from django.utils.translation import gettext_lazy as _

from . import fields
from .base import Line, RecordForm, lines_of
from .shared import NAMES


class RelationLine(Line):
    """What the organisation is to another; read as a sentence: this one – kind – the other."""

    wide = frozenset({"object", "note"})
    kind = fields.TermChoice("relation-kinds", label=_("This organisation"), required=True)
    object = fields.organisation(label=_("The other organisation"))
    since = fields.date(_("Since"), help_text="")
    until = fields.date(_("Until"), help_text="")
    share = forms.DecimalField(
        label=_("Share owned, per cent"), required=False, min_value=0.01, max_value=100, decimal_places=2
    )
    note = fields.text(_("Note"))


class OrganisationForm(RecordForm):
    """Any legal entity. What it makes, ships or pays follows from parts and legs."""

    name = forms.CharField(label=_("Name"))
    kind = fields.TermChoice("organisation-kinds", label=_("Kind"), initial="unknown")
    country = fields.TermChoice("countries", label=_("Country of its seat"))
    description = fields.lines(_("Description"), help_text=_("In neutral words; what others say of it is a claim."))
    founded = fields.date(_("Founded"))
    dissolved = fields.date(_("Dissolved"), help_text="")
    blocks = {
        "names": NAMES,
        "relations": lines_of(
            RelationLine,
            label=_("Relations"),
            button=_("Add a relation"),
            explained=_("In a change of hands this is the earlier firm; otherwise the one above."),
        ),
    }
    sections = [
        (_("The organisation"), ["name", "kind", "country", "description", "founded", "dissolved"]),
        (_("Names"), ["names"]),
        (_("Relations"), ["relations"]),
    ]
