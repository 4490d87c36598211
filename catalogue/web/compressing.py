"""Pages are sent compressed; the interface streams its files as they are."""

from django.middleware.gzip import GZipMiddleware


class CompressedPagesMiddleware(GZipMiddleware):
    """Compresses pages; Django's adds bytes at random, so that their length tells nothing of a secret in them."""

    def process_response(self, request, response):
        return response if request.path_info.startswith("/api/") else super().process_response(request, response)
