"""One question for page and interface: what is found, why, and in which list all of it stands."""

import re

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
