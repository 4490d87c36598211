"""One's own account: name and language, password, second factors, sessions, keys."""

from allauth.account.decorators import reauthentication_required
from allauth.account.views import PasswordChangeView
from allauth.mfa.models import Authenticator
from allauth.usersessions.internal.flows.sessions import end_other_sessions, end_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from catalogue.actions.accounts import change_self
from catalogue.actions.agencies import issue_own_key, revoke_key
from catalogue.actions.refusals import Refused
from catalogue.models import ApiKey, Role

from .account_adapters import STRONG, remember_choices
from .account_forms import OwnKeyForm, PasswordForm, SelfForm

# Signs in a User-Agent, in this order: most browsers also call themselves by the later ones.
BROWSERS = {"Edg/": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
SYSTEMS = {
    "Windows": "Windows",
    "Android": "Android",
    "iPhone": "iOS",
    "iPad": "iPadOS",
    "Mac OS": "macOS",
    "Linux": "Linux",
}


def beside(form, refused):
    """Put what an action refused beside the field it concerns."""
    form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)


@never_cache
@login_required
def account(request):
    """The page of one's account; POST sends name, language and theme."""
    user = request.user
    initial = {name: getattr(user, name) for name in ("name", "language", "theme")}
    form = SelfForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            change_self(actor=user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return remember_choices(redirect("account"), user, forget=True)
        except Refused as refused:
            beside(form, refused)
    return render(request, "catalogue/account/account.html", {"form": form} | standing(request))


def standing(request):
    """What an account has: second factors by kind, sessions, keys."""
    user = request.user
    factors = list(Authenticator.objects.filter(user=user).order_by("created_at"))
    return {
        "totp": next((factor for factor in factors if factor.type == "totp"), None),
        "passkeys": [factor for factor in factors if factor.type == "webauthn"],
        "codes": next((factor for factor in factors if factor.type == "recovery_codes"), None),
        "asked_for": user.needs_second_factor and STRONG.isdisjoint(user.factors),
        "sessions": sessions_of(user),
        "keys": ApiKey.objects.filter(user=user).order_by("-created_at"),
        "may_have_keys": user.role != Role.ADMINISTRATOR,
        "now": timezone.now(),
    }


def sessions_of(user):
    """The sessions of `user` that are still open, the one used last first, each with its `browser` in words."""
    found = sorted(UserSession.objects.purge_and_list(user), key=lambda session: session.last_seen_at, reverse=True)
    for session in found:
        session.browser = browser(session.user_agent)
    return found


def browser(agent):
    """The browser and system that a User-Agent names, as far as they are known: "Firefox, Windows"."""
    named = (next((name for sign, name in signs.items() if sign in agent), None) for signs in (BROWSERS, SYSTEMS))
    return ", ".join(filter(None, named))


class ChangePassword(PasswordChangeView):
    """Another password; after signing in with one that an administrator gave, the only page there is."""

    template_name = "catalogue/account/password.html"
    form_class = PasswordForm


@require_POST
@login_required
def session_end(request, number):
    """End one of one's own sessions; ending the present one signs out."""
    session = UserSession.objects.filter(user=request.user, pk=number).first()
    if session is None:
        raise Http404
    present = session.is_current()
    end_sessions(request, [session])
    if present:
        return redirect("overview")
    messages.success(request, _("The session has ended."))
    return redirect("account")


@require_POST
@login_required
def sessions_end(request):
    """End all of one's sessions but the present one."""
    end_other_sessions(request, request.user)
    messages.success(request, _("All other sessions have ended."))
    return redirect("account")


@never_cache
@login_required
@reauthentication_required
def key_new(request):
    """A key that acts as oneself, shown this once."""
    form = OwnKeyForm(request.POST or None)
    if form.is_valid():
        try:
            text = issue_own_key(actor=request.user, **form.cleaned_data)
            shown = {"text": text, "name": form.cleaned_data["name"], "back": "account"}
            return render(request, "catalogue/account/key_shown.html", shown)
        except Refused as refused:
            beside(form, refused)
    return render(request, "catalogue/account/key_new.html", {"form": form})


@require_POST
@login_required
def key_revoke(request, number):
    """End a key that acts as oneself."""
    key = ApiKey.objects.filter(user=request.user, pk=number).first()
    if key is None:
        raise Http404
    revoke_key(key=key, actor=request.viewer)
    messages.success(request, _("The key is revoked; nothing can be done with it any more."))
    return redirect("account")
