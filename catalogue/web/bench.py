"""The bench: a teardown's photographs beside the sheet of its components, which saves row by row.

The page opens without a network too: a service worker keeps its shell, which holds nothing of any record. What is typed
waits in the browser, bound to its user.
"""

import json

import orjson
from csp.constants import HEADER
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from catalogue.models import Review
from catalogue.queries import bench as asked
from catalogue.queries.held import AGENCIES
from catalogue.queries.regions import regions_in

from .bench_words import HEADERS, LABELS, TEMPLATE, WORDS
from .labels import words
from .photographs import drawn
from .recording import own, recording

VOCABULARIES = {
    "kind": "component-kinds",
    "marking_state": "marking-states",
    "authenticity": "authenticity",
    "authenticity_test": "test-methods",
    "marked_country": "countries",
    "identifiers": "component-identifier-kinds",
    "view": "photo-views",
}
ASSETS = ("theme.js", "app.css", "app.js", "bench.css", "bench.js", "icons.svg")
# A worker may ask this server and nothing else; other answers that are no page may ask nobody.
WORKER_POLICY = "default-src 'none'; connect-src 'self'"


@recording()
def bench(request, name):
    """The bench page of a specimen."""
    specimen = own(request, "specimens", name)
    rows, more = asked.sheet(specimen)
    data = common() | {
        "specimen": specimen.reference,
        "reviewed": specimen.review == Review.REVIEWED,
        "user": request.viewer.user,
        "person": getattr(request.user, "name", "") or request.user.get_username(),
        "rows": rows,
        "photographs": asked.pictures(specimen),
        "regions": [drawn(region) for region in regions_in(specimen)],
        "agency": AGENCIES[specimen.owner_id],
    }
    data["urls"] |= {
        "earlier": reverse("specimen-bench-earlier", args=[specimen.reference]),
        "beside": reverse("specimen-bench-beside", args=[specimen.reference]),
    }
    context = {"specimen": specimen, "data": island(data), "most": asked.MOST if more else 0}
    return render(request, "catalogue/bench.html", context)


@require_GET
def shell(request):
    """The bench page without any record: what a browser that has no network shows, with what waits in it."""
    with translation.override(language(request)):
        response = render(request, "catalogue/bench.html", {"data": island(common() | {"shell": True})})
    response["Cache-Control"] = "no-store"
    return response


@require_GET
def worker(request):
    """The service worker: it keeps the shell and the built files, nothing else."""
    told = get_language()
    files = [static(f"catalogue/build/{name}") for name in ASSETS]
    settings = {
        "shell": f"{reverse('bench-shell')}?language={told}",
        "files": [*files, static("catalogue/favicon.svg")],
        "built": static("catalogue/build/app.css").rpartition("/")[0] + "/",
    }
    text = render_to_string("catalogue/bench_worker.js", {"settings": json.dumps(settings)})
    response = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    response[HEADER] = WORKER_POLICY
    return response


def island(data):
    """`data` as JSON that may stand in a page: what `json_script` writes, in a tenth of its time for 300 rows."""
    text = orjson.dumps(data).decode()
    for letter, code in (("<", "\\u003C"), (">", "\\u003E"), ("&", "\\u0026")):
        text = text.replace(letter, code)
    return mark_safe(f'<script id="bench-data" type="application/json">{text}</script>')


def language(request):
    """The language that a shell is asked for in."""
    asked_for = request.GET.get("language", "")
    return asked_for if asked_for in ("en", "uk") else get_language()


def common():
    """What the sheet needs whatever the specimen: columns, vocabularies, words, addresses."""
    spoken = "uk" if (get_language() or "en").startswith("uk") else "en"
    other = "en" if spoken == "uk" else "uk"
    return {
        "columns": {name: str(label) for name, label in LABELS.items()},
        "headers": headers(),
        "terms": {
            field: [[code, text, words(vocabulary, other)[code]] for code, text in words(vocabulary, spoken).items()]
            for field, vocabulary in VOCABULARIES.items()
        },
        "words": {name: str(text) for name, text in (WORDS | TEMPLATE).items()},
        "urls": {
            "components": "/api/v1/components/",
            "photos": "/api/v1/photos/",
            "regions": "/api/v1/regions/",
            "photo": "/photos/ID/",
            "viewer": static("catalogue/build/viewer.js"),
            "organisations": "/api/v1/organisations/",
            "parts": "/api/v1/parts/",
            "absences": "/api/v1/absences/",
            "makers_like": reverse("choose", args=["organisations"]),
            "parts_like": reverse("choose", args=["parts"]),
            "readings": reverse("readings"),
            "worker": reverse("bench-worker"),
            "scope": reverse("specimens"),
            "sign_in": reverse("sign-in"),
            "icons": static("catalogue/build/icons.svg"),
        },
    }


def headers():
    """{heading of a column, in English or Ukrainian, in small letters: its field}."""
    found = {heading: field for field, headings in HEADERS.items() for heading in headings}
    for spoken in ("en", "uk"):
        with translation.override(spoken):
            found |= {str(label).lower(): field for field, label in LABELS.items()}
    return found
