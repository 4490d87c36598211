"""The places that every page leads to."""

from django.utils.translation import gettext_lazy as _

PLACES = (
    ("/", _("Overview")),
    ("/systems/", _("Systems")),
    ("/specimens/", _("Specimens")),
    ("/components/", _("Components")),
    ("/parts/", _("Parts")),
    ("/organisations/", _("Organisations")),
    ("/routes/", _("Routes")),
    ("/research/", _("Research")),
    ("/sources/", _("Sources")),
    ("/published-records/", _("Published")),
)


def places(request):
    """For every page: the main places, and which one this is."""
    here = request.path
    return {
        "places": [
            {"href": href, "label": label, "here": here == href if href == "/" else here.startswith(href)}
            for href, label in PLACES
        ]
    }
