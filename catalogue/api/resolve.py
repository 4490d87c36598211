"""/api/v1/organisations/resolve/?name=…"""

from django.http import JsonResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import api_view

from catalogue.filters.base import BadParameter
from catalogue.queries.resolve import resolved

MOST = 100  # names in one request
LONGEST = 500  # letters of a name

OWNERS = {"type": "array", "items": {"type": "object", "properties": {
    "slug": {"type": "string"}, "name": {"type": "string"}, "country": {"type": ["string", "null"]},
}}}  # fmt: skip
SURE = {
    "score": {"type": "number", "minimum": 0, "maximum": 1},
    "reasons": {"type": "array", "items": {"type": "string"}},
}
RESOLVED = {
    "type": "object",
    "properties": {
        "results": {
            "type": "array",
            "description": "One for each name, in the order sent.",
            "items": {
                "type": "object",
                "properties": {
                    "name": {"type": "string", "description": "As sent."},
                    "meant": {
                        "type": ["object", "null"],
                        "description": "Whom the letters mean, recorded or not; null where they name no firm.",
                        "properties": {
                            "name": {"type": "string"},
                            "country": {"type": ["string", "null"], "description": "Country of its seat."},
                            "owners": {"type": "array", "items": {"type": "object", "properties": {
                                "name": {"type": "string"}, "reason": {"type": "string"}}}},
                            **SURE,
                        },
                    },
                    "organisations": {
                        "type": "array",
                        "description": "Recorded organisations that are meant, the surest first.",
                        "items": {"type": "object", "properties": {
                            "slug": {"type": "string"}, "name": {"type": "string"}, "url": {"type": "string"},
                            "country": {"type": ["string", "null"]}, "owners": OWNERS, **SURE}},
                    },
                    "reasons": SURE["reasons"],
                },
            },
        }
    },
    "required": ["results"],
}  # fmt: skip


@extend_schema(
    operation_id="organisations_resolve",
    tags=["organisations"],
    parameters=[
        OpenApiParameter(
            "name", {"type": "array", "items": {"type": "string"}}, required=True, style="form", explode=True,
            description=f"A maker as published or printed; up to {MOST}.",
        )
    ],
    responses={200: RESOLVED},
)  # fmt: skip
@api_view(["GET"])
def resolve(request):
    """Which organisations published makers' names mean, abbreviated, former, transliterated or misspelt, and why."""
    for parameter in request.GET:
        if parameter != "name":
            raise BadParameter(parameter, f"There is no parameter {parameter!r} here. Known: name.")
    names = request.GET.getlist("name")
    if not names or len(names) > MOST:
        raise BadParameter("name", f"Send name once for each maker, one to {MOST} of them.")
    for name in names:
        if len(name) > LONGEST or "\0" in name:
            raise BadParameter("name", f"name must have up to {LONGEST} letters and no NUL character.")
    return JsonResponse({"results": [said(*one) for one in resolved(names)]})


def said(name, meant, found):
    """One result."""
    whom = None
    if meant.name is not None:
        whom = {
            "name": meant.name,
            "country": meant.seat or None,
            "owners": [{"name": owner.name, "reason": owner.reason} for owner in meant.owners],
            "score": meant.score,
            "reasons": list(meant.reasons),
        }
    return {
        "name": name,
        "meant": whom,
        "organisations": [
            {
                **firm(one.organisation),
                "url": f"/api/v1/organisations/{one.organisation.slug}/",
                "score": one.score,
                "reasons": list(one.reasons),
                "owners": [firm(owner) for owner in one.owners],
            }
            for one in found
        ],
        "reasons": [] if whom else list(meant.reasons),
    }


def firm(organisation):
    return {"slug": organisation.slug, "name": organisation.name, "country": organisation.country_id}
