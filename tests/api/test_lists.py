"""Lists in a chosen order and exports of chosen columns: the same rows, the same words, on page, list and file."""

import csv
import io

import pytest

from catalogue.actions.components import record_component
from catalogue.queries import paging
from catalogue.security.viewing import viewing_as

LIST = "/api/v1/components/?specimen=KND-2026-STRICT&page_size=2"


@pytest.fixture
def dated(world):
    """Olena's STRICT specimen with components of different dates, two of them undated."""
    with viewing_as(world.viewer("olena")) as olena:
        for code in ("2019", "", "2021", "2020", "2019"):
            record_component(
                specimen=world.specimens["strict"], name=f"Board {code}", date_code=code, kind="board", actor=olena
            )
    return world


def walk(world, address, link="next"):
    """The results of all pages along `link`, in the order they are met."""
    found = []
    while address:
        page = world.get("olena", address.replace("http://testserver", ""))
        found += page["results"] if link == "next" else page["results"][::-1]
        address, last = page[link], page
    return found, last


@pytest.mark.parametrize("sort", ["date_code", "-date_code", "part.number", "-part.number", "name", "-made.from"])
def test_pages_in_an_order_hold_every_row_once_there_and_back(dated, sort):
    everything = dated.get("olena", f"{LIST.replace('page_size=2', 'page_size=1000')}&sort={sort}")["results"]
    there, last = walk(dated, f"{LIST}&sort={sort}")
    assert [row["id"] for row in there] == [row["id"] for row in everything] and len(there) == 6
    back, _ = walk(dated, last["previous"], "previous")
    assert [row["id"] for row in back] == [row["id"] for row in everything[: len(back)]][::-1] and len(back) >= 4


def test_what_has_no_value_comes_last_whichever_way(dated):
    for sort in ("part.number", "-part.number"):
        rows, _ = walk(dated, f"{LIST}&sort={sort}")
        assert rows[0]["part"] and all(row["part"] is None for row in rows[1:])


def test_a_file_has_the_order_and_the_columns_that_were_asked_for(dated):
    address = f"{LIST.replace('&page_size=2', '')}&format=csv&sort=-name&columns=reference,name,manufacturer"
    file = b"".join(dated.client("olena").get(address).streaming_content)
    rows = list(csv.reader(io.StringIO(file.decode())))
    assert rows[0] == ["reference", "name", "manufacturer.slug", "manufacturer.name", "manufacturer.country"]
    assert [row[1] for row in rows[1:]] == ["Board 2021", "Board 2020", "Board 2019", "Board 2019", "Board ", ""]


@pytest.mark.parametrize(
    "query, name",
    [
        ("sort=colour", "sort"),
        ("sort=", "sort"),
        ("format=csv&columns=reference,colour", "columns"),
        ("format=csv&columns=", "columns"),
        ("columns=reference", "columns"),
    ],
)
def test_an_unknown_column_is_named(world, query, name):
    assert name in world.get("olena", f"/api/v1/components/?{query}", 400)["errors"]


def test_a_list_that_is_too_long_to_sort_says_so(dated, monkeypatch):
    monkeypatch.setattr(paging, "SORTED_AT_MOST", 3)
    assert "narrow the list" in dated.get("olena", f"{LIST}&sort=name", 400)["detail"]


def test_references_are_found_in_small_letters_too(world):
    component = world.components["clear"].reference.lower()
    for noun, reference in (("specimens", "knd-2026-clear"), ("components", component)):
        assert world.get("nobody", f"/api/v1/{noun}/{reference}/")["reference"] == reference.upper()
        assert world.client("nobody").get(f"/{noun}/{reference}/").status_code == 200
    found = world.get("nobody", "/api/v1/components/?specimen=knd-2026-clear")["results"]
    assert [row["reference"] for row in found] == [component.upper()]
    leg = world.get("nobody", "/api/v1/legs/")["results"][0]["reference"]
    assert world.get("nobody", f"/api/v1/legs/{leg.lower()}/")["reference"] == leg
    made = world.send("taras", "post", "/api/v1/components/", {"specimen": "knd-2026-clear", "name": "Board"}, 201)
    assert made["specimen"]["reference"] == "KND-2026-CLEAR"


def test_a_level_is_understood_without_its_plus_escaped(world):
    (strict,) = world.get("olena", "/api/v1/specimens/?handling=AMBER%2BSTRICT")["results"]
    assert world.get("olena", "/api/v1/specimens/?handling=AMBER+STRICT")["results"] == [strict]
    assert world.client("olena").get("/specimens/?handling=AMBER+STRICT").status_code == 200
    assert "handling" in world.get("olena", "/api/v1/specimens/?handling=AMBER-STRICT", 400)["errors"]
    sent = {"system": "kite", "handling": "amber strict"}
    assert world.send("taras", "post", "/api/v1/specimens/", sent, 201)["handling"] == "AMBER+STRICT"


SINCE = "updated_since=2020-01-01T00:00:00Z"


def withdrawn(world, reader, noun="components"):
    return world.get(reader, f"/api/v1/{noun}/?{SINCE}&voided=true&count=true")["results"]


def test_who_may_see_a_record_is_told_when_it_is_withdrawn(world):
    assert withdrawn(world, "olena") == []
    for level in ("clear", "amber", "strict"):
        path = f"/api/v1/components/{world.components[level].reference}/"
        world.send("olena", "delete", path, {"reason": "Recorded twice."}, 204)
    seen = {reader: [row["reference"] for row in withdrawn(world, reader)] for reader in ("olena", "piet", "nobody")}
    strict, amber, clear = (world.components[level].reference for level in ("strict", "amber", "clear"))
    assert seen == {"olena": [strict, amber, clear], "piet": [amber, clear], "nobody": [clear]}
    assert withdrawn(world, "nobody")[0]["voided"]["reason"] == "Recorded twice."
    in_force = world.get("olena", f"/api/v1/components/?{SINCE}&voided=false")["results"]
    assert not {strict, amber, clear} & {row["reference"] for row in in_force}
    assert world.get("nobody", "/api/v1/components/?updated_since=2100-01-01T00:00:00Z&voided=true")["results"] == []
    file = b"".join(world.client("nobody").get(f"/api/v1/components/?{SINCE}&voided=true&format=csv").streaming_content)
    assert clear in file.decode() and amber not in file.decode()
    assert clear in world.client("nobody").get(f"/components/?{SINCE}&voided=true").content.decode()


def test_a_record_that_was_narrowed_is_not_told_of(world):
    path = f"/api/v1/components/{world.components['clear'].reference}/"
    world.send("olena", "patch", path, {"handling": "AMBER+STRICT"}, 200)
    assert withdrawn(world, "nobody") == []
    world.send("olena", "delete", path, {"reason": "Recorded twice."}, 204)
    assert withdrawn(world, "nobody") == [] and len(withdrawn(world, "olena")) == 1


@pytest.mark.parametrize("query", ["voided=true", "voided=perhaps", f"{SINCE}&voided=1"])
def test_withdrawn_records_are_asked_for_since_when(world, query):
    assert "voided" in world.get("olena", f"/api/v1/components/?{query}", 400)["errors"]
