"""/api/v1/health/, /version/ and /vocabularies/"""

from importlib.metadata import version as installed

from django.db import connection
from django.http import JsonResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view

from catalogue.actions.refusals import NotThere
from catalogue.filters.base import BadParameter
from catalogue.queries import vocabularies as asked

VERSION = "0.1.0"


def of_texts(*names):
    """JSON Schema of an object whose fields are texts."""
    return {
        "type": "object",
        "properties": {name: {"type": "string"} for name in names},
        "required": list(names),
    }


TERM = of_texts("code", "label_en", "label_uk")
TERM["properties"] |= {
    "description": {"type": "string"},
    "parent": {"type": ["string", "null"]},
    "deprecated": {"type": "boolean"},
}
VOCABULARY = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "grows": {"type": "boolean", "description": "Whether terms are added over time."},
        "terms": {"type": "array", "items": TERM},
    },
    "required": ["name", "grows", "terms"],
}
ALL_VOCABULARIES = {
    "type": "object",
    "properties": {
        "results": {"type": "array", "items": VOCABULARY},
        "next": {"type": "null"},
        "previous": {"type": "null"},
    },
    "required": ["results", "next", "previous"],
}


@extend_schema(responses={200: of_texts("status")}, tags=["service"])
@api_view(["GET"])
def health(request):
    """Whether the catalogue can answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@extend_schema(responses={200: of_texts("catalogue", "api", "django", "postgresql")}, tags=["service"])
@api_view(["GET"])
def version(request):
    """Versions of the catalogue, its interface and its parts."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        postgresql = cursor.fetchone()[0].split()[0]
    return JsonResponse({"catalogue": VERSION, "api": "1", "django": installed("django"), "postgresql": postgresql})


@extend_schema(operation_id="vocabularies_list", responses={200: ALL_VOCABULARIES}, tags=["service"])
@api_view(["GET"])
def vocabularies(request):
    """All vocabularies with their terms."""
    refuse_parameters(request)
    return JsonResponse({"results": asked.everything(), "next": None, "previous": None})


@extend_schema(operation_id="vocabularies_retrieve", responses={200: VOCABULARY}, tags=["service"])
@api_view(["GET"])
def vocabulary(request, name):
    """One vocabulary with its terms."""
    refuse_parameters(request)
    for found in asked.everything():
        if found["name"] == name:
            return JsonResponse(found)
    raise NotThere(f"There is no vocabulary {name!r}; /api/v1/vocabularies/ lists them.")


def refuse_parameters(request):
    for name in request.GET:
        raise BadParameter(name, f"There is no parameter {name!r} here.")
