"""The OpenAPI description says what the interface does."""

import json
from contextlib import redirect_stderr
from io import StringIO

import jsonschema
import pytest
import yaml
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.validation import validate_schema

from catalogue.api.urls import NOUNS

NAMES = [noun.noun for noun in NOUNS]


@pytest.fixture(scope="module")
def made():
    """The description as it is served, and what was said while making it."""
    said = StringIO()
    with redirect_stderr(said):
        text = OpenApiJsonRenderer().render(SchemaGenerator().get_schema(public=True))
    return json.loads(text), said.getvalue()


@pytest.fixture(scope="module")
def schema(made):
    return made[0]


def resolved(schema, name):
    """The named schema with the others beside it, for validation."""
    return {"$ref": f"#/components/schemas/{name}", "components": schema["components"]}


def test_the_description_is_valid_openapi_3_1(schema):
    assert schema["openapi"].startswith("3.1")
    validate_schema(schema)


def test_making_the_description_warns_of_nothing(made):
    assert made[1] == ""


def test_the_description_is_served_to_anybody(world, schema):
    response = world.client("nobody").get("/api/v1/schema/")
    assert response.status_code == 200
    assert set(yaml.safe_load(response.content)["paths"]) == set(schema["paths"])


@pytest.mark.parametrize("noun", NAMES)
def test_every_noun_is_described_with_what_can_be_done(schema, noun):
    assert {"get", "post"} <= set(schema["paths"][f"/api/v1/{noun}/"])
    assert {"get", "patch", "delete"} <= set(schema["paths"][f"/api/v1/{noun}/{{name}}/"])


def test_what_a_list_answers_fits_its_description_key_by_key(world, schema):
    for noun in NAMES:
        operation = schema["paths"][f"/api/v1/{noun}/"]["get"]
        name = operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[-1]
        answer = world.get("olena", f"/api/v1/{noun}/?count=true")
        jsonschema.validate(answer, resolved(schema, name))
        record = schema["components"]["schemas"][name.removesuffix("List")]
        for found in answer["results"]:
            assert list(found) == list(record["properties"]), noun


@pytest.mark.parametrize("noun", NOUNS, ids=NAMES)
def test_every_parameter_of_a_list_is_described_in_words(schema, noun):
    told = {p["name"]: p for p in schema["paths"][f"/api/v1/{noun.noun}/"]["get"]["parameters"]}
    assert set(told) == {*noun.filters.base_filters, "page_size", "cursor", "count", "format", "sort", "columns"}
    assert all(len(p["description"]) > 8 for p in told.values())


@pytest.mark.parametrize("noun", NOUNS, ids=NAMES)
def test_every_key_that_can_be_sent_is_described(schema, noun):
    content = schema["paths"][f"/api/v1/{noun.noun}/"]["post"]["requestBody"]["content"]
    (body,) = [media["schema"] for media in content.values()]
    told = schema["components"]["schemas"][body["$ref"].rsplit("/", 1)[-1]]
    assert set(told["properties"]) == set(noun.writes().fields)


def test_errors_are_described_as_problem_details(world, schema):
    answers = schema["paths"]["/api/v1/specimens/"]["post"]["responses"]
    assert answers["400"]["content"]["application/problem+json"]["schema"]["$ref"].endswith("/Problem")
    jsonschema.validate(world.get("nobody", "/api/v1/parts/?colour=red", status=400), resolved(schema, "Problem"))


def test_the_docs_page_holds_no_script_or_style_of_its_own(world):
    page = world.client("nobody").get("/api/v1/docs/")
    text = page.content.decode()
    assert page.status_code == 200 and "script-src 'self'" in page["Content-Security-Policy"]
    assert "<style" not in text and "style=" not in text
    assert text.count("<script") == text.count('<script src="/') == 3
    assert "://" not in text.replace("http://testserver", "")
