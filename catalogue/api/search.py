"""/api/v1/search/"""

from functools import cache
from urllib.parse import quote

import orjson
from django.http import HttpResponse
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import api_view

from catalogue.filters.base import BadParameter
from catalogue.filters.reasons import reasons
from catalogue.filters.search import answer

from .service import of_texts

HIT = of_texts("url", "title", "also", "text", "maker", "system", "handling")
HIT["properties"]["why"] = {"type": "array", "items": of_texts("code", "sentence")}
FOUND = {
    "type": "object",
    "properties": {
        "question": {
            "type": "object",
            "properties": {
                "words": {"type": "array", "items": {"type": "string"}},
                "fields": {"type": "array", "items": of_texts("field", "value")},
            },
        },
        "results": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "noun": {"type": "string"},
                    "records": {"type": "array", "items": HIT},
                    "more": {"type": "boolean", "description": "Whether the list holds more than is shown."},
                    "all": {"type": "string", "description": "Address of the list of all that fit."},
                    "components": {
                        "type": ["string", "null"],
                        "description": "Address of the list of the components of these records.",
                    },
                },
            },
        },
        "next": {"type": "null"},
        "previous": {"type": "null"},
    },
    "required": ["question", "results"],
}
Q = OpenApiParameter(
    "q",
    str,
    description="Words, each held by a name, number or marking of the record; phrases in quotes; fields: maker:, "
    "part:, system:, marking:, made:2022.., recovered:, country:, marked:, category:, kind:, grade:, class:, "
    "specimen:, source:.",
    required=True,
)


@extend_schema(operation_id="search", parameters=[Q], responses={200: FOUND}, tags=["search"])
@api_view(["GET"])
def search(request):
    """A few of the best matches of every noun, with why each matched, and the list that holds all.

    Numbers and markings are found without regard to separators, case and letters that look alike; names in any
    language and script; where nothing is, what one mistaken letter hides.
    """
    for name in request.GET:
        if name != "q":
            raise BadParameter(name, f"There is no parameter {name!r} here. Known: q.")
    found = answer(request.GET.get("q", ""))
    body = {
        "question": {
            "words": found.question.words,
            "fields": [{"field": field, "value": value} for field, value in found.question.fields],
        },
        "results": named(found.reference) if found.reference else [group(one, found.question) for one in found.groups],
        "next": None,
        "previous": None,
    }
    return HttpResponse(orjson.dumps(body), content_type="application/json")


@cache
def listed(noun):
    """The address of a noun's list. Looked up once: resolving a name takes as long as reading a record."""
    return reverse(f"{noun}-list")


def named(reference):
    """The one record whose reference was asked for."""
    noun, name = f"{reference[0]}s", reference[1]
    url = reverse(f"{noun}-detail", args=[name])
    why = [{"code": "reference", "sentence": "its reference"}]
    return [
        {
            "noun": noun,
            "records": [{"url": url, "title": name, "why": why}],
            "more": False,
            "all": url,
            "components": None,
        }
    ]


def group(found, asked):
    return {
        "noun": found.noun,
        "records": [record(hit, asked) for hit in found.hits],
        "more": found.more,
        "all": f"{listed(found.noun)}?{found.query}",
        "components": f"{listed('components')}?{found.components}" if found.components else None,
    }


def record(hit, asked):
    return {
        "url": f"{listed(hit.noun)}{quote(hit.key)}/",
        "title": hit.title,
        "also": hit.also,
        "text": hit.verbatim,
        "maker": hit.maker,
        "system": hit.system,
        "handling": hit.level,
        "why": [{"code": code, "sentence": sentence} for code, sentence in reasons(hit, asked)],
    }
