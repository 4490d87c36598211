"""What the marking says, on the page of a component; and the form on which a reading is accepted."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from catalogue.web.marking_reasons import FORMS, told
from tests.actions.test_candidates import MARKING, analog, found, now  # noqa: F401 (a fixture)
from tests.actions.test_review import long_ago

from .reading import page


def section(text):
    return html.unescape(re.search(r'id="readings">(.*?)</section>', text, re.DOTALL)[1])


def offered(text):
    return html.unescape(re.search(r'<form method="post" action="([^"]*/readings/[^"]*)"', text)[1])


def test_the_page_says_what_the_marking_says_and_that_nobody_asserts_it(world, analog):  # noqa: F811
    said = section(page(world, "rita", f"/components/{found(world).reference}/"))
    for words in (
        "Proposed by rules, asserted by nobody.", ">AD9361BBCZ</a>", ">Analog Devices</a>", "fits well", "of 100",
        "week 31 of 2017", "(year and week)", "taken first", "China", "has the form of Analog Devices's numbers",
    ):  # fmt: skip
        assert words in said, words
    assert "Accept" not in said  # Rita reads


def test_of_a_description_it_says_that_nothing_is_plausible(world):
    said = section(page(world, "olena", f"/components/{found(world, marking='Battery').reference}/"))
    assert "Nothing plausible." in said and "a description in words" in said and "<button" not in said


def test_a_component_without_a_marking_has_no_such_section(world):
    assert 'id="readings"' not in page(world, "olena", f"/components/{found(world, marking='').reference}/")


def test_one_press_accepts_what_is_recorded_and_the_page_says_so(world, analog):  # noqa: F811
    chip = found(world)
    taras = world.client("taras")
    to = offered(page(world, "taras", f"/components/{chip.reference}/"))
    for words in (
        "is identified as Analog Devices AD9361-BBCZ",
        "was identified as Analog Devices AD9361-BBCZ already",
    ):
        answer = taras.post(to, {"at_once": "1"}, follow=True)
        assert words in answer.content.decode() and "take it back" in answer.content.decode()
    said = section(answer.content.decode())
    assert "Accepted; see the identifications." in said
    assert now(world, chip).part == analog[1] and now(world, chip).marking == MARKING


def test_what_is_not_recorded_is_shown_first_and_recorded_only_when_ticked(world):
    chip, taras = found(world), world.client("taras")
    to = offered(page(world, "taras", f"/components/{chip.reference}/"))
    shown = html.unescape(taras.post(to, {"at_once": "1"}).content.decode())
    assert "Record “Analog Devices” as a new maker" in shown and "Record “AD9361BBCZ” as a new part" in shown
    assert now(world, chip).manufacturer is None
    sent = {"confidence": "high", "reasons": "Read under the microscope.", "chosen": "YYWW:2017-07-31"}
    refused = html.unescape(taras.post(to, sent).content.decode())
    assert "Name the maker, or tick that it is recorded new." in refused and "microscope" in refused
    answer = taras.post(to, sent | {"new_manufacturer": "on", "new_part": "on"}, follow=True).content.decode()
    assert "is identified as Analog Devices AD9361BBCZ" in answer and "Read under the microscope." in answer
    assert now(world, chip, "taras").made == "2017-07-31/2017-08-06"


def test_the_date_may_be_left_or_taken_without_choosing(world, analog):  # noqa: F811
    left, open_ = found(world, marking="AD9361BBCZ\n#2018"), found(world, marking="AD9361BBCZ\n#2018")
    sent = {"manufacturer": "analog-devices", "part": str(analog[1].pk), "confidence": "low"}
    for chip, chosen, date in ((left, "", ("", "")), (open_, "all", ("2018", ""))):
        to = offered(page(world, "taras", f"/components/{chip.reference}/"))
        assert world.client("taras").post(to, sent | {"chosen": chosen}).status_code == 302
        assert (now(world, chip).date_code, now(world, chip).made) == date
    assert "Readings of the date code" in page(world, "rita", f"/components/{open_.reference}/")


def test_of_a_reviewed_specimen_its_date_takes_a_reason_and_the_opinion_does_not(world, analog):  # noqa: F811
    chip = found(world, level="amber")
    for reader, review in (("olena", "in-review"), ("taras", "reviewed")):
        world.send(reader, "patch", "/api/v1/specimens/KND-2026-AMBER/", {"review": review}, 200)
    long_ago(world)
    taras, to = world.client("taras"), offered(page(world, "taras", f"/components/{chip.reference}/"))
    assert "Why it is amended" in taras.post(to, {"at_once": "1"}).content.decode()
    sent = {
        "manufacturer": "analog-devices",
        "part": str(analog[1].pk),
        "confidence": "low",
        "chosen": "YYWW:2017-07-31",
    }
    assert taras.post(to, sent | {"chosen": ""}).status_code == 302
    assert now(world, chip).made == ""
    assert "say in `reason` why" in taras.post(to, sent).content.decode()
    assert taras.post(to, sent | {"reason": "The code was overlooked."}).status_code == 302
    assert now(world, chip).date_code == "1731"


def test_an_address_that_names_no_reading_is_not_found(world, analog):  # noqa: F811
    chip = found(world)
    for query in ("?mpn=XC7Z020&base=", "?mpn=%00&base=%E2%80%AE", "?base="):
        page(world, "taras", f"/components/{chip.reference}/readings/{query}", 404)


def test_a_page_without_a_marking_costs_no_query_more_and_one_with_it_five(world, analog):  # noqa: F811
    asked = {}
    for marking in ("Battery", MARKING):
        chip = found(world, marking=marking)
        page(world, "rita", f"/components/{chip.reference}/")
        with CaptureQueriesContext(connection) as queries:
            page(world, "rita", f"/components/{chip.reference}/")
        asked[marking] = len(queries)
    assert asked[MARKING] == asked["Battery"] + 5


@pytest.mark.parametrize("form", FORMS)
def test_every_reason_is_said_in_ukrainian(form):
    sentence = re.sub(r"%\((\w+)\)s", r"X9", form)
    with translation.override("uk"):
        assert told(sentence) != sentence and "%" not in told(sentence)
    with translation.override("en"):
        assert told(sentence) == sentence


def test_a_reason_of_no_known_form_is_said_as_it_is():
    with translation.override("uk"):
        assert told("a rule that came later (5 % of them)") == "a rule that came later (5 % of them)"
