"""The pages of sources: how far a document is to be trusted, what rests on it, and nothing hidden."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from .reading import page

CITED = [{"source": "harbour-report", "locator": "p. 9"}]


def resting(text):
    """{records: (how many, [first of them])} of what rests on the source."""
    section = text[text.index("What rests on it") :].partition("</section>")[0]
    row = r'<th scope="row">([^<]*)</th>\s*<td class="num when">([^<]*)</td>\s*<td class="wide">(.*?)</td>'
    return {
        noun: (number, re.findall(r">([^<]+)</a>", first) or first.split(" · "))
        for noun, number, first in re.findall(row, section)
    }


def test_what_rests_on_a_source_is_counted_by_noun_with_the_first_of_it(world):
    world.send("olena", "patch", "/api/v1/systems/kite/", {"citations": CITED * 2}, 200)
    found = resting(page(world, "nobody", "/sources/harbour-report/"))
    assert found["Weapon systems"] == ("1", ["Kite"])
    assert found["Suspected supply routes"] == ("1", ["Kite by sea"])
    assert found["Legs of routes"] == ("1", [world.legs["sold"].reference])
    assert found["List entries"] == ("1", ["Volta Elektronik"])
    assert set(found) == {"Weapon systems", "Suspected supply routes", "Legs of routes", "List entries"}


def test_hidden_records_that_cite_it_are_not_counted(world):
    for name in ("KND-2026-CLEAR", "KND-2026-STRICT"):
        world.send("olena", "patch", f"/api/v1/specimens/{name}/", {"citations": CITED}, 200)
    assert resting(page(world, "rita", "/sources/harbour-report/"))["Specimen records"] == (
        "2",
        ["KND-2026-CLEAR", "KND-2026-STRICT"],
    )
    assert resting(page(world, "nobody", "/sources/harbour-report/"))["Specimen records"] == ("1", ["KND-2026-CLEAR"])


def test_a_withdrawn_record_rests_on_nothing(world):
    world.send("olena", "patch", "/api/v1/systems/kite/", {"citations": CITED}, 200)
    world.send("olena", "delete", "/api/v1/routes/kite-by-sea/", {"reason": "Not one."}, 204)
    assert "Suspected supply routes" not in resting(page(world, "nobody", "/sources/harbour-report/"))


def test_more_citations_than_are_counted_are_not_given_a_number(world, monkeypatch):
    monkeypatch.setattr("catalogue.queries.sources.SORTED_AT_MOST", 1)
    for name in ("KND-2026-CLEAR", "KND-2026-GREEN"):
        world.send("olena", "patch", f"/api/v1/specimens/{name}/", {"citations": CITED}, 200)
    assert resting(page(world, "olena", "/sources/harbour-report/"))["Specimen records"][0] == "over 10,000"


def test_a_source_shows_its_reliability_as_a_word_and_its_entries_verbatim(world):
    text = page(world, "nobody", "/sources/harbour-report/")
    assert "B · Usually reliable" in text and "=ACM-3221, мікросхема" in text
    assert 'href="/published-records/?source=harbour-report">1 published record of it' in text


def test_an_address_is_a_link_only_where_a_browser_may_follow_it(world):
    def sub(address):
        made = world.send(
            "olena", "post", "/api/v1/sources/", {"title": "Copy", "kind": "press", "source_url": address}, 201
        )
        return page(world, "olena", f"/sources/{made['slug']}/")

    assert '<a href="https://example.org/a" rel="noreferrer">' in sub("https://example.org/a")
    harmful = sub("javascript:alert(1)")
    assert "javascript:alert(1)" in harmful and 'href="javascript' not in harmful


def test_documents_that_repeat_another_are_told_beside_it(world):
    body = {"title": "Echo", "kind": "press", "derived_from": "harbour-report", "handling": "CLEAR"}
    world.send("olena", "post", "/api/v1/sources/", body, 201)
    world.send("olena", "post", "/api/v1/sources/", body | {"title": "Whisper", "handling": "AMBER+STRICT"}, 201)
    text = page(world, "nobody", "/sources/harbour-report/")
    assert '<a href="/sources/echo/">Echo</a>' in text and "Whisper" not in text
    assert '<a href="/sources/harbour-report/">Harbour report</a>' in page(world, "nobody", "/sources/echo/")


@pytest.mark.parametrize("reader, seen", [("rita", True), ("sam", False), ("nobody", False)])
def test_a_hidden_source_is_not_there(world, reader, seen):
    world.send("olena", "post", "/api/v1/sources/", {"title": "Inside letter", "kind": "press"}, 201)
    assert ("Inside letter" in page(world, reader, "/sources/")) == seen
    page(world, reader, "/sources/inside-letter/", 200 if seen else 404)


def test_the_list_says_what_cannot_be_judged(world):
    world.send("olena", "post", "/api/v1/sources/", {"title": "Rumour", "kind": "press", "handling": "CLEAR"}, 201)
    text = page(world, "nobody", "/sources/")
    assert '<b class="num">2</b> sources' in text and '<b class="num">1</b> whose reliability cannot be judged' in text
    assert "Rumour" not in page(world, "nobody", "/sources/?reliability=B").partition("<tbody>")[2]


def test_a_source_asks_the_database_as_often_for_few_records_as_for_many(world):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            page(world, "olena", "/sources/harbour-report/")
            return len(captured)

    asked()
    few = asked()
    for n in range(10):
        body = {"name": f"Kite {n}", "citations": CITED, "handling": "CLEAR"}
        world.send("olena", "post", "/api/v1/systems/", body, 201)
    assert asked() == few
