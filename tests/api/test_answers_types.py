"""Part types that were merged count as one in every answer, until the merge is taken back."""

import pytest

from catalogue.actions.components import record_component
from catalogue.actions.merge import merge, unmerge
from catalogue.actions.record import record
from catalogue.models import Level, Part
from catalogue.security.viewing import viewing_as


@pytest.fixture
def two(world):
    """One part entered twice: the one in one specimen, the other in another, both of one date code."""
    olena = world.viewer("olena")
    with viewing_as(olena):
        world.two = [
            record(Part, [{"manufacturer": world.makers["volta"], "number": number}], actor=olena,
                   handling=Level.CLEAR)[0]
            for number in ("VE-9", "VE9A")
        ]  # fmt: skip
        for name, part in zip(("clear", "green"), world.two, strict=True):
            record_component(
                specimen=world.specimens[name], manufacturer=world.makers["volta"], part=part, confidence="high",
                date_code="2231", actor=olena, handling=Level.CLEAR,
            )  # fmt: skip
    return world


def told(world):
    """What each answer says of the two."""

    def rows(query):
        return world.get("olena", f"/api/v1/research/{query}")["results"]

    pair = "a=KND-2026-CLEAR&b=KND-2026-GREEN&what=parts"
    return {
        "tied": [(r["number"], r["specimens"]) for r in rows("commonality/")],
        "near": [r["rarest"] for r in rows("commonality/?of=KND-2026-CLEAR&what=batches")],
        "beside": sorted((r["number"], r["a"], r["b"]) for r in rows(f"beside/?{pair}") if r["number"][:2] == "VE"),
        "seen": sorted((r["number"], r["count"]) for r in rows("seen/?by=part") if r["number"][:2] == "VE"),
        "shares": {r["maker"]: r["count"] for r in rows("shares/?unit=parts")}["volta-elektronik"],
    }


def test_merged_part_types_are_one_until_that_is_taken_back(two):
    olena, (kept, other) = two.viewer("olena"), two.two
    before = told(two)
    assert before["tied"] == before["near"] == []
    assert before["beside"] == [("VE-9", 1, 0), ("VE9A", 0, 1)] and before["seen"] == [("VE-9", 1), ("VE9A", 1)]
    with viewing_as(olena):
        merge(records=[other], into=kept, actor=olena, reason="One part.")
    after = told(two)
    assert after["tied"] == [("VE-9", 2)] and after["near"] == ["VE-9"]
    assert after["beside"] == [("VE-9", 1, 1)] and after["seen"] == [("VE-9", 2)]
    assert after["shares"] == before["shares"] - 1
    with viewing_as(olena):
        unmerge(records=[other], actor=olena, reason="Two after all.")
    assert told(two) == before
