"""The history of a record: every change of it and of its lines, as differences."""

from django.shortcuts import render
from django.urls import reverse

from catalogue.actions.lines import LINES
from catalogue.models import (
    Collection,
    CollectionItem,
    Component,
    ComponentCitation,
    ComponentIdentifier,
    DateReading,
    Identification,
    Specimen,
)
from catalogue.queries import (
    collections,
    components,
    organisations,
    parts,
    published,
    routes,
    searches,
    sources,
    specimens,
    systems,
)
from catalogue.queries.history import amendments, history

from .details import named_record

# What has no lines in its release shape, but on its page.
FURTHER = {
    Component: {
        ComponentIdentifier: "component",
        DateReading: "component",
        Identification: "component",
        ComponentCitation: "record",
    },
    Collection: {CollectionItem: "collection"},
}
SHAPES = {
    "system": (systems.SHAPE, "slug"),
    "specimen": (specimens.SHAPE, "reference"),
    "component": (components.SHAPE, "reference"),
    "part": (parts.SHAPE, "id"),
    "organisation": (organisations.SHAPE, "slug"),
    "route": (routes.SHAPE, "slug"),
    "source": (sources.SHAPE, "slug"),
    "published-record": (published.SHAPE, "id"),
    "saved-search": (searches.SHAPE, "id"),
    "collection": (collections.SHAPE, "id"),
}
PLURAL = {"saved-search": "saved-searches"}


def record_history(request, noun, name):
    """The page of one record's history."""
    shape, by = SHAPES[noun]
    record, row = named_record(request, shape, by, name)
    lines = LINES.get(type(record), {}) | FURTHER.get(type(record), {})
    changes = history(record, lines)
    if isinstance(record, Specimen | Component):
        amendments(changes, record if isinstance(record, Specimen) else record.specimen)
    context = {
        "record": record,
        "key": record if by == "id" else name,
        "back": reverse(noun, args=[name]),
        "handling": row["handling"],
        "changes": changes,
    }
    return render(request, "catalogue/history.html", context)
