"""Who may read a record: level, agencies, readers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue.models import Agency, Level, User

from . import fields
from .base import SentForm


class Ticks(forms.CheckboxSelectMultiple):
    """Boxes to tick, as the forms have them."""

    template_name = "catalogue/forms/widgets/ticks.html"


class Several(forms.MultipleChoiceField):
    """Some of a list; the values are ids."""

    widget = Ticks

    def clean(self, value):
        return [int(one) for one in super().clean(value)]


class HandlingForm(SentForm):
    """Whom a record is declared for, and the reason where that lets more people in.

    `seen`: the fingerprint of the preview that was read.
    """

    handling = fields.LevelChoice(label=_("Who may read it"))
    released_to = Several(
        label=_("Released to"), required=False, help_text=_("Agencies beside your own; of AMBER and AMBER+STRICT only.")
    )
    readers = Several(label=_("Readers"), required=False, help_text=_("Beside yourself; of RED only."))
    whole = forms.BooleanField(
        label=_("With everything in it"),
        required=False,
        help_text=_(
            "Its components, photographs, files and identifications that are declared for fewer. What is RED stays so."
        ),
    )
    reason = fields.lines(_("Reason"), rows=2, help_text=_("Why more people may read it. It stays in the history."))
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    sections = [(_("Who may read it"), ["handling", "released_to", "readers", "whole"])]
    wide = frozenset({"released_to", "readers", "whole"})

    def __init__(self, data=None, *, viewer, record, whole, **options):
        declared = record.declared
        begins = {
            "handling": int(declared.level),
            "released_to": [agency for agency in declared.agencies or () if agency != viewer.agency],
            "readers": [person for person in declared.readers or () if person != viewer.user],
            "version": record.version,
        }
        super().__init__(data, viewer=viewer, initial=begins, **options)
        self.fields["handling"].allow([level for level in Level if level <= viewer.ceiling])
        self.fields["released_to"].choices = (
            Agency.objects.exclude(pk=viewer.agency).order_by("name").values_list("pk", "name")
        )
        self.fields["readers"].choices = self.people(viewer)
        if not whole:
            del self.fields["whole"]

    def people(self, viewer):
        """Readers there may be: of the own agency; and of others those who are named already."""
        own = User.objects.filter(agency=viewer.agency, is_active=True, is_service=False).exclude(pk=viewer.user)
        known = [(person.pk, f"{person} · {person.examiner}") for person in own.order_by("username")]
        others = set(self.initial["readers"]) - {pk for pk, _name in known}
        return known + [(pk, _("A reader of another agency")) for pk in sorted(others)]

    def audience(self):
        """Level, agencies and readers, as actions take them."""
        typed = self.cleaned_data
        level = typed["handling"]
        return {
            "level": level,
            "released_to": typed["released_to"] if level in (Level.AMBER, Level.STRICT) else (),
            "readers": typed["readers"] if level == Level.RED else (),
        }
