"""What a value may be, whichever way it comes: as JSON, by a form, or from an action."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalogue.actions.record import record
from catalogue.actions.refusals import Refused
from catalogue.models import CustodyEvent
from catalogue.security.viewing import viewing_as


def later(days):
    return (timezone.now() + timedelta(days=days)).date().isoformat()


@pytest.mark.parametrize(
    "noun, body, field",
    [
        ("components", {"specimen": "KND-2026-CLEAR"}, "made"),
        ("specimens", {"system": "kite"}, "recovered"),
        ("specimens", {"system": "kite"}, "produced"),
        ("specimens", {"system": "kite"}, "used"),
        ("specimens", {"system": "kite"}, "examined"),
        ("legs", {"status": "alleged", "from": {"known": "a port"}}, "moved"),
        ("sources", {"title": "Report", "kind": "press"}, "published"),
        ("sources", {"title": "Report", "kind": "press"}, "accessed"),
        ("organisations", {"name": "Nova"}, "founded"),
    ],
)
def test_what_was_seen_was_not_seen_in_the_future(world, noun, body, field):
    path = f"/api/v1/{noun}/"
    refused = world.send("taras", "post", path, body | {field: "2145-03-01"}, 400)
    assert "2145-03-01, which has not come yet" in refused["errors"][field][0]
    made = world.send("taras", "post", path, body | {field: later(1)}, 201)
    refused = world.send("taras", "patch", made["url"], {field: later(2)}, 400)
    assert "has not come yet" in refused["errors"][field][0]


def test_a_date_that_may_still_be_past_is_taken_and_an_end_may_come(world):
    body = {"specimen": "KND-2026-CLEAR", "made": "2020/.."}
    world.send("taras", "post", "/api/v1/components/", body, 201)
    world.send("taras", "post", "/api/v1/organisations/", {"name": "Nova", "dissolved": "2145"}, 201)


def test_a_form_says_beside_the_field_that_a_date_has_not_come(world):
    sent = {"system": "kite", "kind": "single", "recovered": "2145", "handling": "3"}
    response = world.client("taras").post("/specimens/new/", sent)
    assert "2145-01-01, which has not come yet" in response.content.decode()


def test_custody_does_not_pass_in_the_future(world):
    event = {"specimen": world.specimens["clear"], "kind": "received", "zone": "Europe/Kyiv"}
    with viewing_as(world.viewer("taras")) as taras, pytest.raises(Refused, match="has not come yet"):
        record(CustodyEvent, [event | {"happened_at": timezone.now() + timedelta(days=3)}], actor=taras)


@pytest.mark.parametrize(
    "noun, body, field, most",
    [
        ("components", {"specimen": "KND-2026-CLEAR"}, "note", 20_000),
        ("components", {"specimen": "KND-2026-CLEAR"}, "marking", 2_000),
        ("components", {"specimen": "KND-2026-CLEAR"}, "name", 500),
        ("components", {"specimen": "KND-2026-CLEAR"}, "condition", 2_000),
        ("organisations", {}, "name", 500),
        ("published-records", {"source": "harbour-report", "source_id": "EX-9"}, "text", 20_000),
    ],
)
def test_a_text_has_an_end(world, noun, body, field, most):
    path = f"/api/v1/{noun}/"
    refused = world.send("olena", "post", path, body | {field: "x" * (most + 1)}, 400)
    assert f"{field} has {most + 1:,} characters and may have {most:,}" in refused["errors"][field][0]
    made = world.send("olena", "post", path, body | {field: "x" * most}, 201)
    if field not in ("marking", "text"):
        refused = world.send("olena", "patch", made["url"], {field: "x" * (most + 1)}, 400)
        assert "shorten it" in refused["errors"][field][0]


def test_a_further_name_and_a_reason_have_an_end_too(world):
    body = {"name": "Nova", "names": [{"text": "N" * 501}]}
    assert "may have 500" in world.send("olena", "post", "/api/v1/organisations/", body, 400)["detail"]
    path = f"/api/v1/components/{world.components['clear'].reference}/"
    refused = world.send("olena", "delete", path, {"reason": "x" * 20_001}, 400)
    assert "reason" in refused["errors"]


def test_a_form_says_beside_the_field_that_a_text_is_too_long(world):
    sent = {"system": "kite", "kind": "single", "title": "x" * 501, "handling": "3"}
    response = world.client("taras").post("/specimens/new/", sent)
    assert "title has 501 characters and may have 500" in response.content.decode()
