"""Part types over REST."""

from datetime import date

import pytest

from catalogue.models import ChplTier, HsCode
from tests.conftest import become

ACME = "acme-semiconductor"


def post(world, reader="olena", status=201, **body):
    body = {"manufacturer": ACME, "number": "ACM-9"} | body
    return world.send(reader, "post", "/api/v1/parts/", body, status)


def test_a_part_is_followed_to_the_routes_it_hangs_on(world):
    part = world.get("nobody", "/api/v1/parts/ACM-3221/")
    assert part["routes"] == [{"slug": "kite-by-sea", "title": "Kite by sea"}]
    assert part == world.get("nobody", part["url"])


def test_a_part_that_was_only_carried_hangs_on_the_route_too(world):
    part = post(world, handling="CLEAR")
    body = {"status": "alleged", "from": ACME, "routes": ["kite-by-rail"], "goods": [{"part": "ACM-9"}]}
    world.send("olena", "post", "/api/v1/legs/", body, 201)
    assert world.get("olena", part["url"])["routes"] == [{"slug": "kite-by-rail", "title": "Kite by rail"}]
    assert world.get("sam", part["url"])["routes"] == []
    assert [p["number"] for p in world.get("olena", "/api/v1/parts/?route=kite-by-rail")["results"]] == ["ACM-9"]


def test_a_number_that_several_parts_have_is_no_address(world):
    post(world, manufacturer="volta-elektronik", number="ACM 3221")
    answer = world.get("olena", "/api/v1/parts/ACM-3221/", status=404)
    assert "use the id" in answer["detail"]
    assert world.get("nobody", "/api/v1/parts/acm3221/")["number"] == "ACM-3221"


def test_the_tier_is_that_of_the_newest_edition(world):
    become("catalogue_owner")
    heading = HsCode.objects.create(id="2022/854232", version=2022, code="854232")
    ChplTier.objects.create(hs=heading, edition=date(2023, 9, 1), tier="2")
    ChplTier.objects.create(hs=heading, edition=date(2024, 2, 1), tier="1")
    become("catalogue_app")
    part = post(world, hs="8542.32")
    assert part["hs"] == {"version": 2022, "code": "854232"} and part["chpl_tier"] == "1"
    assert world.get("olena", "/api/v1/parts/?chpl_tier=1&count=true")["count"] == 1
    assert world.get("olena", "/api/v1/parts/?chpl_tier=2&count=true")["count"] == 0
    assert world.get("olena", "/api/v1/parts/?hs=8542&count=true")["count"] == 1


@pytest.mark.parametrize(
    "query, found",
    [
        ("number=acm9", True),
        ("number=ACM", False),
        ("number=NSN5962", True),
        ("q=cm-9", True),
        ("q=5962", True),
        (f"manufacturer={ACME}", True),
        ("manufacturer=volta-elektronik", False),
        (f"manufacturer_group={ACME}", True),
        ("grade=military", True),
        ("grade=commercial", False),
        ("category=ic", True),
        ("eccn=3a001.a.2.c", True),
    ],
)
def test_parts_are_found_by_what_is_known_of_them(world, query, found):
    post(
        world, numbers=[{"kind": "nsn", "text": "NSN-5962"}], grade="military", category="ic.memory",
        eccn="3A001.a.2.c",
    )  # fmt: skip
    listed = world.get("olena", f"/api/v1/parts/?{query}")["results"]
    assert ("ACM-9" in [part["number"] for part in listed]) is found


@pytest.mark.parametrize("query", ["hs=chips", "grade=best", "category=nothing", "route=nothing", "chpl_tier=9"])
def test_a_value_that_cannot_be_used_is_named(world, query):
    assert query.split("=")[0] in world.get("olena", f"/api/v1/parts/?{query}", status=400)["errors"]


def test_a_part_is_recorded_once_and_stays_with_its_maker(world):
    part = post(world)
    assert "already" in post(world, status=400)["detail"]
    answer = world.send("olena", "patch", part["url"], {"manufacturer": "volta-elektronik"}, 400)
    assert "manufacturer" in answer["errors"]
    assert "hs" in post(world, status=400, number="X", hs="microchip")["errors"]
