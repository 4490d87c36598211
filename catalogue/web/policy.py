"""The Content-Security-Policy of every answer."""

from csp.constants import HEADER
from csp.middleware import CSPMiddleware

NOTHING = "default-src 'none'; frame-ancestors 'none'"


class PolicyMiddleware(CSPMiddleware):
    """Pages get the policy of the settings; data, files and photographs may load and run nothing at all."""

    def process_response(self, request, response):
        if response.headers.get("Content-Type", "").startswith("text/html"):
            return super().process_response(request, response)
        # A service worker and a download bring their own.
        response.headers.setdefault(HEADER, getattr(response, "policy", NOTHING))
        return response
