"""Reading a marking, by grammar."""

import csv
import os
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.markings.datecodes import date_readings
from catalogue.markings.families import BY_NAME, NO_MAKER
from catalogue.markings.lookalikes import latin, skeleton
from catalogue.markings.reading import read_marking
from catalogue.markings.resolving import resolve
from catalogue.markings.score_readings import Score, score

TODAY = date(2026, 11, 1)
DATA = Path(os.environ.get("FORENSICS_DATA") or Path(__file__).resolve().parents[2] / "../shared/data")
TRUTH = DATA / "truth/markings.csv"
TI, ADI, LTC, MAXIM = "Texas Instruments", "Analog Devices", "Linear Technology Corporation", "Maxim Integrated"
XILINX, ALTERA, ST, NXP = "Xilinx Inc. (AMD)", "Altera Corporation (Intel)", "STMicroelectronics", "NXP Semiconductors"

# Labelled by hand from published records: source, marking, maker, MPN, base part, date code.
FACTS = """
gur-207|Interface Chip, SOIC-14 ADM3491EARZ 1032|ADI|ADM3491EARZ|ADM3491E|1032
gur-710|Output voltage/current driver 8231    ACPZ    #1748   67812|ADI|8231ACPZ|AD8231|1748
gur-785|Microcircuit ADM709 TARZ|ADI|ADM709TARZ|ADM709T|
gur-837|Microcircuit AD7243BR|ADI|AD7243BR|AD7243|
gur-1586|Dual low-power video amplifier АD828A #1140 36156|ADI|AD828A|AD828|1140
gur-1861|Three-channel digital isolator ADUM1300 BRWZ #1333 2677991.1*|ADI|ADUM1300BRWZ|ADUM1300|1333
gur-2579|Gyroscope ADIS16488BMLZ|ADI|ADIS16488BMLZ|ADIS16488|
gur-4804|Two-channel digital isolators 1200CRZ 1845 419734|ADI|1200CRZ|ADUM1200|1845
gur-4963|Frequency synthesiser ADF 4112 BRUZ|ADI|ADF4112BRUZ|ADF4112|
gur-839|Transistor LT1185IT|ADI|LT1185IT|LT1185|
gur-2910|Pulse voltage regulators LTC3414EFE|ADI|LTC3414EFE|LTC3414|
gur-257|DC-DC converter 36V to 15V, 5A LTM4612V mModule N36082 e4 1343MY|LTC|LTM4612V|LTM4612|1343
gur-254|LVDS 2 x 2 MAX9152EUE+ 426|MAXIM|MAX9152EUE+|MAX9152|
gur-510|Microcircuit MAX211EEAI|MAXIM|MAX211EEAI|MAX211E|
gur-535|Microprocessor control circuit MAX693A|MAXIM|MAX693A|MAX693A|
gur-2798|MAX3160EAP 1612|MAXIM|MAX3160EAP|MAX3160|1612
gur-4789|Line transceiver RS-232 MAXIM MAX3221 EAE 2102|MAXIM|MAX3221EAE|MAX3221|2102
gur-4837|PWM controller MAX1715 EEI 1936|MAXIM|MAX1715EEI|MAX1715|1936
gur-28|Line driver/receiver MB3238I    36KG4    D82T|TI||MAX3238|
gur-656|A linear regulator PS767D301 (OAT  CE3P)|TI||TPS767D301|
gur-674|controller (TMS320  F28335PGFA G4A-17C76FW  G4)|TI|TMS320F28335PGFA|TMS320F28335|
gur-2643|Microcircuit SN65HVD232|TI|SN65HVD232|SN65HVD232|
gur-3799|Power level converter YE04 22K ASY6|TI||TXB0104|
gur-4827|3.3V CAN bus transceiver VP230 28M AOG9 G4|TI||SN65HVD230|
gur-2470|Hybrid TPS84250|TI|TPS84250|TPS84250|
gur-4294|Isolated DC/DC converter SMD DCPO20505U 09ZEJ7H|TI|DCP020505U|DCP020505|
gur-1788|Microcontroller STM32F405RGT6|ST|STM32F405RGT6|STM32F405RG|
gur-4841|Microcontroller STM32F446 RCT6 GQ2AC VQ 15 CHN GQ 140|ST|STM32F446RCT6|STM32F446RC|
gur-3853|Microcontroller LPC2114FBD64/01 S2K836.1 22 ZSD1349D|NXP|LPC2114FBD64/01|LPC2114|1349
gur-4510|ARM processor MCIMX6L2EVN10AC XAA2101 TAIW QAAAXU|NXP|MCIMX6L2EVN10AC|MCIMX6L2|2101
gur-4889|analog switch 74HCT4066D  440600X3  YnD1832E|NXP|74HCT4066D|74HCT4066|1832
gur-4840|Same buffer 74ABT125D C022709 FnG1740B|NXP|74ABT125D|74ABT125|1740
gur-2555|pressure sensor MPXV5004DP|NXP|MPXV5004DP|MPXV5004|
gur-126|Microcircuit XC2C256-VQG100CMS|XILINX|XC2C256|XC2C256|
gur-1582|integrated circuit SPARTAN XC2S50 TQG144AMS1009 A2470831A 5C|XILINX|XC2S50|XC2S50|1009
gur-4809|Circuit (CPLD) XCR3064XL VQ44DMN1925 D5933026A|XILINX|XCR3064XL|XCR3064XL|1925
gur-229|CPLD chip ALTERA EPM570F100I5N N CAM9M1207A|ALTERA|EPM570F100I5N|EPM570|1207
gur-816|Processor EP4CGX110DF31I7N|ALTERA|EP4CGX110DF31I7N|EP4CGX110|
gur-4363|FPGA Altera Cyclone II EP2C5T144I8N KBBD9Y2043U|ALTERA|EP2C5T144I8N|EP2C5|2043
gur-4485|PLD ALTERA®FLEX® EPF10K30EQI208-2N U BBA561531A VBA56709415|ALTERA|EPF10K30EQI208-2N|EPF10K30E|1531
gur-2886|Operational amplifier MCP604-I/SL|Microchip Technology Inc.|MCP604-I/SL|MCP604|
gur-1678|Microcircuit PIC16F886|Microchip Technology Inc.|PIC16F886|PIC16F886|
gur-930|Microcontroller AT89C4051-24PU|Atmel (Microchip Technology)|AT89C4051-24PU|AT89C4051|
gur-509|Microcircuits CY7C1069DV33-10ZSXI|Cypress Semiconductor|CY7C1069DV33-10ZSXI|CY7C1069DV33|
gur-572|flash memory device S29AL032D70TАI00|Spansion (Cypress Semiconductor)|S29AL032D70TAI00|S29AL032D|
gur-123|Microcircuit K6R4016V1D-UI10|Samsung Electronics|K6R4016V1D-UI10|K6R4016V1D|
gur-705|Serial flash memory (16 Mbit) 25Q16JVIQ  2023 6004 5J700ZZ|Winbond|25Q16JVIQ|W25Q16JV|2023
gur-4791|Transistor with low resistance F4905S RP832|International Rectifier|F4905S|IRF4905|
gur-6666|GNSS module LEA-M8S-0-10|U-blox|LEA-M8S-0-10|LEA-M8S|
gur-130|Transformer TEN 8-4813WI|Traco Power|TEN 8-4813WI||
gur-63|Ultra-high-efficiency noise filter of the SMD type BNX023|Murata|BNX023||
gur-3057|Broadband amplifier (LHA-23LN)|Mini-Circuits|LHA-23LN||
gur-4415|Connector MS3112E14-19P|Amphenol Corporation|MS3112E14-19P||
gur-3290|Digital signal converter HALO TG1G-E001NY 2132LF|HALO Electronics, Inc.|TG1G-E001NY||2132
gur-4843|10/100BASE-T with one port HX1188NL 1740-C CHINA|Pulse Electronics|HX1188NL||1740
gur-3829|memory of 32 КБ ATMEGA32L 8AU 135ID|Atmel (Microchip Technology)|ATMEGA32L-8AU|ATMEGA32L|
gur-4132|Voltage stabilizer JM05ACE5    LM2575T     P2 P+|National Semiconductor (TI)|LM2575T|LM2575|
gur-4401|Accelerometer ADXL103 [16]|ADI|ADXL103|ADXL103|
gur-411|Tantalum SMD capacitor 108G 70470|KYOCERA AVX|||
gur-4603|Tantalum capacitor 106 16к 608|KEMET|||
gur-4670|Electrolytic capacitor 220µF 35V|Jamecon|||
gur-5792|Fibre optic gyroscope|Not identified|||
gur-1880|ADC with high bandwidth AD7734 B#1347 2749122.1|ADI|AD7734B|AD7734|1347
gur-2833|ATmega 324|Atmel (Microchip Technology)|ATMEGA324|ATMEGA324|
gur-3917|Universal GPS receiver MAXIM  2769E  TIT13    +NS8L|MAXIM|MAX2769ETI|MAX2769|
gur-4498|GPS-GLONASS microcircuit MAXIM2769E|MAXIM|MAX2769E|MAX2769|
gur-2717|MAFR‐000230‐000001: 2300‐2500 MHz Drop In Circulator|Skyworks|MAFR-000230-000001||
gur-4067|matrix Altera Cyclone V 5CEFA7F23I7N FBBGAU2231A|ALTERA|5CEFA7F23I7N|5CEFA7|2231
gur-4384|Buffer MM74HC244|Fairchild Semiconductor (ON Semiconductor)|MM74HC244|MM74HC244|
gur-2900|Unspecified destination 35AXDF|TI|||
gur-1181|microcontroller W47G|ST|||
gur-1819|Memory chip 9LK17 D9P3K|Micron Technology|||
gur-2180|Car tire Michelin XZL+, (undercarriage) 16.00R20|Michelin|||
gur-4547|STM32 microcontroller|ST|||
gur-4506|Unistrong Phantom P34 navigation module (part no. 21602824)|Unistrong|21602824||
gur-4497|MXIC L214084 MX29GL256FHT2I- 9005K862400|Macronix International|MX29GL256FHT2I||
gur-4545|RAM memory chip 9VK17-D9PSK|Micron Technology|||
gur-1971|Switch JFET transistors B25 on J112G|ON Semiconductor (ONSEMI)|J112G|J112|
gur-2765|Voltage stabilizer L7809c2t|STMicroelectronics|L7809c2t|L7809|
gur-3536|Servomotor S/N: ZTE0703410BM1146|Hitec Group USA, Inc.|||
gur-1966|plastic straightener B 06  B 310|Yea Shin|||
gur-2377|Chip ATMLH648   20CH|Atmel (Microchip Technology)|||
gur-6376|Battery 4S Li-Po 8000mAh 50C 14.8V|Not identified|||
""".strip().splitlines()
SHORT = {"TI": TI, "ADI": ADI, "LTC": LTC, "MAXIM": MAXIM, "XILINX": XILINX, "ALTERA": ALTERA, "ST": ST, "NXP": NXP}


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.partition("|")[0])
def test_a_published_marking_is_read_as_what_it_is(fact):
    _, marking, maker, mpn, base, code = fact.split("|")
    first = read_marking(marking, SHORT.get(maker, maker), TODAY)[0]
    assert (skeleton(first.mpn), skeleton(first.base_part), first.date_code) == (skeleton(mpn), skeleton(base), code)


def test_the_published_truth_is_met_within_its_bounds():
    if not TRUTH.exists():
        pytest.skip("The file of markings with known truth is not here.")
    with TRUTH.open(encoding="utf-8") as opened:
        scores = score(list(csv.DictReader(opened)), TODAY).scores
    assert scores["mpn first"].share >= 0.92
    assert scores["mpn three"].share >= 0.97
    assert scores["base"].share >= 0.90
    assert scores["dates wrong"].share <= 0.05
    assert scores["dates missed"].share <= 0.15
    assert scores["confident wrong"].share <= 0.02


def test_the_first_week_of_2025_begins_in_2024():
    chosen = date_readings("2501", TODAY)[0]
    assert (chosen.scheme, chosen.first, chosen.last, chosen.chosen) == (
        "YYWW", date(2024, 12, 30), date(2025, 1, 5), True,
    )  # fmt: skip


def test_week_53_is_only_in_years_that_have_one():
    assert [reading.scheme for reading in date_readings("2053", TODAY)] == ["YYWW"]
    assert date_readings("2153", TODAY) == ()


def test_every_plausible_reading_of_a_date_is_given_and_none_lies_ahead():
    schemes = [(reading.scheme, reading.chosen) for reading in date_readings("2012", TODAY)]
    assert schemes == [("YYWW", True), ("YYMM", False), ("YYYY", False)]
    assert "MMYY" in [reading.scheme for reading in date_readings("0819", TODAY)]
    assert all(
        reading.first <= TODAY for code in ("2650", "9912", "2712", "0026") for reading in date_readings(code, TODAY)
    )


def test_three_figures_are_a_week_of_any_decade_and_none_is_chosen():
    readings = date_readings("415", TODAY)
    assert [reading.first.year for reading in readings] == [2024, 2014, 2004, 1994]
    assert not any(reading.chosen for reading in readings)


def test_three_figures_of_a_date_are_shown_with_every_decade_and_decide_nothing():
    first = read_marking("GPS navigation receiver Maxim 2769ETI523+BSCB", MAXIM, TODAY)[0]
    assert first.mpn == "MAX2769ETI+" and first.date_code == ""
    assert [(found.first.year, found.chosen) for found in first.date_readings] == [
        (2025, False), (2015, False), (2005, False), (1995, False),
    ]  # fmt: skip
    assert "523 may be year and week of any decade" in first.reasons


@pytest.mark.parametrize(
    "marking, mpn, base",
    [
        ("Микроконтроллер 1986ВЕ1Т", "1986ВЕ1Т", "1986ВЕ1"),  # every letter looks Latin
        ("5576ХС4Т", "5576ХС4Т", "5576ХС4"),
        ("КР1533ЛА3", "КР1533ЛА3", "1533ЛА3"),
        ("Транзистор 2Т881А", "2Т881А", "2Т881"),
        ("Чертеж ИПЛТ.468332.012", "", ""),  # the number of a drawing
    ],
)
def test_a_russian_designation_keeps_its_letters(marking, mpn, base):
    first = read_marking(marking, "", TODAY)[0]
    assert (first.mpn, first.base_part) == (mpn, base)


def test_month_and_year_are_read_beside_a_russian_number_alone():
    first = read_marking("140УД7 0789", "", TODAY)[0]
    assert (first.date_code, first.date_readings[0].scheme) == ("0789", "MMYY")
    assert first.date_readings[0].chosen and first.date_readings[0].first == date(1989, 7, 1)
    assert read_marking("MAX232CPE 0789", MAXIM, TODAY)[0].date_code == ""


def test_a_genuine_cyrillic_number_stays_what_it_is():
    assert latin("АD9364ВВСZ") == "AD9364BBCZ"
    assert latin("РП15-50ШВ-В") == "РП15-50ШВ-В"
    assert read_marking("Блок РП15-50ШВ-В", "", TODAY)[0].mpn == "РП15-50ШВ-В"


def test_a_repaired_look_alike_is_never_certain_and_says_so():
    first = read_marking("Microcircuit MAX211EEA1", MAXIM, TODAY)[0]
    assert first.mpn == "MAX211EEAI" and first.score < 0.9
    assert any("look alike" in reason for reason in first.reasons)


@pytest.mark.parametrize(
    "marking, maker, mpn, code",
    [
        ("XC3S500E\nPQG208 AGQ1425", "Xilinx", "XC3S500E", "1425"),
        ("XC6SLX9 TQG144 ABN1637", "Xilinx", "XC6SLX9", "1637"),
        ("XC7K325T FFG900ABX1545 D5125423A 2C", "Xilinx", "XC7K325T", "1545"),
        ("XCKU040 FFVA1156", "Xilinx", "XCKU040", ""),
        ("MAX3232ESE\n+1825", "Maxim Integrated", "MAX3232ESE", "1825"),
        ("EP4CE22F17C6N\nK ABC9U1321A", "Altera", "EP4CE22F17C6N", "1321"),
    ],
)
def test_lines_of_a_chip_are_read_without_a_word_of_its_maker(marking, maker, mpn, code):
    first = read_marking(marking, "", TODAY)[0]
    assert (first.maker, first.mpn, first.date_code) == (maker, mpn, code)


def test_every_maker_that_a_reading_names_is_one_that_the_catalogue_knows():
    for maker in BY_NAME.keys() - NO_MAKER.keys():
        assert resolve(maker).score == 1, maker


def test_the_country_and_the_lot_stand_beside_the_number():
    first = read_marking("XILINX® XC6SLX16 FTG256DIV2017 D5891797A 3I TAIWAN", XILINX, TODAY)[0]
    assert (first.marked_country, first.lot, first.date_code) == ("TW", "D5891797A", "2017")


@pytest.mark.parametrize(
    "marking, why",
    [("Battery", "words"), ("", "words"), ("Tantalum capacitor 107 16 K", "passive"), ("Chip 259", "built")],
)
def test_where_nothing_is_plausible_one_sentence_says_why(marking, why):
    only = read_marking(marking, "", TODAY)
    assert len(only) == 1 and only[0].mpn == "" and only[0].score == 0
    assert why in only[0].reasons[0]


@given(st.text(max_size=300), st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_no_text_breaks_the_reading(marking, maker):
    readings = read_marking(marking, maker, TODAY)
    assert readings and all(0 <= reading.score < 1 for reading in readings)
    assert readings == read_marking(marking, maker, TODAY)


@pytest.mark.parametrize(
    "piece", ["A1 ", "MAX232", "0", "\x00", "\u202eAD9 ", "8B8B", "((((", "XC2S ", "I1O0B8S5", "1bps", "bps"]
)
def test_ten_thousand_characters_are_read_in_a_moment(piece):
    began = time.perf_counter()
    read_marking(piece * (10_000 // len(piece)), "", TODAY)
    assert time.perf_counter() - began < 0.5


def test_wilsons_interval_is_the_known_one():
    low, high = Score(65, 68).interval()
    assert (round(low, 3), round(high, 3)) == (0.878, 0.985)
