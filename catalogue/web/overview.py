"""The first page: what is here, and where to go."""

from django.shortcuts import render

from catalogue.queries import overview as asked


def overview(request):
    """Counts with their units, the latest specimens and the most frequent makers."""
    latest = list(asked.latest())
    highest = max((specimen.audience for specimen in latest), key=lambda audience: audience.level, default=None)
    context = {
        "figures": asked.figures(),
        "latest": latest,
        "highest": highest.name if highest else "",
        "makers": asked.makers(),
    }
    return render(request, "catalogue/overview.html", context)
