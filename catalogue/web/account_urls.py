"""Addresses of signing in, of one's account and of administration.

The sign-in library asks for its pages by the names that begin with account_, mfa_ and usersessions_.
"""

from allauth.account.views import ReauthenticateView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as CodeAgainView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    EditWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LogoutView
from django.urls import path
from django.views.decorators.cache import never_cache

from . import account, administration, administration_keys, administration_users
from .account_limits import FACTORS, in_time
from .signin import SignIn, on_the_way

sign_in = in_time("login", on_the_way(SignIn.as_view()))


def page(view, template, action="reauthenticate"):
    """A page of the sign-in library, for people signed in, in our own dress."""
    return in_time(
        action, never_cache(login_required(view.as_view(template_name=f"catalogue/account/{template}.html")))
    )


urlpatterns = [
    path("sign-in/", sign_in, name="sign-in"),
    path("sign-in/", sign_in, name="account_login"),
    path(
        "sign-in/code/",
        on_the_way(AuthenticateView.as_view(template_name="catalogue/account/code.html")),
        name="mfa_authenticate",
    ),
    path(
        "sign-in/passkey/",
        in_time("webauthn_login", LoginWebAuthnView.as_view(), app=FACTORS),
        name="mfa_login_webauthn",
    ),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    *(path("account/", account.account, name=name) for name in ("account", "mfa_index", "mfa_list_webauthn")),
    path(
        "account/password/",
        in_time("change_password", never_cache(login_required(account.ChangePassword.as_view()))),
        name="account_change_password",
    ),
    path("account/confirm/", page(ReauthenticateView, "confirm"), name="account_reauthenticate"),
    path("account/confirm/code/", page(CodeAgainView, "confirm_code"), name="mfa_reauthenticate"),
    path(
        "account/confirm/passkey/",
        page(ReauthenticateWebAuthnView, "confirm_passkey"),
        name="mfa_reauthenticate_webauthn",
    ),
    path("account/authenticator/add/", page(ActivateTOTPView, "totp_add"), name="mfa_activate_totp"),
    path("account/authenticator/remove/", page(DeactivateTOTPView, "totp_remove"), name="mfa_deactivate_totp"),
    path("account/passkeys/add/", page(AddWebAuthnView, "passkey_add"), name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/name/", page(EditWebAuthnView, "passkey_name"), name="mfa_edit_webauthn"),
    path("account/passkeys/<int:pk>/remove/", page(RemoveWebAuthnView, "passkey_remove"), name="mfa_remove_webauthn"),
    path("account/recovery-codes/", page(ViewRecoveryCodesView, "codes"), name="mfa_view_recovery_codes"),
    path(
        "account/recovery-codes/new/", page(GenerateRecoveryCodesView, "codes_new"), name="mfa_generate_recovery_codes"
    ),
    path("account/sessions/<int:number>/end/", account.session_end, name="session-end"),
    path("account/sessions/end-others/", account.sessions_end, name="sessions-end"),
    path("account/keys/new/", account.key_new, name="own-key-new"),
    path("account/keys/<int:number>/revoke/", account.key_revoke, name="own-key-revoke"),
    path("administration/", administration.administration, name="administration"),
    path("administration/users/", administration_users.user_list, name="administration-users"),
    path("administration/users/new/", administration_users.user_new, name="administration-user-new"),
    path("administration/users/<int:number>/", administration_users.user_detail, name="administration-user"),
    path(
        "administration/users/<int:number>/password/",
        administration_users.user_password,
        name="administration-user-password",
    ),
    path(
        "administration/users/<int:number>/second-factors/",
        administration_users.user_factors,
        name="administration-user-factors",
    ),
    path("administration/agencies/", administration_users.agency_list, name="administration-agencies"),
    path("administration/agencies/new/", administration_users.agency_new, name="administration-agency-new"),
    path("administration/agencies/<slug:slug>/", administration_users.agency_detail, name="administration-agency"),
    path(
        "administration/agencies/<slug:slug>/administrator/",
        administration_users.agency_administrator,
        name="administration-agency-administrator",
    ),
    path(
        "administration/agencies/<slug:slug>/users/<int:number>/password/",
        administration_users.agency_password,
        name="administration-agency-password",
    ),
    path("administration/keys/", administration_keys.key_list, name="administration-keys"),
    path("administration/keys/new/", administration_keys.key_new, name="administration-key-new"),
    path("administration/keys/<int:number>/revoke/", administration_keys.key_revoke, name="administration-key-revoke"),
    path("administration/audiences/", administration.audiences, name="administration-audiences"),
    path("administration/changes/", administration.changes, name="administration-changes"),
    path("administration/status/", administration.status, name="administration-status"),
]
