"""/api/v1/components/facets/"""

import orjson
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view

from catalogue.filters.base import OF_LISTS, BadParameter
from catalogue.filters.components import ComponentFilter
from catalogue.filters.facets import OF_INTERFACE, component_counts
from catalogue.queries import components
from catalogue.queries.component_facets import FACETS

from .schema import of_filter

VALUES = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {"value": {"type": "string"}, "count": {"type": "integer"}},
        "required": ["value", "count"],
    },
}
ANSWER = {
    "type": "object",
    "properties": {"facets": {"type": "object", "properties": dict.fromkeys(FACETS, VALUES)}},
    "required": ["facets"],
}
FILTERS = [of_filter(ComponentFilter, *pair) for pair in ComponentFilter.base_filters.items()]


@extend_schema(
    operation_id="components_facets", tags=["components"], parameters=FILTERS, responses={200: ANSWER},
)  # fmt: skip
@api_view(["GET"])
def component_facets(request):
    """How the components of a list divide: for every parameter its fifty most frequent values, with component records.

    Takes the parameters of the list. A facet that narrows the list is counted as if it did not, so that one sees what
    else could be chosen. Components without a value are in none of its counts.
    """
    for name in request.GET:
        if name in OF_LISTS:
            raise BadParameter(name, f"There is no parameter {name!r} here; it takes the filters of the list.")

    def narrow(parameters):
        return ComponentFilter(parameters, components.SHAPE.listing()).found()

    ComponentFilter(request.GET, components.SHAPE.listing()).found()  # a parameter that cannot be used is refused
    found = component_counts(request.GET, narrow, shown=OF_INTERFACE)
    told = {
        name: [{"value": value, "count": rows} for value, rows in found[name] if value not in (None, "")]
        for name in FACETS
    }
    return HttpResponse(orjson.dumps({"facets": told}), content_type="application/json")
