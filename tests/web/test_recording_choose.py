"""Choosing a record while its name is typed, making one in place, and dates as they are understood."""

import json

import pytest
from django.utils import translation

from catalogue.web.forms.terms import TermChoice

from .typed import Form, filled, problems, said


def choose(world, reader, noun, q, **within):
    response = world.client(reader).get(f"/choose/{noun}/", {"q": q} | within)
    assert response.status_code == 200
    return [(match["text"], match["note"]) for match in response.json()["results"]]


@pytest.mark.parametrize(
    "noun, q, first",
    [
        ("systems", "kit", ("Kite", "")),
        ("organisations", "semicon", ("Acme Semiconductor", "US")),
        ("organisations", "АСМЕ", ("Acme Semiconductor", "US")),  # look-alike Cyrillic letters
        ("parts", "3221", ("ACM-3221", "Acme Semiconductor")),
        ("specimens", "knd-2026-str", ("KND-2026-STRICT", "Kite")),
        ("components", "strict2231", ("{strict}", "ACM-3221")),
        ("sources", "harbour", ("Harbour report", "")),
        ("routes", "by rail", ("Kite by rail", "kite-by-rail")),
        ("legs", "volta", ("{railed}", "Volta Elektronik → ?")),
    ],
)
def test_a_record_is_found_by_a_part_of_its_name(world, noun, q, first):
    names = {"strict": world.components["strict"].reference, "railed": world.legs["railed"].reference}
    assert choose(world, "taras", noun, q)[0] == (first[0].format(**names), first[1])


def test_only_what_the_reader_may_see_is_offered(world):
    wanted = {"olena": 5, "taras": 4, "piet": 4, "sam": 2, "nobody": 1}
    assert {reader: len(choose(world, reader, "specimens", "KND")) for reader in wanted} == wanted
    assert choose(world, "sam", "legs", world.legs["railed"].reference) == []


def test_nothing_typed_offers_the_newest_and_nonsense_nothing(world):
    assert choose(world, "taras", "organisations", "")[0][0] == "Volta Elektronik"
    assert choose(world, "taras", "organisations", "???") == []
    assert choose(world, "taras", "organisations", "%") == []
    assert world.client("taras").get("/choose/secrets/").status_code == 404


def test_a_search_is_kept_to_what_the_form_names_already(world):
    assert choose(world, "taras", "components", "ACM", specimen="KND-2026-AMBER") == [
        (world.components["amber"].reference, "ACM-3221")
    ]
    assert choose(world, "taras", "parts", "", manufacturer="volta-elektronik") == []


def test_what_stands_for_a_record_is_its_slug_at_home_and_its_id_elsewhere(world):
    def value(reader):
        return world.client(reader).get("/choose/organisations/?q=acme").json()["results"][0]["value"]

    assert value("taras") == "acme-semiconductor"
    assert value("piet") == str(world.makers["acme"].pk)


# In place


def test_a_record_that_is_not_there_is_made_in_a_dialog(world):
    path = "/organisations/new/?in=dialog&text=Invented+Ltd"
    page = world.client("taras").get(path).content.decode()
    assert not page.lstrip().startswith("<!doctype"), "the form alone"
    form = Form(page)
    assert form.sent["name"] == "Invented Ltd"
    made = world.client("taras").post(path, filled(form, {"country": "AT"}))
    assert json.loads(made.content) == {
        "to": "/organisations/invented-ltd/", "value": "invented-ltd", "text": "Invented Ltd", "note": "AT",
    }  # fmt: skip


def test_a_dialog_says_its_errors_in_the_dialog(world):
    path = "/parts/new/?in=dialog&text=N-1&manufacturer=acme-semiconductor"
    form = Form(world.client("taras").get(path).content.decode())
    assert (form.sent["number"], form.sent["manufacturer"]) == ("N-1", "acme-semiconductor")
    response = world.client("taras").post(path, filled(form, {"number": ""}))
    assert problems(response) == ["Number: Fill in “Number”; it is needed."]


def test_one_goes_on_where_one_came_from_and_nowhere_else(world):
    for to, reached in (("/specimens/", "/specimens/"), ("https://example.org/", "/organisations/one/")):
        path = f"/organisations/new/?next={to}"
        form = Form(world.client("taras").get(path).content.decode())
        response = world.client("taras").post(path, filled(form, {"name": "One"}))
        assert response["Location"].replace("one-2", "one") == reached


def test_htmx_is_told_where_to_go(world):
    client = world.client("taras")
    form = Form(client.get("/organisations/new/").content.decode())
    response = client.post("/organisations/new/", filled(form, {"name": "One"}), headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Redirect"]) == (200, "/organisations/one/")


# Dates


@pytest.mark.parametrize(
    "typed, understood",
    [
        ("July 2022", "Understood as July 2022: 1 July – 31 July 2022 (2022-07)"),
        ("1Q2023", "Understood as Q1 2023: 1 January – 31 March 2023 (2023-33)"),
        ("before 2021", "Understood as until 2020: up to 31 December 2020 (../2020)"),
        ("week 34 of 2021", "Understood as week 34 of 2021: 23 August – 29 August 2021 (2021-08-23/2021-08-29)"),
        ("2022-07-19", "Understood as 19 July 2022 (2022-07-19)"),
        ("since 2022", "Understood as since 2022: from 1 January 2022 on (2022/..)"),
        ("", ""),
    ],
)
def test_a_date_is_shown_as_it_is_understood(world, typed, understood):
    assert world.client("taras").get("/dates/", {"text": typed}).json() == {"understood": understood, "error": ""}


def test_a_date_that_is_none_is_answered_with_examples(world):
    answer = world.client("taras").get("/dates/", {"text": "the moon"}).json()
    assert answer["error"].startswith("The date “the moon” was not understood; write it like")
    assert said(world.client("taras").get("/specimens/new/")).count("For example July 2022") == 1


# Words


def choices(vocabulary, tongue):
    with translation.override(tongue):
        return {code: label for code, label in TermChoice(vocabulary).choices if not isinstance(label, str)}, [
            label for _code, label in TermChoice(vocabulary).choices if isinstance(label, str)
        ]


def test_terms_are_grouped_by_their_tree_in_the_reader_s_language(world):
    groups, _single = choices("categories", "en")
    assert ("ic.memory", "Memory") in groups["Integrated circuit"]
    groups, _single = choices("categories", "uk")
    assert ("ic.memory", "пам’ять") in groups["інтегральна мікросхема"]


def test_countries_stand_in_the_order_of_the_reader_s_alphabet(world):
    _groups, english = choices("countries", "en")
    assert english.index("Åland Islands") < english.index("Albania") < english.index("Ukraine")
    _groups, ukrainian = choices("countries", "uk")
    assert ukrainian.index("Австрія") < ukrainian.index("Ізраїль") < ukrainian.index("Йорданія")
