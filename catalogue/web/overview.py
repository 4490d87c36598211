"""The first page: what is here, and where to go."""

from django.shortcuts import render

from catalogue.queries import overview as asked


def overview(request):
    """Counts with their units, the latest specimens and the most frequent makers."""
    return render(
        request,
        "catalogue/overview.html",
        {"figures": asked.figures(), "latest": asked.latest(), "makers": asked.makers()},
    )
