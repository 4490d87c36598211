"""What is typed into the search box, as words, phrases and fields."""

import pytest

from catalogue.filters.base import BadParameter
from catalogue.filters.question import LONGEST, between, read
from catalogue.markings.spellings import damaged, held_one_apart, one_apart, spellings


@pytest.mark.parametrize(
    "typed, words, fields",
    [
        ("burr brown", ("burr", "brown"), ()),
        ('"burr brown" dac', ("burr brown", "dac"), ()),
        ("«Бурр Браун»", ("Бурр Браун",), ()),
        ('maker:"texas instruments" made:2022..', (), (("maker", "texas instruments"), ("made", "2022.."))),
        ("maker: ti", (), (("maker", "ti"),)),
        ("виробник:Міландр страна:RU", (), (("maker", "Міландр"), ("country", "RU"))),
        ("LOT:2231 S/N:7", ("LOT:2231", "S/N:7"), ()),  # as boards say it
        ("acm\u200f-\u202e3221", ("acm-3221",), ()),
        ('"unclosed phrase', ("unclosed phrase",), ()),
        ("   ", (), ()),
    ],
)
def test_words_phrases_and_fields_are_told_apart(typed, words, fields):
    asked = read(typed)
    assert (asked.words, asked.fields) == (words, fields)
    assert read(asked.free).words == words


@pytest.mark.parametrize(
    "typed, said",
    [
        ("makr:ti", "write maker:, or put the text in quotes"),
        ('maker:""', "write after maker: what it should be"),
        ("x" * 10_000, f"at most {LONGEST} characters; these are 10,000"),
        (" ".join("word" for _ in range(20)), "at most 12 words"),
        ("a\0b", "NUL"),
    ],
)
def test_what_cannot_be_understood_is_said_in_a_sentence(typed, said):
    with pytest.raises(BadParameter) as bad:
        read(typed)
    assert said in bad.value.sentence


def test_dates_open_at_either_end_are_days_before_and_after():
    assert between("made", "2022..") == ("2021-12-31", None)
    assert between("made", "..2021-06") == (None, "2021-07-01")
    assert between("made", "2020..2022") == ("2019-12-31", "2023-01-01")
    with pytest.raises(BadParameter, match="made:2022"):
        between("made", "yesterday or so")


@pytest.mark.parametrize(
    "one, other, apart",
    [("acm", "axm", True), ("acm", "am", True), ("acm", "cam", True), ("acm", "acmx", True), ("acm", "acm", False),
     ("acm", "mca", False), ("ac", "acmx", False), ("stm32f405", "stm32f450", True)],
)  # fmt: skip
def test_one_mistaken_letter_is_one_put_in_left_out_changed_or_swapped(one, other, apart):
    assert one_apart(one, other) == one_apart(other, one) == apart


def test_patterns_of_a_damaged_key_miss_no_mistake():
    from re import fullmatch

    key = "STM32F405RGT6"
    wrong = {key[:n] + "Q" + key[n + 1 :] for n in range(len(key))} | {key[:n] + key[n + 1 :] for n in range(len(key))}
    wrong |= {key[:n] + "Q" + key[n:] for n in range(len(key) + 1)}
    wrong |= {key[:n] + key[n + 1] + key[n] + key[n + 2 :] for n in range(len(key) - 1)}
    for typed in wrong - {key}:
        patterns = [pattern.replace("%", ".*").replace("_", ".") for pattern in damaged(typed)]
        assert any(fullmatch(pattern, f"LOT{key}TR") for pattern in patterns), typed
        assert held_one_apart(typed, f"LOT{key}TR"), typed


def test_names_are_spelt_in_the_other_script():
    assert "geran-2" in spellings("Герань-2")
    assert "геран-2" in spellings("Geran-2")
    assert {"калібр", "калибр"} <= set(spellings("Kalibr"))
    assert spellings("XC7K325T") == ("XC7K325T",)
