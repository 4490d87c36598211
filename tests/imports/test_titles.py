"""What a weapon title says: system, example, assembly, numbers, dates."""

import csv
import os
import re
import time
from pathlib import Path

import pytest

from catalogue.imports import systems
from catalogue.imports.titles import read
from catalogue.markings import makers

DATA = Path(os.environ.get("FORENSICS_DATA") or Path(__file__).resolve().parents[2] / "../shared/data")
PUBLISHED = DATA / "published" / "gur_components.csv"
needs_data = pytest.mark.skipif(
    not PUBLISHED.exists(),
    reason="the published records are not here; set FORENSICS_DATA to the folder that holds published/",
)


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    "title, slug, kind",
    [
        ("Missile Kh-101", "kh-101", "cruise-missile"),
        ("Ракета Х-101", "kh-101", "cruise-missile"),
        ("X-47 “Kinzhal” missile", "kh-47m2-kinzhal", "hypersonic-missile"),
        ('Missile 9M727 "Iskander-K"', "9m727-iskander-k", "cruise-missile"),
        ("9M727 cruise missile from the Iskander-K missile system", "9m727-iskander-k", "cruise-missile"),
        ('UAV "GERAN-2" (Shahed-136)', "shahed-136-geran-2", "loitering-munition"),
        ("Shahed-136 UAV", "shahed-136-geran-2", "loitering-munition"),
        ("Shahed-238 UAV", "geran-3-shahed-238", "loitering-munition"),
        ("Geran-4 UAV", "geran-4", "loitering-munition"),
        ("БпЛА «Орлан-10»", "orlan-10", "uav"),
        ("Zala421-16E UAV", "zala-421-16e", "uav"),
        ('"Supercam-S350" UAV', "supercam-s350", "uav"),
        ('"Tornado-C" 9M549 MLRS guided missile', "9m549-tornado-s", "rocket-artillery"),
        ("Guided missile 9M549 Tornado S MLRS", "9m549-tornado-s", "rocket-artillery"),
        ("Satellite navigation equipment 14Ц821C", "14ts821s", "navigation"),
        ("Satellite navigation equipment 14Ц821С", "14ts821s", "navigation"),
        ('KamAZ-63968 "Typhoon-K"', "kamaz-63968-typhoon-k", "armoured-vehicle"),
        ("ORION UAV system", "orion-inokhodets", "uav"),
        ("Navigation equipment Orion", "orion", "navigation"),
    ],
)
def test_spellings_of_one_system_meet_in_one_slug(title, slug, kind):
    found = read(title)
    assert (found.slug, found.kind) == (slug, kind)


@pytest.mark.parametrize(
    "title, slug, parent",
    [
        ("Lancet UAV", "lancet", None),
        ('UAV "Lancet-3"', "lancet-3", "lancet"),
        ("Lancet loitering munition (Izdeliye-51)", "lancet-3", "lancet"),
        ("Lancet-5 loitering munition", "lancet-5", "lancet"),
        ("Missile Kh-59Mk-2 №4262652337019", "kh-59mk2", "kh-59"),
        ("Ballistic missile KN-24", "kn-24", "kn-23-kn-24"),
    ],
)
def test_a_member_of_a_family_is_its_own_type_below_the_family(title, slug, parent):
    found = read(title)
    assert (found.slug, found.parent) == (slug, parent)


@pytest.mark.parametrize(
    "title, slug, assembly",
    [
        (
            "Active radar homing head ARGS-14 of the 3M-14 Kalibr missile",
            "3m-14-kalibr",
            "Active radar homing head ARGS-14",
        ),
        (
            "Navigation equipment Kometa R8 of the 9M723-1 Iskander-M missile",
            "9m723-iskander-m",
            "Navigation equipment Kometa R8",
        ),
        ('CRP-antenna of UAV "Shahed-136"', "shahed-136-geran-2", "CRP-antenna"),
        (
            'Electronic computing machine "Baget-62-037" of the Kh-101 missile',
            "kh-101",
            'Electronic computing machine "Baget-62-037"',
        ),
        (
            "Jammer from the Kinzhal aviation missile system, codename S200A1-2",
            "kh-47m2-kinzhal",
            "Jammer, codename S200A1-2",
        ),
        ("Camera of the Foo-7 UAV", "foo-7", "Camera"),
        ('Radio station R-166, code "Artek"', "r-166-artek", None),
        ("Small-sized laser device of the scout LPR-3", "lpr-3", None),
        ("9M727 cruise missile from the Iskander-K missile system", "9m727-iskander-k", None),
    ],
)
def test_a_part_of_a_weapon_is_an_assembly_and_equipment_by_itself_is_the_system(title, slug, assembly):
    found = read(title)
    assert (found.slug, found.assembly) == (slug, assembly)


@pytest.mark.parametrize(
    "title, specimen_kind, numbers",
    [
        ("Missile Kh-101 №3152631314019 (produced 1Q2023)", "single", [("serial", "3152631314019")]),
        (
            "Missile Kh-69 (No.9504514305003 and No.9504513406014)",
            "group",
            [("serial", "9504514305003"), ("serial", "9504513406014")],
        ),
        ("Kh-22 missile (No.123 and 456)", "group", [("serial", "123"), ("serial", "456")]),
        ('UAV "GERAN-2" (Shahed-136) Ы-954', "single", [("tail", "Ы-954")]),
        ("GERAN-2 (Shahed-136) ЬІ-8465", "single", [("tail", "ЬІ-8465")]),
        ('UAV "Geran-2" Ы-11 and Ы-222', "group", [("tail", "Ы-11"), ("tail", "Ы-222")]),
        ("Shahed-136 (GERAN-2) MS001", "single", [("tail", "MS001")]),
        ("Gerbera UAV, Tail Number ЫЫ 748", "single", [("tail", "ЫЫ 748")]),
        ('UAV "Lancet-3", Tail Number 56. 024Z111 525', "single", [("tail", "56. 024Z111 525")]),
        ("Delta (CBTS.611000, sample No.1)", "single", [("sample", "1")]),
        (
            'KamAZ-63968 "Typhoon-K" (chassis serial number ХТС 639680H1353076)',
            "single",
            [("serial", "ХТС 639680H1353076")],
        ),
        ('Geran-2 UAV (series "Э", with R-60 missile)', "unspecified", [("series", "Э")]),
        ('UAV "GERAN-2" (Shahed-136) (K series)', "unspecified", [("series", "K")]),
        ("Shahed-136 UAV (157 components)", "unspecified", []),
        ("Components from other Kh-101 missiles", "group", []),
        ("Radio station R-168-25U-2", "unspecified", []),
        ('Missile Kh-47M2 "Kinzhal" (9-S-7760)', "unspecified", []),
    ],
)
def test_numbers_tell_one_example_from_several_and_a_type_designation_is_no_number(title, specimen_kind, numbers):
    found = read(title)
    assert (found.specimen_kind, [(n.kind, n.text) for n in found.numbers]) == (specimen_kind, numbers)


@pytest.mark.parametrize(
    "title, specimen_kind, said",
    [
        ('UAV "Orlan-10" (July 2022)', "single", {"recovered": "2022-07"}),
        ("Zala 421-16E UAV (captured in April 2022)", "single", {"recovered": "2022-04"}),
        (
            'Missile 9M727 "Iskander-K" (Chernihiv, 19.08.2023)',
            "single",
            {"recovered": "2023-08-19", "place": "Chernihiv"},
        ),
        (
            "Foo-7 UAV (captured near Kharkiv in May 2024)",
            "single",
            {"recovered": "2024-05", "place": "Kharkiv"},
        ),
        (
            "Missile Kh-101 (Kyiv region, used on 08.07.2024)",
            "single",
            {"used": "2024-07-08", "place": "Kyiv region"},
        ),
        (
            '"Tornado-C" 9M549 MLRS guided missile (researched in May 2024)',
            "single",
            {"examined": "2024-05"},
        ),
        ("Navigation system SN-99 (produced in March 2023)", "single", {"produced": "2023-03"}),
        ("Missile Kh-101 №3152631314019 (produced 1Q2023)", "single", {"produced": "2023-33"}),
        ("Missile Kh-101 №3152638829015 (used on 02.01.2024)", "single", {"used": "2024-01-02"}),
        ("Missile 3M-14 Kalibr (produced not earlier than 2021)", "unspecified", {"produced": "2021/.."}),
        ("Missile Kh-101 (usage from June 2022)", "unspecified", {"used": "2022-06/.."}),
        ('UAV "Shahed-136" (use in 2025)', "unspecified", {"used": "2025"}),
        ("Ракета Х-101 (виготовлена 1 квартал 2023)", "unspecified", {"produced": "2023-33"}),
    ],
)
def test_a_date_known_to_the_month_names_one_example_and_an_open_one_does_not(title, specimen_kind, said):
    found = read(title)
    fields = ("recovered", "produced", "used", "examined", "place")
    assert {name: getattr(found, name) for name in fields if getattr(found, name)} == said
    assert found.specimen_kind == specimen_kind


def test_code_names_and_indices_are_aliases_as_printed():
    ka52 = read('Combat attack helicopter Ka-52, code: "Alligator", index "800.06"')
    assert [alias.text for alias in ka52.aliases] == ["Ka-52", "Alligator", "800.06"]
    receiver = read("Portable receiver-indicator 14Ц822 (№7522736875)")
    assert [(a.text, a.language) for a in receiver.aliases] == [("14Ц822", "ru")]
    both = read('UAV "GERAN-2" (Shahed-136) black')
    assert [alias.text for alias in both.aliases] == ["GERAN-2", "Shahed-136"]
    assert both.notes == ("black",)


def test_an_unknown_weapon_keeps_its_own_words_and_gets_no_invented_ones():
    found = read('Quiet jamming station Q-77 "Burevisnyk"')
    assert (found.system, found.slug) == ("Q-77 Burevisnyk", "q-77-burevisnyk")
    assert (found.kind, found.parent) == ("electronic-warfare", None)
    assert found.description == "Quiet jamming station"
    assert read("Blobfish").system == "Blobfish"
    assert read("Equipment of internal communication, switching and control").slug.startswith("equipment-of")


def test_a_title_that_leaves_two_types_open_is_neither_of_them():
    found = read('Remote control radar 1L111M-1 "Fara-VR" / radar 1L277 "Sobolyatnik"')
    assert found.slug == "1l111m-1-fara-vr-1l277-sobolyatnik"


def test_an_empty_title_is_refused_with_what_to_do():
    with pytest.raises(ValueError, match="give the name of the weapon"):
        read(" \u00a0 ")


def test_a_pasted_text_is_refused_as_a_title_and_a_long_title_is_read_quickly():
    with pytest.raises(ValueError, match="has 9000 characters; shorten it to 400"):
        read("x" * 9000)
    started = time.process_time()
    for unit in ("x of the ", "a of the 3M-14 ", '"', "(", "№1, ", "A ", "in A", "1-"):
        read((unit * 400)[:390] + " UAV")
    assert time.process_time() - started < 2


def test_every_listed_system_is_found_under_each_of_its_spellings():
    wrong = [
        (spelling, system.slug)
        for system in systems.KNOWN.values()
        for spelling in system.spellings
        if read(spelling).slug != system.slug
    ]
    assert wrong == []
    assert {system.kind for system in systems.KNOWN.values()} <= set(systems.KINDS)
    assert {system.parent for system in systems.KNOWN.values()} - {None} <= set(systems.KNOWN)


def spoken(title):
    """Everything the fields of a title say, the verbatim copy left out; dates in their own words."""
    aliases = [alias.text for alias in title.aliases]
    numbers = [number.text for number in title.numbers]
    known = [title.system, title.description or "", title.assembly or "", title.place or ""]
    return " ".join([*known, *aliases, *numbers, *title.notes, *title.cues])


def words(text):
    return re.findall(r"\w+", text.lower())


@needs_data
def test_no_word_of_any_published_title_is_lost():
    lost = {}
    for title in {row["recovered_in"] for row in rows(PUBLISHED)}:
        said = set(words(spoken(read(title))))
        missing = [word for word in words(title) if word not in said and word != "and"]
        if missing:
            lost[title] = missing
    assert lost == {}


@needs_data
def test_every_published_title_has_an_ascii_slug_and_a_listed_kind():
    for title in {row["recovered_in"] for row in rows(PUBLISHED)}:
        found = read(title)
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", found.slug), title
        assert found.kind in systems.KINDS
        assert found.published == title


@needs_data
def test_titles_known_to_carry_a_number_or_a_date_give_one():
    wrong = []
    for row in rows(DATA / "truth" / "titles_serial_date.csv"):
        found = read(row["recovered_in"])
        dated = found.recovered or found.produced or found.used or found.examined
        type_index = "9-S-7760" in row["recovered_in"]  # the missile's own index, which every example shares
        if (row["serial_or_tail"] and not found.numbers and not type_index) or (row["date_text"] and not dated):
            wrong.append(row["recovered_in"])
    assert wrong == []


@needs_data
def test_reading_every_cell_of_the_published_records_takes_under_a_second():
    records = rows(PUBLISHED)
    started = time.process_time()
    for row in records:
        read(row["recovered_in"])
        makers.read(row["manufacturer"], row["country"])
    assert time.process_time() - started < 1
