"""What a form asks while one types: which record is meant, and how a date is understood."""

from dataclasses import asdict

from django.http import Http404, JsonResponse
from django.views.decorators.http import require_GET

from catalogue.filters.base import key_of
from catalogue.markings.dates import DateNotUnderstood, parse
from catalogue.models import Organisation, Specimen
from catalogue.queries.choose import NOUNS, called, matching

from .forms.dates import understood

LONGEST = 200  # letters of a search
WITHIN = {"components": ("specimen", Specimen), "parts": ("manufacturer", Organisation)}


@require_GET
def choose(request, noun):
    """The records of a noun that what was typed may mean, as far as the reader sees them."""
    if noun not in NOUNS:
        raise Http404
    q = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    found = matching(noun, q, key_of(q), request.viewer.agency, **within(request, noun))
    return JsonResponse({"results": [asdict(match) for match in found]})


def within(request, noun):
    """Only components of the specimen, or parts of the maker, that the form names already."""
    name, model = WITHIN.get(noun, ("", None))
    named = request.GET.get(name, "").strip() if name else ""
    record = called(model, named, request.viewer.agency) if named else None
    return {name: record} if record is not None else {}


@require_GET
def dates(request):
    """How a partly known date is understood, or why it is not."""
    text = request.GET.get("text", "").strip()
    if not text:
        return JsonResponse({"understood": "", "error": ""})
    try:
        return JsonResponse({"understood": understood(parse(text)), "error": ""})
    except DateNotUnderstood as problem:
        return JsonResponse({"understood": "", "error": str(problem)})
