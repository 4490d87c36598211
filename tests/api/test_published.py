"""Published records over REST: kept verbatim."""

import pytest

ADDRESS = "/api/v1/published-records/"


def test_an_entry_is_kept_with_its_spaces_and_answers_by_the_publishers_identifier(world):
    text = " Мікросхема «ACM-3221» \nКНР "
    body = {"source": "harbour-report", "source_id": "EX-9", "text": text}
    record = world.send("olena", "post", ADDRESS, body, 201)
    assert record["text"] == text
    assert world.get("olena", f"{ADDRESS}EX-9/") == record


def test_an_entry_is_never_edited_and_only_its_handling_moves(world):
    answer = world.send("olena", "patch", f"{ADDRESS}EX-1/", {"text": "corrected"}, 400)
    assert "verbatim" in answer["detail"] and "text" in answer["errors"]
    world.send("taras", "patch", f"{ADDRESS}EX-1/", {"handling": "AMBER+STRICT"}, 200)
    world.get("nobody", f"{ADDRESS}EX-1/", status=404)


def test_an_entry_is_recorded_once_and_by_a_curator(world):
    body = {"source": "harbour-report", "source_id": "EX-1"}
    assert "already" in world.send("olena", "post", ADDRESS, body, 400)["detail"]
    world.send("taras", "post", ADDRESS, body | {"source_id": "EX-2"}, 403)


@pytest.mark.parametrize(
    "query, found",
    [
        ("source=harbour-report", 1),
        ("source_id=EX-1", 1),
        ("source_id=EX", 0),
        ("q=acm3221", 1),
        ("q=acme", 1),
        ("recovered_in=kit", 1),
        ("recovered_in=ship", 0),
    ],
)
def test_entries_are_found_by_text_maker_and_where_it_was_found(world, query, found):
    assert world.get("nobody", f"{ADDRESS}?count=true&{query}")["count"] == found
