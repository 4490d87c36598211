"""/api/v1/health/, /version/ and /vocabularies/"""

from importlib.metadata import version as installed

from django.db import connection
from django.http import JsonResponse
from rest_framework.decorators import api_view

from catalogue.actions.refusals import NotThere
from catalogue.filters.base import BadParameter
from catalogue.queries import vocabularies as asked

VERSION = "0.1.0"


@api_view(["GET"])
def health(request):
    """Whether the catalogue can answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@api_view(["GET"])
def version(request):
    """Versions of the catalogue, its interface and its parts."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        postgresql = cursor.fetchone()[0].split()[0]
    return JsonResponse(
        {"catalogue": VERSION, "api": "1", "django": installed("django"), "postgresql": postgresql}
    )


@api_view(["GET"])
def vocabularies(request):
    """All vocabularies with their terms."""
    refuse_parameters(request)
    return JsonResponse({"results": asked.everything(), "next": None, "previous": None})


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
