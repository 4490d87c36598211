"""What people type about their own account: codes, passkeys, a new password, a name, a key."""

from allauth.account.forms import ChangePasswordForm
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.mfa.webauthn.internal import auth
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from catalogue.actions.accounts import change_password
from catalogue.actions.agencies import KEY_DAYS, LONGEST
from catalogue.models import Level, Theme
from catalogue.security.entering import let_in
from catalogue.security.viewing import gate


class OnceOnly:
    """A code counts once, for as long as it could be typed again (RFC 6238, section 5.2)."""

    def clean_code(self):
        code = super().clean_code()
        valid = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
        if not cache.add(f"code-used:{self.user.pk}:{normalize_user_code(code)}", 1, timeout=valid):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(OnceOnly, AuthenticateForm):
    """The code at signing in."""


class CodeAgainForm(OnceOnly, ReauthenticateForm):
    """The code of somebody signed in, before a second factor is changed."""


BROKEN = (AttributeError, KeyError, TypeError, ValueError)  # what the library raises for what no browser sends


class Legible:
    """A passkey's answer that is none is refused like a wrong one."""

    def clean_credential(self):
        try:
            return super().clean_credential()
        except BROKEN:
            raise get_adapter().validation_error("incorrect_passkey") from None


class PasskeyCodeForm(Legible, AuthenticateWebAuthnForm):
    """The passkey after the password."""


class PasskeyAgainForm(Legible, ReauthenticateWebAuthnForm):
    """The passkey of somebody signed in, before a second factor is changed."""


class Named:
    """Whose the passkey says it is: that account can be read while the passkey proves it."""

    def clean_credential(self):
        credential = self.cleaned_data["credential"]
        auth.parse_authentication_response(credential)
        with gate():
            user = auth.extract_user_from_response(credential)
        let_in(user.pk)
        return super().clean_credential()


class PasskeyForm(Legible, Named, LoginWebAuthnForm):
    """Signing in with a passkey alone."""


class PasskeyAddForm(AddWebAuthnForm):
    """A new passkey."""

    def clean(self):
        try:
            return super().clean()
        except BROKEN:
            raise get_adapter().validation_error("incorrect_passkey") from None


class PasswordForm(ChangePasswordForm):
    """A new password, with the present one."""

    def clean(self):
        cleaned = super().clean()
        if "password1" in cleaned and cleaned["password1"] == cleaned.get("oldpassword"):
            self.add_error("password1", _("Choose another password than the present one."))
        return cleaned

    def save(self):
        change_password(actor=self.user, password=self.cleaned_data["password1"])


THEMES = [(Theme.AUTO, _("As the system")), (Theme.LIGHT, _("Light")), (Theme.DARK, _("Dark"))]
CEILINGS = [(level.value, f"TLP:{level.label}") for level in Level]


class SelfForm(forms.Form):
    """How the person is called and reads."""

    name = forms.CharField(label=_("Full name"), max_length=120, required=False)
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("As the browser asks")), *settings.LANGUAGES]
    )
    theme = forms.ChoiceField(label=_("Light or dark"), choices=THEMES)


class OwnKeyForm(forms.Form):
    """A key that acts as oneself."""

    name = forms.CharField(label=_("What it is for"), max_length=120)
    ceiling = forms.TypedChoiceField(label=_("Shows records up to"), coerce=int, initial=Level.STRICT, choices=CEILINGS)
    days = forms.IntegerField(label=_("Days until it expires"), min_value=1, max_value=LONGEST, initial=KEY_DAYS)
