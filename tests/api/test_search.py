"""One question for page and interface: what is found, why, and in which list all of it stands."""

import re
import time
from html import unescape
from urllib.parse import quote

import pytest

from catalogue.actions.components import record_component
from catalogue.actions.organisations import record_organisation
from catalogue.actions.record import record
from catalogue.models import Level, Part, SystemName, WeaponSystem
from catalogue.security.viewing import viewing_as
from tests.web.reading import page


def asked(world, reader, q):
    """{noun: [(title, why)]}."""
    response = world.client(reader).get("/api/v1/search/", {"q": q})
    assert response.status_code == 200, response.content
    return {
        group["noun"]: [(one["title"], "; ".join(why["sentence"] for why in one["why"])) for one in group["records"]]
        for group in response.json()["results"]
    }


@pytest.fixture
def shelf(world):
    """A drone with names in three languages and a maker with a former name, a part and its component."""
    with viewing_as(world.viewer("olena")) as olena:
        public = {"actor": olena, "handling": Level.CLEAR}
        drone = record(WeaponSystem, [{"slug": "petrel", "name": "Petrel-136", "kind_id": "uav"}], **public)[0]
        for text, language in (("Буревісник-2", "uk"), ("Буревестник-2", "ru")):
            record(SystemName, [{"system": drone, "text": text, "language": language}], **public)
        maker = record_organisation(
            name="Quill Instruments", names=[{"text": "Burr-Brown", "kind": "former"}], country_id="DE", **public
        )
        part = record(Part, [{"manufacturer": maker, "number": "QLI32F405RG"}], **public)[0]
        specimen = world.specimens["clear"]
        record_component(
            specimen=specimen,
            marking="QLI32F405RG\n2769 TWN",
            manufacturer=maker,
            part=part,
            confidence="high",
            **public,
        )
    return world


@pytest.mark.parametrize(
    "q, noun, title, why",
    [
        ("burr brown", "organisations", "Quill Instruments", "its former name Burr-Brown"),
        ("Буревісник", "systems", "Petrel-136", "also known as Буревісник-2"),
        ("Burevestnik-2", "systems", "Petrel-136", "also known as Буревестник-2"),
        ("Квилл", "organisations", None, None),
        ("Петрель-136", "systems", "Petrel-136", "its name"),
        ("2769", "components", None, "the marking holds “2769”"),
        ("QLI32F450RG", "parts", "QLI32F405RG", "one letter differs: QLI32F405RG"),
        ("QL132F405RG", "parts", "QLI32F405RG", "one letter differs: QLI32F405RG"),
        ("qli 32f405 rg", "parts", "QLI32F405RG", "its part number"),
        ("Qill Instruments", "organisations", "Quill Instruments", "one letter differs: Quill Instruments"),
        ("2769 quill", "components", None, "“2769” in what is written on it; “quill” in the maker's name"),
        ("maker:burr", "parts", "QLI32F405RG", "its maker Quill Instruments has a name like “burr”"),
        ("maker:quill", "parts", "QLI32F405RG", "its maker is Quill Instruments"),
        ("maker:burr", "organisations", "Quill Instruments", "a name of it is like “burr”"),
        ("country:Germany marking:2769", "components", None, "the marking holds “2769”"),
    ],
)
def test_what_is_found_and_why(shelf, q, noun, title, why):
    found = asked(shelf, "nobody", q).get(noun, [])
    if why is None:
        assert found == []
    else:
        assert any(title in (None, named) and why in said for named, said in found), found


@pytest.fixture
def read(shelf):
    """A part type of a number that makers' grammars know, a component of it, and one that names its family alone."""
    with viewing_as(shelf.viewer("olena")) as olena:
        public = {"actor": olena, "handling": Level.CLEAR}
        maker = record_organisation(name="Lakeside Devices", country_id="CH", **public)
        record(Part, [{"manufacturer": maker, "number": "STM32F405RGT6"}], **public)
        record_component(
            specimen=shelf.specimens["clear"], marking="STM32F405\nRGT6\n7B29N", manufacturer=maker, **public
        )
    return shelf


@pytest.mark.parametrize("q", ["TI 7B29N STM32F405 RGT6", "STM32F405\nRGT6 2040", "ARM STM32F405 RGT6 GH21 2040"])
def test_what_is_typed_is_read_as_a_marking_too(read, q):
    found = asked(read, "nobody", q)
    assert found["parts"] == [("STM32F405RGT6", "read as STM32F405RGT6")]
    assert len(found["components"]) == 1
    text = page(read, "nobody", f"/search/?q={q}")
    assert "read as STM32F405RGT6" in text


def test_a_number_leads_to_the_family_where_it_is_not_recorded_itself(shelf):
    with viewing_as(shelf.viewer("olena")) as olena:
        row = {"manufacturer": shelf.makers["acme"], "number": "MAX3221"}
        record(Part, [row], actor=olena, handling=Level.CLEAR)
    assert asked(shelf, "nobody", "MAX3221CAE+ 2040")["parts"] == [("MAX3221", "read as MAX3221")]
    assert asked(shelf, "nobody", "MAX3221CAE")["parts"] == [("MAX3221", "read as MAX3221")]
    assert "parts" not in asked(shelf, "nobody", "burr brown")


def test_what_a_marking_reads_as_has_the_list_that_holds_all_of_it(read):
    for group in read.client("taras").get("/api/v1/search/", {"q": "TI 7B29N STM32F405 RGT6"}).json()["results"]:
        listed = read.client("taras").get(group["all"]).json()["results"]
        assert {one["url"] for one in group["records"]} <= {one["url"] for one in listed}, group


def test_no_hidden_part_is_read(shelf):
    with viewing_as(shelf.viewer("olena")) as olena:
        record(Part, [{"manufacturer": shelf.makers["acme"], "number": "STM32F405RGT6"}], actor=olena)
    assert asked(shelf, "taras", "TI STM32F405 RGT6 2040") != {}
    assert asked(shelf, "piet", "TI STM32F405 RGT6 2040") == {}


def test_several_letters_that_look_alike_are_one_number(shelf):
    told = asked(shelf, "olena", "QL132F4O5RG")
    assert told["parts"] == [("QLI32F405RG", "letters that look alike: QLI32F405RG")]
    assert told["components"][0][1] == "letters that look alike: QLI32F405RG"


@pytest.mark.parametrize("q", ["Техас Інструментс", "TI"])
def test_a_maker_is_found_by_any_name_that_is_known_of_it(world, q):
    with viewing_as(world.viewer("olena")) as olena:
        texas = record_organisation(name="Texas Instruments", country_id="US", actor=olena, handling=Level.CLEAR)
    assert ("Texas Instruments", f"“{q}” is a known name of it") in asked(world, "olena", q)["organisations"]
    with viewing_as(world.viewer("olena")) as olena:
        for n in range(9):  # as many as fill the group without it
            record_organisation(name=f"{q} {n}", kind_id="company", actor=olena, handling=Level.CLEAR)
        record_component(
            specimen=world.specimens["clear"], manufacturer=texas, confidence="high", actor=olena, handling=Level.CLEAR
        )
    group = world.get("olena", f"/api/v1/search/?q={quote(q)}")["results"][0]
    assert group["records"][0]["title"] == "Texas Instruments" and len(group["records"]) == 8 and group["more"]
    listed = world.get("olena", group["all"] + "&count=true")
    assert "Texas Instruments" in [one["name"] for one in listed["results"]] and listed["count"] == 10
    assert world.get("olena", f"/api/v1/components/?maker={quote(q)}&count=true")["count"] == 1


def test_a_question_of_many_figures_is_answered_as_soon_as_any(shelf):
    """Look-alikes of a long one would be thousands of letters to look up."""
    begun = time.process_time()
    assert asked(shelf, "olena", "10" * 240) == {}
    assert time.process_time() - begun < 5


def test_a_mistyped_number_leads_to_the_components_too(shelf):
    (found,) = asked(shelf, "nobody", "QLI32F450RG")["components"]
    assert "one letter differs: QLI32F405RG" in found[1]


@pytest.mark.parametrize("q", ["acm", "burr brown", "quill 2769", "maker:acme made:2022..", "ACM-3222", "zzzz"])
@pytest.mark.parametrize("reader", ["taras", "nobody"])
def test_the_page_finds_what_the_interface_finds(shelf, reader, q):
    titles = [title for hits in asked(shelf, reader, q).values() for title, _ in hits]
    text = page(shelf, reader, f"/search/?q={q}")
    assert re.findall(r'<a class="name[^"]*" href="[^"]*">([^<]*)</a>', text) == titles


@pytest.mark.parametrize("q", ["acm-3221", "2769 quill", "maker:burr", "system:kite marking:2231", "burr", "acme"])
def test_every_group_has_the_list_that_holds_all_of_it(shelf, q):
    for group in shelf.client("taras").get("/api/v1/search/", {"q": q}).json()["results"]:
        listed = shelf.client("taras").get(group["all"]).json()["results"]
        urls = [one["url"] for one in listed]
        assert {one["url"] for one in group["records"]} <= set(urls), group


@pytest.mark.parametrize(
    "q, noun, query",
    [("Quill", "organisations", "manufacturer=quill-instruments"), ("kite", "systems", "system=kite"),
     ("QLI32F405RG", "parts", "part=QLI32F405RG"), ("KND-2026-CLE", "specimens", "specimen=KND-2026-CLEAR")],
)  # fmt: skip
def test_from_a_group_one_click_leads_to_its_components(shelf, q, noun, query):
    group = next(
        g for g in shelf.client("taras").get("/api/v1/search/", {"q": q}).json()["results"] if g["noun"] == noun
    )
    assert group["components"] == f"/api/v1/components/?{query}"
    assert shelf.client("taras").get(group["components"]).json()["results"]
    assert f'<a href="/components/?{query}">' in page(shelf, "taras", f"/search/?q={q}")


@pytest.mark.parametrize(
    "q", ["%", "_", "\\", "';DROP TABLE x--", "(a+)+$", "[", "\u202eacm\u202c", "acm\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"), "a:b:c", ":", "\"", "()", "*" * 400]  # noqa: E501
)  # fmt: skip
def test_hostile_questions_are_answered(shelf, q):
    asked(shelf, "taras", q)
    page(shelf, "taras", "/search/?q=" + q.replace("%", "%25").replace("#", "%23").replace("+", "%2B"))
    assert shelf.client("taras").get("/api/v1/components/", {"q": q}).status_code == 200


@pytest.mark.parametrize(
    "q, said", [("x" * 10_000, "at most 500 characters"), ("a\0", "NUL"), ("makr:x", "write maker:")]
)
def test_what_cannot_be_understood_is_refused_in_a_sentence(shelf, q, said):
    for address in ("/api/v1/search/", "/api/v1/components/"):
        response = shelf.client("taras").get(address, {"q": q})
        assert response.status_code == 400 and said in response.json()["detail"]
    if "\0" not in q:
        assert said in page(shelf, "taras", f"/search/?q={q}", status=400)


def test_nothing_hidden_is_found_by_a_mistaken_letter_or_a_field(shelf):
    with viewing_as(shelf.viewer("olena")) as olena:
        hidden = record_organisation(name="Zephyrine Works", actor=olena)
        record(Part, [{"manufacturer": hidden, "number": "ZWK-77881"}], actor=olena)
    for q in ("Zephyrime Works", "ZWK-77882", "maker:zephyrine", "part:zwk", "zephyrine works"):
        assert asked(shelf, "taras", q) != {}, q
        assert asked(shelf, "piet", q) == {}, q


HOSTILE = {
    "ten kilobytes of one word": ("x" * 10_240, 400, "at most 500 characters"),
    "ten kilobytes of words": ("acm " * 2_560, 400, "at most 500 characters"),
    "two hundred fields": (" ".join(f"maker:m{n}" for n in range(40)), 400, "at most 12 words"),
    "NUL": ("acm\0", 400, "NUL"),
    "a field without a value": ('maker:""', 400, "write after maker:"),
    "a field mistyped": ("makre:acme", 400, "write maker:"),
    "a date that is none": ("made:soon", 400, "write made:2022"),
    "a class that is none": ("class:guilty", 400, "control_class"),
    "unbalanced quotes": ('"acm 3221', 200, ""),
    "quotes alone": ('"""“„', 200, ""),
    "marks of direction": ("\u202eacm\u202c\u200f\u2066", 200, ""),
    "marks of direction alone": ("\u202e\u2066", 200, ""),
    "half of a pair of surrogates": ("acm\ud800", 400, ""),
    "a regular expression": ("(a+)+$|.*[^\\]", 200, ""),
    "a pattern that ends in a backslash": ("acm\\", 200, ""),
    "pattern signs": ("%_%\\%", 200, ""),
    "SQL": ("' OR 1=1); DROP TABLE catalogue_component; --", 200, ""),
    "a parameter of psycopg": ("%(key)s %s {0} $1", 200, ""),
    "letters that are joined": ("a\u0301" * 200, 200, ""),
    "colons": (":::: a:b:c ::", 200, ""),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_text_gets_an_answer_or_one_sentence_everywhere(shelf, what):
    text, status, said = HOSTILE[what]
    encoded = quote(text.encode("utf-8", "surrogatepass"))
    for address in ("/api/v1/search/", "/api/v1/components/", "/api/v1/components/facets/", "/search/", "/components/"):
        answer = shelf.client("taras").get(f"{address}?q={encoded}")
        told = unescape(answer.content.decode())
        page_without_nul = address == "/search/" and "\0" in text  # there it is left out
        if "\ud800" in text:  # bytes that are no text
            assert answer.status_code in (200, 400), (address, told)
            continue
        assert answer.status_code == (200 if page_without_nul else status), (address, told[:600])
        assert said.casefold() in told.casefold() or page_without_nul, (address, told[:600])
        assert "Traceback" not in told and "psycopg" not in told.replace(text, "")
    assert shelf.client("taras").get(f"/search/suggest/?q={encoded}").status_code == 200


def test_two_hundred_parameters_are_answered(shelf):
    many = "&".join(f"manufacturer=m{n}" for n in range(200))
    answer = shelf.client("taras").get(f"/api/v1/components/?{many}")
    assert answer.status_code == 400 and "There is no organisation" in answer.json()["detail"]
    many = "&".join(f"field{n}=1" for n in range(200))
    answer = shelf.client("taras").get(f"/api/v1/components/?{many}")
    assert answer.status_code == 400 and "There is no parameter 'field0' here" in answer.json()["detail"]
    kinds = "&".join(["kind=part"] * 200)
    assert shelf.client("taras").get(f"/api/v1/components/?{kinds}").status_code == 200
    assert page(shelf, "taras", f"/components/?{kinds}")
