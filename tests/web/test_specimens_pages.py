"""The pages of specimens: the inventory as a tree, who had it and when, and nothing hidden."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.actions.components import record_component
from catalogue.actions.record import record
from catalogue.markings.dates import parse
from catalogue.models import CustodyEvent, Level, Photo, SpecimenPlace
from catalogue.security.viewing import viewing_as
from tests.security.rows import make

from .reading import page


def add(world, reader="olena", **columns):
    """A component of the CLEAR specimen."""
    with viewing_as(world.viewer(reader)) as actor:
        return record_component(specimen=world.specimens["clear"], actor=actor, handling=Level.CLEAR, **columns)


def happened(world, kind, moment, zone="Europe/Kyiv", handling=Level.CLEAR, **more):
    event = {"specimen": world.specimens["clear"], "kind": kind, "happened_at": moment, "zone": zone, **more}
    with viewing_as(world.viewer("olena")) as olena:
        return record(CustodyEvent, [event], actor=olena, handling=handling)[0]


def inventory(text):
    """[(reference, depth)] of the tree."""
    rows = re.findall(
        r'<tr class="[a-z]+ in-(\d)"><td class="mono nowrap"><a class="" href="/components/([^/]+)/"', text
    )
    return [(reference, int(depth)) for depth, reference in rows]


def test_the_inventory_shows_each_component_below_what_it_sits_on(world):
    unit = add(world, name="Flight controller", kind="assembly")
    board = add(world, name="Main board", kind="board", parent=unit)
    loose = add(world, marking="LOOSE 1")
    chip = add(world, marking="CHIP 1", parent=board)
    before = world.components["clear"].reference
    found = inventory(page(world, "nobody", "/specimens/KND-2026-CLEAR/"))
    assert found == [(before, 0), (unit.reference, 0), (board.reference, 1), (chip.reference, 2), (loose.reference, 0)]


def test_what_sits_on_a_withdrawn_board_is_still_there(world):
    board = add(world, name="Main board", kind="board")
    chip = add(world, marking="CHIP 1", parent=board)
    world.send("olena", "delete", f"/api/v1/components/{board.reference}/", {"reason": "Not one."}, 204)
    assert (chip.reference, 0) in inventory(page(world, "nobody", "/specimens/KND-2026-CLEAR/"))


def test_the_marking_comes_before_the_opinion_with_its_confidence_and_basis(world):
    text = page(world, "nobody", "/specimens/KND-2026-CLEAR/")
    row = text[text.index('class="part in-0"') :]
    assert row.index("CLEAR 2231") < row.index("Acme Semiconductor") < row.index("High")
    assert "shows neither knowledge nor breach" in text


def test_a_long_inventory_is_cut_and_leads_to_all_of_it(world, monkeypatch):
    monkeypatch.setattr("catalogue.web.specimens.INVENTORY", 2)
    for n in range(4):
        add(world, name=f"Piece {n}")
    text = page(world, "nobody", "/specimens/KND-2026-CLEAR/")
    assert len(inventory(text)) == 2 and "The first 2 records" in text
    link = re.search(r'<a href="(/components/\?specimen=[^"]*)">All 5 component records as a list', text)[1]
    assert '<b class="num">5</b> component records' in page(world, "nobody", link)


def test_custody_is_told_by_the_clocks_of_the_zone_it_was_noted_in(world):
    happened(world, "transferred", datetime(2024, 1, 5, 22, 30, tzinfo=UTC), giver="Unit 7", receiver="Laboratory")
    happened(world, "collected", datetime(2023, 7, 1, 21, 5, tzinfo=UTC), seals="A-17")
    happened(world, "sealed", datetime(2024, 2, 1, 8, 0, tzinfo=UTC), zone="Atlantis/Harbour")
    text = page(world, "nobody", "/specimens/KND-2026-CLEAR/")
    told = re.findall(r'<time datetime="[^"]*" title="([^"]*)">([^<]*)</time> <span class="dim">([^<]*)<', text)
    assert told == [
        ("2023-07-01T21:05:00Z", "2 July 2023, 00:05", "Europe/Kyiv"),
        ("2024-01-05T22:30:00Z", "6 January 2024, 00:30", "Europe/Kyiv"),
        ("2024-02-01T08:00:00Z", "1 February 2024, 08:00", "UTC, noted in Atlantis/Harbour"),
    ]
    assert text.index("A-17") < text.index("Unit 7")


def test_the_exact_place_shows_only_to_those_who_may_see_it(world):
    place = {"specimen": world.specimens["clear"], "latitude": "49.123", "longitude": "36.5", "uncertainty": 50}
    with viewing_as(world.viewer("olena")) as olena:
        record(SpecimenPlace, [place], actor=olena)
        happened(world, "opened", datetime(2024, 3, 1, tzinfo=UTC), handling=Level.STRICT, receiver="Bench 4")
    seen = page(world, "rita", "/specimens/KND-2026-CLEAR/")
    assert "49.123000, 36.500000" in seen and "± 50 m" in seen and "TLP:AMBER+STRICT" in seen and "Bench 4" in seen
    for stranger in ("sam", "nobody"):
        text = page(world, stranger, "/specimens/KND-2026-CLEAR/")
        assert "49.123" not in text and "AMBER" not in text and "Bench 4" not in text


def test_a_specimen_was_not_assembled_before_its_newest_part_unless_that_is_a_counterfeit(world):
    add(world, made=parse("2021-06"), marking="A")
    newest = add(world, made=parse("2022-06"), marking="B")
    add(world, made=parse("2023-06"), marking="C", authenticity="counterfeit")
    text = page(world, "nobody", "/specimens/KND-2026-CLEAR/")
    fact = text[text.index("Not assembled before") :]
    assert re.search(r">([^<]*)</time> <a [^>]*>([^<]*)<", fact).groups() == ("June 2022", newest.reference)


def test_facts_say_partly_known_dates_as_people_read_them_and_what_may_be_counted(world):
    body = {"system": "kite", "kind": "group", "count": 3, "recovered": "2024-05", "place": "Kharkiv region"}
    body["numbers"] = [{"kind": "tail", "text": "Ы-391"}]
    made = world.send("olena", "post", "/api/v1/specimens/", body, 201)
    text = page(world, "rita", f"/specimens/{made['reference']}/")
    assert '<time title="2024-05">May 2024</time>' in text and "Kharkiv region" in text and "Ы-391" in text
    assert "3 wrecks recorded as one; not counted as a specimen." in text and "Draft" in text


def test_the_tabs_count_what_stands_below(world):
    happened(world, "collected", datetime(2024, 1, 1, tzinfo=UTC))
    text = page(world, "nobody", "/specimens/KND-2026-CLEAR/")
    tabs = re.findall(r'<a href="#([a-z]+)">[^<]* <span class="num">(\d+)</span>', text)
    assert tabs == [("components", "1"), ("photographs", "0"), ("custody", "1"), ("sources", "0")]
    assert all(f'id="{name}"' in text for name, _ in tabs)
    assert 'href="/specimens/KND-2026-CLEAR/history/"' in text


def test_of_many_photographs_the_first_are_shown_and_all_are_counted(world):
    with viewing_as(world.viewer("olena")):
        for n in range(61):
            make(Photo, owner=world.agencies["laboratory"], specimen=world.specimens["clear"], position=n)
    text = page(world, "nobody", "/specimens/KND-2026-CLEAR/")
    assert "the first 60 of 61" in text and text.count("<figure>") == 60


@pytest.mark.parametrize("reader, levels", [("olena", 5), ("taras", 4), ("piet", 4), ("sam", 2), ("nobody", 1)])
def test_the_list_shows_what_the_handling_allows_and_counts_it(world, reader, levels):
    text = page(world, reader, "/specimens/")
    assert len(set(re.findall(r'href="/specimens/(KND-[A-Z0-9-]+)/"', text))) == levels
    assert f'<b class="num">{levels}</b> single specimen' in text and "without a date of recovery" in text
    assert world.get(reader, "/api/v1/specimens/?kind=single&count=true")["count"] == levels


@pytest.mark.parametrize("reader", ["sam", "nobody"])
def test_a_hidden_specimen_is_not_there(world, reader):
    assert "STRICT 2231" not in page(world, reader, "/specimens/KND-2026-STRICT/", 404)


def test_a_specimen_asks_the_database_as_often_for_few_records_as_for_many(world):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            page(world, "olena", "/specimens/KND-2026-CLEAR/")
            return len(captured)

    board = add(world, name="Board", kind="board")
    happened(world, "collected", datetime(2024, 1, 1, tzinfo=UTC), component=board)
    asked()
    few = asked()
    for n in range(20):
        add(world, name=f"Piece {n}", parent=board, manufacturer=world.makers["acme"], confidence="low")
        happened(world, "sealed", datetime(2024, 1, 2, tzinfo=UTC), component=board)
    assert asked() == few
