"""Intake: the examination of a specimen."""

from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue.models import User

from . import fields
from .base import SentForm, shown


class ExaminationForm(SentForm):
    """What is noted when a specimen comes in, and how far its examination is."""

    reference = fields.text(
        _("Examination number"), required=True, widget=forms.TextInput(attrs={"class": "mono"}),
        help_text=_("As your laboratory numbers its examinations."),
    )  # fmt: skip
    received = fields.date(_("Received on"))
    consignor = fields.text(_("Consignor"), help_text=_("Who brought or sent it: a person, with the body or unit."))
    seals = fields.text(
        _("Seals on arrival"), widget=forms.TextInput(attrs={"class": "mono"}), help_text=_("Numbers, as read.")
    )
    examiner = forms.TypedChoiceField(label=_("Examiner"), coerce=int, empty_value=None, required=False)
    stage = fields.WordChoice(
        "examination-stages", label=_("Stage"), initial="received",
        help_text=_("In review it is while its specimen is in review; that is said on the page of its review."),
    )  # fmt: skip
    note = fields.lines(_("Note"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    sections = [
        (_("Intake"), ["reference", "received", "consignor", "seals"]),
        (_("Examination"), ["examiner", "stage", "note"]),
    ]
    wide = frozenset({"consignor", "note"})

    def __init__(self, data=None, *, viewer, record=None, **options):
        initial = {}
        if record is not None:
            names = [name for name in self.base_fields if name not in ("examiner", "version")]
            initial = {name: shown(record, name, self.base_fields[name]) for name in names}
            initial |= {"examiner": record.examiner_id, "version": record.version}
        super().__init__(data, viewer=viewer, initial=initial, **options)
        people = User.objects.filter(agency=viewer.agency, is_service=False).order_by("name", "username")
        kept = record.examiner_id if record is not None else None
        self.fields["examiner"].choices = [
            ("", _("Not assigned")),
            *((one.pk, f"{one} · {one.examiner}") for one in people if one.is_active or one.pk == kept),
        ]

    def columns(self):
        found = super().columns()
        return {name: value for name, value in found.items() if name != "examiner"} | {
            "examiner_id": found.get("examiner")
        }
