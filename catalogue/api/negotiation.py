"""What an answer is written in: JSON, unless `format` asks for a file. An Accept header chooses nothing here."""

from rest_framework.negotiation import DefaultContentNegotiation


class AlwaysJson(DefaultContentNegotiation):
    """Parsers by the Content-Type that is sent; one renderer."""

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type
