"""Sources over REST."""

import pytest


def test_a_document_that_repeats_another_names_it(world):
    body = {
        "title": "Echo",
        "kind": "press",
        "derived_from": "harbour-report",
        "source_url": "https://echo.example/1",
    }
    source = world.send("olena", "post", "/api/v1/sources/", body, 201)
    assert source["derived_from"] == {"slug": "harbour-report", "title": "Harbour report"}
    assert source["reliability"] == "F"
    repeated = world.get("olena", "/api/v1/sources/?derived_from=harbour-report")["results"]
    assert [s["slug"] for s in repeated] == ["echo"]
    answer = world.send("olena", "patch", source["url"], {"derived_from": "echo"}, 400)
    assert "derived_from" in answer["errors"]


@pytest.mark.parametrize(
    "query, found",
    [("q=harbour", 1), ("q=echo", 0), ("reliability=B", 1), ("reliability=A", 0), ("kind=press", 1)],
)
def test_sources_are_found_by_title_kind_and_reliability(world, query, found):
    assert world.get("nobody", f"/api/v1/sources/?count=true&{query}")["count"] == found
