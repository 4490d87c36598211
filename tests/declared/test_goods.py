"""Part numbers in descriptions of goods are found as clerks type them, and nowhere else."""

import time

import pytest

from catalogue.declared.goods import EXACT, SPACED, SUFFIXED, WITHIN, Finder, folded

FINDER = Finder(["ACM3221", "VLT765VIT6", "VLT765", "AB12", "QUARTZ", folded("ЯНТ4021")])


@pytest.mark.parametrize(
    "text, found",
    [
        ("ИНТЕГРАЛЬНЫЕ СХЕМЫ, АРТ. ACM-3221, ИЗГОТОВИТЕЛЬ: ACME", [("ACM3221", EXACT)]),
        ("integrated circuits acm3221", [("ACM3221", EXACT)]),
        ("МИКРОСХЕМА АСМ-3221", [("ACM3221", EXACT)]),  # Cyrillic А, С, М
        ("P/N ACM 3221 NEW", [("ACM3221", SPACED)]),
        ("P/N ACM-3221TR, 4000 PCS", [("ACM3221", SUFFIXED)]),
        ("P/N ACM-3221 REEL", [("ACM3221", SUFFIXED)]),
        ("P/N ACM-3221/NOPB", [("ACM3221", SUFFIXED)]),
        ("VLT765VIT6, VLT765", [("VLT765VIT6", EXACT), ("VLT765", EXACT)]),
        ("VLT765-VIT6", [("VLT765VIT6", EXACT)]),
        ("СХЕМА ЯНТ-4021", [(folded("ЯНТ4021"), EXACT)]),
        ("ACM-3221-55 КОМПЛЕКТ", [("ACM3221", WITHIN)]),
        ("ACM-3221, 55 ШТ", [("ACM3221", EXACT)]),
        ("ＡＣＭ－３２２１", [("ACM3221", EXACT)]),  # full width
        ("\u200fACM-3221\u200f عربي", [("ACM3221", EXACT)]),
    ],
)
def test_a_number_is_found_as_it_is_typed(text, found):
    assert [(mention.key, mention.how) for mention in FINDER.find(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "XACM3221", "ACM32215", "ACM, 3221", "ACM; 3221", "AB12", "QUARTZ", "МОДЕЛЬ 3221", "A" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_number_of_ours_is_not_found(text):
    assert FINDER.find(text) == []


def test_each_number_is_told_once_with_the_text_that_bears_it():
    (mention,) = FINDER.find("АСМ 3221; ACM-3221")
    assert (mention.key, mention.text) == ("ACM3221", "ACM 3221")


def test_a_description_of_a_megabyte_takes_no_longer_than_its_length_asks_for():
    begun = time.process_time()
    FINDER.find("ACM 32 21 " * 100_000)
    assert time.process_time() - begun < 10
