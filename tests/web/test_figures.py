"""Cited figures: kept as they were, for readers who would have been told the same, beside what is told now."""

import re
from urllib.parse import urlsplit

import pytest

from catalogue.actions.components import record_component
from catalogue.actions.record import amend, void
from catalogue.models import CitedFigure, Component, Level
from catalogue.security.viewing import viewing_as


def cite(world, reader, status=302, **sent):
    """Where a figure of the shares went that `reader` cites."""
    response = world.client(reader).post("/research/shares/cite/", {"query": "", "note": "Report 7", **sent})
    assert response.status_code == status, response.content
    return urlsplit(response["Location"]).path if status == 302 else response


def counted(world, address, reader="olena"):
    found = world.get(reader, f"/api/v1/figures/{address.split('/')[-2]}/")
    return found["counted"], found["figures"]["totals"]["denominator"]


def test_a_cited_figure_stands_beside_what_is_answered_now(world):
    address = cite(world, "olena")
    text = world.client("olena").get(address).content.decode()
    assert "Nothing has changed: the same records, the same figures." in text and "Report 7" in text
    with viewing_as(world.viewer("olena")):
        record_component(
            specimen=world.specimens["clear"], manufacturer=world.makers["acme"], confidence="high",
            actor=world.viewer("olena"),
        )  # fmt: skip
    text = world.client("olena").get(address).content.decode()
    assert "have changed since" in text and "+1" in text and "5 component records fit today." in text
    assert re.search(r"in all</th>\s*<td[^>]*>4</td>\s*<td[^>]*>5</td>", text)


LEVELS = ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")


@pytest.mark.parametrize(("records", "handling"), list(enumerate(LEVELS, 1)))
def test_a_figure_counts_what_its_readers_may_see(world, handling, records):
    address = cite(world, "olena", handling=handling)
    assert counted(world, address) == (records, records)
    readers = {"CLEAR": "nobody", "GREEN": "sam", "AMBER": "rita", "AMBER+STRICT": "rita"}
    if handling in readers:
        assert world.client(readers[handling]).get(address).status_code == 200
    else:
        assert world.client("taras").get(address).status_code == 404
    assert handling == "CLEAR" or world.client("nobody").get(address).status_code == 404


def test_who_may_not_widen_cites_for_the_own_agency(world):
    cite(world, "taras", handling="CLEAR", status=403)
    assert counted(world, cite(world, "taras"), "taras") == (4, 4)
    cite(world, "rita", status=403)
    cite(world, "olena", handling="PURPLE", status=400)
    cite(world, "olena", query="colour=red", status=400)


def test_the_citation_names_the_records_by_their_digest(world):
    text = world.client("olena").get(cite(world, "olena")).content.decode()
    figure = CitedFigure.objects.order_by("-id")
    with viewing_as(world.viewer("olena")):
        digest = figure.first().records_sha256
    assert text.count(digest) == 2 and "@misc{figure-" in text and "http://testserver/research/cited/" in text


def test_a_figure_of_nothing_is_not_kept(world):
    sent = {"answer": "shares", "query": "q=nothing-is-called-this"}
    told = world.send("olena", "post", "/api/v1/figures/", sent, 400)
    assert "there is no figure to cite" in told["detail"]


def test_a_cited_figure_stays_as_it_was(world):
    figure = world.send("olena", "post", "/api/v1/figures/", {"answer": "shares", "query": "by=country"}, 201)
    address = f"/api/v1/figures/{figure['id']}/"
    for change in ({"handling": "CLEAR"}, {"query": "by=maker"}, {"released_to": ["partner"]}):
        world.send("olena", "patch", address, change, 400)
    assert world.send("olena", "patch", address, {"note": "Report 8"}, 200)["note"] == "Report 8"


def test_corrections_are_those_with_a_reason_that_the_reader_may_see(world):
    with viewing_as(world.viewer("olena")):
        for name, why in (("clear", "The bag was mixed up"), ("strict", "Read again under the microscope")):
            component = Component.objects.get(pk=world.components[name].pk)
            amend(component, {"note": "changed"}, actor=world.viewer("olena"), reason=why)
            amend(component, {}, actor=world.viewer("olena"), handling=Level.STRICT, reason="narrowed")
        void([world.components["green"]], actor=world.viewer("olena"), reason="Recorded twice")
    text = world.client("olena").get("/research/corrections/").content.decode()
    assert "The bag was mixed up" in text and "Read again" in text and "Recorded twice" in text
    assert "narrowed" not in text
    for reader in ("nobody", "sam"):
        text = world.client(reader).get("/research/corrections/").content.decode()
        assert "Read again" not in text


def test_a_figure_is_withdrawn_and_put_in_force_again_each_with_its_reason(world):
    address = cite(world, "olena")
    olena = world.client("olena")
    assert olena.post(f"{address}withdraw/", {"reason": " "}).status_code == 400
    assert olena.post(f"{address}withdraw/", {"reason": "Counted before the merge."}).status_code == 302
    text = olena.get(address).content.decode()
    assert "Withdrawn:" in text and "Counted before the merge." in text and "Put this figure in force again" in text
    assert address not in olena.get("/research/cited/").content.decode()
    assert olena.post(f"{address}withdraw/", {"back": "1", "reason": ""}).status_code == 400
    assert olena.post(f"{address}withdraw/", {"back": "1", "reason": "The merge was undone."}).status_code == 302
    assert "Withdrawn:" not in olena.get(address).content.decode()
    assert address in olena.get("/research/cited/?agency=laboratory").content.decode()
    assert address not in olena.get("/research/cited/?agency=partner").content.decode()
    told = olena.get(f"{address}history/").content.decode()
    assert "Counted before the merge." in told and "The merge was undone." in told


@pytest.mark.parametrize(("reader", "status"), [("rita", 403), ("piet", 403), ("sam", 403), ("nobody", 403)])
def test_only_those_who_may_withdraw_records_of_the_agency_withdraw_its_figures(world, reader, status):
    address = cite(world, "olena", handling="CLEAR")
    assert world.client(reader).post(f"{address}withdraw/", {"reason": "Mine."}).status_code == status
    assert "Withdrawn:" not in world.client("olena").get(address).content.decode()
