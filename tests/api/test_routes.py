"""Suspected supply routes over REST."""

import pytest


def test_a_route_stands_with_its_legs_in_order_and_what_it_does_not_show(world):
    route = world.get("nobody", "/api/v1/routes/kite-by-sea/")
    assert [leg["status"] for leg in route["legs"]] == ["documented", "inferred"]
    assert route["legs"][0]["from"]["slug"] == "acme-semiconductor"
    assert route["legs"][0]["to"]["identified"] is False and "invoice" in route["legs"][0]["to"]["known"]
    assert "neither that the maker knew" in route["statement"]
    assert [(p["number"], p["manufacturer"]) for p in route["parts"]] == [("ACM-3221", "acme-semiconductor")]
    assert route["citations"][0]["source"] == "harbour-report"


def test_a_leg_the_reader_may_not_see_leaves_no_trace_in_the_route(world):
    hidden = {
        "status": "alleged",
        "from": "volta-elektronik",
        "routes": [{"slug": "kite-by-sea", "position": 3}],
    }
    reference = world.send("olena", "post", "/api/v1/legs/", hidden, 201)["reference"]
    seen = {reader: world.get(reader, "/api/v1/routes/kite-by-sea/")["legs"] for reader in ("taras", "sam")}
    assert [leg["reference"] for leg in seen["taras"]][-1] == reference
    assert len(seen["sam"]) == 2
    assert world.get("sam", "/api/v1/routes/?status=alleged&count=true")["count"] == 0


@pytest.mark.parametrize(
    "query, found",
    [
        ("system=kite", {"kite-by-sea", "kite-by-rail"}),
        ("part=acm3221", {"kite-by-sea"}),
        ("part=ACM-0", set()),
        ("organisation=acme-semiconductor", {"kite-by-sea"}),
        ("organisation=volta-elektronik", {"kite-by-rail"}),
        ("status=inferred", {"kite-by-sea"}),
        ("status=refuted", set()),
        ("confidence=low", {"kite-by-sea"}),
        ("q=rail", {"kite-by-rail"}),
    ],
)
def test_routes_are_found_by_what_they_touch(world, query, found):
    assert {route["slug"] for route in world.get("olena", f"/api/v1/routes/?{query}")["results"]} == found


def test_legs_are_put_in_another_order_by_sending_them_again(world):
    address = "/api/v1/routes/kite-by-sea/"
    legs = [leg["reference"] for leg in world.get("olena", address)["legs"]]
    turned = world.send("olena", "patch", address, {"legs": legs[::-1]}, 200)["legs"]
    assert [leg["reference"] for leg in turned] == legs[::-1]
    assert [leg["position"] for leg in turned] == [1, 2]
    fewer = world.send("olena", "patch", address, {"legs": [{"reference": legs[0], "position": 5}]}, 200)["legs"]
    assert [(leg["reference"], leg["position"]) for leg in fewer] == [(legs[0], 5)]


def test_evidence_names_a_part_or_a_component_and_says_why(world):
    component = world.components["clear"].reference
    evidence = [{"component": component, "why": "Carries the number on the invoice."}]
    route = world.send("olena", "patch", "/api/v1/routes/kite-by-rail/", {"evidence": evidence}, 200)
    assert route["components"] == [{"reference": component}]
    found = world.get("olena", f"/api/v1/routes/?component={component}")["results"]
    assert [r["slug"] for r in found] == ["kite-by-rail"]
    both = [{"component": component, "part": "ACM-3221", "why": "x"}]
    answer = world.send("olena", "patch", "/api/v1/routes/kite-by-rail/", {"evidence": both}, 400)
    assert "evidence" in answer["errors"]
    answer = world.send("olena", "patch", "/api/v1/routes/kite-by-rail/", {"evidence": [{"part": "ACM-3221"}]}, 400)
    assert "evidence.0.why" in answer["errors"]
