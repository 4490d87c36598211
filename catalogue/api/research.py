"""/api/v1/research/: answers that can be published, with their columns, totals and basis."""

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import api_view

from catalogue.actions.refusals import NotThere
from catalogue.exports.answers import columns, objects, table
from catalogue.filters.answers import lists
from catalogue.filters.components import ComponentFilter
from catalogue.filters.research import Question
from catalogue.queries.research import ANSWERS

from .schema import of_filter, parameter
from .service import of_texts, refuse_parameters

COLUMN = of_texts("name", "label", "kind", "unit", "meaning")
ANSWER = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "title": {"type": "string"},
        "asked": {"type": "object", "description": "The options and filters it was asked with."},
        "unit": {"type": "string", "description": "What the figures count."},
        "columns": {"type": "array", "items": COLUMN},
        "results": {"type": "array", "items": {"type": "object", "description": "One row, by the names of columns."}},
        "records": {
            "type": "array",
            "items": {"type": "object", "additionalProperties": {"type": "string"}},
            "description": "Of each row, by the names of columns: the list of components that a number counts.",
        },
        "totals": {"type": "object", "additionalProperties": {"type": "number"}},
        "controls": {"type": "array", "items": {"type": "object"}, "description": "Of the timeline: what took effect."},
        "basis": {"type": "array", "items": {"type": "string"}, "description": "What the figures mean, in words."},
        "permalink": {"type": "string"},
    },
    "required": ["name", "title", "asked", "unit", "columns", "results", "records", "totals", "basis", "permalink"],
}
QUESTIONS = {
    "type": "object",
    "properties": {
        "results": {"type": "array", "items": of_texts("name", "title", "question", "url")},
        "next": {"type": "null"},
        "previous": {"type": "null"},
    },
    "required": ["results", "next", "previous"],
}


@extend_schema(operation_id="research_list", responses={200: QUESTIONS}, tags=["research"])
@api_view(["GET"])
def questions(request):
    """The questions that the catalogue answers."""
    refuse_parameters(request)
    told = [
        {
            "name": answer.name,
            "title": str(answer.title),
            "question": str(answer.question),
            "url": reverse("research-answer", args=[answer.name]),
        }
        for answer in ANSWERS.values()
    ]
    return JsonResponse({"results": told, "next": None, "previous": None})


def options():
    """Parameters of all answers: their own options, and the filters of the list of components."""
    found = {}
    for answer in ANSWERS.values():
        for option in answer.options:
            told = found.setdefault(option.name, (option, [], {}))
            told[1].append(answer.name)
            told[2].update(dict(option.values))
    for name, (option, answers, values) in found.items():
        schema = {"type": "string"} | ({"enum": list(values)} if values else {})
        yield parameter(name, schema, f"{option.label}. Of {', '.join(answers)}.")
    yield parameter("top", {"type": "integer", "minimum": 1, "maximum": 1000}, "Rows of a ranking.")
    yield parameter("format", {"type": "string", "enum": ["json", "csv"]}, "The rows as a table.")
    for pair in ComponentFilter.base_filters.items():
        yield of_filter(ComponentFilter, *pair)


@extend_schema(
    operation_id="research_retrieve",
    parameters=[parameter("name", {"type": "string"}, "The question.", where=OpenApiParameter.PATH), *options()],
    responses={200: ANSWER, (200, "text/csv"): {"type": "string"}},
    tags=["research"],
)
@api_view(["GET"])
def answer(request, name):
    """One answer of the components that fit the filters, as far as the reader may see them."""
    if name not in ANSWERS:
        raise NotThere(f"There is no question {name!r}; /api/v1/research/ lists them.")
    question = Question(name, request.GET)
    result = question.found()
    if question.format == "csv":
        response = HttpResponse(table(result), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return response
    return JsonResponse(told(question, result))


def told(question, result):
    """The answer as JSON."""
    filters = {key: values for key, values in question.filters.lists() if values}
    rows = objects(result)
    listed = reverse("components-list")
    page, query = reverse("research-page", args=[question.answer.name]), question.query
    return {
        "name": question.answer.name,
        "title": str(question.answer.title),
        "asked": filters | question.asked,
        "unit": result.unit,
        "columns": columns(result),
        "results": rows,
        "records": [{name: f"{listed}?{asked}" for name, asked in lists(question, row).items()} for row in rows],
        "totals": result.totals,
        "controls": result.marks,
        "basis": [str(sentence) for sentence in result.basis],
        "permalink": f"{page}?{query}" if query else page,
    }
