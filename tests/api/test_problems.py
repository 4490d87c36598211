"""Errors: who may not is told so before what was sent is read; one clean sentence beside each field."""

import pytest
from django.db import OperationalError
from psycopg.errors import DeadlockDetected

from catalogue.api import specimens

from .test_every_noun import SENT, every_noun, made

# Nothing that a record could be changed with, and no reason to void it.
WRONG = [{"colour": "red"}, {"handling": "PURPLE"}, [], {}]


@every_noun
@pytest.mark.parametrize("body", WRONG, ids=str)
def test_another_agency_is_told_that_a_record_is_not_its_own_whatever_it_sends(world, noun, body):
    record = made(world, noun, handling="CLEAR")
    for reader in ("piet", "sam"):
        for method in ("patch", "delete"):
            answer = world.send(reader, method, record["url"], body, 403)
            assert "the agency that owns" in answer["detail"] or "Your role" in answer["detail"]
    assert world.get("olena", record["url"]) == record


@pytest.mark.parametrize("method", ["patch", "delete"])
def test_what_cannot_even_be_read_as_json_tells_another_agency_the_same(world, method):
    record = made(world, "specimens", handling="CLEAR")
    for reader, status in (("piet", 403), ("rita", 403), ("nobody", 401)):
        answer = getattr(world.client(reader), method)(record["url"], "{", content_type="application/json")
        assert answer.status_code == status


@every_noun
@pytest.mark.parametrize("body", WRONG, ids=str)
def test_a_hidden_record_is_not_there_whatever_is_sent(world, noun, body):
    record = made(world, noun)
    reader = "piet" if noun in ("listings", "published-records") else "sam"
    for method in ("patch", "delete"):
        world.send(reader, method, record["url"], body, 404)


@pytest.mark.parametrize("noun", ["systems", "components", "legs"])
def test_who_may_only_read_in_the_own_agency_is_told_so_whatever_is_sent(world, noun):
    record = made(world, noun)
    for reader in ("rita", "ada"):
        for method in ("patch", "delete"):
            for body in WRONG:
                assert "Your role" in world.send(reader, method, record["url"], body, 403)["detail"]


@pytest.mark.parametrize("body", WRONG, ids=str)
def test_an_analyst_is_told_that_listings_are_a_curators_whatever_is_sent(world, body):
    record = made(world, "listings")
    for method in ("patch", "delete"):
        assert "Your role" in world.send("taras", method, record["url"], body, 403)["detail"]


def test_the_own_agency_still_hears_what_is_wrong_with_what_it_sent(world):
    record = made(world, "routes")
    assert "colour" in world.send("taras", "patch", record["url"], {"colour": "red"}, 400)["errors"]
    assert "reason" in world.send("taras", "delete", record["url"], {}, 400)["errors"]


@pytest.mark.parametrize(
    "query",
    ["made_after=soon", "handling=PURPLE", "updated_since=soon", "manufacturer=nobody", "kind=thing", "category=x.y",
     "q=%00", "colour=red", "page_size=0", "count=perhaps", "cursor=x", "format=pdf"],
)  # fmt: skip
def test_a_sentence_beside_its_parameter_does_not_name_it_once_more_in_front(world, query):
    name = query.split("=")[0]
    answer = world.get("olena", f"/api/v1/components/?{query}", status=400)
    ((field, sentences),) = answer["errors"].items()
    assert field == name and len(sentences) == 1
    assert not sentences[0].startswith(f"{name}:")
    assert answer["detail"] in (sentences[0], f"{name}: {sentences[0]}")
    assert answer["detail"].count(f"{name}:") <= 1 and name in answer["detail"]


def test_a_sentence_that_does_not_name_its_field_is_led_in_by_it(world):
    answer = world.get("olena", "/api/v1/components/?made_after=soon", status=400)
    assert answer["detail"] == f"made_after: {answer['errors']['made_after'][0]}"


@every_noun
def test_the_detail_names_the_first_field_that_is_wrong_and_names_it_once(world, noun):
    for body in ({**SENT[noun][0], "handling": "PURPLE"}, {**SENT[noun][0], "colour": "red"}):
        answer = world.send("olena", "post", f"/api/v1/{noun}/", body, 400)
        for name, sentences in answer["errors"].items():
            assert name in answer["detail"]
            assert not any(sentence.startswith(f"{name}:") for sentence in sentences)
        assert answer["detail"] in (sentences[0], f"{name}: {sentences[0]}")


def collides(times, then):
    """What an action does whose transaction PostgreSQL ends `times` times so that another can go on."""
    left = [None] * times

    def act(*args, **named):
        if left:
            left.pop()
            raise OperationalError("deadlock detected") from DeadlockDetected()
        return then(*args, **named)

    return act


@pytest.mark.parametrize("times, status", [(1, 200), (2, 503)])
def test_a_change_that_collided_is_tried_once_more_and_then_may_be_sent_again(world, monkeypatch, times, status):
    record = made(world, "specimens")
    monkeypatch.setattr(specimens, "amend_specimen", collides(times, specimens.amend_specimen))
    answer = world.client("olena").patch(record["url"], {"note": "bent"}, content_type="application/json")
    assert (answer.status_code, answer.headers.get("Retry-After")) == (status, "1" if status == 503 else None)
    assert world.get("olena", record["url"])["note"] == ("bent" if status == 200 else "")


def test_more_than_can_be_taken_at_once_is_refused_in_a_sentence(world):
    answer = world.send("olena", "post", "/api/v1/specimens/", {"system": "kite", "note": "x" * 6_000_000}, 413)
    assert "5 MB" in answer["detail"]
