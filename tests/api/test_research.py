"""Answers that can be published: what they count, of how much, and that page, interface and file agree."""

import csv
import io

import pytest

from catalogue.actions.components import record_component
from catalogue.actions.record import amend, record
from catalogue.markings.dates import parse
from catalogue.models import Claim, Level, OrganisationRelation, Part, RouteLeg
from catalogue.queries.research import ANSWERS
from catalogue.security.viewing import viewing_as

READERS = ("olena", "piet", "nobody")
ASKED = [
    *((name, "") for name in ANSWERS),
    ("shares", "by=country"), ("shares", "by=country&country=marked"), ("shares", "by=country&country=dispatch"),
    ("shares", "by=category&per=system"), ("shares", "by=tier&unit=pieces"), ("shares", "unit=specimens&per=specimen"),
    ("shares", "unit=parts&by=country"), ("dating", "per=system&unit=pieces"), ("timeline", "period=month"),
    ("timeline", "period=year"), ("timeline", "period=quarter"), ("lag", "by=system"), ("lag", "by=half"),
    ("seen", "by=part"), ("substitution", "country=marked&period=year"), ("substitution", "country=dispatch"),
    ("makers", "makers=made"),
    ("makers", "makers=today&unit=pieces"), ("commonality", "what=parts"), ("commonality", "what=boards"),
    ("commonality", "what=lots"),
    ("commonality", "what=parts&of=KND-2026-CLEAR"), ("commonality", "of=knd-2026-clear"),
    ("commonality", "what=lots&of=KND-2026-CLEAR"), ("commonality", "what=boards&of=kite"),
    ("beside", "a=KND-2026-CLEAR&b=kite&what=parts"), ("beside", "a=kite&b=KND-2026-CLEAR"),
    ("shares", "system=kite&top=1&q=acm&made_after=2021"),
]  # fmt: skip


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(("name", "query"), ASKED)
def test_page_interface_and_file_give_the_same_rows(world, reader, name, query):
    told = world.get(reader, f"/api/v1/research/{name}/?{query}")
    rows = [[str("" if v is None else v) for v in row.values()] for row in told["results"]]
    text = world.client(reader).get(f"/api/v1/research/{name}/?{query}&format=csv").content.decode()
    table = list(csv.reader(io.StringIO(text)))
    assert table[0] == [column["name"] for column in told["columns"]]
    assert table[1:] == rows
    page = world.client(reader).get(f"/research/{name}/?{query}")
    assert page.status_code == 200
    body = page.content.decode()
    assert body.count("<tr>") == (len(rows) + 1 if rows else 0)
    assert told["totals"]["denominator"] >= 0 and "undated" in told["totals"]
    assert told["permalink"].startswith(f"/research/{name}/")


def test_a_part_that_is_everywhere_weighs_nothing_and_a_batch_of_two_ties_them(world):
    """All five specimens hold ACM-3221; two of them a part of one date code."""
    olena = world.viewer("olena")
    with viewing_as(olena):
        rare = record(Part, [{"manufacturer": world.makers["volta"], "number": "VE-9"}], actor=olena,
                      handling=Level.CLEAR)[0]  # fmt: skip
        for name in ("clear", "green"):
            record_component(
                specimen=world.specimens[name], manufacturer=world.makers["volta"], part=rare, confidence="high",
                date_code="2231", actor=olena, handling=Level.CLEAR,
            )  # fmt: skip
    told = world.get("olena", "/api/v1/research/commonality/?of=KND-2026-CLEAR&what=parts")["results"]
    assert told[0]["specimen"] == "KND-2026-GREEN"
    assert {row["specimen"]: row["weight"] for row in told}["KND-2026-RED"] == 0
    ties = world.get("olena", "/api/v1/research/commonality/")["results"]
    assert [(row["number"], row["date_code"], row["specimens"]) for row in ties] == [("VE-9", "2231", 2)]
    assert ties[0]["references"] == "KND-2026-CLEAR KND-2026-GREEN"
    # Who may not see the second specimen is not told that it is tied to the first.
    assert world.get("nobody", "/api/v1/research/commonality/")["results"] == []
    beside = world.get("olena", "/api/v1/research/beside/?a=KND-2026-CLEAR&b=KND-2026-STRICT&what=parts")["results"]
    assert [(row["number"], row["a"], row["b"]) for row in beside] == [("ACM-3221", 1, 1), ("VE-9", 1, 0)]


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("by=colour", "by"), ("top=0", "top"), ("page_size=5", "page_size"), ("format=xml", "format"),
        ("secret=1", "secret"), ("system=hidden", "system"), ("made_after=soon", "made_after"), ("q=%00", "q"),
        ("by=%00", "by"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_answered_with_a_sentence(world, query, named):
    assert named in world.get("olena", f"/api/v1/research/shares/?{query}", 400)["errors"]
    assert world.client("olena").get(f"/research/shares/?{query}").status_code == 400


def test_a_hidden_specimen_is_answered_like_one_that_does_not_exist(world):
    for name in ("KND-2026-RED", "KND-2026-NONE"):
        told = world.get("nobody", f"/api/v1/research/commonality/?of={name}", 400)
        assert told["errors"]["of"] == [f"there is no specimen or weapon system {name!r} that you may see."]


def test_hidden_records_are_in_no_figure(world):
    counts = {reader: world.get(reader, "/api/v1/research/shares/")["totals"]["denominator"] for reader in READERS}
    listed = {r: world.get(r, "/api/v1/components/?count=true")["count"] for r in READERS}
    assert counts == listed and counts["nobody"] < counts["olena"]


def test_makers_are_ranked_as_printed_as_owned_then_and_as_owned_now(world):
    """Volta acquired Acme in 2020: what Acme made before is Acme's then, and Volta's now."""
    olena = world.viewer("olena")
    with viewing_as(olena):
        record(
            OrganisationRelation,
            [{"subject": world.makers["acme"], "object": world.makers["volta"], "kind_id": "acquired",
              "since": parse("2020-01-01")}],
            actor=olena, handling=Level.CLEAR,
        )  # fmt: skip
        for made in ("2019", "2021"):
            record_component(
                specimen=world.specimens["clear"], manufacturer=world.makers["acme"], confidence="high",
                made=parse(made), actor=olena, handling=Level.CLEAR,
            )  # fmt: skip
    found = {}
    for basis in ("printed", "made", "today"):
        told = world.get("olena", f"/api/v1/research/makers/?makers={basis}")
        found[basis] = {row["name"]: row[basis] for row in told["results"]}
        assert sum(found[basis].values()) == told["totals"]["attributed"] == 7
    acme, volta = "Acme Semiconductor", "Volta Elektronik"
    assert found == {"printed": {acme: 7}, "made": {acme: 6, volta: 1}, "today": {volta: 7}}


def test_a_published_claim_stands_beside_our_count_and_an_estimate_apart(world):
    olena = world.viewer("olena")
    with viewing_as(olena):
        record(
            Claim,
            [
                {"kind": kind, "by": by, "text": text, "system": world.system, "country_id": "US", "numerator": figure,
                 "denominator": "52", "unit": "components"}
                for kind, by, text, figure in (
                    ("estimate", "A minister", "So many in one night.", "9000"),
                    ("figure", "An office", "Of one Kite.", "40"),
                    ("denial", "Acme", "None of ours.", "0"),
                )
            ],
            actor=olena, handling=Level.CLEAR,
        )  # fmt: skip
    told = world.get("olena", "/api/v1/research/claims/")
    assert [row["kind"] for row in told["results"]] == ["figure", "denial", "estimate"]
    assert {(row["ours"], row["ours_of"], row["ours_share"]) for row in told["results"]} == {(5, 5, 100)}
    assert (told["totals"]["numerator"], told["totals"]["denominator"], told["totals"]["records"]) == (2, 3, 5)
    body = world.client("olena").get("/research/claims/").content.decode()
    assert "40 of 52" in body and "5 of 5" in body and "An estimate is no count" in body
    fewer = world.get("nobody", "/api/v1/research/claims/")["results"]
    assert {(row["ours"], row["ours_of"]) for row in fewer} == {(1, 1)}


def test_a_specimen_with_parts_of_two_makers_counts_in_both_and_once_in_all(world):
    olena = world.viewer("olena")
    with viewing_as(olena):
        record_component(
            specimen=world.specimens["clear"], manufacturer=world.makers["volta"], confidence="high", quantity=7,
            made=parse("2021"), actor=olena, handling=Level.CLEAR,
        )  # fmt: skip
        record_component(specimen=world.specimens["clear"], actor=olena, handling=Level.CLEAR)

    def asked(query):
        told = world.get("olena", f"/api/v1/research/shares/?{query}")
        return {row["name"]: row["count"] for row in told["results"]}, told["totals"]

    counts, totals = asked("unit=specimens")
    assert counts == {"Acme Semiconductor": 5, "Volta Elektronik": 1}
    assert (totals["denominator"], totals["attributed"], totals["unattributed"]) == (5, 5, 1)
    counts, totals = asked("unit=pieces")
    assert counts == {"Acme Semiconductor": 5, "Volta Elektronik": 7}
    assert (totals["denominator"], totals["attributed"], totals["undated"], totals["records"]) == (13, 12, 6, 7)
    counts, totals = asked("unit=parts")
    assert counts == {"Acme Semiconductor": 1} and totals["denominator"] == 1
    told = world.get("olena", "/api/v1/research/shares/?by=country&per=system")["results"]
    assert [(row["system"], row["country"], row["count"], row["of"]) for row in told] == [
        ("kite", "US", 5, 7), ("kite", "DE", 1, 7),
    ]  # fmt: skip
    assert [(row["share"], row["share_attributed"]) for row in told] == [(71.43, 83.33), (14.29, 16.67)]


def test_the_country_of_dispatch_is_that_of_documented_legs_alone(world):
    olena = world.viewer("olena")
    with viewing_as(olena):
        RouteLeg.objects.filter(pk=world.legs["sold"].pk).update(dispatch_country_id="HK")
        RouteLeg.objects.filter(pk=world.legs["landed"].pk).update(dispatch_country_id="TR")  # inferred
    told = world.get("olena", "/api/v1/research/shares/?by=country&country=dispatch")
    assert [(row["country"], row["count"]) for row in told["results"]] == [("HK", 5)]
    assert any("It does not prove" in sentence for sentence in told["basis"])


def test_the_lag_is_the_interval_that_two_intervals_allow(world):
    olena = world.viewer("olena")
    with viewing_as(olena):
        amend(world.specimens["clear"], {"recovered": parse("2023-04-01")}, actor=olena)
        for made in ("2023-01-02/2023-01-08", "2023-02-01/..", ""):
            more = {"made": parse(made)} if made else {}
            record_component(specimen=world.specimens["clear"], actor=olena, handling=Level.CLEAR, **more)
    told = world.get("olena", "/api/v1/research/lag/?by=system")
    row = told["results"][0]
    assert (row["count"], row["shortest"], row["median_least"], row["median_most"], row["longest"]) == (
        1,
        83,
        83,
        89,
        89,
    )
    assert (told["totals"]["open"], told["totals"]["undated"], told["totals"]["denominator"]) == (1, 6, 8)
