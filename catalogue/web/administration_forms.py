"""What administrators type: people, agencies, keys."""

from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue.actions.agencies import KEY_DAYS, LONGEST
from catalogue.models import Level, Role

from .account_forms import CEILINGS

ROLES = [
    (Role.READER, _("Reader")),
    (Role.ANALYST, _("Analyst")),
    (Role.CURATOR, _("Curator")),
    (Role.ADMINISTRATOR, _("Administrator")),
]
NEEDS = _("Needs a second factor")
NEEDS_HELP = _("The catalogue opens only after the person has added an authenticator app or a passkey.")


class Explained(forms.Form):
    """Fields whose help stands below them."""

    use_required_attribute = False


class PersonForm(Explained):
    """A new account."""

    username = forms.CharField(label=_("Sign-in name"), max_length=60, help_text=_("For example olena.k; it stays."))
    name = forms.CharField(label=_("Full name"), max_length=120, required=False)
    examiner = forms.CharField(
        label=_("Examiner code"),
        max_length=12,
        required=False,
        help_text=_("Other agencies see this code instead of the name; it stays. Left empty, one is found."),
    )
    role = forms.ChoiceField(label=_("Role"), choices=ROLES, initial=Role.READER)
    needs_second_factor = forms.BooleanField(label=NEEDS, help_text=NEEDS_HELP, required=False, initial=True)


class FirstPersonForm(PersonForm):
    """The first account of an agency, which adds the others."""

    role = None


class ChangeForm(Explained):
    """What is decided of an existing account."""

    name = forms.CharField(label=_("Full name"), max_length=120, required=False)
    role = forms.ChoiceField(label=_("Role"), choices=ROLES)
    needs_second_factor = forms.BooleanField(label=NEEDS, help_text=NEEDS_HELP, required=False)
    is_active = forms.BooleanField(
        label=_("Open"),
        help_text=_("A closed account cannot sign in, its sessions and keys end at once; what it recorded stays."),
        required=False,
    )


class AgencyForm(Explained):
    """A new agency."""

    name = forms.CharField(label=_("Name"), max_length=120)
    slug = forms.CharField(
        label=_("Short name in addresses"),
        max_length=60,
        help_text=_("Small letters and hyphens, like lab-kyiv; it stays."),
    )
    code = forms.CharField(
        label=_("Code"),
        max_length=6,
        required=False,
        help_text=_("Its specimens' references begin with it: KND-2026-7F3K. Left empty, one is found; it stays."),
    )


class NameForm(Explained):
    """Another name for an agency."""

    name = forms.CharField(label=_("Name"), max_length=120)


class KeyForm(Explained):
    """A key for a machine."""

    name = forms.CharField(
        label=_("What it is for"), max_length=120, help_text=_("For example: nightly copy to the ministry.")
    )
    agency = forms.ChoiceField(label=_("Agency"))
    role = forms.ChoiceField(
        label=_("Role"), choices=[choice for choice in ROLES if choice[0] != Role.ADMINISTRATOR], initial=Role.READER
    )
    ceiling = forms.TypedChoiceField(
        label=_("Shows records up to"),
        coerce=int,
        initial=Level.STRICT,
        choices=CEILINGS,
        help_text=_("Records above this TLP level do not exist for the key."),
    )
    days = forms.IntegerField(label=_("Days until it expires"), min_value=1, max_value=LONGEST, initial=KEY_DAYS)

    def __init__(self, *args, agencies, **options):
        super().__init__(*args, **options)
        self.fields["agency"].choices = [(agency.slug, agency.name) for agency in agencies]
