"""What a manufacturer cell says: the maker, its bracket, and firms run together with it."""

import csv
import os
import re
from pathlib import Path

import pytest

from catalogue.markings.makers import KNOWN, READINGS, known, read, slug

DATA = Path(os.environ.get("FORENSICS_DATA") or Path(__file__).resolve().parents[2] / "../shared/data")


def rows(*path):
    file = DATA.joinpath(*path)
    if not file.exists():
        pytest.skip(f"{'/'.join(path)} is not here; set FORENSICS_DATA to the folder that holds it")
    with file.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


@pytest.mark.parametrize(
    "cell, name, readings",
    [
        ("Xilinx Inc. (AMD)", "Xilinx", [("AMD", "later-owner")]),
        (
            "Dallas Semiconductor (Maxim Integrated, Analog Devices)",
            "Dallas Semiconductor",
            [("Maxim Integrated", "later-owner"), ("Analog Devices", "later-owner")],
        ),
        (
            "Adesto Technologies (Dialog Semiconductor - Renesas Electronics)",
            "Adesto Technologies",
            [("Dialog Semiconductor", "later-owner"), ("Renesas Electronics", "later-owner")],
        ),
        ("ON Semiconductor (ONSEMI)", "onsemi", [("ONSEMI", "brand")]),
        ("Wolfspeed, Inc. (Cree, Inc.)", "Wolfspeed", [("Cree, Inc.", "former-name")]),
        (
            "Nanjing Qinheng Microelectronics Co., Ltd. (WinChipHead, WCH)",
            "WCH (Nanjing Qinheng)",
            [("WinChipHead", "brand"), ("WCH", "brand")],
        ),
        ("Standard Microsystems Corp (SMSC)", "SMSC", [("SMSC", "abbreviation")]),
        ("Zeta Orbit Labs Inc. (ZOL)", "Zeta Orbit Labs Inc.", [("ZOL", "abbreviation")]),
        (
            "FINTEK (Feature Integration Technology Inc.)",
            "FINTEK",
            [("Feature Integration Technology Inc.", "legal-name")],
        ),
        (
            "Allystar Technology (Shenzhen) Co., Ltd.",
            "Allystar Technology (Shenzhen) Co., Ltd.",
            [("Shenzhen", "place")],
        ),
        ("Coiltronics (Eaton)", "Coiltronics", [("Eaton", "parent")]),
        ("Zeta Orbit Inc. (Kappa Holding Ltd.)", "Zeta Orbit Inc.", [("Kappa Holding Ltd.", "parent")]),
        ("ComNav Technology Ltd. (SinoGNSS)", "ComNav Technology Ltd.", [("SinoGNSS", "brand")]),
        ("COLORFIRE (Colorful Technology)", "COLORFIRE", [("Colorful Technology", "unknown")]),
    ],
)
def test_a_bracket_is_read_as_what_it_is_to_the_maker(cell, name, readings):
    found = read(cell)
    assert found.name == name
    assert [(bracket.text, bracket.reading) for bracket in found.bracket] == readings
    assert all(bracket.reading in READINGS and bracket.reason for bracket in found.bracket)


def test_a_known_takeover_is_told_with_its_year_and_source_and_a_guess_says_it_is_one():
    assert read("Xilinx Inc. (AMD)").bracket[0].reason == "Xilinx was acquired by AMD in 2022 (source: z2data.com)"
    chain = read("Enpirion Inc. (Intel)").bracket[0].reason
    assert "Altera in 2013" in chain and "Intel in 2015" in chain
    assert "unconfirmed" in read("Coiltronics (Eaton)").bracket[0].reason


@pytest.mark.parametrize(
    "cell, why",
    [
        ("Not identified", "not identified"),
        ("Brushless fan", "a sort of thing"),
        ("International standard", "a standard"),
        ("Electrostatic sensitive device", "a warning"),
        ("не встановлено", "not identified"),
    ],
)
def test_a_cell_that_names_no_firm_gives_no_maker_but_keeps_its_text(cell, why):
    found = read(cell, "CN")
    assert (found.name, found.slug, found.published) == (None, None, cell)
    assert why in found.reason[0] and cell in found.reason[0]


@pytest.mark.parametrize(
    "cell, name, field, firms",
    [
        ("XLSEMI Suppliers JSC CHIP AND DIP", "XLSEMI", "suppliers", ("JSC CHIP AND DIP",)),
        ("Nvidia Importers CHIMEVRASIA LLC", "NVIDIA", "importers", ("CHIMEVRASIA LLC",)),
        (
            "Shenzhen Hi-Link Electronic Foreign suppliers SHENZHEN HI-LINK ELECTRONIC CO., LTD",
            "Shenzhen Hi-Link Electronic",
            "foreign_suppliers",
            ("SHENZHEN HI-LINK ELECTRONIC CO., LTD",),
        ),
        (
            "VNIIR-PROGRESS JSC Involved companies PANTES LLC, PSB TECHNOLOGIES LLC, AVIV GROUP LLC",
            "VNIIR-Progress",
            "involved",
            ("PANTES LLC", "PSB TECHNOLOGIES LLC", "AVIV GROUP LLC"),
        ),
    ],
)
def test_firms_run_together_with_the_maker_are_taken_apart(cell, name, field, firms):
    found = read(cell)
    assert (found.name, getattr(found, field)) == (name, firms)
    assert any(firms[0] in sentence for sentence in found.reason)


def test_two_headings_in_one_cell_are_both_read():
    found = read("Zeta Orbit Inc. (ZO) Importers ALPHA LLC, BETA LTD Suppliers GAMMA JSC")
    assert (found.name, found.importers, found.suppliers) == (
        "Zeta Orbit Inc.",
        ("ALPHA LLC", "BETA LTD"),
        ("GAMMA JSC",),
    )


@pytest.mark.parametrize(
    "one, other",
    [
        ("АО ВНИИР-Прогресс", "VNIIR-PROGRESS JSC"),
        ("ОАО Интеграл", "INTEGRAL OJSC"),
        ("LATTEPANDA Сomp.", "LattePanda"),
        ("Peak Еlectronics", "Peak Electronics"),
        ("Texas Instruments Inc.", "texas instruments"),
        ("Shenzhen Codaca Electronic Co.,Ltd.", "Shenzhen Codaca Electronic CO., LIMITED"),
        ("Camozzi Automation S.P.A", "Camozzi Automation SpA"),
        ("Würth Elektronik GmbH", "Wurth Elektronik"),
    ],
)
def test_legal_form_script_and_look_alike_letters_do_not_change_a_slug(one, other):
    assert slug(one) == slug(other) or read(one).slug == read(other).slug
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(one))


def test_a_name_that_is_only_a_legal_form_or_unspeakable_still_has_a_slug_of_its_own():
    assert slug("AG") == "ag"
    assert slug("KT&C CO LTD") == "kt-c"
    foreign = [slug("株式会社"), slug("深圳"), slug("深圳 Co., Ltd"), slug("上海 Co., Ltd")]
    assert len(set(foreign)) == 4
    assert all(re.fullmatch(r"name-[0-9a-f]{8}", address) for address in foreign)


def test_different_firms_with_like_names_stay_apart():
    assert read("Semtech Corporation").slug != read("Semtech Electonics Limited").slug
    assert read("SMC Corporation").slug != read("SMC Diode Solutions").slug
    assert read("TI Fluid Systems").name == "TI Fluid Systems"


def test_a_published_country_that_is_not_the_known_seat_is_kept_and_explained():
    found = read("NVS Technologies", "RU")
    assert (found.country, found.seat) == ("RU", "CH")
    assert "published country is RU" in " ".join(found.reason)
    assert read("Zeta Orbit Inc.", "tw").seat == "TW"


def test_every_known_name_belongs_to_one_maker_and_every_succession_leads_to_one():
    for maker in KNOWN.values():
        for name in (maker.name, *maker.other_names):
            assert known(name) is maker, name
        assert re.fullmatch(r"[A-Z]{2}", maker.seat)
        if maker.succession:
            assert maker.succession.successor in KNOWN
            told = maker.succession
            assert told.source and (told.year is None or str(told.year) in told.sentence)


def test_the_canonical_names_and_seats_of_the_hand_checked_makers_come_out():
    checked = rows("truth", "manufacturers.csv")
    names = sum((read(row["published_name"]).name or "") == row["canonical"] for row in checked)
    seats = sum(read(row["published_name"]).seat == row["hq_country"] for row in checked)
    assert names >= 0.95 * len(checked)
    assert seats >= 0.95 * len(checked)


def test_the_published_supply_lines_are_taken_apart_as_by_hand():
    for row in rows("published", "gur_supply_lines.csv"):
        found = read(row["published_manufacturer"])
        assert found.name == read(row["manufacturer"]).name
        for field in ("importers", "suppliers", "foreign_suppliers"):
            assert ", ".join(getattr(found, field)) == row[field]


def test_no_word_of_any_published_manufacturer_is_lost():
    for cell in {row["manufacturer"] for row in rows("published", "gur_components.csv")}:
        found = read(cell)
        firms = [*found.suppliers, *found.importers, *found.foreign_suppliers, *found.involved]
        said = " ".join([found.printed, *(bracket.text for bracket in found.bracket), *firms])
        said += " suppliers importers foreign involved companies"
        missing = set(re.findall(r"\w+", cell.lower())) - set(re.findall(r"\w+", said.lower()))
        assert missing == set(), cell
