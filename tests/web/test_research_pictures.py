"""The pictures above answers: made of the table's rows alone, with names, units and what they leave out."""

import json
import re
from html import unescape

import pytest

from catalogue.actions.record import record
from catalogue.models import Claim, Level
from catalogue.security.viewing import viewing_as
from catalogue.web.research_pictures import published, span
from tests.api.test_answers_lead import ASKED, fill


def picture(world, address):
    """The picture that the page hands to its script."""
    body = world.client("olena").get(f"/research/{address}").content.decode()
    found = re.search(r'<script id="picture" type="application/json">(.*?)</script>', body, re.S)
    assert found, f"{address} has no picture"
    return json.loads(unescape(found[1]))


@pytest.mark.parametrize(("name", "query"), ASKED)
def test_every_answer_has_a_picture_with_a_value_for_each_name(world, name, query):
    fill(world)
    drawn = picture(world, f"{name}/?{query}")
    assert drawn["labels"] and drawn["series"] and (drawn["unit"] or drawn.get("percent"))
    assert {len(one["values"]) for one in drawn["series"]} == {len(drawn["labels"])}
    assert any(value for one in drawn["series"] for value in one["values"])


def test_a_bar_of_first_and_last_stands_where_its_years_are(world):
    fill(world)
    drawn = picture(world, "seen/")
    made, recovered = drawn["series"]
    at = drawn["labels"].index("Volta Elektronik")
    assert (made["said"][at], made["from"][at]) == ("2022-04-03 – 2022-10-31", 2022.255)
    assert recovered["said"][at] == "2023-02-01 – 2023-04-01" and drawn["axis"] == "years"


def test_where_nothing_has_a_day_no_axis_of_years_is_drawn(world):
    body = world.client("olena").get("/research/seen/").content.decode()
    assert "<table" in body and 'id="picture"' not in body


def test_a_bar_without_days_is_none_and_one_of_a_day_is_seen():
    assert span(["2022-01-01", None], ["2022-01-01", "2023-01-01"]) == {
        "from": [2022.0, None], "values": [round(1 / 12, 3), None], "said": ["2022-01-01 – 2022-01-01", ""],
    }  # fmt: skip


def test_two_that_stand_side_by_side_are_called_by_their_names(world):
    fill(world)
    drawn = picture(world, "beside/?a=KND-2026-CLEAR&b=kite&what=parts")
    assert [one["name"] for one in drawn["series"]] == ["KND-2026-CLEAR", "Kite"]


def test_specimens_are_drawn_by_the_half_year_of_their_newest_date(world):
    fill(world)
    drawn = picture(world, "assembly/")
    assert (drawn["labels"], drawn["series"][0]["values"]) == (["2022-H2"], [2])


def test_a_published_share_stands_beside_ours_and_an_estimate_is_not_drawn(world):
    fill(world)
    olena = world.viewer("olena")
    claim = {"by": "An institute", "text": "Of 52 components 40 were from there.", "country_id": "DE", "unit": "parts"}
    with viewing_as(olena):
        record(
            Claim,
            [
                claim | {"kind": "figure", "numerator": "40", "denominator": "52"},
                claim | {"kind": "figure", "numerator": "about 40", "denominator": "52"},
                claim | {"kind": "estimate", "numerator": "100,688", "denominator": "120,000"},
            ],
            actor=olena,
            handling=Level.CLEAR,
        )
    drawn = picture(world, "claims/")
    assert drawn["series"][0]["values"] == [76.92] and len(drawn["labels"]) == 1
    assert drawn["labels"] == ["DE 40/52 · An institute"] and drawn["percent"]
    assert "units of their own" in drawn["note"] and "2 claims without both figures" in drawn["note"]


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [("318", "450", 70.67), ("2,358", "3,292", 71.63), ("over 50", "100", 0), ("60", "50", 0), ("", "", 0)],
)
def test_only_two_numbers_make_a_published_share(part, whole, share):
    assert published({"numerator": part, "denominator": whole}) == share
