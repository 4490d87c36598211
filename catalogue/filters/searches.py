"""Parameters of the list of saved searches, and what a saved search finds."""

import django_filters as df
from django.http import QueryDict

from catalogue.models import SavedSearch, SearchedNoun
from catalogue.queries import (
    components,
    organisations,
    parts,
    published,
    routes,
    sources,
    specimens,
    systems,
)
from catalogue.queries.paging import SORTED_AT_MOST, counted, hinted
from catalogue.queries.searches import moment

from .base import OF_LISTS, Codes, Common
from .components import ComponentFilter
from .organisations import OrganisationFilter
from .parts import PartFilter
from .published import PublishedFilter
from .routes import RouteFilter
from .sources import SourceFilter
from .specimens import SpecimenFilter
from .systems import SystemFilter

LISTS = {
    "components": (components.SHAPE, ComponentFilter),
    "parts": (parts.SHAPE, PartFilter),
    "organisations": (organisations.SHAPE, OrganisationFilter),
    "systems": (systems.SHAPE, SystemFilter),
    "specimens": (specimens.SHAPE, SpecimenFilter),
    "routes": (routes.SHAPE, RouteFilter),
    "sources": (sources.SHAPE, SourceFilter),
    "published-records": (published.SHAPE, PublishedFilter),
}


class SavedSearchFilter(Common):
    q = df.CharFilter(field_name="name", lookup_expr="icontains", help_text="The name holds the text.")
    noun = Codes(SearchedNoun)

    class Meta:
        model = SavedSearch
        fields = []


def found(noun, query, since=None):
    """The records that a search finds now; with `since` those recorded or changed after it. Raises BadParameter."""
    shape, filters = LISTS[noun]
    parameters = QueryDict(query, mutable=True)
    for name in OF_LISTS:
        parameters.pop(name, None)
    if since is not None:
        parameters["updated_since"] = moment(since)
    return hinted(filters(parameters, shape.listing()).found())


def query_since(query, since):
    """The query of the list of what is new since then."""
    parameters = QueryDict(query, mutable=True)
    parameters["updated_since"] = moment(since)
    return parameters.urlencode()


def count(noun, query, since=None):
    """How many records a search finds, None when more than are counted at once. Raises BadParameter."""
    return counted(found(noun, query, since), SORTED_AT_MOST)
