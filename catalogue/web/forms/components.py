"""Components: what was found in a specimen; where it sits, and how many pieces a row stands for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from . import fields
from .base import AmendingForm, RecordForm, SentForm, shown

VERBATIM = {"class": "mono", "spellcheck": "false", "autocomplete": "off"}


class ComponentForm(RecordForm):
    """One row of a specimen's inventory: observation first, opinion after it."""

    specimen = fields.specimen(label=_("Specimen"))
    parent = fields.component(
        label=_("Sits on"), required=False, within="specimen", help_text=_("The assembly or board it sits on.")
    )
    kind = fields.WordChoice("component-kinds", label=_("Kind"), initial="part")
    name = fields.text(_("What it is"), help_text=_("In words: antenna, flight controller, memory."))
    quantity = fields.whole(_("Pieces"), help_text=_("Identical ones in this row; empty when not stated."))
    designator = fields.text(_("Designator"), help_text=_("On the board: U12."), widget=forms.TextInput(attrs=VERBATIM))
    label = fields.text(_("Bag label"), help_text=_("The bag's own label."), widget=forms.TextInput(attrs=VERBATIM))
    marking = fields.Marking(
        label=_("Marking"),
        help_text=_("Exactly as read, line for line; ? for each character that cannot be read. Never altered later."),
    )
    marking_state = fields.WordChoice(
        "marking-states",
        label=_("State of the marking"),
        initial="not-recorded",
        help_text=_("Becomes “read” by itself when a marking is typed."),
    )
    date_code = fields.text(_("Date code"), help_text=_("As printed."), widget=forms.TextInput(attrs=VERBATIM))
    made = fields.date(_("Made"), help_text=_("As the date code is read: 2022-W17, August 2021."))
    marked_country = fields.TermChoice("countries", label=_("Country printed on it"))
    category = fields.TermChoice("categories", label=_("Category"))
    grade = fields.WordChoice("grades", label=_("Grade"), empty=_("Not recorded"))
    authenticity = fields.WordChoice("authenticity", label=_("Authenticity"), initial="not-examined")
    authenticity_test = fields.TermChoice("test-methods", label=_("Examined by"))
    condition = fields.text(_("Condition"))
    note = fields.lines(_("Note"), rows=2)
    manufacturer = fields.organisation(label=_("Maker"), required=False)
    part = fields.part(label=_("Part"), required=False, within="manufacturer")
    basis = fields.TermChoice("identification-bases", label=_("Basis"), empty=_("Marking read, or visual"))
    confidence = fields.WordChoice("confidence", label=_("Confidence"), empty=_("Low, until you say more"))
    opinion = ["manufacturer", "part", "basis", "confidence"]
    sections = [
        (_("What was found"), ["specimen", "parent", "kind", "name", "quantity", "designator", "label", "marking"]),
        (_("Who made it, in your opinion"), opinion),
        (
            _("More of what is seen"),
            [
                "marking_state", "date_code", "made", "marked_country", "category", "grade", "authenticity",
                "authenticity_test", "condition", "note",
            ],
        ),
    ]  # fmt: skip

    def __init__(self, *args, record=None, **options):
        super().__init__(*args, record=record, **options)
        if record is None:
            return
        for name in self.opinion:  # an opinion has a form of its own
            del self.fields[name]
        self.sections = [section for section in self.sections if section[1] is not self.opinion]
        self.fields["specimen"].disabled = True
        self.fields["specimen"].help_text = _("A component stays with its specimen.")
        if record.marking:
            for name in ("marking", "marking_state"):
                self.fields[name].disabled = True
            self.fields["marking"].help_text = _(
                "A marking is never altered once read. If it is wrong, void this component and record it anew."
            )
            self.fields["marking_state"].help_text = ""

    @classmethod
    def of(cls, record):
        names = [name for _title, names in cls.sections for name in names if name not in cls.opinion]
        return {name: shown(record, name, cls.base_fields[name]) for name in names}

    def columns(self):
        """The basis is said of the opinion; a component's own basis is another column."""
        found = super().columns()
        if "basis_id" in found:
            found["basis"] = found.pop("basis_id")
        return found

    def clean(self):
        """A marking that was typed was read."""
        typed = self.cleaned_data
        if typed.get("marking") and typed.get("marking_state") == "not-recorded":
            typed["marking_state"] = "read"
        parent, of = typed.get("parent"), typed.get("specimen")
        if parent is not None and of is not None and parent.specimen_id != of.pk:
            self.add_error("parent", _("Choose a component of the same specimen."))
        return typed


class MoveForm(AmendingForm):
    """Where a component sits."""

    parent = fields.component(
        label=_("New place"),
        required=False,
        within="specimen",
        help_text=_("The assembly or board it sits on; leave it empty to put it at the top."),
    )
    specimen = forms.CharField(widget=forms.HiddenInput, required=False)  # what the search is kept to
    version = forms.IntegerField(widget=forms.HiddenInput)
    sections = [("", ["parent"])]


class SplitForm(AmendingForm):
    """How many pieces stay in a row."""

    keep = forms.IntegerField(label=_("Pieces that stay in this row"), min_value=1)
    version = forms.IntegerField(widget=forms.HiddenInput)
    sections = [("", ["keep"])]


class VoidForm(SentForm):
    """Why a record is withdrawn."""

    reason = fields.lines(
        _("Reason"), rows=2, required=True, help_text=_("It stays with the record, for all who may read it.")
    )
    sections = [("", ["reason"])]
