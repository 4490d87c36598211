"""GET /api/v1/organisations/resolve/: which recorded organisations a maker's name means."""

from urllib.parse import quote

import pytest

from catalogue.actions.organisations import name_organisation, record_organisation
from catalogue.actions.relations import relate
from catalogue.markings.dates import parse
from catalogue.models import Level
from catalogue.security.viewing import viewing_as


@pytest.fixture
def firms(world):
    with viewing_as(world.viewer("olena")) as olena:
        made = {
            name: record_organisation(name=name, actor=olena, handling=Level.CLEAR)
            for name in ("Texas Instruments", "Burr-Brown", "General Semiconductor", "Zarnitsa Devices")
        }
        relate(
            made["Burr-Brown"],
            [{"object": made["Texas Instruments"], "kind_id": "acquired", "since": parse("2000")}],
            actor=olena,
        )
        name_organisation(
            made["Zarnitsa Devices"], [{"text": "Зірниця", "kind": "transliteration", "language": "uk"}], actor=olena
        )
        record_organisation(name="Quiet Trading", actor=olena)
    return world


def asked(world, *names, reader="nobody"):
    query = "&".join(f"name={quote(name)}" for name in names)
    return world.get(reader, f"/api/v1/organisations/resolve/?{query}")["results"]


@pytest.mark.parametrize(
    "typed, slug",
    [
        ("TI", "texas-instruments"), ("burr brown", "burr-brown"), ("Дженерал", "general-semiconductor"),
        ("Техас Инструментс", "texas-instruments"), ("Texas Instrments", "texas-instruments"),
        ("Зірниця", "zarnitsa-devices"), ("Zarnitsa Devises", "zarnitsa-devices"),
        ("Zarnitsa Devices LLC", "zarnitsa-devices"),
        ("acme semiconductor", "acme-semiconductor"), ("АСМЕ Semiconductor Inc.", "acme-semiconductor"),
    ],
)  # fmt: skip
def test_a_name_finds_the_recorded_organisation_with_score_and_reasons(firms, typed, slug):
    (found,) = asked(firms, typed)
    assert found["name"] == typed and found["organisations"][0]["slug"] == slug
    assert 0.5 < found["organisations"][0]["score"] <= 1 and found["organisations"][0]["reasons"]
    choices = firms.client("nobody").get("/choose/organisations/", {"q": typed}).json()["results"]
    assert choices[0]["text"] == found["organisations"][0]["name"]


def test_several_names_are_answered_in_their_order_with_owners(firms):
    found = asked(firms, "burr brown", "Not identified", "Nobody Knows GmbH")
    assert [one["name"] for one in found] == ["burr brown", "Not identified", "Nobody Knows GmbH"]
    assert [owner["slug"] for owner in found[0]["organisations"][0]["owners"]] == ["texas-instruments"]
    assert found[1]["meant"] is None and "not identified" in found[1]["reasons"][0]
    assert found[2]["organisations"] == [] and found[2]["meant"]["name"] == "Nobody Knows"


def test_an_organisation_that_may_not_be_seen_is_not_found(firms):
    assert asked(firms, "Quiet Trading", reader="taras")[0]["organisations"][0]["slug"] == "quiet-trading"
    for name in ("Quiet Trading", "Quiet Tradingg"):
        assert asked(firms, name, reader="sam")[0]["organisations"] == []


@pytest.mark.parametrize("query", ["", "?name=" + "x" * 501, "?name=a%00b", "?other=1", "?" + "name=a&" * 101])
def test_what_cannot_be_answered_is_refused_by_its_name(world, query):
    problem = world.get("nobody", f"/api/v1/organisations/resolve/{query}", 400)
    assert list(problem["errors"]) == ["other" if "other" in query else "name"]


@pytest.mark.parametrize("name", ["'; DROP TABLE x; --", "%", "_", "\\", "((((", "\u202e", "🦆", "x" * 500, " "])
def test_a_hostile_name_gets_an_answer(world, name):
    assert len(asked(world, name)) == 1
