"""One box over everything with a number or a name: the best matches first, and nothing that is hidden."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.actions.components import record_component
from catalogue.actions.organisations import record_organisation
from catalogue.actions.record import record, void
from catalogue.models import Level, Part, PartNumber, SpecimenNumber
from catalogue.security.viewing import viewing_as

from .reading import page


def groups(text):
    """{heading: [(address, shown)]} of a page of results, in order."""
    found = {}
    for section in re.findall(r'<section class="panel">(.*?)</section>', text, re.S):
        hits = re.findall(r'<a class="name[^"]*" href="([^"]*)">([^<]*)</a>', section)
        if hits:
            found[re.search(r"<h2>([^<]*)</h2>", section)[1]] = hits
    return found


def options(text):
    return re.findall(r'data-href="([^"]*)"', text)


def test_a_part_is_found_however_its_number_is_written(world):
    for q in ("ACM-3221", "acm3221", "ACM 3221", "АСМ-3221", "3221"):  # the fourth in Cyrillic letters
        assert groups(page(world, "nobody", f"/search/?q={q}"))["Part types"] == [
            (f"/parts/{world.part.pk}/", "ACM-3221")
        ]


@pytest.mark.parametrize("reader, seen", [("olena", 5), ("taras", 4), ("piet", 4), ("sam", 2), ("nobody", 1)])
def test_markings_are_found_as_far_as_the_handling_allows(world, reader, seen):
    text = page(world, reader, "/search/?q=acm-3221")
    found = groups(text)["Component records, by what is written on them"]
    assert len(found) == seen
    assert ("STRICT 2231" in text) == (reader in ("olena", "taras"))


def test_the_highest_handling_is_said_and_rows_say_theirs_where_they_differ(world):
    text = page(world, "taras", "/search/?q=2231")
    assert text.count("TLP:AMBER+STRICT") == 1 and "TLP:GREEN" in text
    assert "TLP:AMBER" not in page(world, "nobody", "/search/?q=2231")


def test_firms_and_systems_are_found_by_any_of_their_names(world):
    with viewing_as(world.viewer("olena")) as olena:
        record_organisation(
            name="Nord Trading", names=[{"text": "Торговий дім Норд", "language": "uk"}], actor=olena,
            handling=Level.CLEAR,
        )  # fmt: skip
    found = groups(page(world, "nobody", "/search/?q=дім норд"))
    assert found == {"Makers and other organisations": [("/organisations/nord-trading/", "Nord Trading")]}
    assert "Торговий дім Норд" in page(world, "nobody", "/search/?q=дім норд")
    assert groups(page(world, "nobody", "/search/?q=kite"))["Weapon systems"] == [("/systems/kite/", "Kite")]


def test_specimens_are_found_by_their_numbers_and_parts_by_their_further_ones(world):
    with viewing_as(world.viewer("olena")) as olena:
        record(
            SpecimenNumber, [{"specimen": world.specimens["clear"], "kind": "tail", "text": "Ы-391"}],
            actor=olena, handling=Level.CLEAR,
        )  # fmt: skip
        record(
            PartNumber, [{"part": world.part, "kind": "nsn", "text": "5962-01-444"}], actor=olena, handling=Level.CLEAR
        )
    assert groups(page(world, "nobody", "/search/?q=ы391")) == {
        "Specimens": [("/specimens/KND-2026-CLEAR/", "KND-2026-CLEAR")]
    }
    assert groups(page(world, "nobody", "/search/?q=596201444")) == {
        "Part types": [(f"/parts/{world.part.pk}/", "ACM-3221")]
    }


def test_an_equal_number_comes_before_one_that_begins_with_it_and_that_before_one_that_holds_it(world):
    with viewing_as(world.viewer("olena")) as olena:
        for number in ("XQV-5", "QV-5-LONGER", "QV-5"):
            record(Part, [{"manufacturer": world.makers["acme"], "number": number}], actor=olena, handling=Level.CLEAR)
    found = groups(page(world, "nobody", "/search/?q=qv5"))["Part types"]
    assert [number for _href, number in found] == ["QV-5", "QV-5-LONGER", "XQV-5"]


def test_the_noun_with_the_best_match_stands_first(world):
    with viewing_as(world.viewer("olena")) as olena:
        record_organisation(name="Kiteworks", actor=olena, handling=Level.CLEAR)
        record(Part, [{"manufacturer": world.makers["acme"], "number": "KITEW"}], actor=olena, handling=Level.CLEAR)
    assert next(iter(groups(page(world, "nobody", "/search/?q=kite")))) == "Weapon systems"
    assert next(iter(groups(page(world, "nobody", "/search/?q=kitew")))) == "Part types"


def test_of_many_eight_are_shown_with_the_list_that_holds_all(world):
    with viewing_as(world.viewer("olena")) as olena:
        for n in range(11):
            record_organisation(name=f"Harbour Line {n}", actor=olena, handling=Level.CLEAR)
    text = page(world, "nobody", "/search/?q=harbour line")
    assert len(groups(text)["Makers and other organisations"]) == 8
    link = re.search(r'href="(/organisations/\?q=[^"]*)"', text)[1]
    assert "11</b> organisations" in page(world, "nobody", link)


def test_a_reference_opens_its_record_at_once_for_those_who_may_see_it(world):
    client, reference = world.client("rita"), world.components["strict"].reference
    for typed in (reference, reference.lower(), f" {reference} "):
        response = client.get("/search/", {"q": typed})
        assert (response.status_code, response["Location"]) == (302, f"/components/{reference}/")
    assert client.get("/search/?q=KND-2026-STRICT")["Location"] == "/specimens/KND-2026-STRICT/"
    for hidden in (reference, "KND-2026-STRICT"):
        text = page(world, "sam", f"/search/?q={hidden}")
        assert groups(text) == {} and "Nothing that you may see holds" in text


def test_what_was_withdrawn_is_not_found_by_any_of_its_numbers(world):
    with viewing_as(world.viewer("olena")) as olena:
        public = {"actor": olena, "handling": Level.CLEAR}
        part = record(Part, [{"manufacturer": world.makers["acme"], "number": "WD-100"}], **public)[0]
        record(PartNumber, [{"part": part, "kind": "nsn", "text": "5962-99-777"}], **public)
    assert "WD-100" in page(world, "nobody", "/search/?q=5962-99")
    with viewing_as(world.viewer("olena")) as olena:
        void([part], actor=olena, reason="recorded twice")
    for q in ("5962-99", "WD-100"):
        assert groups(page(world, "nobody", f"/search/?q={q}")) == {}


def test_a_short_name_in_the_address_is_an_exact_match(world):
    with viewing_as(world.viewer("olena")) as olena:
        record_organisation(name="Зоря", slug="dawn-works", actor=olena, handling=Level.CLEAR)
    assert options(page(world, "nobody", "/search/suggest/?q=dawn-works")) == ["/organisations/dawn-works/"]


def test_one_or_two_letters_find_beginnings(world):
    text = page(world, "nobody", "/search/?q=ac")
    assert set(groups(text)) == {"Makers and other organisations", "Part types"}
    assert "From three on" in text
    assert groups(page(world, "nobody", "/search/?q=cm")) == {}


def test_an_empty_question_says_what_can_be_searched_and_a_vain_one_what_to_try(world):
    assert "What can be searched" in page(world, "nobody", "/search/")
    for q in ("zzzz", "---", "%25", "_", "%00", "\\"):
        assert groups(page(world, "nobody", f"/search/?q={q}")) == {}
    assert "Type fewer characters" in page(world, "nobody", "/search/?q=zzzz")


def test_what_was_typed_is_never_taken_for_marks(world):
    text = world.client("nobody").get("/search/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in text and "&lt;script&gt;" in text


def test_suggestions_are_at_most_eight_options_the_best_first(world):
    with viewing_as(world.viewer("olena")) as olena:
        for n in range(12):
            record_organisation(name=f"Acme Line {n}", actor=olena, handling=Level.CLEAR)
        record_organisation(name="Acme", actor=olena, handling=Level.CLEAR)
        part = record(
            Part, [{"manufacturer": world.makers["acme"], "number": "ACME"}], actor=olena, handling=Level.CLEAR
        )[0]
    text = page(world, "nobody", "/search/suggest/?q=acme")
    assert len(options(text)) == 8
    assert options(text)[:2] == ["/organisations/acme/", f"/parts/{part.pk}/"]
    assert "<html" not in text and text.count('role="option"') == 8
    assert page(world, "nobody", "/search/suggest/?q=").strip() == ""
    assert "Volta" in page(world, "nobody", "/search/suggest/?q=volta")


def test_nothing_hidden_is_suggested(world):
    with viewing_as(world.viewer("olena")) as olena:
        record_organisation(name="Quiet Trading", actor=olena)
        record_organisation(
            name="Loud Trading", names=[{"text": "Said in confidence"}], actor=olena, handling=Level.STRICT
        )
    for q in ("quiet", "confidence", "loud"):
        assert len(options(page(world, "taras", f"/search/suggest/?q={q}"))) == 1
        assert options(page(world, "piet", f"/search/suggest/?q={q}")) == []


def test_a_search_asks_the_database_as_often_for_one_match_as_for_many(world):
    def asked(path):
        with CaptureQueriesContext(connection) as captured:
            page(world, "olena", path)
            return len(captured)

    for path in ("/search/?q=acm", "/search/suggest/?q=acm"):
        asked(path)
        few = asked(path)
        with viewing_as(world.viewer("olena")) as olena:
            for n in range(10):
                record_component(
                    specimen=world.specimens["clear"], marking=f"ACM {n}{few}", actor=olena, handling=Level.CLEAR
                )
        assert asked(path) == few <= 6
