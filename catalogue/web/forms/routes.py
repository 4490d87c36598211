"""Suspected supply routes: their legs in order, and what hangs on them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from . import fields
from .base import Line, RecordForm, lines_of
from .shared import CITATIONS


class StepLine(Line):
    """A leg and its place; legs beside each other share one."""

    wide = frozenset({"leg"})
    leg = fields.leg(label=_("Leg"))
    position = forms.IntegerField(
        label=_("Place"),
        required=False,
        min_value=1,
        max_value=1000,
        widget=forms.NumberInput(attrs={"data-place": ""}),
    )

    def columns(self):
        return {name: value for name, value in super().columns().items() if value is not None}


class EvidenceLine(Line):
    """A part or a component that hangs on the route."""

    wide = frozenset({"why"})
    part = fields.part(label=_("Part"), required=False)
    component = fields.component(label=_("or component"), required=False)
    why = forms.CharField(label=_("Why it hangs on this route"))

    def clean(self):
        typed = self.cleaned_data
        if typed.get("why") and (typed.get("part") is None) == (typed.get("component") is None):
            self.add_error("part", _("Name a part or a component, one of them."))
        return typed


class RouteForm(RecordForm):
    """A suspected path to a weapon system or to a plant that makes weapons. It shows neither knowledge nor breach."""

    title = forms.CharField(label=_("Title"))
    system = fields.system(label=_("Leads to the weapon system"), required=False)
    plant = fields.organisation(label=_("Leads to the plant"), required=False)
    confidence = fields.WordChoice("confidence", label=_("Confidence"), empty=_("Not recorded"))
    summary = fields.lines(_("Summary"), help_text=_("In neutral words."))
    alternative = fields.lines(_("What else could explain it"), rows=2)
    blocks = {
        "legs": lines_of(
            StepLine,
            label=_("Legs"),
            button=_("Add a leg"),
            explained=_("In order. Search a leg; for one that is not recorded, type a word on it and choose “Record”."),
        ),
        "evidence": lines_of(
            EvidenceLine,
            label=_("What hangs on it"),
            button=_("Add a part or component"),
        ),
        "citations": CITATIONS,
    }
    sections = [
        (_("The route"), ["title", "system", "plant", "confidence", "summary", "alternative"]),
        (_("Legs"), ["legs"]),
        (_("Evidence"), ["evidence", "citations"]),
    ]
    wide = frozenset({"title"})
