"""Whom a maker's name means: abbreviated, transliterated, misspelt, with a bracket; and whom it does not mean."""

import csv
import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from catalogue.markings.resolving import HALF, plain_name, resolve
from catalogue.markings.score_names import same_owners, score_makers, wilson

DATA = Path(os.environ.get("FORENSICS_DATA") or Path(__file__).resolve().parents[2] / "../shared/data")


@pytest.mark.parametrize(
    "typed, name",
    [
        ("TI", "Texas Instruments"), ("ADI", "Analog Devices"), ("ST", "STMicroelectronics"),
        ("S.T.", "STMicroelectronics"),
        ("burr brown", "Burr-Brown"), ("BURR–BROWN CORP", "Burr-Brown"), ("Cypress Semi", "Cypress Semiconductor"),
        ("STMicro", "STMicroelectronics"), ("Linear Tech", "Linear Technology"), ("ON Semiconductor", "onsemi"),
        ("Texas Instrments", "Texas Instruments"), ("Analog Devces", "Analog Devices"), ("Xilnix", None),
        ("Дженерал", "General Semiconductor"), ("Техас Инструментс", "Texas Instruments"), ("Ксайлинкс", "Xilinx"),
        ("Аналог Девайсез", "Analog Devices"), ("Мікрочип", "Microchip Technology"), ("Мурата", "Murata Manufacturing"),
        ("Vishay Siliconix", "Vishay Intertechnology"), ("Toshiba Semiconductor", "Toshiba"),
        ("Sony Semiconductor Solutions Corporation", "Sony"), ("Fujitsu Semiconductor Ltd.", "Fujitsu"),
        ("Тexas Instrumеnts", "Texas Instruments"), ("\u202eTI\u202c", "Texas Instruments"),
    ],
)  # fmt: skip
def test_a_name_finds_its_maker_however_it_is_written(typed, name):
    found = resolve(typed)
    if name is None:
        assert found.score <= HALF
    else:
        assert found.name == name and found.score >= 0.75 and found.reasons


@pytest.mark.parametrize(
    "cell, name, owner, why",
    [
        ("Atmel, now part of Microchip", "Atmel", "Microchip Technology", "2016"),
        ("Xilinx, an AMD company", "Xilinx", "AMD", "AMD"),
        ("Altera (part of Intel)", "Altera", "Intel", "Intel"),
        ("Linear Technology / Analog Devices", "Linear Technology", "Analog Devices", "2017"),
        ("Zeta Orbit (now Kappa Holding)", "Zeta Orbit", "Kappa Holding", "says “now Kappa Holding”"),
        ("Zeta Orbit (acquired by Kappa Ltd. in 2016)", "Zeta Orbit", "Kappa", "acquired by Kappa Ltd. in 2016"),
        ("Zeta Orbit, a Kappa company", "Zeta Orbit", "Kappa", "says “a Kappa company”"),
        ("Zeta Orbit (formerly Eta Works)", "Zeta Orbit", None, ""),
        ("Зета (нині Каппа)", "Zeta", "Kappa", "нині"),
    ],
)
def test_what_words_say_of_a_firm_is_read_as_if_it_stood_in_a_bracket(cell, name, owner, why):
    found = resolve(cell)
    assert (found.name, found.owners[0].name if found.owners else None) == (name, owner)
    assert owner is None or why in found.owners[0].reason
    assert found.cell.published == cell


@pytest.mark.parametrize(
    "typed, name",
    [("possibly Texas Instruments", "Texas Instruments"), ("Xilinx ??", "Xilinx"), ("ймовірно Xilinx", "Xilinx")],
)
def test_a_name_said_with_doubt_is_less_sure(typed, name):
    found = resolve(typed)
    assert (found.name, found.score) == (name, 0.8) and "doubt" in " ".join(found.reasons)


@pytest.mark.parametrize("typed", ["Murata Mfg. Co., Ltd.", "Murata Mfg", "MURATA MANUFACTURING CO.,LTD."])
def test_a_word_cut_short_is_spelt_out(typed):
    assert resolve(typed).name == "Murata Manufacturing"


@pytest.mark.parametrize(
    "name, seat",
    [
        ("Shenzhen Zeta Orbit Co., Ltd.", "CN"), ("Zeta Orbit (Shanghai) Ltd", "CN"), ("Zeta GmbH & Co. KG", "DE"),
        ("Zeta Orbit Sp. z o.o.", "PL"), ("Zeta Orbit S.p.A.", "IT"), ("Nippon Zeta", "JP"), ("ТОВ «Орбіта»", "UA"),
        ("ООО Зета", "RU"), ("Hong Kong Zeta", "HK"), ("Zeta Orbit Inc.", ""), ("Zeta Orbit Co., Ltd.", ""),
        ("Zeta", ""),
    ],
)  # fmt: skip
def test_the_seat_of_a_firm_that_nobody_knows_is_read_from_its_name_where_that_tells(name, seat):
    found = resolve(name)
    assert found.seat == seat and resolve(name, "SE").seat == "SE", "what is published comes first"
    assert bool(seat) == any(
        "seat is thought" in r or "legal form" in r or "Ukrainian" in r for r in found.reasons[:-1]
    )


@pytest.mark.parametrize(
    "other", ["Semtech Electonics Limited", "UN Semiconductor", "Degson Electronics", "Micro", "TI Fluid Systems", "AD"]
)
def test_a_firm_with_a_like_name_is_not_taken_for_a_known_one(other):
    found = resolve(other)
    assert found.name == plain_name(other) and (found.maker is None or found.maker.name == other)


def test_the_owners_of_a_maker_are_told_step_by_step_with_the_reason_of_each():
    found = resolve("Spansion (Cypress Semiconductor, Infineon Technologies)")
    assert [owner.name for owner in found.owners] == ["Cypress Semiconductor", "Infineon Technologies"]
    assert "in 2015" in found.owners[0].reason and "in 2020" in found.owners[1].reason
    unknown = resolve("Zeta Orbit Inc. (Kappa Holding Ltd.)", "tw")
    assert (unknown.name, unknown.seat, [o.name for o in unknown.owners]) == ("Zeta Orbit", "TW", ["Kappa Holding"])
    assert "unconfirmed" in unknown.owners[0].reason


@pytest.mark.parametrize("cell", ["Not identified", "", "   ", "не встановлено", "International standard"])
def test_what_names_no_firm_means_none_and_says_why(cell):
    found = resolve(cell)
    assert (found.name, found.seat, found.score) == (None, "", 0.0) and found.reasons


@pytest.mark.parametrize(
    "published, plain",
    [
        ("Hitano Enterprise Corp.", "Hitano Enterprise"), ("MVVS, spol. s r.o.", "MVVS"), ("АО ДЕЛЬТА", "Delta"),
        ("ОКБ Фотон", "OKB Foton"), ("C & I Semiconductors co., ltd", "C & I Semiconductors"), ("AG", "AG"),
        ("株式会社", "株式会社"), ("Camozzi Automation S.P.A", "Camozzi Automation"), ("KB NAVIS JSC", "KB NAVIS"),
        ("Zeta Orbit Co.,Ltd", "Zeta Orbit"), ("Zeta Orbit GmbH & Co. KG", "Zeta Orbit"), ("АТ «Зета»", "Zeta"),
        ("Zeta Orbit Sdn. Bhd.", "Zeta Orbit"), ("Zeta Orbit d.o.o.", "Zeta Orbit"), ("Zeta Sp. z o.o.", "Zeta"),
    ],
)  # fmt: skip
def test_an_unknown_firm_stands_under_its_name_without_legal_form(published, plain):
    assert plain_name(published) == plain


def test_a_huge_name_is_answered():
    assert resolve("икшкйувфз " * 1000).score <= HALF


def test_the_labelled_makers_come_out():
    file = DATA / "truth" / "manufacturers.csv"
    if not file.exists():
        pytest.skip("truth/manufacturers.csv is not here; set FORENSICS_DATA to the folder that holds it")
    with file.open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.DictReader(text))
    right, wrong = score_makers(rows)
    assert right["all three"] >= 0.95 * len(rows), wrong
    told = StringIO()
    call_command("score_makers", str(file), stdout=told)
    assert f"all three: {right['all three']} of {len(rows)}" in told.getvalue()


def test_a_chain_of_owners_is_right_when_it_leads_over_the_same_firms_to_the_same_top():
    assert same_owners("PLX Technology > Avago Technologies > Broadcom", "PLX Technology > Avago/Broadcom")
    assert same_owners("Ingenic Semiconductor", "Ingenic Semiconductor (Beijing)") and same_owners("", "")
    assert not same_owners("Cypress Semiconductor", "Cypress Semiconductor > Infineon Technologies")
    assert not same_owners("", "AMD") and not same_owners("AMD", "")


def test_a_share_has_the_interval_of_wilson():
    low, high = wilson(57, 60)
    assert (round(low, 3), round(high, 3)) == (0.863, 0.983) and wilson(0, 0) == (0.0, 1.0)


def test_a_file_without_its_columns_is_refused_in_a_sentence(tmp_path):
    (tmp_path / "a.csv").write_text("name\nx\n")
    with pytest.raises(CommandError, match="lacks the columns published_name"):
        call_command("score_makers", str(tmp_path / "a.csv"))
