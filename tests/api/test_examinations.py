"""The intake of specimens over REST: noted, gone on with, withdrawn; of the own agency alone."""

import pytest

HERE = "KND-2026-STRICT"
RECEIVED = {
    "specimen": HERE, "reference": "Е-17/2026", "received": "May 2026", "consignor": "Петро", "seals": "A-1",
    "examiner": "KND-TA",
}  # fmt: skip
ADDRESS = f"/api/v1/specimens/{HERE}/"


def noted(world, status=201, reader="taras", **more):
    return world.send(reader, "post", "/api/v1/examinations/", RECEIVED | more, status)


def test_an_intake_is_noted_and_told_to_the_agency_alone(world):
    found = noted(world)
    assert found["stage"] == "received" and found["examiner"] == "KND-TA" and found["received"]["edtf"] == "2026-05"
    assert found["handling"] == "AMBER+STRICT" and found["specimen"] == {"reference": HERE}
    listed = world.get("rita", f"/api/v1/examinations/?specimen={HERE}&count=true")
    assert listed["count"] == 1 and listed["results"][0]["consignor"] == "Петро"
    assert world.get("rita", "/api/v1/examinations/?reference=е-17/2026&stage=received&count=true")["count"] == 1
    csv = b"".join(world.client("rita").get("/api/v1/examinations/?format=csv").streaming_content).decode()
    assert "Е-17/2026" in csv
    for reader in ("piet", "sam", "nobody"):
        world.get(reader, found["url"], 404)
        assert world.get(reader, "/api/v1/examinations/?count=true")["count"] == 0


def test_it_goes_from_received_through_the_review_to_released(world):
    found = noted(world, reader="olena")
    step = lambda stage, status=200, reader="olena": world.send(reader, "patch", found["url"], {"stage": stage}, status)  # noqa: E731
    assert step("examining")["stage"] == "examining"
    assert "second person" in step("released", 400)["errors"]["stage"][0]
    assert step("in-review")["stage"] == "in-review"
    assert world.get("olena", ADDRESS)["review"] == "in-review"
    assert step("in-review")["stage"] == "in-review"  # as it is
    assert "in review" in step("received", 400)["errors"]["stage"][0]
    assert world.get("rita", "/api/v1/examinations/?stage=in-review&count=true")["count"] == 1
    world.send("taras", "patch", ADDRESS, {"review": "reviewed"}, 200)
    assert step("released")["stage"] == "released"
    assert "reviewed already" in step("in-review", 400)["errors"]["stage"][0]


def test_all_that_reading_gives_is_taken_back(world):
    found = noted(world)
    body = found | {"note": "Мокре", "version": found["version"]}
    assert world.send("taras", "patch", found["url"], body, 200)["note"] == "Мокре"
    assert world.send("taras", "patch", found["url"], body, 409)["current"]["note"] == "Мокре"


@pytest.mark.parametrize(
    "sent, field",
    [
        ({"reference": "  "}, "reference"),
        ({"examiner": "PTN-PI"}, "examiner"),
        ({"stage": "lost"}, "stage"),
        ({"handling": "CLEAR"}, "handling"),
        ({"released_to": ["partner"]}, "handling"),
        ({"received": "2126"}, "received"),
        ({"specimen": "KND-2026-NONE"}, "specimen"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(world, sent, field):
    assert field in noted(world, 400, **sent)["errors"]


def test_a_specimen_is_under_one_examination_and_a_number_is_given_once(world):
    first = noted(world)
    assert "noted already" in noted(world, 400, reference="E-18")["detail"]
    assert "reference" in noted(world, 400, specimen="KND-2026-CLEAR")["errors"]
    world.send("taras", "patch", first["url"], {"specimen": "KND-2026-CLEAR"}, 400)


def test_one_that_was_noted_wrongly_is_voided_with_a_reason_and_its_number_is_free_again(world):
    first = noted(world)
    assert "reason" in world.send("taras", "delete", first["url"], {}, 400)["errors"]
    world.send("taras", "delete", first["url"], {"reason": "Another wreck."}, 204)
    assert world.get("taras", first["url"])["voided"]["reason"] == "Another wreck."
    again = noted(world, specimen="KND-2026-CLEAR")
    assert again["id"] != first["id"] and again["reference"] == first["reference"]


@pytest.mark.parametrize("reader, status", [("rita", 403), ("piet", 400), ("nobody", 401)])
def test_others_note_nothing(world, reader, status):
    noted(world, status, reader=reader)
