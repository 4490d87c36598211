"""The invented catalogue of the benchmarks: always the same, nobody's, and as the database would have it."""

import os
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from bench.world import ASKED, LARGE, OWNER, SEEN_BY_WATCH, WATCH, World
from catalogue.markings.known_makers import KNOWN
from catalogue.markings.letters import slug_of

ROOT = Path(__file__).resolve().parents[2]
SIZE = 20_000
DIGEST = """
import hashlib, sys
from bench.world import World
digest = hashlib.sha256()
for table in World(200, int(sys.argv[1])).tables():
    for row in table.rows:
        digest.update(repr((table.name, table.columns, row)).encode())
print(digest.hexdigest())
"""


@pytest.fixture(scope="module")
def world():
    return World(SIZE)


@pytest.fixture(scope="module")
def rows(world):
    """{table: [rows as dictionaries]}."""
    return {t.name: [dict(zip(t.columns, row, strict=True)) for row in t.rows] for t in world.tables()}


def digest(seed, hashing):
    """Of all rows of a small world, made by a Python with this hash seed."""
    command = [sys.executable, "-c", DIGEST, str(seed)]
    environment = os.environ | {"PYTHONHASHSEED": hashing}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True, text=True).stdout


def test_the_same_seed_gives_the_same_rows_to_the_last_identifier_and_another_seed_others():
    assert digest(1, "1") == digest(1, "2") != digest(2, "1")


def test_no_firm_and_no_system_is_a_real_one(world):
    real = set(KNOWN)
    for file in ("organisations.toml", "systems.toml"):
        for records in tomllib.loads((ROOT / "catalogue" / "example" / file).read_text("utf-8")).values():
            real |= {slug_of(record["name"]) for record in records if "name" in record}
    assert len(real) > 250
    invented = {slug_of(name) for _, _, name, _ in world.makers} | {slug_of(name) for *_, name in world.systems}
    assert len(invented) == len(world.makers) + len(world.systems)
    assert invented & real == set()


def test_there_are_as_many_components_as_asked_for_each_once(rows):
    components = rows["component"]
    assert len(components) == SIZE
    assert len({row["id"] for row in components}) == len({row["reference"] for row in components}) == SIZE
    assert [row["id"] for row in components] == sorted(row["id"] for row in components)


def test_one_agency_may_see_a_hundred_rows_and_another_nearly_all(world, rows):
    audience = {number: audience for audience, number in world.number.items()}

    def seen(agency):
        return sum(audience[row["audience_id"]].admits(None, agency) for row in rows["component"])

    assert seen(WATCH) == SEEN_BY_WATCH
    assert seen(OWNER) > 0.9 * SIZE


def test_the_three_makers_asked_for_have_their_shares(world, rows):
    made = Counter(row["manufacturer_id"] for row in rows["component"])
    large, middling, small = (made[world.makers[rank][0]] for rank in ASKED.values())
    assert large == pytest.approx(LARGE * SIZE, rel=0.1)
    assert large > 3 * middling > 3 * small > 0


def test_a_component_lies_in_a_board_of_its_own_specimen_and_is_no_wider(world, rows):
    audience = {number: audience for audience, number in world.number.items()}
    above = {row["id"]: row for row in rows["component"]}
    inside = [row for row in rows["component"] if row["parent_id"]]
    assert inside
    for row in inside:
        parent = above[row["parent_id"]]
        assert parent["kind"] == "board" and parent["specimen_id"] == row["specimen_id"]
        bound = audience[parent["audience_id"]]
        assert audience[row["audience_id"]].meet(bound) == audience[row["audience_id"]]
