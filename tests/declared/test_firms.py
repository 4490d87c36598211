"""Firms as declarations name them: one key for the ways to write a name, and nobody taken for another."""

import pytest

from catalogue.declared.firms import NEAR, SAME, SURE, Known, Register, Resolved, key_of

REGISTER = Register(
    [
        Known(1, "RU", ("ООО «Вестрал Комплект»", "OOO Vestral Komplekt"), ("7700000001",)),
        Known(2, "HK", ("Ordens Bridge (HK) Co., Limited",)),
        Known(3, "RU", ("АО «Келмар-138»",)),
        Known(4, "RU", ("ООО «Двойник»",)),
        Known(5, "KZ", ("ТОО «Двойник»",)),
        Known(6, "RU", ("ЗАО «Тезка Трейд»",), ("7700000006",)),
    ]
)


@pytest.mark.parametrize(
    "name",
    [
        "ООО «ВЕСТРАЛ КОМПЛЕКТ»", 'ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "ВЕСТРАЛ КОМПЛЕКТ"', "OOO VESTRAL KOMPLEKT",
        "Vestral Komplekt LLC", "ВЕСТРАЛ КОМПЛЕКТ, ООО", "ООО ВЕСТРАЛ КОМПЛЕКТ, Г. МОСКВА", "OOO «ВECTPАЛ КOMПЛЕКT»",
        "«Вестрал-Комплект» ООО",
    ],
)  # fmt: skip
def test_a_name_is_the_same_in_either_script_and_with_any_legal_form(name):
    assert REGISTER.resolve(name, "RU") == Resolved(1, SAME, True)


def test_latin_names_are_known_when_a_clerk_writes_them_in_cyrillic_or_with_letters_that_look_alike():
    assert REGISTER.resolve("ОРДЕНС БРИДЖ (ХК) КО., ЛИМИТЕД", "HK") is None  # the sound of (HK) is not HK's letters
    assert REGISTER.resolve("ORDENS ВRIDGЕ (НК) СО., LIМIТЕD", "HK").id == 2


@pytest.mark.parametrize("name", ["ВЕСТРЛ КОМПЛЕКТ", "ВЕСТРААЛ КОМПЛЕК", "ООО «ВЕСТРАЛ КОМПЕЛКТ»"])
def test_one_wrong_letter_is_told_as_near(name):
    assert REGISTER.resolve(name, "RU") == Resolved(1, NEAR, True)


@pytest.mark.parametrize(
    "name, country",
    [
        ("ООО «ВЕСТРАЛ СЕРВИС»", "RU"),  # another trade behind the same word
        ("АО «КЕЛМАР-139»", "RU"),  # another figure
        ("ВЕСТРЛ КОМПЛЕКТ", "TR"),  # near, and elsewhere
        ("ООО «ДВОЙНИК»", "TR"),  # two bear the name, neither there
        ("", "RU"), ("—", ""), ("ООО", "RU"), ("株式会社", "JP"),
    ],
)  # fmt: skip
def test_nobody_is_taken_for_another(name, country):
    assert REGISTER.resolve(name, country) is None


def test_of_two_firms_of_one_name_the_one_of_the_declared_country_is_meant():
    assert REGISTER.resolve("ДВОЙНИК", "KZ") == Resolved(5, SAME, True)
    assert REGISTER.resolve("ДВОЙНИК", "") is None


def test_a_tax_number_decides_over_the_name():
    assert REGISTER.resolve("ИМЯ НЕРАЗБОРЧИВО", "RU", "7700000001") == Resolved(1, SURE, True)
    assert REGISTER.resolve("ЗАО «ТЕЗКА ТРЕЙД»", "RU", "7700009999") is None


def test_a_firm_seated_elsewhere_is_told_with_that_doubt():
    assert REGISTER.resolve("ООО «ВЕСТРАЛ КОМПЛЕКТ»", "KZ") == Resolved(1, SAME, False)


def test_a_hostile_name_has_a_key_and_breaks_nothing():
    for name in ("\x00", "A" * 100_000, "\u202eемердар", "'; DROP TABLE", "«»" * 9, "🛰️ Spoutnik"):
        assert isinstance(key_of(name), str)
