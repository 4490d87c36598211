"""Between signing in and the catalogue: a password of one's own, and a second factor where one is asked for."""

import time

from allauth.usersessions.models import UserSession
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils import timezone

from .account_adapters import STRONG

HOUR = 3600
ALWAYS = {"sign-out", "set_language", "account_change_password"}
ADDING = ALWAYS | {
    "account", "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
    "mfa_activate_totp", "mfa_add_webauthn", "mfa_view_recovery_codes",
}  # fmt: skip


def unfinished(user):
    """(name of the page that comes first, names of the pages that are open meanwhile); None when all is done."""
    if user.must_change_password:
        return "account_change_password", ALWAYS
    if user.needs_second_factor and STRONG.isdisjoint(user.factors):
        return "account", ADDING
    return None


class UnfinishedMiddleware:
    """Whose password an administrator knows, or who lacks the second factor, reaches only the page that mends it.

    Notes once an hour that a session is in use. Keys are credentials of their own and pass.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, arguments, named):
        if "Authorization" in request.headers or "_auth_user_id" not in request.session:
            return None
        if not request.user.is_authenticated:
            return None
        self.note_use(request)
        first = unfinished(request.user)
        if first is None or request.resolver_match.url_name in first[1]:
            return None
        if request.path.startswith("/api/"):
            detail = "Open the catalogue in the browser and finish signing in; then this session may be used."
            body = {"type": "about:blank", "title": "Not allowed", "status": 403, "detail": detail}
            return JsonResponse(body, status=403, content_type="application/problem+json")
        return redirect(first[0])

    def note_use(self, request):
        """Once an hour is enough to see which sessions are in use, and keeps reading from writing."""
        if time.time() - request.session.get("seen", 0) > HOUR:
            request.session["seen"] = int(time.time())
            mine = UserSession.objects.filter(session_key=request.session.session_key)
            mine.update(last_seen_at=timezone.now())
