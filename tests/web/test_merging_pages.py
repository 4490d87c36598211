"""The pages of duplicates: what may be the same, what a merge would change, doing it, and taking it back."""

import re

import pytest

from catalogue.actions.organisations import record_organisation
from catalogue.actions.record import record
from catalogue.models import Level, Part
from catalogue.security.viewing import viewing_as

from .reading import page, words

LIST = "/duplicates/organisations/"


@pytest.fixture
def twins(world):
    with viewing_as(world.viewer("olena")) as olena:
        world.twin = record_organisation(name="Acme Semicondutor", country_id="US", actor=olena, handling=Level.CLEAR)
        world.part_twin = record(
            Part, [{"manufacturer": world.makers["acme"], "number": "ACM 3221"}], actor=olena, handling=Level.CLEAR
        )[0]
    return world


def pair(world):
    return f"{world.twin.pk}:{world.makers['acme'].pk}"


def post(world, path, body, reader="olena", status=302):
    answer = world.client(reader).post(path, body)
    assert answer.status_code == status, answer.content
    return answer.headers.get("Location") or answer.content.decode()


def test_what_may_be_the_same_stands_in_pairs_with_the_reason(twins):
    text = words(page(twins, "olena", LIST))
    assert "1 pair" in text and "Acme Semicondutor US Acme Semiconductor US close names, and the same seat:" in text
    parts = words(page(twins, "olena", "/duplicates/parts/"))
    assert "ACM 3221 Acme Semiconductor ACM-3221 Acme Semiconductor the same number" in parts
    assert 'href="/duplicates/organisations/"' in page(twins, "olena", "/organisations/")
    assert "/duplicates/" not in page(twins, "taras", "/organisations/")


def test_a_merge_is_looked_at_done_and_taken_back(twins):
    address = f"/merge/organisations/?pair={pair(twins)}"
    text = words(page(twins, "olena", address))
    assert "Acme Semicondutor stands under Acme Semiconductor" in text and "Component records 0 5 5" in text
    assert "Fill in “Reason”" in words(post(twins, address, {"reason": ""}, status=200))
    assert post(twins, address, {"reason": "A misprint."}) == "/organisations/acme-semiconductor/"
    there = page(twins, "olena", "/organisations/acme-semiconductor/")
    assert "Merged into this one, and read under it: Acme Semicondutor ( take back )" in words(there)
    assert "take back" not in page(twins, "taras", "/organisations/acme-semiconductor/")
    assert "This record was merged into another:" in page(twins, "nobody", "/organisations/acme-semicondutor/")
    back = re.search(r'href="(/merge/organisations/back/[^"]*)"', there)[1]
    assert "Acme Semicondutor was merged into Acme Semiconductor" in words(page(twins, "olena", back))
    assert post(twins, back, {"reason": "Two firms."}) == "/organisations/acme-semicondutor/"
    assert "Merged into this one" not in page(twins, "olena", "/organisations/acme-semiconductor/")
    assert "not merged into another record" in post(twins, back, {"reason": "Twice."}, status=200)


def test_several_pairs_are_merged_at_once_or_none_of_them(twins):
    with viewing_as(twins.viewer("olena")) as olena:
        other = record_organisation(name="Acme Semiconductors", country_id="US", actor=olena, handling=Level.CLEAR)
    both = f"/merge/organisations/?pair={pair(twins)}&pair={other.pk}:{twins.makers['acme'].pk}"
    ring = f"{both}&pair={twins.makers['acme'].pk}:{other.pk}"
    assert "into itself" in post(twins, ring, {"reason": "All."}, status=200)
    assert twins.get("olena", "/api/v1/organisations/?q=acme&count=true")["count"] == 3
    post(twins, both, {"reason": "All."})
    assert twins.get("olena", "/api/v1/organisations/?q=acme&count=true")["count"] == 1


def test_not_the_same_is_remembered(twins):
    assert post(twins, LIST, {"apart": pair(twins)}) == LIST
    assert "Nothing that you may merge looks the same." in page(twins, "olena", LIST)


def test_the_record_that_stands_for_another_is_found_by_its_name(twins):
    start = f"/merge/parts/?record={twins.part_twin.pk}"
    assert "Choose the record that stands for it" in page(twins, "olena", start)
    answer = twins.client("olena").get(f"{start}&into={twins.part.pk}")
    assert answer.headers["Location"] == f"/merge/parts/?pair={twins.part_twin.pk}%3A{twins.part.pk}"
    for into in (twins.part_twin.pk, "", "nothing+of+the+sort"):
        assert twins.client("olena").get(f"{start}&into={into}").status_code == 200


@pytest.mark.parametrize("query", ["?pair=x", "?pair=:", "?pair=%00:%00", "?record=nothing", "?record=" + "9" * 5000])
def test_a_strange_address_is_no_page(twins, query):
    page(twins, "olena", f"/merge/organisations/{query}", 404)
    if "pair" not in query:
        page(twins, "olena", f"/merge/organisations/back/{query}", 404)


def test_others_may_not_merge_nor_what_is_another_agencys(twins):
    for reader in ("taras", "rita", "ada", "sam"):
        page(twins, reader, LIST, 403)
    page(twins, "piet", f"/merge/organisations/?pair={pair(twins)}", 403)
