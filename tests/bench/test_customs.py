"""The invented customs declarations: always the same, nobody's, and hidden in them what a matcher should find."""

import csv
import hashlib
from collections import Counter

import pytest

from bench.customs import COLUMNS, MARK, Customs, judged, number_of, write

ROWS = 40_000


@pytest.fixture(scope="module")
def customs():
    return Customs(ROWS)


@pytest.fixture(scope="module")
def shipments(customs):
    """[(cells by column, what it is)]."""
    return [(dict(zip(COLUMNS, cells, strict=True)), what) for cells, what in customs.shipments()]


def digest(customs):
    found = hashlib.sha256()
    for row in customs.shipments():
        found.update(repr(row).encode())
    return found.hexdigest()


def test_the_same_seed_gives_the_same_declarations_and_another_seed_others():
    assert digest(Customs(500)) == digest(Customs(500)) != digest(Customs(500, seed=2))


def test_every_declaration_says_that_it_is_invented(shipments):
    assert all(row["declaration"].startswith(MARK) for row, _ in shipments)
    assert len({row["declaration"] for row, _ in shipments}) == ROWS


def test_planted_routes_decoys_and_descriptions_without_a_number_have_the_shares_they_should(customs, shipments):
    kinds = Counter(what.partition(":")[0] for _, what in shipments)
    assert kinds["route"] / ROWS == pytest.approx(0.05, abs=0.005)
    assert kinds["decoy"] / ROWS == pytest.approx(0.20, abs=0.01)
    without = sum(not any(letter.isdigit() for letter in row["description"]) for row, _ in shipments)
    assert without / ROWS == pytest.approx(0.25, abs=0.02)
    firms = {one.name for one in customs.buyers + customs.sellers}
    as_it_writes_itself = sum(row["receiver"] in firms for row, _ in shipments)
    assert as_it_writes_itself / ROWS == pytest.approx(0.70, abs=0.03)
    assert {one.country for one in customs.buyers} == {"RU"}


def test_firms_follow_a_law_of_few_large_and_many_small(shipments):
    sizes = sorted(Counter(row["receiver_tax_number"] for row, _ in shipments if row["receiver_tax_number"]).values())
    assert sizes[-1] > 20 * sizes[len(sizes) // 2]


def test_each_planted_row_comes_after_a_listing_and_each_decoy_lacks_one_sign(customs, shipments):
    listed = {one.tax_number: one.listed for one in customs.buyers}
    for row, what in shipments:
        day, buyer = row["date"], listed.get(row["receiver_tax_number"])
        if what.startswith("route:"):
            route = customs.routes[int(what.removeprefix("route:"))]
            assert any(one.listed and str(one.listed) < day for one in (route.buyer, route.middle))
        if what == "decoy:firm" and row["receiver_tax_number"]:
            assert buyer is None
        if what == "decoy:day":
            assert day <= "2022-02-24"


def test_a_matcher_that_knew_the_truth_is_judged_perfect_and_one_that_guesses_is_not():
    truth = {1: "route:1", 2: "route:1", 3: "route:2", 4: "route:2", 5: "decoy:day", 6: "ordinary", 7: "route:3"}
    assert judged([{1, 2}, {3, 4}], truth, first=2) == (1.0, 1.0, 2)
    assert judged([{5, 6}, {1, 5}, {3, 4, 5}], truth, first=2) == (0.0, 0.5, 2)
    assert judged([], truth, first=2) == (0.0, 0.0, 2)


def test_what_is_written_is_read_back_with_its_truth(tmp_path):
    file, truth = write(Customs(300), tmp_path)
    with file.open(encoding="utf-8") as rows, truth.open(encoding="utf-8") as told:
        read, labels = list(csv.DictReader(rows)), list(csv.DictReader(told))
    assert [row["declaration"] for row in read] == [row["declaration"] for row in labels]
    assert [number_of(row["declaration"]) for row in labels] == list(range(300))
