"""Proposals by rules: read by curators, accepted many at once, taken back; counted nowhere before."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.actions.identify import identify
from catalogue.actions.proposals import accept_proposals, reject_proposals, take_back
from catalogue.actions.record import amend
from catalogue.actions.refusals import NotAllowed
from catalogue.models import Component, Identification, Part
from catalogue.security.viewing import viewing_as
from tests.imports.files import ROWS, table

from .reading import page, words
from .test_imports_pages import desk, done, taken  # noqa: F401

FILE = table(
    [
        ROWS[0],
        ("p-5", "Transceiver MAX3221 CAE 2041", "Acme Semiconductor", "US", ROWS[0][4], "2026-06-13"),
        ("p-6", "Relay TRR1C05D00D", "Acme Semiconductor", "US", ROWS[0][4], "2026-06-13"),
        ("p-7", "Battery", "Acme Semiconductor", "US", ROWS[0][4], "2026-06-13"),
    ]
)


@pytest.fixture
def imported(desk):  # noqa: F811
    """An import of four entries, of which three quote a number."""
    desk.page = taken(desk, FILE)
    desk.preview = words(page(desk, "olena", desk.page))
    done(desk, desk.page)
    return desk


def waiting(world, query=""):
    return re.findall(r'name="one" value="([^"]*)"', page(world, "olena", f"/proposals/{query}"))


def post(world, data, reader="olena", path="/proposals/"):
    return world.client(reader).post(path, data, follow=True)


def of(world, entry):
    with viewing_as(world.viewer("olena")):
        return Component.objects.select_related("part", "manufacturer").get(published_record__entry_id=entry)


def test_the_preview_says_what_is_quoted_and_proposed(imported):
    assert "Markings quoted: 3" in imported.preview
    assert "Proposals by rules, moderate confidence: 2" in imported.preview
    assert "Proposals by rules, low confidence: 1" in imported.preview
    assert "quotes “MAX3221 CAE 2040” · read as MAX3221CAE (Moderate, proposed by rules)" in imported.preview


def test_the_list_shows_what_is_read_and_the_component_page_that_nobody_says_so(imported):
    text = words(page(imported, "olena", "/proposals/"))
    assert "3 proposals" in text and "asserted by nobody" in text and "MAX3221CAE" in text
    number = imported.page.split("/")[2]
    assert len(waiting(imported, f"?imported={number}")) == 3 and len(waiting(imported, "?confidence=low")) == 1
    assert waiting(imported, "?imported=01890000-0000-7000-8000-000000000000") == []
    said = words(page(imported, "olena", f"/components/{of(imported, 'p-1').reference}/"))
    assert "by rules, asserted by nobody" in said
    assert f"/proposals/?imported={number}" in page(imported, "olena", imported.page)


def test_all_are_accepted_at_once_and_their_parts_recorded_and_it_is_taken_back(imported):
    before = imported.get("olena", "/api/v1/components/?number=MAX3221&count=true")["count"]
    text = words(post(imported, {"all": "1"}).content.decode())
    assert "3 proposals are accepted. 2 part types were recorded for it." in text and "0 proposals" in text
    assert before == 0 and imported.get("olena", "/api/v1/components/?number=MAX3221&count=true")["count"] == 2
    first, second = of(imported, "p-1"), of(imported, "p-5")
    assert (first.part.number, first.confidence, first.part) == ("MAX3221CAE", "moderate", second.part)
    with viewing_as(imported.viewer("olena")):
        opinion = Identification.objects.get(component=first, state="accepted")
        assert (opinion.identified_by.username, opinion.basis_id) == ("olena", "marking-read")
        assert opinion.audience_id == first.audience_id
    back = re.search(r'name="back" value="([^"]*)"', post(imported, {"act": "accept"}).content.decode())
    assert back is None, "nothing chosen is nothing done"
    with viewing_as(imported.viewer("olena")):
        batch = Identification.pgh_event_model.objects.order_by("-pgh_id").first().pgh_context["accepted"]
    assert "3 proposals wait again." in words(post(imported, {"back": batch}).content.decode())
    assert of(imported, "p-1").part is None and of(imported, "p-1").manufacturer.name == "Acme Semiconductor"
    assert len(waiting(imported)) == 3
    with viewing_as(imported.viewer("olena")):
        assert not Part.objects.filter(number__startswith="MAX", voided_at=None).exists()


def test_the_chosen_are_rejected_and_wait_no_longer(imported):
    one, *others = waiting(imported)
    assert "1 proposal is rejected." in words(post(imported, {"one": one, "act": "reject"}).content.decode())
    assert waiting(imported) == others
    assert "Nothing was chosen" in words(post(imported, {"one": one, "act": "accept"}).content.decode())


def test_what_somebody_identified_since_is_proposed_no_longer_and_not_overruled(imported):
    found = of(imported, "p-1")
    with viewing_as(imported.viewer("taras")) as taras:
        identify(
            component=found, manufacturer=imported.makers["volta"], basis="laboratory", confidence="high", actor=taras
        )
    assert len(waiting(imported)) == 2
    post(imported, {"all": "1"})
    assert of(imported, "p-1").manufacturer.name == "Volta Elektronik"


def test_taking_back_leaves_what_was_changed_since(imported):
    with viewing_as(imported.viewer("olena")) as olena:
        done_ = accept_proposals(waiting_ids(), actor=olena)
        opinion = Identification.objects.get(component=of(imported, "p-1"), state="accepted")
        amend(opinion, {"confidence": "high"}, actor=olena)
        part = opinion.part
        assert take_back(done_.batch, actor=olena) == (2, 1)
        opinion.refresh_from_db()
        part.refresh_from_db()
        assert (opinion.state, part.voided_at) == ("accepted", None)


def waiting_ids():
    return list(Identification.objects.filter(state="proposed").values_list("pk", flat=True))


def test_the_same_proposals_are_accepted_once(imported):
    with viewing_as(imported.viewer("olena")) as olena:
        ids = waiting_ids()
        assert accept_proposals(ids * 2, actor=olena).proposals == 3
        again = accept_proposals(ids, actor=olena)
        assert (again.proposals, again.parts) == (0, 0)
        assert reject_proposals(ids, actor=olena).proposals == 0


def test_only_curators_of_the_agency_act_on_its_proposals(imported):
    ids = waiting(imported)
    for reader in ("taras", "rita"):
        with viewing_as(imported.viewer(reader)) as actor, pytest.raises(NotAllowed):
            accept_proposals(ids, actor=actor)
    assert post(imported, {"one": ids}, reader="piet").status_code == 200
    assert "0 proposals" in words(page(imported, "piet", "/proposals/"))
    assert len(waiting(imported)) == 3


@pytest.mark.parametrize("value", ["", "x", "\u202e", "'; --", "1" * 10_000, "\0"])
def test_what_is_no_proposal_is_passed_over(imported, value):
    assert post(imported, {"one": value, "act": "accept"}).status_code == 200
    assert post(imported, {"back": value}).status_code == 400
    for name in ("imported", "confidence", "before", "back"):
        assert imported.client("olena").get("/proposals/", {name: value}).status_code == 200
    assert len(waiting(imported)) == 3


def test_the_list_asks_as_often_for_one_proposal_as_for_many(imported):
    def asked(query):
        page(imported, "olena", "/proposals/" + query)
        with CaptureQueriesContext(connection) as captured:
            page(imported, "olena", "/proposals/" + query)
            return len(captured)

    assert asked("?confidence=low") == asked("")
