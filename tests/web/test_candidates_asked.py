"""What a form or the bench asks while a marking is typed: readings with the records they name."""

import json

import pytest

from tests.actions.test_candidates import MARKING, analog  # noqa: F401 (a fixture)


def ask(world, reader, body, status=200):
    sent = body if isinstance(body, str) else json.dumps(body)
    answer = world.client(reader).post("/readings/", sent, content_type="application/json")
    assert answer.status_code == status, answer.content
    return answer.json()


def test_a_reading_comes_with_what_fills_the_fields(world, analog):  # noqa: F811
    first = ask(world, "taras", {"markings": [{"marking": MARKING}]})["results"][0]["readings"][0]
    assert first["manufacturer"] == {"value": "analog-devices", "text": "Analog Devices", "note": "US"}
    assert (first["part"]["text"], first["date_code"], first["marked_country"]) == ("AD9361-BBCZ", "1731", "CN")
    assert first["made"] == "2017-07-31/2017-08-06"
    assert first["said"] == "Analog Devices AD9361BBCZ · fits well · 1731: week 31 of 2017 · China"


def test_what_says_nothing_offers_nothing_and_the_order_is_kept(world):
    asked = ["Battery", "", MARKING, "‮АДС\0\n??", "x" * 30_000]
    found = ask(world, "nobody", {"markings": [{"marking": text, "maker": None} for text in asked]})["results"]
    assert [bool(one["readings"]) for one in found] == [False, False, True, False, False]
    assert found[2]["readings"][0]["manufacturer"] is None and found[2]["readings"][0]["maker"] == "Analog Devices"


def test_a_hidden_maker_is_offered_to_those_who_see_it(world):
    world.send("olena", "post", "/api/v1/organisations/", {"name": "Analog Devices", "handling": "RED"}, 201)
    for reader, seen in (("olena", True), ("taras", False), ("piet", False)):
        first = ask(world, reader, {"markings": [{"marking": MARKING}]})["results"][0]["readings"][0]
        assert (first["manufacturer"] is not None) == seen


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", "\0", {"markings": 7}, {"markings": [7]}, {"markings": [{"marking": None}]}]
)
def test_what_is_no_marking_is_refused_in_a_sentence(world, body):
    assert ask(world, "taras", body, 400) == {"detail": "Send markings as texts."}


def test_more_than_fifty_are_too_many(world):
    said = ask(world, "taras", {"markings": [{"marking": "a"}] * 51}, 400)
    assert said == {"detail": "Send 50 markings at most at once."}
