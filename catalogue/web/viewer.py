"""The reader of a request, found once, before its transaction; and what every page needs to know of it."""

import hashlib

from django.db import connection, transaction
from django.http import JsonResponse

from catalogue.security.viewing import NOBODY, RED, Viewer, because, look_as, look_with_key


class ViewerMiddleware:
    """Opens the transaction in which a request sees what its reader may see, and nothing else.

    An answer of 400 or more leaves nothing behind; one that says to try again is tried again here, once. Streams
    open a reader's transaction of their own.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.attempt(request)
        again = response.status_code == 503 and response.has_header("Retry-After")
        if again and request.content_type != "multipart/form-data":  # files can be read only once
            response = self.attempt(request)
        return response

    def attempt(self, request):
        with transaction.atomic():
            refused = self.enter(request)
            response = refused or self.get_response(request)
            if response.status_code >= 400:
                transaction.set_rollback(True)
        return response

    def enter(self, request):
        """Set the reader; an answer when the key or account is refused."""
        kind, _, key = request.headers.get("Authorization", "").partition(" ")
        with connection.cursor() as cursor:
            if kind.lower() == "bearer":
                # A key is a credential of its own: no cookie, hence no forged request to guard against.
                request._dont_enforce_csrf_checks = True
                viewer = look_with_key(cursor, hashlib.sha256(key.strip().encode()).digest())
                if viewer is None:
                    return unauthorised(
                        "This key is unknown, has expired or was revoked. Ask your agency for a new one."
                    )
            elif kind:
                return unauthorised("Send the key as: Authorization: Bearer KEY")
            else:
                viewer = viewer_of(request.user) if "_auth_user_id" in request.session else NOBODY
                look_as(cursor, viewer)
            request.viewer = viewer
            if request.method not in ("GET", "HEAD", "OPTIONS"):
                because(cursor, viewer, request=f"{request.method} {request.path}"[:200])


def viewer_of(user):
    """The reader that a signed-in user is."""
    if not user.is_authenticated:
        return NOBODY
    return Viewer(user.pk, user.agency_id, user.role, RED)


def unauthorised(detail):
    """401 as problem details (RFC 9457)."""
    body = {"type": "about:blank", "title": "Unauthorized", "status": 401, "detail": detail}
    response = JsonResponse(body, status=401, content_type="application/problem+json")
    response["WWW-Authenticate"] = 'Bearer realm="catalogue"'
    return response


def page_context(request):
    """For every page: who reads, and the theme the reader chose."""
    theme = request.COOKIES.get("theme", "auto")
    return {"viewer": getattr(request, "viewer", NOBODY), "theme": theme if theme in ("light", "dark") else "auto"}
