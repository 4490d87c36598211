"""The organisations pages: what a firm is called, where it is listed, what was found of it, who denies what."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.actions.components import record_component
from catalogue.actions.listings import record_listing
from catalogue.actions.record import record
from catalogue.actions.relations import record_related
from catalogue.markings.dates import parse
from catalogue.models import Claim, Level
from catalogue.security.viewing import viewing_as

from .reading import page, words

ACME, VOLTA = "/organisations/acme-semiconductor/", "/organisations/volta-elektronik/"


def test_the_list_names_firms_by_kind_and_seat_and_says_what_is_missing(world):
    text = words(page(world, "nobody", "/organisations/"))
    assert "2 organisations · 0 without a recorded seat" in text
    assert "Acme Semiconductor" in text and "Germany" in text
    assert "Volta" not in words(page(world, "nobody", "/organisations/?country=US")).partition("Columns")[0]


@pytest.mark.parametrize("reader, records", [("olena", 5), ("piet", 4), ("nobody", 1)])
def test_a_maker_leads_to_what_was_found_of_it_and_every_number_is_that_of_the_list(world, reader, records):
    text = page(world, reader, ACME)
    said = "All 5 component records" if records == 5 else f"{records} component record"
    assert said in words(text)
    assert ("Kite", str(records)) == re.search(
        r'"/systems/kite/">(Kite)</a></td><td class="num"><a[^>]*>(\d+)<', text
    ).groups()
    assert re.search(rf'"/parts/{world.part.pk}/">ACM-3221</a></td><td class="num"><a[^>]*>{records}<', text)
    for link in set(re.findall(r'href="(/components/\?[^"]*manufacturer=acme[^"]*)"', text)):
        assert world.get(reader, f"/api/v1{link}&count=true")["count"] == records, link
    assert "shows neither knowledge nor breach" in text


def test_a_maker_of_more_than_is_counted_says_so_and_counts_nothing(world, monkeypatch):
    monkeypatch.setattr("catalogue.web.organisations.SORTED_AT_MOST", 3)
    text = page(world, "olena", ACME)
    assert "More than 10,000 component records" in text
    assert 'href="/components/?manufacturer=acme-semiconductor&count=true"' in text and "Recovered in" not in text


def test_a_firm_without_a_find_says_so(world):
    assert "No component that you may see is identified as its make." in page(world, "olena", VOLTA)


def test_a_listing_has_its_exact_word_its_authority_and_its_day(world):
    with viewing_as(world.viewer("olena")) as olena:
        record_listing(
            organisation=world.makers["volta"], authority="Treasury", list="Former list", number="E-7",
            listed=parse("2022"), delisted=parse("2024-02-03"), actor=olena, handling=Level.CLEAR,
        )  # fmt: skip
    text = words(page(world, "nobody", VOLTA))
    assert "listed Ministry of Trade Control list May 2023 Harbour report p. 4" in text
    assert "delisted Treasury Former list E-7 2022 3 February 2024 no source cited" in text
    assert "That is no statement that there is none." in page(world, "nobody", ACME)


def test_a_relation_is_read_from_both_ends(world):
    with viewing_as(world.viewer("olena")) as olena:
        record_related(
            name="Ampere Works", actor=olena, handling=Level.CLEAR,
            relations=[{"object": world.makers["volta"], "kind_id": "acquired", "since": parse("2017-03")}],
            names=[{"text": "Ампер", "language": "uk", "kind": "transliteration"}],
        )  # fmt: skip
    sentence = "Ampere Works Was acquired by Volta Elektronik March 2017"
    ampere, volta = (page(world, "nobody", path) for path in ("/organisations/ampere-works/", VOLTA))
    assert sentence in words(ampere) and sentence in words(volta)
    assert 'href="/organisations/volta-elektronik/"' in ampere and 'href="/organisations/ampere-works/"' in volta
    assert "Ампер Transliteration uk" in words(ampere)


def test_a_firm_stands_in_legs_with_role_and_status(world):
    text = page(world, "nobody", ACME)
    ends = "Sender Acme Semiconductor United States unknown: a distributor that the invoice does not name"
    assert f"{ends} Documented" in words(text)
    assert re.search(r'href="/routes/kite-by-sea/#KND-L-[^"]+"', text) and "Harbour report" in text
    assert "kite-by-rail" in page(world, "taras", VOLTA)
    hidden = page(world, "sam", VOLTA)
    assert "kite-by-rail" not in hidden and "It stands in no leg that you may see." in hidden


def test_a_denial_stands_beside_the_firm_that_it_concerns_and_the_one_that_makes_it(world):
    with viewing_as(world.viewer("olena")) as olena:
        for level, said in ((Level.CLEAR, "We sold nothing there."), (Level.STRICT, "Told us in confidence.")):
            record(
                Claim,
                [{"kind": "denial", "by": "A spokesman of Acme", "text": said, "organisation": world.makers["acme"],
                  "by_organisation": world.makers["volta"]}],
                actor=olena, handling=level,
            )  # fmt: skip
    for path in (ACME, VOLTA):
        assert "A spokesman of Acme Denial We sold nothing there." in words(page(world, "nobody", path))
        assert "in confidence" in page(world, "taras", path) and "in confidence" not in page(world, "sam", path)


def test_a_hidden_organisation_is_not_there(world):
    with viewing_as(world.viewer("olena")) as olena:
        hidden = record_related(name="Quiet Trading", actor=olena)
    assert "Quiet Trading" in page(world, "rita", "/organisations/quiet-trading/")
    for name in ("quiet-trading", hidden.pk):
        assert "Quiet" not in page(world, "piet", f"/organisations/{name}/", 404)
    assert "Quiet" not in page(world, "piet", "/organisations/")


def test_a_page_asks_the_database_as_often_for_a_small_firm_as_for_a_large_one(world):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            page(world, "olena", ACME)
            return len(captured)

    with viewing_as(world.viewer("olena")) as olena:
        record_listing(
            organisation=world.makers["acme"], authority="Treasury", list="First", actor=olena, handling=Level.CLEAR
        )
        record_related(
            name="Parent", actor=olena, handling=Level.CLEAR,
            relations=[{"object": world.makers["acme"], "kind_id": "owns"}],
        )  # fmt: skip
    asked()
    few = asked()
    with viewing_as(world.viewer("olena")) as olena:
        for n in range(12):
            record_component(
                specimen=world.specimens["clear"], marking=f"A {n}", manufacturer=world.makers["acme"],
                confidence="low", actor=olena, handling=Level.CLEAR,
            )  # fmt: skip
            record_listing(
                organisation=world.makers["acme"], authority="Treasury", list=f"List {n}", actor=olena,
                handling=Level.CLEAR,
            )  # fmt: skip
            record_related(
                name=f"Branch {n}", actor=olena, handling=Level.CLEAR,
                relations=[{"object": world.makers["acme"], "kind_id": "owns"}],
            )  # fmt: skip
    assert asked() == few
