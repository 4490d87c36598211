"""What the bench asks for beside its rows: an earlier teardown to start from, and what is new here."""

import orjson
from django.http import HttpResponse

from catalogue.queries import compare, expected

from .compare import chosen
from .recording import own, recording


@recording()
def earlier(request, name):
    """The components of an earlier teardown, the last one or that of `?with=`, and how this one stands beside it."""
    specimen = own(request, "specimens", name)
    other = chosen(request.GET.get("with", ""), compare.teardowns(specimen))
    rows = [] if other is None else expected.entries(other)
    reference = "" if other is None else other.reference
    return told({"reference": reference, "entries": rows} | expected.beside(specimen, other))


@recording()
def beside(request, name):
    """How this teardown, as it is saved by now, stands beside that of `?with=`; without one, what is new in it."""
    specimen = own(request, "specimens", name)
    named = request.GET.get("with", "")
    other = chosen(named, compare.teardowns(specimen)) if named else None
    return told(expected.beside(specimen, other))


def told(answer):
    response = HttpResponse(orjson.dumps(answer), content_type="application/json")
    response["Cache-Control"] = "no-store"
    return response
