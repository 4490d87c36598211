"""What the bench is told of an earlier teardown: what it had, how this one stands beside it, what is new here."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

HERE = "/specimens/KND-2026-STRICT/bench/"


def told(world, page, reader="taras", status=200):
    return world.get(reader, f"{HERE}{page}", status)


def component(world, specimen, **sent):
    return world.send("olena", "post", "/api/v1/components/", {"specimen": specimen, **sent}, 201)


def test_the_last_teardown_is_taken_unless_another_is_named(world):
    last = told(world, "earlier/")
    assert last["reference"] == "KND-2026-AMBER" and "KND-2026-CLEAR" in [name for name, _title in last["others"]]
    named = told(world, "earlier/?with=KND-2026-CLEAR")
    assert [entry["reference"] for entry in named["entries"]] == [world.components["clear"].reference]
    for hidden in ("NONE", "RED"):  # the other is there, and this analyst does not see it
        assert world.client("taras").get(f"{HERE}earlier/?with=KND-2026-{hidden}").status_code == 404


def test_what_is_expected_stands_after_what_it_sits_on_and_holds_no_date_code_nor_number(world):
    board = component(world, "KND-2026-CLEAR", kind="board", name="Flight controller", designator="A1")
    chip = component(world, "KND-2026-CLEAR", parent=board["reference"], designator="U4", marking="X", date_code="2231",
                     quantity=1, identifiers=[{"kind": "serial", "text": "S-1"}], note="scratched")  # fmt: skip
    entries = {entry["reference"]: entry for entry in told(world, "earlier/?with=KND-2026-CLEAR")["entries"]}
    found = entries[chip["reference"]]
    assert found["parent"] == board["reference"] and found["depth"] == 1 and found["marking"] == "X"
    assert set(found) == {
        "id", "reference", "parent", "kind", "designator", "name", "marking", "manufacturer", "part", "depth",
    }  # fmt: skip


def test_the_row_of_what_was_found_is_paired_with_it_and_what_is_missing_is_told(world):
    old = component(world, "KND-2026-CLEAR", designator="U4", marking="OLD LOT")
    new = component(world, "KND-2026-STRICT", designator="u4", marking="NEW LOT")
    more = component(world, "KND-2026-STRICT", designator="U9", marking="NEVER")
    found = told(world, "beside/?with=KND-2026-CLEAR")
    assert [old["id"], new["id"], "found"] in found["pairs"] and more["id"] in found["new"]
    (absent,) = found["absent"]
    assert absent["id"] == str(world.absence.pk) and absent["expected"] == str(world.components["clear"].pk)


def test_a_part_maker_or_board_never_seen_and_the_newest_date_are_told_at_every_row(world):
    world.send("olena", "post", "/api/v1/parts/", {"manufacturer": "volta-elektronik", "number": "VLT-9"}, 201)
    component(world, "KND-2026-CLEAR", marking="old", made="2023")
    body = {"manufacturer": "volta-elektronik", "part": "VLT-9", "made": "2026-02"}
    first, second = (component(world, "KND-2026-STRICT", marking=f"V {n}", **body) for n in range(2))
    board = component(world, "KND-2026-STRICT", kind="board", marking="REV 7")
    seen = told(world, "beside/")["seen"]
    assert seen[first["id"]] == ["part", "maker", "newest"] and seen[second["id"]] == ["part", "maker"]
    assert seen[board["id"]] == ["board"] and str(world.components["strict"].pk) not in seen


def test_the_first_teardown_of_a_system_has_nothing_new(world):
    world.send("olena", "post", "/api/v1/systems/", {"name": "Storm", "kind": "uav"}, 201)
    only = world.send("olena", "post", "/api/v1/specimens/", {"system": "storm"}, 201)["reference"]
    component(world, only, marking="x", manufacturer="acme-semiconductor")
    found = world.get("taras", f"/specimens/{only}/bench/beside/")
    assert found["others"] == [] and found["seen"] == {}
    assert world.get("taras", f"/specimens/{only}/bench/earlier/")["entries"] == []


def test_it_takes_the_same_number_of_queries_however_much_there_is(world):
    def queries(page):
        with CaptureQueriesContext(connection) as captured:
            told(world, page)
        return len(captured)

    pages = ("earlier/?with=KND-2026-CLEAR", "beside/?with=KND-2026-CLEAR")
    told(world, pages[0])
    few = [queries(page) for page in pages]
    for n in range(15):
        component(world, "KND-2026-CLEAR", marking=f"N{n}", designator=f"U{n}")
        component(world, "KND-2026-STRICT", marking=f"N{n}", designator=f"U{n}", manufacturer="volta-elektronik")
    many = [queries(page) for page in pages]
    assert few == many and max(many) <= 18, (few, many)
