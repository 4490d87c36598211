"""What was looked for in a specimen and not found, over REST."""

import pytest
from uuid_utils.compat import uuid7

HERE = "KND-2026-AMBER"


def said(world, status=201, reader="taras", **more):
    """An absence sent by `reader`: the component of the CLEAR specimen was not found in the AMBER one."""
    body = {"specimen": HERE, "expected": world.components["clear"].reference} | more
    return world.send(reader, "post", "/api/v1/absences/", body, status)


def test_what_was_looked_for_and_not_found_is_told_with_what_was_expected(world):
    found = said(world, note="Вирізано")
    assert found["specimen"] == {"reference": HERE} and found["note"] == "Вирізано"
    assert found["expected"]["reference"] == world.components["clear"].reference
    assert found["expected"]["specimen"] == "KND-2026-CLEAR"
    listed = world.get("taras", f"/api/v1/absences/?specimen={HERE}&count=true")
    assert listed["count"] == 1 and listed["results"][0]["id"] == found["id"]
    assert world.get("taras", "/api/v1/absences/?expected_specimen=KND-2026-GREEN&count=true")["count"] == 0
    for form in ("csv", "ndjson", "json"):
        answer = world.client("taras").get(f"/api/v1/absences/?format={form}")
        assert found["id"] in b"".join(answer.streaming_content).decode()


def test_said_twice_it_is_one_record_whoever_says_it_and_however_it_is_sent(world):
    own = str(uuid7())
    first = said(world, id=own)
    assert first["id"] == own
    assert said(world, 200, id=own)["id"] == own and said(world, 200)["id"] == own
    assert said(world, 200, reader="olena", id=str(uuid7()))["id"] == own
    assert world.get("taras", f"/api/v1/absences/?specimen={HERE}&count=true")["count"] == 1


def test_an_id_that_stands_for_something_else_is_refused(world):
    own = said(world)["id"]
    refused = said(world, 400, id=own, expected=world.components["green"].reference)
    assert "id" in refused["errors"]
    assert "id" in said(world, 400, id="7")["errors"]


def test_withdrawn_with_a_reason_it_stands_at_its_address_and_may_be_said_again(world):
    found = said(world)
    assert "reason" in world.send("taras", "delete", found["url"], {}, 400)["errors"]
    world.send("taras", "delete", found["url"], {"reason": "It lay under the shield."}, 204)
    assert world.get("taras", found["url"])["voided"]["reason"] == "It lay under the shield."
    assert said(world, 200, id=found["id"])["voided"]["at"]  # the same request once more is no new word
    assert said(world)["id"] != found["id"]


def test_only_a_component_of_another_teardown_of_the_system_is_expected(world):
    own = said(world, 400, expected=world.components["amber"].reference)
    assert "of the specimen itself" in own["detail"]
    world.send("olena", "post", "/api/v1/systems/", {"name": "Storm", "kind": "uav"}, 201)
    other = world.send("olena", "post", "/api/v1/specimens/", {"system": "storm"}, 201)["reference"]
    part = world.send("olena", "post", "/api/v1/components/", {"specimen": other, "marking": "x"}, 201)["reference"]
    assert "same weapon system" in said(world, 400, expected=part)["detail"]
    assert "expected" in said(world, 400, expected="KND-2026-NONE")["errors"]


def test_its_note_is_changed_and_nothing_else(world):
    found = said(world)
    changed = world.send("taras", "patch", found["url"], {"note": "Under the foam.", "version": 1}, 200)
    assert changed["note"] == "Under the foam." and changed["version"] == 2
    world.send("taras", "patch", found["url"], {"expected": world.components["green"].reference}, 400)
    world.send("taras", "patch", found["url"], {"note": "late", "version": 1}, 409)


def test_who_may_not_see_what_was_expected_does_not_see_that_it_is_missing(world):
    hidden = said(world, reader="olena", expected=world.components["strict"].reference, handling="AMBER",
                  released_to=["partner"])  # fmt: skip
    shown = said(world, reader="olena", handling="AMBER", released_to=["partner"])
    listed = world.get("piet", "/api/v1/absences/")["results"]
    assert [one["id"] for one in listed] == [shown["id"]]
    world.get("piet", hidden["url"], 404)
    assert hidden["held_back"] and "STRICT" in hidden["held_back"]


@pytest.mark.parametrize("reader, status", [("rita", 403), ("piet", 403), ("sam", 400), ("nobody", 401)])
def test_others_do_not_say_it(world, reader, status):
    said(world, status, reader=reader)


def test_in_a_reviewed_specimen_it_takes_a_reason(world):
    address = f"/api/v1/specimens/{HERE}/"
    world.send("olena", "patch", address, {"review": "in-review"}, 200)
    world.send("taras", "patch", address, {"review": "reviewed"}, 200)
    assert "reason" in said(world, 400)["errors"]
    found = said(world, reason="Looked again.")
    world.send("taras", "patch", found["url"], {"note": "x"}, 400)
    world.send("taras", "delete", found["url"], {"reason": "It is there."}, 204)
