"""When what became controlled, where, and for which goods."""

from django.db import models
from django.db.models import Q

from .base import Handled, Words, edge, edtf, one_of, optional_text, remembered
from .parts import HsCode, Part
from .sources import Citation
from .vocabularies import Category, ControlRegime, Country, maybe_term, term


class ControlKind(Words):
    CONTROL = "control", "контроль", "Control"
    GUIDANCE = "guidance", "роз'яснення", "Guidance, not itself a control"


class ControlClass(Words):
    """When a component was made, tested against the control in force for it: `queries.dating` has the rule."""

    BEFORE_INVASION = "before-invasion", "До вторгнення", "Before the invasion"
    BEFORE_CONTROL = (
        "before-control", "Після вторгнення, до запровадження контролю", "After the invasion, before its control"
    )  # fmt: skip
    AFTER_CONTROL = "after-control", "Після запровадження контролю", "After its control"
    CANDIDATE = "candidate", "Кандидат", "Candidate"
    UNDATED = "undated", "Без дати", "Undated"


@remembered
class ControlEvent(Handled):
    """A control takes effect: regime, jurisdiction, instrument, day. Its scope are rows of their own."""

    slug = models.SlugField(max_length=120)
    regime = term(ControlRegime)
    jurisdiction = term(Country)
    instrument = models.TextField()
    title = models.TextField()
    kind = models.TextField(choices=ControlKind, default=ControlKind.CONTROL)
    effective, effective_from, effective_to = edtf(), edge(), edge()
    ended, ended_from, ended_to = edtf(), edge(), edge()
    note = optional_text()

    class Meta:
        constraints = [
            one_of("kind", ControlKind),
            models.UniqueConstraint("owner", "slug", name="controlevent_slug_once_in_agency"),
        ]


@remembered
class ControlScope(Handled):
    """What a control covers. `recorded` false: nobody has entered the scope, so it answers "candidate" only."""

    control = models.ForeignKey(ControlEvent, models.PROTECT, related_name="scope")
    recorded = models.BooleanField(default=True)
    hs = models.ForeignKey(HsCode, models.PROTECT, null=True, blank=True, related_name="+")
    eccn = optional_text()
    category = maybe_term(Category)
    part = models.ForeignKey(Part, models.PROTECT, null=True, blank=True, related_name="controls")
    destination = maybe_term(Country)
    text = optional_text(help_text="The scope in words, as the instrument gives it.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(recorded=False)
                | Q(hs__isnull=False)
                | ~Q(eccn="")
                | Q(category__isnull=False)
                | Q(part__isnull=False)
                | ~Q(text=""),
                name="controlscope_says_what",
            )
        ]


@remembered
class ControlCitation(Citation):
    """What supports or contradicts a control event."""

    record = models.ForeignKey(ControlEvent, models.PROTECT, related_name="citations")
