"""Which language a page speaks: the reader's choice (a cookie), else what the browser asks for."""

from django.middleware.locale import LocaleMiddleware
from django.utils import translation


class LanguageMiddleware(LocaleMiddleware):
    """For pages. The interface under /api/ speaks English, whoever calls it: partners compare its answers."""

    def process_request(self, request):
        if request.path_info.startswith("/api/"):
            translation.activate("en")  # a page may have left its reader's language in this thread
        else:
            super().process_request(request)

    def process_response(self, request, response):
        return response if request.path_info.startswith("/api/") else super().process_response(request, response)
