"""The components pages: what a person sees, in which order, and that nothing hidden shows."""

import csv
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalogue.actions.components import record_component
from catalogue.models import Level
from catalogue.queries import paging
from catalogue.security.viewing import viewing_as
from catalogue.web.cells import address

from .reading import page


def references(text):
    return re.findall(r'href="/components/([A-Z0-9-]+)/"', text)


@pytest.mark.parametrize("reader, levels", [("olena", 5), ("taras", 4), ("piet", 4), ("sam", 2), ("nobody", 1)])
def test_the_list_shows_what_the_handling_allows_and_counts_it(world, reader, levels):
    text = page(world, reader, "/components/")
    assert len(set(references(text))) == levels
    assert f'<b class="num">{levels}</b> component record' in text


def test_a_filter_is_a_chip_that_can_be_taken_away(world):
    text = page(world, "olena", "/components/?manufacturer=acme-semiconductor&kind=part")
    chips = re.findall(r'<a class="chip" href="([^"]*)"><span>([^<]*)</span> ([^<]*) ', text)
    assert ("?kind=part", "Maker", "Acme Semiconductor") in chips
    assert ("?manufacturer=acme-semiconductor", "Kind", "Part") in chips


def test_the_number_on_the_page_is_the_number_of_the_interface_and_the_rows_of_the_file(world):
    query = "manufacturer=acme-semiconductor"
    shown = set(references(page(world, "piet", f"/components/?{query}")))
    counted = world.get("piet", f"/api/v1/components/?{query}&count=true")["count"]
    link = re.search(r'href="(/api/v1/components/[^"]*format=csv[^"]*)"', page(world, "piet", f"/components/?{query}"))
    file = b"".join(world.client("piet").get(link[1]).streaming_content).decode()
    rows = list(csv.DictReader(io.StringIO(file)))
    assert len(shown) == counted == len(rows) and shown == {row["reference"] for row in rows}


def test_the_file_holds_the_columns_and_the_order_that_are_shown(world):
    text = page(world, "olena", "/components/?columns=reference&columns=kind&sort=-reference")
    link = re.search(r'href="(/api/v1/components/[^"]*format=csv[^"]*)"', text)[1]
    file = b"".join(world.client("olena").get(link).streaming_content).decode()
    rows = list(csv.reader(io.StringIO(file)))
    assert rows[0] == ["reference", "kind"]
    assert (
        [row[0] for row in rows[1:]]
        == list(dict.fromkeys(references(text)))
        == sorted((row[0] for row in rows[1:]), reverse=True)
    )


def test_chosen_columns_are_remembered(world):
    browser = world.client("olena")
    browser.get("/components/?columns=reference,handling")
    text = browser.get("/components/").content.decode()
    assert ">Handling</th>" in text and "Recovered in</a></th>" not in text


@pytest.mark.parametrize("query", ["colour=red", "manufacturer=nobody", "made_after=soon", "sort=colour", "columns=x"])
def test_a_parameter_that_cannot_be_used_is_said_on_the_page(world, query):
    text = page(world, "olena", f"/components/?{query}", 400)
    said = re.search(r'role="alert"><p class="error">([^<]*)<', text)[1]
    assert query.partition("=")[0] in said and query.partition("=")[2] in said


def test_what_all_rows_share_is_said_once(world):
    text = page(world, "olena", "/components/?manufacturer=acme-semiconductor")
    assert "Maker: <a" in text and ">Maker</a></th>" not in text


def test_an_empty_list_says_what_to_do(world):
    text = page(world, "olena", "/components/?q=nothing-is-called-this")
    assert "No component is recorded that fits." in text and "Clear all filters" in text


def test_htmx_gets_the_list_alone(world):
    text = page(world, "olena", "/components/", **{"HX-Request": "true", "HX-Target": "list"})
    assert text.lstrip().startswith('<div id="list"') and "<html" not in text


def test_a_large_list_is_counted_when_asked_for(world, monkeypatch):
    monkeypatch.setattr(paging, "SORTED_AT_MOST", 3)
    monkeypatch.setattr("catalogue.web.lists.SORTED_AT_MOST", 3)
    text = page(world, "olena", "/components/")
    assert "More than" in text and "Count them" in text
    counted = page(world, "olena", "/components/", **{"HX-Request": "true", "HX-Target": "facets"})
    assert '<b class="num">5</b> component records' in counted and 'hx-swap-oob="true"' in counted
    assert '<b class="num">5</b>' in page(world, "olena", "/components/?count=true")


def test_a_component_shows_its_marking_before_what_is_said_of_it(world):
    text = page(world, "olena", f"/components/{world.components['clear'].reference}/")
    assert text.index("CLEAR 2231") < text.index("Identifications") < text.index("Acme Semiconductor")
    assert "High" in text and "TLP:CLEAR" in text and "shows neither knowledge nor breach" in text
    assert "Kite by sea" in text and "Kite by rail" not in page(
        world, "nobody", f"/components/{world.components['clear'].reference}/"
    )


@pytest.mark.parametrize("parameter", ["system", "manufacturer", "handling", "kind", "q"])
def test_a_letter_that_no_text_can_hold_is_answered_with_a_sentence(world, parameter):
    response = world.client("nobody").get(f"/components/?{parameter}=%00")
    assert response.status_code in (200, 400) and b"<h1>Components" in response.content


@pytest.mark.parametrize("reader", ["sam", "nobody"])
def test_a_hidden_component_is_not_there(world, reader):
    name = world.components["strict"].reference
    for path in (f"/components/{name}/", f"/components/{name}/history/"):
        assert "STRICT 2231" not in page(world, reader, path, 404)


def test_the_history_tells_who_changed_what(world):
    with viewing_as(world.viewer("olena")) as olena:
        found = record_component(
            specimen=world.specimens["clear"], name="Board", kind="board", actor=olena, handling=Level.CLEAR
        )
    world.send("olena", "patch", f"/api/v1/components/{found.reference}/", {"name": "Main board"}, 200)
    text = page(world, "olena", f"/components/{found.reference}/history/")
    assert "<del>Board</del> → <ins>Main board</ins>" in text and "KND-OL" in text


def test_a_list_asks_the_database_as_often_for_one_record_as_for_many(world):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            page(world, "olena", "/components/")
            return len(captured)

    asked()
    few = asked()
    with viewing_as(world.viewer("olena")) as olena:
        for n in range(20):
            record_component(specimen=world.specimens["clear"], name=f"Piece {n}", actor=olena, handling=Level.CLEAR)
    assert asked() == few


def test_a_link_is_the_address_that_the_page_answers_at():
    for name in ("KND-2026-CLEAR", "Щит 5ґ", "a?b#c%20", "~", "x'y&z"):
        assert address("component", name) == reverse("component", args=[name])
