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
