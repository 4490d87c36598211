"""Components that their sender names: a request that is sent again never makes a second row."""

import uuid

import pytest
from uuid_utils.compat import uuid7

from catalogue.models import Component
from catalogue.security.viewing import viewing_as

HERE = "/api/v1/components/"
NOT_OF_TIME = "c7cd02c0-ba0d-45d0-942f-9c96a76d8cf7"  # a random one, UUIDv4


def sent(identifier, specimen="KND-2026-STRICT", **more):
    return {"id": str(identifier), "specimen": specimen, "marking": "VLT 7", **more}


def test_a_row_is_recorded_under_the_id_that_its_sender_made(world):
    made = uuid7()
    row = world.send("taras", "post", HERE, sent(made), 201)
    assert row["id"] == str(made)
    assert world.get("olena", f"{HERE}{made}/")["reference"] == row["reference"]


def test_a_request_that_is_sent_again_answers_with_the_row_that_is_there(world):
    made = uuid7()
    first = world.send("taras", "post", HERE, sent(made), 201)
    changed = world.send("taras", "patch", first["url"], {"note": "looked at twice"}, 200)
    again = world.send("taras", "post", HERE, sent(made), 200)
    assert again == changed
    assert world.get("taras", f"{HERE}?specimen=KND-2026-STRICT&count=true")["count"] == 2


def test_a_row_voided_meanwhile_is_told_as_voided_and_not_made_anew(world):
    made = uuid7()
    row = world.send("taras", "post", HERE, sent(made), 201)
    world.send("taras", "delete", row["url"], {"reason": "Recorded twice."}, 204)
    assert world.send("taras", "post", HERE, sent(made), 200)["voided"]["reason"] == "Recorded twice."


@pytest.mark.parametrize("wrong", ["", "7", NOT_OF_TIME, str(uuid.UUID(int=7)), 7, None, "й" * 36, ["x"]])
def test_any_other_id_is_refused_in_one_sentence(world, wrong):
    answer = world.send("taras", "post", HERE, sent(uuid7()) | {"id": wrong}, 400)
    assert list(answer["errors"]) == ["id"]


def test_a_taken_id_is_refused_with_the_same_words_seen_or_hidden(world):
    seen, hidden = world.components["strict"].pk, world.components["red"].pk
    answers = [world.send("taras", "post", HERE, sent(taken), 400) for taken in (seen, hidden)]
    assert answers[0] == answers[1]
    assert answers[0]["detail"] == "This id is taken; make a new one and send the row again."
    row = world.send("taras", "post", HERE, sent(uuid7()), 201)
    world.send("olena", "post", HERE, sent(row["id"]), 400)
    world.send("taras", "post", HERE, sent(row["id"], specimen="KND-2026-CLEAR"), 400)
    with viewing_as(world.viewer("olena")):
        assert Component.objects.filter(specimen=world.specimens["strict"]).count() == 2


def test_the_id_of_a_change_is_only_read(world):
    row = world.send("taras", "post", HERE, sent(uuid7()), 201)
    assert world.send("taras", "patch", row["url"], {"id": NOT_OF_TIME, "note": "x"}, 200)["id"] == row["id"]


def test_identifiers_are_written_with_the_row_and_read_with_it(world):
    numbers = [
        {"kind": "serial", "text": "А-17", "electronic": True},
        {"kind": "lot", "text": "L 7", "electronic": False},
    ]
    row = world.send("taras", "post", HERE, sent(uuid7(), quantity=1, identifiers=numbers), 201)
    assert row["identifiers"] == numbers
    fewer = world.send("taras", "patch", row["url"], {"identifiers": numbers[1:], "version": row["version"]}, 200)
    assert fewer["identifiers"] == numbers[1:] and fewer["version"] == row["version"] + 1
    same = world.send("taras", "patch", row["url"], {"identifiers": numbers[1:]}, 200)
    assert same["version"] == fewer["version"]
    stale = world.send("taras", "patch", row["url"], {"identifiers": [], "version": row["version"]}, 409)
    assert stale["current"]["identifiers"] == numbers[1:]
    many = world.send("taras", "patch", row["url"], {"identifiers": [], "quantity": 4}, 200)
    assert many["identifiers"] == [] and many["quantity"] == 4
    one = world.send("taras", "patch", row["url"], {"identifiers": numbers[:1], "quantity": 1}, 200)
    assert one["identifiers"] == numbers[:1]


def test_an_identifier_of_several_pieces_is_refused_at_the_quantity(world):
    answer = world.send("taras", "post", HERE, sent(uuid7(), identifiers=[{"kind": "serial", "text": "1"}]), 400)
    assert list(answer["errors"]) == ["quantity"]
    answer = world.send("taras", "post", HERE, sent(uuid7(), quantity=1, identifiers=[{"kind": "x", "text": "1"}]), 400)
    assert list(answer["errors"]) == ["identifiers.0.kind"]
