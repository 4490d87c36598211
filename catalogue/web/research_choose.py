"""Choosing the specimens and weapon systems of a question while one types, under the names that an address holds."""

from dataclasses import asdict, replace

from django.http import JsonResponse
from django.views.decorators.http import require_GET

from catalogue.filters.base import key_of
from catalogue.models import Specimen, WeaponSystem
from catalogue.queries.choose import called, match, matching
from catalogue.queries.named import as_uuid

from .choose import LONGEST

KINDS = {"systems": (WeaponSystem, "slug"), "specimens": (Specimen, "reference")}


@require_GET
def chosen(request):
    """The weapon systems and specimens that what was typed may mean."""
    q = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    key, found = key_of(q), []
    for noun, (model, by) in KINDS.items():
        matches = matching(noun, q, key, request.viewer.agency)
        others = [one.value for one in matches if as_uuid(one.value)]
        names = {str(pk): name for pk, name in model.objects.filter(pk__in=others).values_list("pk", by)}
        found += [asdict(replace(one, value=names.get(one.value, one.value))) for one in matches]
    return JsonResponse({"results": found})


def said_of(value, agency):
    """(what the specimen or system called `value` is called on pages, what tells it from others); empty for none."""
    for model in (Specimen, WeaponSystem):
        record = called(model, value, agency) if value else None
        if record is not None:
            told = match(record, agency)
            return told.text, told.note
    return "", ""
