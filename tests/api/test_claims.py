"""Claims: figures as published with their unit, basis and source; estimates apart; denials beside what they deny."""

import csv
import os
from pathlib import Path

import pytest

from catalogue.markings.dates import parse

DATA = Path(os.environ.get("FORENSICS_DATA") or Path(__file__).resolve().parents[2] / "../shared/data")
CASES = DATA / "facts" / "published_cases.csv"
OFFICE = {"kind": "figure", "by": "An office", "text": "Of one Kite.", "numerator": "40", "denominator": "52",
          "unit": "components removed", "counted_by": "brand", "country": "US", "system": "kite",
          "made": "2023-01-04", "handling": "CLEAR"}  # fmt: skip


def sent(world, status=201, **changes):
    return world.send("olena", "post", "/api/v1/claims/", OFFICE | changes, status)


def test_a_claim_keeps_the_unit_and_basis_of_its_source_and_is_changed_and_voided(world):
    source = world.source.slug
    claim = sent(world, citations=[{"source": source, "locator": "p. 3"}])
    assert (claim["numerator"], claim["unit"], claim["counted_by"]) == ("40", "components removed", "brand")
    assert claim["system"]["slug"] == "kite" and claim["citations"][0]["locator"] == "p. 3"
    address = f"/api/v1/claims/{claim['id']}/"
    assert world.send("olena", "patch", address, {"numerator": "41"}, 200)["numerator"] == "41"
    told = world.get("nobody", "/api/v1/research/claims/")["results"]
    assert [(row["numerator"], row["denominator"], row["source"]) for row in told] == [("41", "52", source)]
    assert world.get("olena", "/api/v1/claims/?system=kite&kind=figure&count=true")["count"] == 1
    world.send("olena", "delete", address, {"reason": "Recorded twice."}, 204)
    assert world.get("nobody", "/api/v1/research/claims/")["results"] == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": "  "}, "text"), ({"by": ""}, "by"), ({"numerator": "", "denominator": ""}, "numerator"),
        ({"unit": ""}, "unit"), ({"kind": "rumour"}, "kind"), ({"system": "hidden"}, "system"),
        ({"country": "XX"}, "country"),
    ],
)  # fmt: skip
def test_a_claim_that_cannot_be_checked_is_refused_by_its_field(world, changes, field):
    assert field in sent(world, 400, **changes)["errors"]


def test_a_hidden_claim_is_in_no_list_and_no_answer(world):
    hidden = sent(world, handling="RED")
    for reader in ("sam", "nobody"):
        assert world.get(reader, "/api/v1/claims/?count=true")["count"] == 0
        assert world.get(reader, "/api/v1/research/claims/")["totals"]["denominator"] == 0
        assert world.client(reader).get(f"/api/v1/claims/{hidden['id']}/").status_code == 404


def rows():
    if not CASES.exists():
        pytest.skip(f"{CASES} is not here; it holds figures that others published.")
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def as_claim(case):
    """A published case as it is sent: an estimate is said to be one by its own unit."""
    estimate = case["unit"].startswith("estimated")
    return {
        "kind": "estimate" if estimate else "figure",
        "text": case["claim"],
        "by": case["source_org"],
        "made": case["claim_date"],
        "numerator": case["numerator"],
        "denominator": case["denominator"],
        "unit": case["unit"],
        "counted_by": case["basis"],
        "handling": "CLEAR",
    }


def test_every_published_case_is_recorded_as_it_was_published(world):
    cases = rows()
    for case in cases:
        claim = as_claim(case)
        if not (claim["numerator"] or claim["denominator"]):
            claim |= {"kind": "statement", "unit": claim["unit"]}
        source = world.send("olena", "post", "/api/v1/sources/", {
            "title": case["id"], "kind": "press", "source_url": case["url"] if case["url"].startswith("http") else "",
            "handling": "CLEAR",
        }, 201)  # fmt: skip
        world.send("olena", "post", "/api/v1/claims/", claim | {"citations": [{"source": source["slug"]}]}, 201)
    told = world.get("nobody", "/api/v1/research/claims/")
    by_text = {row["claim"]: row for row in told["results"]}
    assert len(by_text) == len(cases) == told["totals"]["denominator"]
    for case in cases:
        row = by_text[case["claim"]]
        assert (row["numerator"], row["denominator"], row["unit"], row["counted_by"]) == (
            case["numerator"], case["denominator"], case["unit"], case["basis"],
        )  # fmt: skip
        assert row["by"] == case["source_org"] and row["source"] and parse(row["made"]) == parse(case["claim_date"])
    estimates = [row for row in told["results"] if row["kind"] == "estimate"]
    assert estimates == told["results"][-len(estimates) :] != []
    # Nothing published is added to what is counted: the catalogue's own records are those of its components alone.
    assert told["totals"]["records"] == world.get("nobody", "/api/v1/components/?count=true")["count"]
    assert told["totals"]["numerator"] == len(cases) - len(estimates)


def test_a_claim_is_recorded_on_its_page_and_leads_to_what_it_concerns(world):
    olena = world.client("olena")
    typed = {"kind": "denial", "text": "Жодної нашої деталі.", "by": "Acme", "system": "kite", "handling": "0",
             "citations-TOTAL_FORMS": "0", "citations-INITIAL_FORMS": "0"}  # fmt: skip
    page = olena.post("/claims/new/", typed)
    assert page.status_code == 302, page.content.decode()[:3000]
    claim = world.get("olena", "/api/v1/claims/?kind=denial")["results"][0]
    assert (claim["text"], claim["system"]["slug"]) == ("Жодної нашої деталі.", "kite")
    assert olena.get(f"/claims/{claim['id']}/")["Location"] == "/systems/kite/"
    assert "Жодної нашої деталі." in olena.get("/research/claims/").content.decode()
    refused = olena.post("/claims/new/", typed | {"kind": "figure"}).content.decode()
    assert "A figure or an estimate has a number; write it as published." in refused and "Жодної" in refused
