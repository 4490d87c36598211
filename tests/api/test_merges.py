"""Duplicates: proposed with reasons, merged after a preview, taken back in one step; “not the same” is remembered."""

import pytest

from catalogue.actions.components import record_component
from catalogue.actions.organisations import record_organisation
from catalogue.actions.record import record
from catalogue.models import Component, Level, Organisation, OrganisationIdentifier, Part
from catalogue.security.viewing import viewing_as
from tests.web.reading import page

ORGANISATIONS, PARTS = "/api/v1/organisations", "/api/v1/parts"


@pytest.fixture
def twins(world):
    """Acme stands twice in the catalogue, once with a misprint; a part of each has the same number."""
    with viewing_as(world.viewer("olena")) as olena:
        public = {"actor": olena, "handling": Level.CLEAR}
        world.twin = record_organisation(name="ACME Semicondutor", country_id="US", **public)
        record(
            OrganisationIdentifier,
            [{"organisation": firm, "scheme_id": "LEI", "value": "5493 00ACME"} for firm in
             (world.twin, world.makers["acme"])],
            **public,
        )  # fmt: skip
        world.part_twin = record(Part, [{"manufacturer": world.twin, "number": "ACM 3221"}], **public)[0]
        record_component(
            specimen=world.specimens["clear"], marking="ACM 3221", manufacturer=world.twin, part=world.part_twin,
            confidence="high", **public,
        )  # fmt: skip
    return world


def merged(world, reader="olena", status=200, noun=ORGANISATIONS, **sent):
    body = {"records": ["acme-semicondutor"], "into": "acme-semiconductor", "reason": "The same firm."} | sent
    return world.send(reader, "post", f"{noun}/merge/", body, status)


def count(world, path, reader="olena"):
    return world.get(reader, f"/api/v1/{path}&count=true")["count"]


def test_pairs_are_proposed_with_their_reasons(twins):
    (pair,) = twins.get("olena", f"{ORGANISATIONS}/duplicates/")["results"]
    assert {pair["one"]["slug"], pair["other"]["slug"]} == {"acme-semiconductor", "acme-semicondutor"}
    assert {why["code"] for why in pair["reasons"]} == {"identifier", "close"} and pair["score"] > 0.95
    assert twins.get("olena", f"{PARTS}/duplicates/")["results"] == []  # their makers are two as yet
    merged(twins)
    (pair,) = twins.get("olena", f"{PARTS}/duplicates/")["results"]
    assert pair["reasons"][0]["code"] == "number"
    assert twins.get("olena", f"{ORGANISATIONS}/duplicates/")["results"] == []


def test_what_others_own_or_hide_is_not_proposed(twins):
    assert twins.get("piet", f"{ORGANISATIONS}/duplicates/")["results"] == []
    with viewing_as(twins.viewer("olena")) as olena:
        record_organisation(name="Volta Elektronik", actor=olena)
    assert len(twins.get("olena", f"{ORGANISATIONS}/duplicates/")["results"]) == 2


def test_a_preview_tells_what_would_be_read_under_which_name_and_changes_nothing(twins):
    told = merged(twins, preview=True)
    assert told["merged"] is False and told["records"][0]["counts"]["components"] == 1
    assert (told["counts"]["now"]["components"], told["counts"]["then"]["components"]) == (5, 6)
    assert twins.get("olena", f"{ORGANISATIONS}/acme-semicondutor/")["merged_into"] is None


def test_a_merged_record_is_found_under_the_one_that_stands_for_it_and_keeps_its_address(twins):
    merged(twins)
    assert twins.get("olena", f"{ORGANISATIONS}/acme-semicondutor/")["merged_into"] == "acme-semiconductor"
    assert count(twins, "organisations/?q=acme") == 1 and count(twins, "organisations/?q=semicondutor") == 1
    assert count(twins, "organisations/?merged=true") == 1
    for slug in ("acme-semiconductor", "acme-semicondutor"):
        for basis in ("printed", "made", "today"):
            assert count(twins, f"components/?manufacturer={slug}&makers={basis}") == 6
        assert count(twins, f"parts/?manufacturer={slug}") == 2
    with viewing_as(twins.viewer("olena")):  # nothing was rewritten
        assert Component.objects.filter(manufacturer=twins.twin).count() == 1


def test_merged_parts_are_one_in_lists_and_by_either_number(twins):
    merged(twins)
    sent = {"records": [str(twins.part_twin.pk)], "into": str(twins.part.pk)}
    merged(twins, noun=PARTS, **sent)
    assert count(twins, "parts/?number=ACM3221") == 1
    assert count(twins, "components/?part=ACM-3221") == 6
    page = twins.client("olena").get(f"/parts/{twins.part.pk}/").content.decode()
    assert "<b>6</b> component records" in page


def test_a_merge_is_taken_back_in_one_step_and_stands_in_the_history(twins):
    merged(twins)
    twins.send("olena", "post", f"{ORGANISATIONS}/unmerge/", {"records": ["acme-semicondutor"], "reason": "Two."}, 200)
    assert count(twins, "components/?manufacturer=acme-semiconductor") == 5
    assert count(twins, "organisations/?q=acme") == 2
    text = twins.client("olena").get("/organisations/acme-semicondutor/history/").content.decode()
    assert "Merged into" in text and "The same firm." in text and "Two." in text


def test_several_are_merged_at_once_and_a_chain_ends_at_its_top(twins):
    with viewing_as(twins.viewer("olena")) as olena:
        record_organisation(name="A.C.M.E. Corp", actor=olena, handling=Level.CLEAR)
    merged(twins, records=["acme-semicondutor", "a-c-m-e-corp"])
    assert count(twins, "organisations/?q=acme") == 1
    merged(twins, records=["acme-semiconductor"], into="volta-elektronik")
    for slug in ("acme-semicondutor", "volta-elektronik"):
        assert count(twins, f"components/?manufacturer={slug}&makers=today") == 6
        assert count(twins, f"components/?manufacturer={slug}") == 6


def test_a_ring_is_refused(twins):
    merged(twins)
    problem = merged(twins, records=["acme-semiconductor"], into="acme-semicondutor", status=400)
    assert "into itself" in problem["detail"]
    problem = merged(twins, records=["acme-semiconductor"], status=400)
    assert list(problem["errors"]) == ["into"]


def test_only_curators_merge_and_only_records_of_their_agency(twins):
    merged(twins, "taras", 403)
    merged(twins, "nobody", 401)
    merged(twins, "piet", 403)
    wrong = (
        {"reason": " "},
        {"records": []},
        {"records": ["nobody"]},
        {"records": "x"},
        {"into": "nothing"},
        {"other": 1},
    )
    for sent in wrong:
        (named,) = merged(twins, status=400, **sent)["errors"]
        assert named.partition(".")[0] in sent


def test_who_does_not_see_the_record_that_stands_for_another_finds_the_other_itself(twins):
    with viewing_as(twins.viewer("olena")) as olena:
        record_organisation(name="Quiet Acme", actor=olena)
    merged(twins, into="quiet-acme")
    assert count(twins, "organisations/?q=acme", "olena") == 2
    assert count(twins, "organisations/?q=acme", "sam") == 2
    assert twins.get("sam", f"{ORGANISATIONS}/acme-semicondutor/")["merged_into"] is None
    assert count(twins, "components/?manufacturer=acme-semicondutor", "sam") == 1
    assert "Quiet" not in twins.client("sam").get("/components/").content.decode()


def test_what_was_said_not_to_be_the_same_is_proposed_no_longer(twins):
    sent = {"records": ["acme-semiconductor", "acme-semicondutor"], "note": "Two firms of one group."}
    for _twice in range(2):
        twins.send("olena", "post", f"{ORGANISATIONS}/apart/", sent, 200)
    assert twins.get("olena", f"{ORGANISATIONS}/duplicates/")["results"] == []
    assert twins.send("taras", "post", f"{ORGANISATIONS}/apart/", sent, 403)
    with viewing_as(twins.viewer("sam")):
        assert Organisation.objects.count() == 3


def searched(world, q, reader="taras"):
    """{noun: [(title, code of why, what also)]}."""
    found = world.client(reader).get("/api/v1/search/", {"q": q}).json()["results"]
    return {
        group["noun"]: [(one["title"], one["why"][0]["code"], one["also"]) for one in group["records"]]
        for group in found
    }


def test_a_merged_firm_is_found_by_its_names_and_shown_as_the_one_that_stands(twins):
    merged(twins)
    assert searched(twins, "acme semicondutor")["organisations"] == [
        ("Acme Semiconductor", "merged", "ACME Semicondutor")
    ]
    assert searched(twins, "acme-semicondutor")["organisations"][0][0] == "Acme Semiconductor"
    text = page(twins, "taras", "/search/?q=acme semicondutor")
    assert "recorded under ACME Semicondutor until it was merged into this" in text
    listed = twins.get("taras", "/api/v1/organisations/?q=acme+semicondutor&count=true")
    assert (listed["count"], listed["results"][0]["slug"]) == (1, "acme-semiconductor")
    assert searched(twins, "acme")["organisations"] == [("Acme Semiconductor", "name", "")], "once, by its own name"
    assert "acme-semicondutor" not in page(twins, "taras", "/search/suggest/?q=acme semicondutor")


def test_components_are_found_under_any_name_of_makers_that_were_merged(twins):
    all_of = count(twins, "components/?manufacturer=acme-semiconductor") + 1
    merged(twins)
    for q in ("acme semicondutor", "acme semiconductor"):
        assert count(twins, f"components/?maker={q}") == all_of == count(twins, f"components/?q=maker:%22{q}%22")
    assert count(twins, "components/?manufacturer=acme-semiconductor") == all_of


def test_who_does_not_see_the_firm_that_stands_finds_the_merged_one(world):
    with viewing_as(world.viewer("olena")) as olena:
        record_organisation(name="Ostrich Chips", actor=olena, handling=Level.CLEAR)
        record_organisation(name="Standing Works", actor=olena)
    sent = {"records": ["ostrich-chips"], "into": "standing-works"}
    merged(world, **sent)
    assert searched(world, "ostrich", "taras")["organisations"] == [("Standing Works", "merged", "Ostrich Chips")]
    assert searched(world, "ostrich", "piet")["organisations"] == [("Ostrich Chips", "name", "")]
