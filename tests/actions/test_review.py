"""A second person's review, and what it means for the evidence afterwards."""

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from catalogue.actions.record import record
from catalogue.actions.refusals import Refused
from catalogue.models import Component, ComponentIdentifier, PhotoRegion, Specimen
from catalogue.security.viewing import viewing_as
from tests.api.test_regions import photograph

ADDRESS = "/api/v1/specimens/KND-2026-AMBER/"


def patch(world, reader, status, address=ADDRESS, **body):
    return world.send(reader, "patch", address, body, status)


def long_ago(world):
    """Put the review before what is done in the test, which PostgreSQL takes for one moment."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL app.erasing TO 'true'")
        with viewing_as(world.viewer("olena")):
            Specimen.objects.filter(reference="KND-2026-AMBER").update(reviewed_at="2026-01-01T00:00Z")
        cursor.execute("SET LOCAL app.erasing TO ''")


def reviewed(world):
    """The AMBER specimen, recorded by Olena, is sent in by her and reviewed by Taras."""
    patch(world, "olena", 200, review="in-review")
    return patch(world, "taras", 200, review="reviewed", reason="Read again.")


def test_a_specimen_goes_from_draft_to_review_to_reviewed_and_says_who_and_when(world):
    assert patch(world, "olena", 200, review="in-review")["reviewed"] is None
    found = patch(world, "taras", 200, review="reviewed")
    assert (found["review"], found["reviewed"]["by"]) == ("reviewed", "KND-TA")
    seen = world.get("piet", ADDRESS)["reviewed"]
    assert seen == found["reviewed"] and seen["at"].endswith("Z")


def test_who_recorded_it_or_sent_it_in_is_no_second_person(world):
    patch(world, "taras", 200, review="in-review")
    for first in ("olena", "taras"):
        said = patch(world, first, 403, review="reviewed")["detail"]
        assert said == "A second person reviews a specimen: not who recorded it, nor who sent it to review."
    with viewing_as(world.viewer("olena")), pytest.raises(DatabaseError), transaction.atomic():
        Specimen.objects.filter(reference="KND-2026-AMBER").update(
            review="reviewed", reviewed_by=world.users["olena"], reviewed_at="2026-01-01T00:00Z"
        )


def test_a_draft_is_not_reviewed_and_a_reviewed_one_stays_so(world):
    assert "not in review" in patch(world, "taras", 400, review="reviewed")["detail"]
    reviewed(world)
    for state in ("draft", "in-review"):
        assert "stays reviewed" in patch(world, "taras", 400, review=state, reason="no")["detail"]


def test_it_is_sent_back_with_a_remark_which_its_readers_elsewhere_are_not_told_of(world):
    patch(world, "olena", 200, review="in-review")
    assert "remark" in patch(world, "taras", 400, review="draft")["errors"]
    found = patch(world, "taras", 200, review="draft", reason="The tail number is missing.")
    assert (found["review"], found["reviewed"]) == ("draft", None)
    with viewing_as(world.viewer("olena")):
        now = Specimen.objects.get(reference="KND-2026-AMBER")
        assert (now.reviewed_by.username, now.review_remark) == ("taras", "The tail number is missing.")


def test_who_sent_it_in_takes_it_back(world):
    patch(world, "olena", 200, review="in-review")
    assert patch(world, "olena", 200, review="draft")["review"] == "draft"


@pytest.mark.parametrize("reader, status", [("rita", 403), ("ada", 403), ("piet", 403), ("sam", 404)])
def test_others_neither_send_it_in_nor_review_it(world, reader, status):
    patch(world, reader, status, review="in-review")
    patch(world, "olena", 200, review="in-review")
    patch(world, reader, status, review="reviewed")


@pytest.mark.parametrize(
    "body",
    [{"note": "N"}, {"numbers": [{"kind": "tail", "text": "7"}]}, {"citations": [{"source": "harbour-report"}]}],
    ids=["a fact", "a number", "a citation"],
)
def test_a_reviewed_specimen_changes_only_with_a_reason_which_its_history_keeps(world, body):
    reviewed(world)
    long_ago(world)
    refused = patch(world, "taras", 400, **body)
    assert list(refused["errors"]) == ["reason"] and "amendment" in refused["detail"]
    patch(world, "taras", 200, **body, reason="A slip of the pen.")
    page = world.client("piet").get("/specimens/KND-2026-AMBER/history/").content.decode()
    assert page.count("A slip of the pen.") == 1 and page.count("Amendment") == 1


def test_so_do_its_components_and_photographs_but_an_opinion_and_the_handling_are_no_amendment(world):
    reviewed(world)
    component = f"/api/v1/components/{world.components['amber'].reference}/"
    assert "reason" in patch(world, "taras", 400, component, note="N")["errors"]
    assert "reason" in world.send("taras", "delete", component, {}, 400)["errors"]
    new = {"specimen": "KND-2026-AMBER", "name": "Screw"}
    assert "reason" in world.send("taras", "post", "/api/v1/components/", new, 400)["errors"]
    world.send("taras", "post", "/api/v1/components/", new | {"reason": "Overlooked."}, 201)
    assert patch(world, "taras", 200, component, note="N", reason="Seen later.")["note"] == "N"
    assert patch(world, "taras", 200, component, manufacturer="volta-elektronik")["part"] is None
    assert patch(world, "taras", 200, component, handling="AMBER+STRICT")["handling"] == "AMBER+STRICT"
    assert patch(world, "taras", 200, handling="AMBER+STRICT")["version"]


def test_no_way_around_the_actions_changes_reviewed_evidence(world):
    with viewing_as(world.viewer("olena")):
        Component.objects.filter(pk=world.components["amber"].pk).update(quantity=1)
    reviewed(world)
    component = world.components["amber"]
    serial = {"component": component, "kind_id": "serial", "text": "1"}
    with viewing_as(world.viewer("olena")) as olena:
        ways = [
            lambda: Component.objects.filter(pk=component.pk).update(note="N"),
            lambda: Specimen.objects.filter(pk=component.specimen_id).update(review="draft"),
            lambda: record(ComponentIdentifier, [serial], actor=olena),
        ]
        for way in ways:
            with pytest.raises((DatabaseError, Refused), match="reviewed"), transaction.atomic():
                way()


SQUARE, ELSEWHERE = [[10, 10], [110, 60]], [[20, 20], [120, 70]]
REGIONS = "/api/v1/regions/"


def test_regions_of_its_photographs_are_amended_for_a_reason(world):
    photo = photograph(world)
    before = world.send("olena", "post", REGIONS, {"photo": photo, "points": SQUARE}, 201)
    reviewed(world)
    new = {"photo": photo, "points": ELSEWHERE}
    for method, address, body in (
        ("post", REGIONS, new),
        ("patch", before["url"], {"points": ELSEWHERE}),
        ("patch", before["url"], {"purpose": "mask"}),
        ("delete", before["url"], {}),
    ):
        assert list(world.send("taras", method, address, body, 400)["errors"]) == ["reason"], (method, body)
    assert patch(world, "taras", 200, before["url"], points=ELSEWHERE, reason="Drawn beside it.")["points"] == ELSEWHERE
    made = world.send("taras", "post", REGIONS, new | {"reason": "Overlooked."}, 201)
    assert patch(world, "taras", 200, made["url"], handling="AMBER+STRICT")["handling"] == "AMBER+STRICT"
    with viewing_as(world.viewer("olena")), pytest.raises(DatabaseError, match="reviewed"), transaction.atomic():
        PhotoRegion.objects.filter(pk=made["id"]).update(note="N")


def test_masks_for_a_release_are_no_amendment_until_they_show_something(world):
    photo = photograph(world)
    reviewed(world)
    mask = world.send("taras", "post", REGIONS, {"photo": photo, "points": SQUARE, "purpose": "mask"}, 201)
    assert patch(world, "taras", 200, mask["url"], points=ELSEWHERE)["points"] == ELSEWHERE
    assert list(patch(world, "taras", 400, mask["url"], purpose="shows")["errors"]) == ["reason"]
    world.send("taras", "delete", mask["url"], {"reason": "No face."}, 204)


def test_the_first_page_says_what_waits_for_its_reader_alone(world):
    patch(world, "olena", 200, review="in-review")
    for reader, waits in (("taras", True), ("olena", False), ("rita", False), ("piet", False)):
        assert ("waits for your review" in world.client(reader).get("/").content.decode()) is waits


def test_an_opinion_on_a_reviewed_component_takes_no_reason_nor_does_how_sure_it_is(world):
    reviewed(world)
    long_ago(world)
    address = f"/api/v1/components/{world.components['amber'].reference}/"
    found = patch(world, "taras", 200, address, manufacturer="volta-elektronik", confidence="moderate")
    assert found["manufacturer"]["slug"] == "volta-elektronik"
    assert patch(world, "taras", 200, address, manufacturer="acme-semiconductor")["part"] is None
