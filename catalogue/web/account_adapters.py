"""How the sign-in library works here: without mail, behind row-level security, with secrets encrypted."""

from base64 import urlsafe_b64encode
from io import BytesIO

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import unstash_login
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from catalogue.models import Theme, User
from catalogue.security.entering import let_in

from .account_limits import sentence, wait

YEAR = 365 * 24 * 3600
# What the page itself shows needs no message.
QUIET = (
    "account/messages/logged_in.txt",
    "account/messages/logged_out.txt",
    "mfa/messages/recovery_codes_generated.txt",
)
STRONG = {"totp", "webauthn"}  # second factors; recovery codes are a way out when they are lost


def remember_choices(response, user, *, forget=False):
    """The language and theme of the account, where pages look for them: in cookies of this browser.

    What the account leaves open stays as this browser has it, unless it is to `forget` that too.
    """
    chosen = {"theme": user.theme if user.theme != Theme.AUTO else "", settings.LANGUAGE_COOKIE_NAME: user.language}
    for name, value in chosen.items():
        if value:
            response.set_cookie(name, value, max_age=YEAR, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax")
        elif forget:
            response.delete_cookie(name)
    return response


class AccountAdapter(DefaultAccountAdapter):
    """Signing in by name and password."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _(
            "This name and password do not belong together. Capitals matter in the password only; ask your "
            "administrator if you have lost it."
        ),
        "incorrect_password": _("This is not your password; type the one you sign in with."),
        "enter_current_password": _("This is not your present password."),
    }

    def validation_error(self, code, *arguments):
        """The sentence for `code`; for too many attempts, with the time to wait."""
        if code not in ("too_many_login_attempts", "rate_limited"):
            return super().validation_error(code, *arguments)
        return ValidationError(sentence(self.longest_wait(context.request)), code=code)

    def longest_wait(self, request):
        """Seconds until the name that is tried, or the account whose code is asked for, may be tried again."""
        keys = [self._get_login_attempts_cache_key(request, username=request.POST.get("login", ""))]
        login = None if request.user.is_authenticated else unstash_login(request, peek=True)
        user = login.user if login else request.user
        if user and user.is_authenticated:
            keys += [
                f"mfa-auth-user-{user.pk}",
                self._get_login_attempts_cache_key(request, username=user.username),
            ]
        return max(wait(request, "login_failed", key=key) for key in keys)

    def is_open_for_signup(self, request):
        return False

    def pre_login(self, request, user, **more):
        """From here on the account, its second factors and sessions can be read."""
        let_in(user.pk)
        return super().pre_login(request, user, **more)

    def respond_user_inactive(self, request, user):
        return redirect("account_login")

    def login(self, request, user):
        super().login(request, user)
        User.objects.filter(pk=user.pk).update(last_login=timezone.now())

    def post_login(self, request, user, **more):
        return remember_choices(super().post_login(request, user, **more), user)

    def get_password_change_redirect_url(self, request):
        return reverse("account")

    def add_message(self, request, level, message_template=None, *arguments, **named):
        if message_template not in QUIET:
            super().add_message(request, level, message_template, *arguments, **named)


class FactorAdapter(DefaultMFAAdapter):
    """Second factors. Their secrets are encrypted with a key that is made of SECRET_KEY."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right or was used already; type the newest one."),
        "incorrect_passkey": _("This passkey was not accepted; try it again, or go another way."),
        "cannot_delete_authenticator": _(
            "Your administrator asks for a second factor: add another one before you remove this one."
        ),
        "unreadable": _(
            "This second factor cannot be read, because the secret key of the installation has changed; "
            "ask your administrator to reset it."
        ),
    }

    def cipher(self):
        key = salted_hmac("catalogue.second-factors", "", algorithm="sha256").digest()
        return Fernet(urlsafe_b64encode(key))

    def encrypt(self, text):
        return self.cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        """The secret. Raises ValidationError when it was encrypted with another SECRET_KEY."""
        try:
            return self.cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            raise self.validation_error("unreadable") from None

    def build_totp_svg(self, url):
        """A QR code with its quiet zone, black on white in either theme."""
        drawn = BytesIO()
        segno.make(url, error="m").save(drawn, kind="svg", scale=4, border=4, light="white")
        return drawn.getvalue().decode()

    def can_delete_authenticator(self, authenticator):
        user = authenticator.user
        return not user.needs_second_factor or sum(kind in STRONG for kind in user.factors) > 1

    def generate_authenticator_name(self, user, type):
        count = user.factors.count(type)
        return str(_("Passkey %(n)s") % {"n": count + 1} if count else _("Passkey"))

    def _get_user_identifier(self, user):
        return user.username
