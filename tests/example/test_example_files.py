"""The example catalogue as data: every reference resolves, every fact names its source, nobody is named."""

import csv
import os
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "catalogue" / "example"
DATA = Path(os.environ.get("FORENSICS_DATA") or ROOT / "../shared/data")
PUBLISHED = DATA / "published" / "gur_components.csv"
CODES = DATA / "facts" / "chpl.csv"

TABLES = {
    "source": "sources", "organisation": "organisations", "relation": "organisations", "system": "systems",
    "specimen": "specimens", "component": "components", "part": "parts", "route": "routes", "leg": "routes",
    "code": "chpl", "control": "controls", "listing": "listings", "claim": "claims",
}  # fmt: skip
CATALOGUE = {table: tomllib.loads((FOLDER / f"{file}.toml").read_text("utf-8"))[table]
             for table, file in TABLES.items()}  # fmt: skip


def words(text):
    """A vocabulary written as one line of words."""
    return set(text.split())


KEYS = {"source": "key", "organisation": "slug", "system": "slug", "specimen": "key", "component": "key",
        "route": "key", "leg": "key", "code": "hs", "claim": "key"}  # fmt: skip

SYSTEM_KINDS = words(
    "cruise-missile ballistic-missile hypersonic-missile air-to-air-missile guided-munition "
    "rocket-artillery loitering-munition uav helicopter armoured-vehicle vehicle artillery air-defence "
    "electronic-warfare radio navigation computer optics radar unmanned-vessel fire-control "
    "communications other"
)
PART_CATEGORIES = words(
    "ic.microcontroller ic.processor ic.fpga ic.memory ic.analog ic.interface ic.power ic.rf ic.other "
    "gnss.module gnss.receiver sensor passive.capacitor passive.resistor passive.transformer "
    "passive.other discrete.diode discrete.transistor power.converter connector module.wireless "
    "module.compute camera engine motor servo battery mechanical other"
)
CONFIDENCES = {"low", "moderate", "high"}
VOCABULARIES = [
    ("source", "kind", {"portal", "press", "official", "list", "research", "journal", "reference"}),
    ("source", "reliability", set("ABCDEF")),
    ("organisation", "kind", {"company", "plant", "state-body", "university", "unknown"}),
    ("relation", "kind", words("acquired renamed branch brand sold-line spun-off owns merged")),
    ("system", "kind", SYSTEM_KINDS),
    ("specimen", "kind", {"single", "group", "unspecified"}),
    ("component", "kind", {"assembly", "board", "part", "material"}),
    ("component", "marking_state", {"read", "none", "erased", "illegible", "not-recorded"}),
    ("component", "confidence", CONFIDENCES),
    ("component", "basis", {"published-attribution", "marking-read"}),
    ("part", "kind_of_number", {"mpn"}),
    ("part", "category", PART_CATEGORIES),
    ("route", "confidence", CONFIDENCES),
    ("leg", "kind", {"goods", "money", "ownership", "service", "technology", "production"}),
    ("leg", "status", {"documented", "reported", "alleged", "inferred", "refuted"}),
    ("control", "kind", {"control", "guidance"}),
    ("code", "tier", {"1", "2", "3.A", "3.B", "4.A", "4.B"}),
]
ROLES = words(
    "maker distributor exporter forwarder transshipper bank payment-intermediary importer supplier "
    "end-user plant buyer shipper"
)
EDTF_DATES = {
    "source": ["published"], "relation": ["date"], "specimen": ["recovered", "produced", "used"],
    "component": ["made"], "leg": ["date"], "control": ["effective"], "listing": ["listed"],
    "claim": ["date"],
}  # fmt: skip
ONE_DATE = r"\d{4}(-(W(0[1-9]|[1-4]\d|5[0-3])|(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?))?[?~%]?"
EDTF = re.compile(rf"(?:{ONE_DATE}|(?:{ONE_DATE}|\.\.)/(?:{ONE_DATE}|\.\.))")
PERSON_FIELDS = words("person persons individual director owner_name first_name last_name birth_date")


def records():
    """Every record of every file, with the name of its table."""
    return [(table, record) for table, rows in CATALOGUE.items() for record in rows]


def known(table):
    """The keys by which records of `table` are referred to."""
    return {record[KEYS[table]] for record in CATALOGUE[table]}


def citations(record):
    """The citations of a record, in either of the two forms the files may use."""
    return record.get("sources") or ([{"source": record["source"]}] if "source" in record else [])


def label(table, record):
    """How a failure names a record."""
    return f"{table} {record.get('key') or record.get('slug') or record.get('hs') or record}"


def by_key(table):
    """The records of `table` by key."""
    return {record[KEYS[table]]: record for record in CATALOGUE[table]}


@pytest.mark.parametrize("table", KEYS)
def test_no_key_is_used_twice(table):
    counted = Counter(record[KEYS[table]] for record in CATALOGUE[table])
    assert [key for key, times in counted.items() if times > 1] == []


def test_no_part_stands_twice_for_the_same_maker():
    counted = Counter((part["manufacturer"], part["number"]) for part in CATALOGUE["part"])
    assert [key for key, times in counted.items() if times > 1] == []


def test_every_record_names_a_source_that_exists():
    sources = known("source")
    for table, record in records():
        if table == "source":
            continue
        cited = [citation["source"] for citation in citations(record)]
        assert cited, f"{label(table, record)} names no source."
        assert set(cited) <= sources, f"{label(table, record)} cites {set(cited) - sources}, no source."


def test_a_report_that_goes_back_to_another_names_one_that_exists():
    sources = known("source")
    assert {s["derived_from"] for s in CATALOGUE["source"] if "derived_from" in s} <= sources


def test_every_source_is_cited_or_stands_behind_one_that_is():
    cited = {citation["source"] for _, record in records() for citation in citations(record)}
    cited |= {source["derived_from"] for source in CATALOGUE["source"] if "derived_from" in source}
    assert known("source") - cited == set()


def test_every_quotation_is_short():
    cited = [citation for _, record in records() for citation in citations(record)]
    quotes = [citation["quote"] for citation in cited if "quote" in citation]
    assert quotes and all(len(quote) <= 200 for quote in quotes)


@pytest.mark.parametrize(
    "table, field, target",
    [
        ("relation", "from", "organisation"), ("relation", "to", "organisation"),
        ("system", "parent", "system"),
        ("specimen", "system", "system"), ("component", "specimen", "specimen"),
        ("component", "parent", "component"), ("component", "manufacturer", "organisation"),
        ("part", "manufacturer", "organisation"),
        ("route", "system", "system"), ("route", "plant", "organisation"),
        ("leg", "from", "organisation"), ("leg", "to", "organisation"), ("leg", "from_also", "organisation"),
        ("leg", "to_also", "organisation"), ("leg", "routes", "route"),
        ("listing", "organisation", "organisation"), ("claim", "system", "system"),
    ],
)  # fmt: skip
def test_every_reference_resolves(table, field, target):
    named = set()
    for record in CATALOGUE[table]:
        value = record.get(field, [])
        named |= set(value if isinstance(value, list) else [value])
    assert named - known(target) == set()
    assert named, f"No {table} has a {field}; the check would check nothing."


@pytest.mark.parametrize("table, field, allowed", VOCABULARIES)
def test_every_code_is_one_of_the_vocabulary(table, field, allowed):
    assert {record[field] for record in CATALOGUE[table]} <= allowed


def test_a_component_lies_in_the_specimen_of_its_parent():
    components = by_key("component")
    children = [c for c in components.values() if "parent" in c]
    assert any(components[child["parent"]]["kind"] == "board" for child in children)
    for child in children:
        parent = components[child["parent"]]
        assert parent["specimen"] == child["specimen"]
        assert parent["kind"] in {"assembly", "board"}


def test_a_component_never_has_a_part_of_another_maker():
    listed = {(part["manufacturer"], part["number"]) for part in CATALOGUE["part"]}
    goods = [line["part"] for leg in CATALOGUE["leg"] for line in leg["goods"] if "part" in line]
    found = {(c["manufacturer"], c["part"]["number"]) for c in CATALOGUE["component"] if "part" in c}
    assert found | {(part["manufacturer"], part["number"]) for part in goods} <= listed
    assert listed <= found, "A part that no component has is of no use here."


def test_every_date_is_written_in_edtf():
    for table, fields in EDTF_DATES.items():
        for record in CATALOGUE[table]:
            for field in fields:
                if field in record:
                    assert EDTF.fullmatch(record[field]), f"{label(table, record)}: {field} {record[field]!r}"


def test_there_are_as_many_records_as_the_catalogue_promises():
    assert len(CATALOGUE["system"]) >= 14
    assert len(CATALOGUE["specimen"]) >= 20
    assert 60 <= len(CATALOGUE["component"]) <= 100
    assert len(CATALOGUE["code"]) == 50
    assert len(CATALOGUE["leg"]) == 31


NAMED_SYSTEMS = words(
    "3m-14-kalibr kh-101 kh-55 kh-59 kh-59mk kh-59mk2 9m723-iskander-m 9m727-iskander-k lancet lancet-3 "
    "orlan-10 shahed-131-geran-1 shahed-136-geran-2 garpiya-a1 mohajer-6 r-330zh-zhitel dji-mavic-3 "
    "kamaz-63968-typhoon-k"
)


def test_the_named_systems_are_there():
    assert NAMED_SYSTEMS - known("system") == set()


def test_only_the_commercial_drone_is_a_product():
    assert [system["slug"] for system in CATALOGUE["system"] if system["product"]] == ["dji-mavic-3"]


def test_only_a_group_says_how_many_and_only_single_specimens_are_one():
    for specimen in CATALOGUE["specimen"]:
        assert ("count" in specimen) == (specimen["kind"] == "group"), label("specimen", specimen)
        if specimen["kind"] == "group":
            assert specimen["count"] == len(specimen["numbers"]) > 1


def test_a_serial_number_is_given_only_for_one_piece():
    with_serial = [c for c in CATALOGUE["component"] if "serial" in c]
    assert with_serial and all(c["quantity"] == 1 for c in with_serial)


def test_a_marking_is_read_from_the_published_text_and_keeps_its_letters():
    for component in CATALOGUE["component"]:
        has_marking = "marking" in component
        assert has_marking == (component["marking_state"] == "read"), label("component", component)
        for line in component.get("marking", []):
            assert line in component.get("published_text", line), label("component", component)
    cyrillic = [c for c in CATALOGUE["component"] if re.search("[А-яІЇЄҐ]", "".join(c.get("marking", [])))]
    assert len(cyrillic) >= 3


def test_a_date_code_is_part_of_what_was_published():
    dated = [c for c in CATALOGUE["component"] if "date_code" in c]
    assert len(dated) >= 10
    for component in dated:
        assert component["date_code"] in component["published_text"], label("component", component)
    assert all("date_code" in c for c in CATALOGUE["component"] if "made" in c)


def test_hs_codes_of_parts_are_on_the_priority_list():
    given = {part["hs_code"] for part in CATALOGUE["part"] if "hs_code" in part}
    assert given and given <= known("code")


def test_every_leg_says_what_is_known_of_both_ends():
    for leg in CATALOGUE["leg"]:
        for end in ("from", "to"):
            assert (end in leg) != (f"{end}_unknown" in leg), f"leg {leg['key']}: {end}"
            assert leg[f"{end}_role"] in ROLES, f"leg {leg['key']}: {leg[f'{end}_role']}"
        assert all(1 <= citation["credibility"] <= 6 for citation in leg["sources"]), leg["key"]
        assert {citation["stance"] for citation in leg["sources"]} <= {"supports", "contradicts"}


def test_every_route_offers_another_explanation_and_has_a_leg():
    served = {route for leg in CATALOGUE["leg"] for route in leg["routes"]}
    for route in CATALOGUE["route"]:
        assert route["alternative"].endswith("."), route["key"]
        assert route["key"] in served
        assert not ("system" in route and "plant" in route), route["key"]


def test_the_first_leg_of_the_cooling_units_is_unproven():
    leg = by_key("leg")["R03-1"]
    assert leg["status"] in {"inferred", "alleged"}
    assert "unproven" in leg["note"].lower()
    assert by_key("leg")["R03-2"]["goods"][0]["declared_as"].startswith("industrial refrigeration")


def test_goods_and_money_of_the_servomotors_are_separate_legs():
    kinds = Counter(leg["kind"] for leg in CATALOGUE["leg"] if "R12" in leg["routes"])
    assert kinds == {"goods": 2, "money": 1}


def test_the_ends_of_the_microcontroller_route_are_never_documented():
    legs = by_key("leg")
    assert legs["R19-1"]["status"] not in {"documented", "reported"}
    assert legs["R19-3"]["status"] not in {"documented", "reported"}
    assert "not proven" in legs["R19-3"]["note"].lower()
    assert legs["R19-3"]["routes"] == ["R19", "R19b"]


def test_the_route_of_the_automation_ends_at_a_plant():
    route = by_key("route")["R01"]
    last = max((leg for leg in CATALOGUE["leg"] if "R01" in leg["routes"]), key=lambda leg: leg["position"])
    assert route["plant"] == last["to"] == "biysk-oleum"
    assert by_key("organisation")["biysk-oleum"]["kind"] == "plant"


def test_a_designation_alone_never_makes_a_leg_documented():
    stated = [leg for leg in CATALOGUE["leg"] if "Stated in a designation" in leg["note"]]
    assert len(stated) >= 5
    assert {leg["status"] for leg in stated} == {"alleged"}


def test_front_company_is_only_what_somebody_called_it():
    described = [d for o in CATALOGUE["organisation"] for d in o.get("described_as", [])]
    assert described and all(d["text"] and d["by"] for d in described)
    quoted = sum(d["text"].lower().count("front company") for d in described)
    written = sum(file.read_text("utf-8").lower().count("front company") for file in FOLDER.glob("*.toml"))
    assert written == quoted, "Somewhere a firm is called a front company in the catalogue's own words."


def test_no_record_has_a_field_for_a_person():
    def fields(value):
        if isinstance(value, dict):
            return set(value) | {name for item in value.values() for name in fields(item)}
        return {name for item in value for name in fields(item)} if isinstance(value, list) else set()

    assert fields(CATALOGUE) & PERSON_FIELDS == set()


def test_everything_in_the_example_is_public():
    assert {record["handling"] for _, record in records()} == {"CLEAR"}


def test_makers_name_their_successors():
    successions = {(r["from"], r["to"]) for r in CATALOGUE["relation"]}
    assert {
        ("xilinx", "amd"),
        ("dallas-semiconductor", "maxim-integrated"),
        ("maxim-integrated", "analog-devices"),
        ("spansion", "cypress-semiconductor"),
        ("cypress-semiconductor", "infineon"),
    } <= successions


@pytest.mark.skipif(not PUBLISHED.exists(), reason=f"No records at {PUBLISHED}; set FORENSICS_DATA.")
def test_components_agree_with_the_published_records_they_restate():
    with PUBLISHED.open(encoding="utf-8", newline="") as lines:
        published = {row["source_id"]: row for row in csv.DictReader(lines)}
    titles = {specimen["key"]: specimen["title"] for specimen in CATALOGUE["specimen"]}
    restated = [component for component in CATALOGUE["component"] if "source_id" in component]
    assert len(restated) >= 60
    for component in restated:
        row = published[component["source_id"]]
        locators = [citation.get("locator") for citation in component["sources"]]
        assert component["published_text"] == row["marking"], component["key"]
        assert component["manufacturer_published"] == row["manufacturer"], component["key"]
        assert titles[component["specimen"]] == row["recovered_in"], component["key"]
        assert row["source_url"] in locators, component["key"]


@pytest.mark.skipif(not CODES.exists(), reason=f"No list of codes at {CODES}; set FORENSICS_DATA.")
def test_codes_and_tiers_agree_with_the_list():
    with CODES.open(encoding="utf-8", newline="") as lines:
        listed = {row["hs6"]: row["tier"] for row in csv.DictReader(lines)}
    assert {code["hs"]: code["tier"] for code in CATALOGUE["code"]} == listed
