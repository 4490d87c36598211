"""/api/v1/saved-searches/"""

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view

from catalogue.actions.keeping import bring_back
from catalogue.actions.record import require
from catalogue.actions.refusals import NotThere
from catalogue.actions.searches import amend_search, look_at, save_search, watch_no_more
from catalogue.filters.searches import SavedSearchFilter, count, query_since
from catalogue.models import Collection, CollectionItem, SavedSearch, SearchedNoun
from catalogue.queries import searches
from catalogue.queries.named import find

from .fields import Written
from .nouns import Kept, Noun
from .service import refuse_parameters

MATCHES = {
    "type": "object",
    "properties": {
        "count": {"type": ["integer", "null"], "description": "Records found now; null above 10,000."},
        "all": {"type": "string", "description": "Address of their list."},
        "seen": {
            "type": ["string", "null"],
            "description": "When you last looked; null when you do not watch it.",
        },
        "new": {"type": ["integer", "null"], "description": "Recorded or changed since you last looked."},
        "new_list": {"type": ["string", "null"], "description": "Address of the list of those."},
    },
    "required": ["count", "all", "seen", "new", "new_list"],
}


class SavedSearchWritten(Written):
    name = serializers.CharField()
    noun = serializers.ChoiceField(SearchedNoun.choices)
    query = serializers.CharField(required=False, allow_blank=True)
    note = serializers.CharField(required=False, allow_blank=True)

    def validate(self, sent):
        noun, query = (sent.get(name, getattr(self.context.get("record"), name, "")) for name in ("noun", "query"))
        if noun:
            count(noun, query)  # a query that the list cannot use is refused by its name
        return sent


class SavedSearches(Kept, Noun):
    """Lists that somebody keeps by name: the query of a list's address. Each reader's answer is what that reader sees.

    Shared with the agency unless its handling says otherwise; a reader keeps them for itself alone, which is RED.
    """

    noun = "saved-searches"
    by = "id"
    shape = searches.SHAPE
    filters = SavedSearchFilter
    writes = SavedSearchWritten
    serializer_class = SavedSearchWritten

    def record(self, columns, seen):
        return save_search(actor=self.viewer, **columns, **seen)

    def amend(self, record, columns, seen):
        noun, query = (columns.get(name, getattr(record, name)) for name in ("noun", "query"))
        count(noun, query)
        amend_search(record, columns, actor=self.viewer, **seen)


def described(method, verb, answers):
    """The description of one method of an address with several."""
    about = {"operation_id": f"saved_searches_{verb}", "tags": ["saved-searches"], "request": None}
    return extend_schema(methods=[method], responses=answers, **about)


@described("GET", "matches", {200: MATCHES})
@described("POST", "look", {200: MATCHES})
@described("DELETE", "unwatch", {204: None})
@api_view(["GET", "POST", "DELETE"])
def matches(request, name):
    """What a saved search finds now, and what is new since you last looked.

    POST says that you have looked, and watches it from then on; DELETE watches it no longer.
    """
    refuse_parameters(request)
    search = find(SavedSearch, "id", name).first()
    if search is None:
        raise NotThere(f"There is no saved search {name!r} here, or you may not see it.")
    viewer = request._request.viewer
    if request.method == "DELETE":
        watch_no_more(search, actor=viewer)
        return HttpResponse(status=204)
    if request.method == "POST":
        look_at(search, actor=viewer)
    seen = searches.watched(viewer.user, [search]).get(search.pk)
    address = reverse(f"{search.noun}-list")
    return JsonResponse(
        {
            "count": count(search.noun, search.query),
            "all": f"{address}?{search.query}",
            "seen": seen and searches.moment(seen),
            "new": count(search.noun, search.query, seen) if seen else None,
            "new_list": f"{address}?{query_since(search.query, seen)}" if seen else None,
        }
    )


def restoring(noun, model):
    """The view that brings back a voided record of `noun`."""

    @extend_schema(operation_id=f"{noun.replace('-', '_')}_restore", tags=[noun], request=None, responses={204: None})
    @api_view(["POST"])
    def restore(request, name):
        """Bring back what your agency, or you for yourself, voided."""
        viewer = request._request.viewer
        require(viewer, "keep")
        found = find(model, "id", name, voided=True).first()
        if found is None:
            raise NotThere(f"There is nothing voided {name!r} here, or you may not see it.")
        bring_back(found, actor=viewer)
        return HttpResponse(status=204)

    return restore


RESTORED = {"saved-searches": SavedSearch, "collections": Collection, "collection-items": CollectionItem}
