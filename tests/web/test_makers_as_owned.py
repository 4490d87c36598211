"""Makers as printed, as owned when made, as owned today: one figure on page, in the interface and in the file."""

import csv
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.actions.components import record_component
from catalogue.actions.organisations import record_organisation
from catalogue.actions.relations import relate
from catalogue.markings.dates import parse
from catalogue.models import Level
from catalogue.security.viewing import viewing_as

from .reading import page, words


@pytest.fixture
def sold(world):
    """Acme was acquired by Volta in May 2018. Of its make: five undated finds, one of 2016, two of 2020."""
    with viewing_as(world.viewer("olena")) as olena:
        relate(
            world.makers["acme"],
            [{"object": world.makers["volta"], "kind_id": "acquired", "since": parse("2018-05-02")}],
            actor=olena,
        )
        for made in ("2016", "2020", "2020-03"):
            record_component(
                specimen=world.specimens["clear"], marking=f"ACM {made}", manufacturer=world.makers["acme"],
                confidence="high", made=parse(made), actor=olena, handling=Level.CLEAR,
            )  # fmt: skip
    return world


FIGURES = [("", 8, 0), ("printed", 8, 0), ("made", 6, 2), ("today", 0, 8)]


@pytest.mark.parametrize("basis, acme, volta", FIGURES)
def test_a_makers_figure_is_the_same_on_page_in_interface_and_file(sold, basis, acme, volta):
    for slug, number in (("acme-semiconductor", acme), ("volta-elektronik", volta)):
        query = f"manufacturer={slug}" + (f"&makers={basis}" if basis else "")
        assert sold.get("olena", f"/api/v1/components/?{query}&count=true")["count"] == number
        rows = sold.client("olena").get(f"/api/v1/components/?{query}&format=csv").getvalue().decode().splitlines()
        assert len(list(csv.DictReader(rows))) == number
        said = words(page(sold, "olena", f"/components/?{query}"))
        assert f"{number} component record" in said
        firm = words(page(sold, "olena", f"/organisations/{slug}/?makers={basis}"))
        assert (f"All {number} component records" in firm) == (number > 0), (slug, basis)


@pytest.mark.parametrize("basis, acme, volta", FIGURES)
def test_the_makers_to_choose_from_are_counted_on_the_basis_chosen(sold, basis, acme, volta):
    text = page(sold, "olena", "/components/" + (f"?makers={basis}" if basis else ""))
    for slug, number in (("acme-semiconductor", acme), ("volta-elektronik", volta)):
        found = re.search(rf'href="[^"]*manufacturer={slug}[^"]*"><span>[^<]*</span> <span class="num">(\d+)<', text)
        assert (int(found[1]) if found else 0) == number


@pytest.mark.parametrize("basis, us, germany", FIGURES)
def test_the_makers_seat_is_that_of_whoever_counts_as_the_maker(sold, basis, us, germany):
    for country, number in (("US", us), ("DE", germany)):
        query = f"maker_country={country}" + (f"&makers={basis}" if basis else "")
        assert sold.get("olena", f"/api/v1/components/?{query}&count=true")["count"] == number


def owners(world, basis, reader="olena"):
    """[(when made, owner)] of the components of Acme, as listed in the interface."""
    found = world.get(reader, f"/api/v1/components/?specimen=KND-2026-CLEAR&makers={basis}")["results"]
    return [(row["made"] and row["made"]["edtf"], row["maker_owner"]["name"]) for row in found]


def test_lists_name_the_owner_of_each_maker_on_the_basis_asked_for(sold):
    acme, volta = "Acme Semiconductor", "Volta Elektronik"
    assert owners(sold, "made") == [("2020-03", volta), ("2020", volta), ("2016", acme), (None, acme)]
    assert {name for _made, name in owners(sold, "today")} == {volta}
    asked = "/api/v1/components/?specimen=KND-2026-CLEAR"
    assert "maker_owner" not in sold.get("olena", asked)["results"][0], "as printed there is none to tell"
    one = sold.get("olena", asked + "&makers=today")["results"][0]
    assert one["maker_owner"] == {"slug": "volta-elektronik", "name": volta, "country": "DE", "basis": "today"}
    assert one["manufacturer"]["name"] == acme, "what is printed stays"


@pytest.mark.parametrize("basis", ["made", "today"])
def test_the_file_and_the_page_name_the_same_owners(sold, basis):
    asked = f"specimen=KND-2026-CLEAR&makers={basis}"
    lines = sold.client("olena").get(f"/api/v1/components/?{asked}&format=csv").getvalue().decode().splitlines()
    rows = list(csv.DictReader(lines))
    assert [row["maker_owner.name"] for row in rows] == [name for _made, name in owners(sold, basis)]
    assert {row["maker_owner.basis"] for row in rows} == {basis}
    text = page(sold, "olena", f"/components/?{asked}")
    assert "Owner of the maker" in text and "maker_owner" in text, "the file of the page has the column"
    file = re.search(r'href="([^"]*format=csv[^"]*)"', text)[1]
    assert b"maker_owner.name" in sold.client("olena").get(file).getvalue()
    assert "Owner of the maker" not in page(sold, "olena", "/components/?specimen=KND-2026-CLEAR")


def test_a_list_with_owners_is_one_query_however_many_there_are(sold):
    def asked(size):
        sold.get("olena", f"/api/v1/components/?makers=made&page_size={size}")
        with CaptureQueriesContext(connection) as captured:
            sold.get("olena", f"/api/v1/components/?makers=made&page_size={size}")
            return len(captured)

    assert asked(1) == asked(1000) == 4


def test_the_page_says_on_which_basis_its_makers_are_meant(sold):
    assert "Makers as owned today" in words(page(sold, "olena", "/components/?makers=today"))
    text = page(sold, "olena", "/organisations/volta-elektronik/?makers=made")
    assert re.search(r'aria-current="true">as owned when made<', text)
    assert "Owned today by Volta Elektronik" in words(page(sold, "olena", "/organisations/acme-semiconductor/"))


def test_who_does_not_see_the_owner_finds_the_maker_its_own(world):
    with viewing_as(world.viewer("olena")) as olena:
        quiet = record_organisation(name="Quiet Holding", actor=olena)
        relate(quiet, [{"object": world.makers["acme"], "kind_id": "owns"}], actor=olena)
    asked = "/api/v1/components/?manufacturer=acme-semiconductor&makers=today&count=true"
    assert world.get("taras", asked)["count"] == 0
    assert world.get("sam", asked)["count"] == 2
    assert "Quiet" not in page(world, "sam", "/organisations/acme-semiconductor/?makers=today")
    assert "Quiet" not in page(world, "sam", "/components/?makers=today")
    assert set(owners(world, "today", "sam")) == {(None, "Acme Semiconductor")}
    assert set(owners(world, "today", "taras")) == {(None, "Quiet Holding")}


def test_the_list_of_owners_leaves_out_who_is_owned(sold):
    found = sold.get("olena", "/api/v1/organisations/?makers=today&count=true")
    assert [row["slug"] for row in found["results"]] == ["volta-elektronik"] and found["count"] == 1
    assert "1 organisation" in words(page(sold, "olena", "/organisations/?makers=today"))


def test_parts_are_found_under_todays_owner_and_have_no_day_of_their_own(sold):
    assert sold.get("olena", "/api/v1/parts/?manufacturer=volta-elektronik&makers=today&count=true")["count"] == 1
    problem = sold.get("olena", "/api/v1/parts/?manufacturer=volta-elektronik&makers=made", 400)
    assert "makers" in problem["errors"]
    assert "1 part type recorded of it" in words(page(sold, "olena", "/organisations/volta-elektronik/?makers=today"))


@pytest.mark.parametrize("value", ["yesterday", "оглянуто", "printed'--", "x" * 5000])
def test_another_basis_is_refused_in_one_sentence_by_its_name(world, value):
    for noun in ("components", "organisations", "parts"):
        for query in ({"makers": value}, {"manufacturer": "acme-semiconductor", "makers": value}):
            if noun == "organisations" and "manufacturer" in query:
                continue
            answer = world.client("olena").get(f"/api/v1/{noun}/", query)
            assert answer.status_code == 400 and list(answer.json()["errors"]) == ["makers"], (noun, query)
