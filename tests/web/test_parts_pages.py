"""The pages of parts: where a type was found, when those were made, which controls cover it, and nothing hidden."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.actions.components import record_component
from catalogue.actions.parts import record_part
from catalogue.actions.record import record
from catalogue.markings.dates import parse
from catalogue.models import ChplTier, ControlEvent, ControlScope, HsCode, Level
from catalogue.security.viewing import viewing_as
from tests.conftest import become

from .reading import page


def add(world, **columns):
    """A component of the CLEAR specimen identified as the world's part."""
    found = {"specimen": world.specimens["clear"], "part": world.part, "manufacturer": world.makers["acme"]}
    with viewing_as(world.viewer("olena")) as olena:
        return record_component(**found, confidence="high", actor=olena, handling=Level.CLEAR, **columns)


def control(world, title, handling=Level.CLEAR, kind="control", **scope):
    """A control with one line of scope."""
    columns = {"slug": title.lower(), "title": title, "instrument": f"{title} instrument", "regime_id": "ear"}
    columns |= {"jurisdiction_id": "US", "effective": parse("2022-02-24"), "kind": kind}
    with viewing_as(world.viewer("olena")) as olena:
        event = record(ControlEvent, [columns], actor=olena, handling=handling)[0]
        record(ControlScope, [{"control": event, **scope}], actor=olena, handling=handling)


def coded(world, **change):
    """The world's part with codes."""
    body = {"hs": "854231", "category": "ic.memory", "eccn": "3A001", "handling": "CLEAR"} | change
    world.send("olena", "patch", f"/api/v1/parts/{world.part.pk}/", body, 200)


def covering(text):
    """Titles of the controls that are said to cover it."""
    section = text[text.index("Controls that cover it") :].partition("</section>")[0]
    return re.findall(r'<td class="wide">(\w+) <span', section)


@pytest.mark.parametrize("reader, records", [("olena", 5), ("piet", 4), ("sam", 2), ("nobody", 1)])
def test_where_it_was_found_is_counted_as_far_as_one_may_see(world, reader, records):
    text = page(world, reader, f"/parts/{world.part.pk}/")
    assert f"<b>{records}</b> component record" in text and f"in <b>{records}</b> single specimen" in text
    link, number = re.search(r'href="(/components/\?part=[^"]*system=kite)">(\d+)</a>', text).groups()
    assert int(number) == records and f'<b class="num">{records}</b> component record' in page(world, reader, link)
    assert "shows neither knowledge nor breach" in text


def test_the_dates_of_those_found_are_said_with_how_many_are_dated(world):
    add(world, made=parse("2021-03"), marking="A")
    add(world, made=parse("2022-06"), marking="B")
    text = page(world, "nobody", f"/parts/{world.part.pk}/")
    assert "made between <b>1 March 2021</b> and <b>30 June 2022</b>" in text and "2 of 3 dated" in text
    add(world, made=parse("before 2021"), marking="C")
    text = page(world, "nobody", f"/parts/{world.part.pk}/")
    assert "3 of 4 dated · 1 of them before or after a date only" in text


def test_another_makers_part_of_the_same_number_is_counted_apart(world):
    with viewing_as(world.viewer("olena")) as olena:
        other = record_part(manufacturer=world.makers["volta"], number="ACM-3221", actor=olena, handling=Level.CLEAR)
    add(world, marking="A")
    text = page(world, "nobody", f"/parts/{world.part.pk}/")
    link = re.search(r'href="(/components/\?part=[^"]*)">All component records', text)[1]
    assert "<b>2</b> component records" in text and '<b class="num">2</b>' in page(world, "nobody", link)
    assert "No component that you may see is identified as this part." in page(world, "nobody", f"/parts/{other.pk}/")


def test_a_number_leads_to_its_part_or_to_the_list_of_those_that_have_it(world):
    def to(number):
        return world.client("nobody").get(f"/parts/{number}/").headers.get("Location")

    assert to("acm 3221") == f"/parts/{world.part.pk}/"
    with viewing_as(world.viewer("olena")) as olena:
        record_part(manufacturer=world.makers["volta"], number="ACM3221", actor=olena, handling=Level.CLEAR)
    assert to("ACM-3221") == "/parts/?number=ACM-3221"
    page(world, "nobody", "/parts/nothing/", 404)


def test_a_control_covers_a_part_when_all_that_its_scope_names_fits(world):
    coded(world, hs="854232")
    coded(world)
    hs = {code: HsCode.objects.filter(code=code).first() for code in ("854231", "854232")}
    control(world, "Chips", hs=hs["854231"])
    control(world, "Other", hs=hs["854232"])
    control(world, "Memories", category_id="ic")
    control(world, "Named", part=world.part)
    control(world, "Both", hs=hs["854231"], eccn="5A992")
    control(world, "Listed", eccn="3A001", kind="guidance")
    text = page(world, "nobody", f"/parts/{world.part.pk}/")
    assert sorted(covering(text)) == ["Chips", "Listed", "Memories", "Named"]
    assert "guidance, not itself a control" in text


def test_a_control_whose_scope_nobody_recorded_stays_a_candidate(world):
    coded(world)
    control(world, "Worded", text="integrated circuits")
    control(world, "Open", recorded=False, text="added items")
    control(world, "Secret", handling=Level.STRICT, text="more items")
    text = page(world, "nobody", f"/parts/{world.part.pk}/")
    assert covering(text) == [] and "2 controls are recorded whose scope stands in words alone" in text
    assert "3 controls are recorded" in page(world, "taras", f"/parts/{world.part.pk}/")


def test_a_part_shows_its_codes_its_numbers_and_the_route_it_is_on(world):
    coded(world, numbers=[{"kind": "nsn", "text": "5962-01-123-4567"}])
    text = page(world, "nobody", f"/parts/{world.part.pk}/")
    assert "854231 (HS 2022)" in text and "3A001" in text and "5962-01-123-4567" in text and "NATO stock number" in text
    assert '<a href="/routes/kite-by-sea/">Kite by sea</a>' in text and "does not prove" in text


def test_more_records_than_are_counted_are_left_to_the_list(world, monkeypatch):
    monkeypatch.setattr("catalogue.queries.parts.SORTED_AT_MOST", 3)
    text = page(world, "olena", f"/parts/{world.part.pk}/")
    assert "More than 10,000 component records." in text and "single specimen" not in text
    assert "Single specimens" not in text, "what is not counted is not divided by weapon system either"
    assert 'href="/components/?part=ACM-3221&manufacturer=acme-semiconductor"' in text


@pytest.mark.parametrize("reader", ["taras", "nobody"])
def test_a_hidden_part_is_not_there(world, reader):
    body = {"manufacturer": "acme-semiconductor", "number": "HID-1", "handling": "RED"}
    hidden = world.send("olena", "post", "/api/v1/parts/", body, 201)
    assert "HID-1" in page(world, "olena", "/parts/") and "HID-1" not in page(world, reader, "/parts/")
    page(world, reader, f"/parts/{hidden['id']}/", 404)
    page(world, reader, "/parts/HID-1/", 404)


def test_the_list_divides_by_tier_of_the_priority_list_and_says_what_is_missing(world):
    coded(world)
    become("catalogue_owner")
    ChplTier.objects.create(hs=HsCode.objects.get(code="854231"), edition=date(2024, 2, 1), tier="3.A")
    become("catalogue_app")
    with viewing_as(world.viewer("olena")) as olena:
        record_part(manufacturer=world.makers["volta"], number="VLT-9", actor=olena, handling=Level.CLEAR)
    text = page(world, "nobody", "/parts/")
    assert '<b class="num">2</b> part types' in text and '<b class="num">1</b> without an HS code' in text
    assert 'href="?chpl_tier=3.A"><span>3.A</span> <span class="num">1</span>' in text
    narrowed = page(world, "nobody", "/parts/?chpl_tier=3.A").partition("<tbody")[2]
    assert "ACM-3221" in narrowed and "VLT-9" not in narrowed


def test_a_part_asks_the_database_as_often_for_few_records_as_for_many(world):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            page(world, "olena", f"/parts/{world.part.pk}/")
            return len(captured)

    coded(world)
    control(world, "Memories", category_id="ic")
    asked()
    few = asked()
    for n in range(10):
        add(world, marking=f"ACM-3221 {n}")
        control(world, f"Memories{n}", category_id="ic")
    assert asked() == few
