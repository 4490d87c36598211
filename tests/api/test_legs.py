"""Legs of supply routes over REST."""

import re

import pytest


def post(world, code=201, **body):
    return world.send("olena", "post", "/api/v1/legs/", {"status": "reported"} | body, code)


def test_a_leg_is_recorded_with_its_ends_goods_route_and_source(world):
    leg = post(
        world,
        **{"from": {"slug": "acme-semiconductor", "role": None}, "to": {"known": "a firm in a free zone"}},
        goods=[{"part": "ACM-3221", "declared_as": "фурнітура", "declared_hs": "830250", "quantity": "12"}],
        routes=["kite-by-rail"],
        citations=[{"source": "harbour-report", "locator": "p. 7", "credibility": "3"}],
        moved="2023-W14",
    )
    assert re.fullmatch(r"KND-L-20\d\d-\w{4}", leg["reference"])
    assert leg["from"]["identified"] and leg["from"]["name"] == "Acme Semiconductor"
    assert leg["to"] == {
        "identified": False, "slug": None, "name": None, "country": None, "known": "a firm in a free zone",
        "role": None,
    }  # fmt: skip
    (line,) = leg["goods"]
    assert line["part"]["number"] == "ACM-3221" and line["declared_as"] == "фурнітура"
    assert line["declared_hs"] == {"version": 2022, "code": "830250"} and line["actual_hs"] is None
    assert line["quantity"] == 12 and line["kind"] == "part"
    assert leg["routes"] == [{"slug": "kite-by-rail", "position": 1}]
    assert leg["citations"][0]["credibility"] == "3"
    assert leg["moved"] == {"edtf": leg["moved"]["edtf"], "from": "2023-04-03", "to": "2023-04-09"}


def test_an_end_that_becomes_known_takes_the_place_of_the_gap(world):
    address = f"/api/v1/legs/{world.legs['landed'].reference}/"
    changed = world.send("olena", "patch", address, {"to": "volta-elektronik"}, 200)
    assert changed["to"]["slug"] == "volta-elektronik" and changed["to"]["known"] == ""
    assert changed["from"]["known"] == "the same distributor"


@pytest.mark.parametrize(
    "body, field",
    [
        ({}, "from"),
        ({"from": {"slug": "nobody-knows"}}, "from.slug"),
        ({"from": "acme-semiconductor", "amount": "5"}, "currency"),
        ({"from": "acme-semiconductor", "goods": [{"quantity": 1}]}, "goods"),
        ({"from": "acme-semiconductor", "goods": [{"part": "NOPE"}]}, "goods.0.part"),
        ({"from": "acme-semiconductor", "goods": [{"kind": "part"}]}, "goods"),
        ({"from": "acme-semiconductor", "status": "certain"}, "status"),
        ({"from": "acme-semiconductor", "citations": [{"locator": "p. 1"}]}, "citations.0.source"),
    ],
)
def test_what_is_wrong_with_a_leg_is_named(world, body, field):
    assert field in post(world, 400, **body)["errors"]


@pytest.mark.parametrize(
    "query, found",
    [
        ("route=kite-by-sea", {"sold", "landed"}),
        ("organisation=acme-semiconductor", {"sold"}),
        ("from=volta-elektronik", {"railed"}),
        ("to=volta-elektronik", set()),
        ("status=documented&status=inferred", {"sold", "landed"}),
        ("kind=money", set()),
        ("part=ACM3221", {"sold"}),
        ("country=DE", {"railed"}),
        ("moved_after=2000", set()),
    ],
)
def test_legs_are_found_by_what_they_join_and_carry(world, query, found):
    names = {leg.reference: name for name, leg in world.legs.items()}
    listed = world.get("olena", f"/api/v1/legs/?{query}")["results"]
    assert {names[leg["reference"]] for leg in listed} == found


def test_a_material_is_carried_under_its_name_and_cas_number(world):
    goods = [{"kind": "material", "name": "Nitrocellulose", "cas": "9004-70-0", "quantity": 500, "unit": "KGM"}]
    line = post(world, **{"from": "acme-semiconductor"}, goods=goods)["goods"][0]
    assert (line["name"], line["cas"], line["quantity"], line["unit"]) == (
        "Nitrocellulose",
        "9004-70-0",
        500,
        "KGM",
    )
    wrong = [{"kind": "material", "name": "Nitrocellulose", "cas": "nine"}]
    assert "goods" in post(world, 400, **{"from": "acme-semiconductor"}, goods=wrong)["errors"]
