"""Who calls: the middleware has found out already, in the transaction everything else runs in."""

from rest_framework.authentication import CSRFCheck, SessionAuthentication
from rest_framework.exceptions import PermissionDenied


class FromMiddleware(SessionAuthentication):
    """The request's viewer. A session is checked against forged requests; a key needs no such check."""

    def authenticate(self, request):
        viewer = request._request.viewer
        if not viewer.is_authenticated:
            return None
        if not request._request.headers.get("Authorization"):
            self.enforce_csrf(request)
        return viewer, None

    def enforce_csrf(self, request):
        check = CSRFCheck(lambda _: None)
        check.process_request(request)
        if reason := check.process_view(request, None, (), {}):
            raise PermissionDenied(f"The form's protection against forged requests failed: {reason}")
