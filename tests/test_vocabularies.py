"""The vocabularies as files: in both languages, in their standards' form, and holding every code in use."""

import re
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

from catalogue.imports.systems import KINDS
from catalogue.models.vocabularies import VOCABULARIES, Term

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "catalogue" / "vocabularies"
EXAMPLE = ROOT / "catalogue" / "example"
NAMES = sorted(VOCABULARIES)
NAME_OF = {model: name for name, model in VOCABULARIES.items()}
TERMS = {name: tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))["term"] for name in NAMES}
CODES = {name: {term["code"] for term in terms} for name, terms in TERMS.items()}

OWN = r"[a-z0-9]+(-[a-z0-9]+)*"
FORMS = {
    "categories": rf"{OWN}(\.{OWN})?",
    "countries": r"[A-Z]{2}",
    "currencies": r"[A-Z]{3}",
    "identifier-schemes": rf"{OWN}|[A-Z]+(-[A-Z]+)?|IMO-company",
    "transport-modes": r"[0-9]",
    "units": r"[A-Z][A-Z0-9]{1,2}",
}
# Acronyms and names that are the same in both languages.
UNTRANSLATED = {"LEI", "DUNS", "CAGE", "BIC", "ISIN", "opensanctions", "wikidata", "imei", "imsi", "iccid"}


def example(table, file):
    """The records of one table of the example catalogue."""
    return tomllib.loads((EXAMPLE / f"{file}.toml").read_text("utf-8"))[table]


def inside(records, key):
    """All values of the lists `key` in `records`."""
    return [entry for record in records for entry in record.get(key, ())]


def values(records, *keys):
    """What `records` hold under any of `keys`, without those that leave it out."""
    return {record[key] for record in records for key in keys if key in record}


def uses():
    """Pairs of a vocabulary and the codes that the example catalogue takes from it."""
    organisations, legs = example("organisation", "organisations"), example("leg", "routes")
    identifiers, goods = inside(organisations, "identifiers"), inside(legs, "goods")
    systems, components = example("system", "systems"), example("component", "components")
    controls, specimens = example("control", "controls"), example("specimen", "specimens")
    yield "source-kinds", values(example("source", "sources"), "kind")
    yield "organisation-kinds", values(organisations, "kind")
    yield "relation-kinds", values(example("relation", "organisations"), "kind")
    yield "identifier-schemes", values(identifiers, "scheme")
    yield "system-kinds", values(systems, "kind")
    yield "categories", values(example("part", "parts"), "category")
    yield "identification-bases", values(components, "basis")
    yield "leg-roles", values(legs, "from_role", "to_role")
    yield "units", values(goods, "unit")
    yield "currencies", values(goods, "currency")
    for records, keys in (
        (organisations, ["country"]),
        (identifiers, ["country"]),
        (systems, ["country"]),
        (specimens, ["country"]),
        (components, ["marked_country"]),
        (legs, ["dispatch_country", "destination_country", "claimed_origin"]),
        (controls, ["jurisdiction"]),
    ):
        yield "countries", values(records, *keys)


def test_every_vocabulary_has_a_file_and_every_file_is_loaded():
    loaded = import_module("catalogue.migrations.0004_vocabularies").TERMS
    assert {path.stem for path in FOLDER.glob("*.toml")} == set(VOCABULARIES)
    assert loaded == {name: model.__name__ for name, model in VOCABULARIES.items()}


@pytest.mark.parametrize("name", NAMES)
def test_every_term_has_a_label_in_english_and_in_ukrainian(name):
    assert TERMS[name], f"{name} has no terms"
    for term in TERMS[name]:
        code, english, ukrainian = term["code"], term["label_en"], term["label_uk"]
        assert english.strip() == english != "", code
        assert ukrainian.strip() == ukrainian != "", code
        assert not re.search(r"[Ѐ-ӿ]", english), f"{code}: Cyrillic letters in the English label"
        assert code in UNTRANSLATED or re.search(r"[Ѐ-ӿ]", ukrainian), f"{code}: no Ukrainian label"


@pytest.mark.parametrize("name", NAMES)
def test_ukrainian_labels_hold_no_russian_letters(name):
    assert [term["code"] for term in TERMS[name] if re.search(r"[ыэёъЫЭЁЪ]", term["label_uk"])] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_code_and_no_english_label_stands_twice(name):
    siblings = [(term.get("parent"), term["label_en"].lower()) for term in TERMS[name]]
    assert len(CODES[name]) == len(TERMS[name])
    assert len(set(siblings)) == len(siblings)


@pytest.mark.parametrize("name", NAMES)
def test_codes_have_the_form_of_their_standard_or_are_plain_lower_case_words(name):
    form = re.compile(FORMS.get(name, OWN), re.ASCII)
    assert [code for code in CODES[name] if not form.fullmatch(code)] == []


@pytest.mark.parametrize("name", NAMES)
def test_terms_stand_in_the_order_in_which_they_are_shown(name):
    positions = [term["position"] for term in TERMS[name]]
    assert positions == sorted(set(positions))
    assert positions[0] > 0 and positions[-1] < 2**15, "a position is a small number"


@pytest.mark.parametrize("name", NAMES)
def test_a_description_is_one_sentence_and_no_key_is_misspelled(name):
    known = {"code", "label_en", "label_uk", "description", "position"} | (
        {"parent"} if name == "categories" else set()
    )
    for term in TERMS[name]:
        assert set(term) <= known, term["code"]
        assert term.get("description", ".").endswith("."), term["code"]


def test_every_category_lies_under_the_one_its_code_names():
    before = set()
    for term in TERMS["categories"]:
        above = term["code"].rpartition(".")[0]
        assert term.get("parent", "") == above
        assert above == "" or above in before, f"{above} must stand before {term['code']}"
        before.add(term["code"])


def test_all_countries_and_the_european_union_are_there():
    names = {term["code"]: (term["label_en"], term["label_uk"]) for term in TERMS["countries"]}
    assert len(names) == 249 + len({"EU", "XK"})
    assert names["UA"] == ("Ukraine", "Україна")
    assert names["EU"] == ("European Union", "Європейський Союз")
    assert {"HK", "TW", "XK", "RU", "BY", "IR", "KP", "CN", "AE", "TR"} <= set(names)


def test_currencies_are_those_that_papers_quote():
    assert {"USD", "EUR", "CNY", "RUB", "UAH", "HKD", "TRY", "AED", "XAU"} <= CODES["currencies"]
    assert CODES["currencies"].isdisjoint({"XXX", "XTS", "USDT", "XBT"})


def test_relations_say_which_end_is_subject_and_which_is_object():
    for term in TERMS["relation-kinds"]:
        description = term["description"].lower()
        assert ("subject" in description and "object" in description) or "either way" in description, term["code"]


def test_a_column_that_starts_with_a_term_starts_with_one_that_exists():
    defaults = {
        (NAME_OF[field.related_model], field.get_default())
        for model in apps.get_app_config("catalogue").get_models()
        for field in model._meta.local_fields
        if field.is_relation and field.related_model and issubclass(field.related_model, Term)
        if field.has_default()
    }
    assert ("organisation-kinds", "unknown") in defaults
    assert [default for default in defaults if default[1] not in CODES[default[0]]] == []


def test_every_kind_of_weapon_system_that_the_import_reads_exists():
    assert set(KINDS) - CODES["system-kinds"] == set()


def test_every_code_of_the_example_catalogue_exists():
    for name, used in uses():
        assert used or name == "countries", f"the example uses no {name}: is the key spelled so?"
        assert used - CODES[name] == set(), name


def test_the_example_names_a_control_regime_by_its_code_or_its_english_label():
    labels = {term["label_en"] for term in TERMS["control-regimes"]}
    assert values(example("control", "controls"), "regime") - labels - CODES["control-regimes"] == set()
