"""The pages speak Ukrainian completely: every sentence is translated, and keeps what is filled in."""

import re

import pytest
from django.utils import translation

from catalogue.web.dates import said
from forensics import languages

FILLED_IN = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}|<[^>]+>")


@pytest.fixture(scope="module")
def ukrainian():
    languages.compile_all()
    return languages.collected("uk")


def forms(text):
    return [text] if isinstance(text, str) else list(text or [])


def test_every_sentence_is_translated(ukrainian):
    missing = [message.id for message in ukrainian if message.id and not all(forms(message.string) or [""])]
    assert missing == [], "run python -m forensics.languages collect, and translate what is empty in django.po"


def test_every_name_that_translates_is_known_to_the_collector():
    aliases = {
        alias
        for path in languages.SOURCES.rglob("*.py")
        for alias in re.findall(r"\bn?gettext\w* as (\w+)", path.read_text(encoding="utf-8"))
    }
    assert aliases <= languages.KEYWORDS.keys()


def test_what_is_filled_in_is_kept(ukrainian):
    wrong = [
        message.id
        for message in ukrainian
        if message.id
        for form in forms(message.string)
        if form and set(FILLED_IN.findall(form)) != set(FILLED_IN.findall(forms(message.id)[-1]))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "language, edtf, words",
    [
        ("en", "2022-07", "July 2022"),
        ("uk", "2022-07", "Липень 2022"),
        ("en", "2022-06-20/2022-06-26", "week 25 of 2022"),
        ("en", "2023-33", "Q1 2023"),
        ("en", "../2020", "until 2020"),
        ("en", "2021~", "about 2021"),
        ("en", "202X", "2020s"),
        ("en", "2022-07-19/2022-08", "19 July 2022 – August 2022"),
    ],
)
def test_a_partly_known_date_is_said_in_words(language, edtf, words):
    with translation.override(language):
        assert said(edtf).casefold() == words.casefold()


def test_a_page_is_ukrainian_for_who_asks_for_it(world):
    english = world.client("nobody").get("/components/", headers={"Accept-Language": "en"}).content.decode()
    text = world.client("nobody").get("/components/", headers={"Accept-Language": "uk,en;q=0.5"}).content.decode()
    assert '<html lang="uk"' in text and "Компоненти" in text and "Компоненти" not in english
    chosen = world.client("nobody")
    chosen.post("/language/", {"language": "uk", "next": "/components/"})
    assert '<html lang="uk"' in chosen.get("/components/").content.decode()


def test_the_interface_speaks_english_to_everybody(world):
    answer = world.client("nobody").get("/api/v1/components/?kind=x", headers={"Accept-Language": "uk"})
    assert "is not one of" in answer.json()["detail"]


def test_the_interface_speaks_english_after_a_page_in_ukrainian(world):
    """A thread of the server keeps the language of the page before."""
    page = world.client("nobody").get("/research/shares/?by=country", headers={"Accept-Language": "uk"})
    assert "Частки" in page.content.decode()
    told = world.get("nobody", "/api/v1/research/shares/?by=country")
    assert (told["title"], told["columns"][0]["label"]) == ("Shares", "Country")
