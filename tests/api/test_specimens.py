"""Specimens over REST."""

import re

import pytest


def post(world, reader="taras", status=201, **body):
    return world.send(reader, "post", "/api/v1/specimens/", {"system": "kite"} | body, status)


def test_a_new_specimen_has_a_reference_of_its_agency_and_year_and_no_counter(world):
    first, second = post(world), post(world)
    for specimen in (first, second):
        assert re.fullmatch(r"KND-20\d\d-[34679ACDEFGHJKMNPQRTUVWXY]{4}", specimen["reference"])
    assert first["reference"] != second["reference"]


def test_the_serial_number_is_one_of_the_numbers_and_follows_a_correction(world):
    specimen = post(world, serial_number="А-17", numbers=[{"kind": "tail", "text": "305"}])
    assert specimen["numbers"] == [{"kind": "serial", "text": "А-17"}, {"kind": "tail", "text": "305"}]
    changed = world.send("taras", "patch", specimen["url"], {"serial_number": "А-71"}, 200)
    assert changed["numbers"] == [{"kind": "serial", "text": "А-71"}, {"kind": "tail", "text": "305"}]


def test_dates_are_taken_as_people_write_them_and_given_as_edtf(world):
    specimen = post(world, recovered="July 2022", produced={"edtf": "2021/.."})
    assert specimen["recovered"] == {"edtf": "2022-07", "from": "2022-07-01", "to": "2022-07-31"}
    assert specimen["produced"] == {"edtf": "2021/..", "from": "2021-01-01", "to": None}
    assert "recovered" in post(world, status=400, recovered="someday")["errors"]


def test_only_a_group_has_a_count(world):
    assert post(world, kind="group", count=2)["count"] == 2
    assert "count" in post(world, status=400, count=2)["errors"]


@pytest.mark.parametrize(
    "query, found",
    [
        ("recovered_after=2022-06", True),
        ("recovered_after=2022-07-15", False),
        ("recovered_before=2022-08", True),
        ("recovered_before=2022-07-20", False),
        ("produced_after=2000", False),
        ("country=UA", True),
        ("country=PL", False),
        ("kind=single&review=draft", True),
        ("review=reviewed", False),
        ("q=a17", True),
        ("q=Kite", True),
        ("q=nowhere", False),
        ("system=kite&handling=AMBER%2BSTRICT", True),
        ("handling=CLEAR", False),
    ],
)
def test_specimens_are_found_by_what_is_known_of_them(world, query, found):
    specimen = post(world, serial_number="А-17", recovered="2022-07", country="UA")
    listed = world.get("taras", f"/api/v1/specimens/?{query}")["results"]
    assert (specimen["reference"] in [s["reference"] for s in listed]) is found


@pytest.mark.parametrize("query", ["system=nothing", "country=XX", "kind=wreck", "recovered_after=soon", "review=x"])
def test_a_value_that_cannot_be_used_is_named(world, query):
    assert query.split("=")[0] in world.get("taras", f"/api/v1/specimens/?{query}", status=400)["errors"]


def test_a_hidden_specimen_is_as_unknown_as_one_that_never_was(world):
    hidden = world.get("sam", "/api/v1/specimens/KND-2026-STRICT/", status=404)
    never = world.get("sam", "/api/v1/specimens/KND-2026-NEVER/", status=404)
    assert hidden["detail"].replace("STRICT", "NEVER") == never["detail"]
    assert "system" in post(world, "sam", 400, system="nothing")["errors"]


def test_sending_the_level_it_has_keeps_whom_it_was_released_to(world):
    address = "/api/v1/specimens/KND-2026-AMBER/"
    world.send("taras", "patch", address, {"note": "seen", "handling": "AMBER"}, 200)
    assert world.get("piet", address)["note"] == "seen"
    world.send("taras", "patch", address, {"released_to": []}, 200)
    world.get("piet", address, status=404)
