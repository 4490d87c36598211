"""The inventory of a specimen: its components as a tree, added, moved, split and voided; and what they are."""

import pytest

from catalogue.actions.record import record
from catalogue.actions.refusals import Conflict, NotAllowed, Refused
from catalogue.actions.split import split
from catalogue.models import Component, ComponentIdentifier, DateReading, Identification, Level, Specimen
from catalogue.security.viewing import viewing_as

from .typed import filled, opened, problems, said, send

HERE = "/specimens/KND-2026-STRICT/inventory/"


def add(world, typed, inside="", reader="taras"):
    """The component recorded with the form that opens inside another one, or at the top."""
    response = send(world, reader, f"{HERE}?add={inside}", typed)
    assert response.status_code == 302, problems(response)
    with viewing_as(world.viewer(reader)):
        return Component.objects.order_by("-id").first()


def test_components_stand_under_what_they_sit_on(world):
    board = add(world, {"kind": "board", "name": "Flight controller"})
    chip = add(world, {"designator": "U12", "marking": "VE-9"}, board.reference)
    assert (chip.parent_id, chip.specimen_id, chip.marking_state) == (board.pk, board.specimen_id, "read")
    page = said(world.client("taras").get(HERE))
    first, board_, chip_ = (page.index(word) for word in ("ACM-3221 STRICT 2231", "Flight controller", "U12"))
    assert first < board_ < chip_
    assert "VE-9 not identified" in page


def test_one_records_and_goes_on_with_the_next_at_the_same_place(world):
    board = add(world, {"kind": "board"})
    response = send(world, "taras", f"{HERE}?add={board.reference}", {"marking": "A", "again": "1"})
    assert response["Location"] == f"{HERE}?add={board.reference}"
    assert send(world, "taras", f"{HERE}?add=", {"marking": "B"})["Location"].startswith(f"{HERE}#KND-2026-STRICT-")


def test_an_empty_inventory_says_what_to_do(world):
    send(world, "taras", "/specimens/new/", {"system": "kite"})
    with viewing_as(world.viewer("taras")):
        made = Specimen.objects.order_by("-id").first()
    assert "Nothing is recorded in this specimen yet. Add its assemblies first" in said(
        world.client("taras").get(f"/specimens/{made.reference}/inventory/")
    )


def test_a_component_is_moved_to_another_place_of_its_specimen(world):
    board, chip = add(world, {"kind": "board"}), add(world, {"marking": "VE-9"})
    path = f"/components/{chip.reference}/move/"
    assert send(world, "taras", path, {"parent": board.reference})["Location"] == f"{HERE}#{chip.reference}"
    with viewing_as(world.viewer("taras")):
        assert Component.objects.get(pk=chip.pk).parent_id == board.pk
    assert send(world, "taras", path, {"parent": ""}).status_code == 302
    with viewing_as(world.viewer("taras")):
        assert Component.objects.get(pk=chip.pk).parent_id is None


def test_a_component_is_not_moved_into_itself_or_into_another_specimen(world):
    board = add(world, {"kind": "board"})
    chip = add(world, {"marking": "VE-9"}, board.reference)
    path = f"/components/{board.reference}/move/"
    inside = problems(send(world, "taras", path, {"parent": chip.reference}))
    assert inside == ["New place: A component cannot lie inside itself; choose another parent."]
    elsewhere = problems(send(world, "taras", path, {"parent": world.components["clear"].reference}))
    assert elsewhere == ["New place: The parent must be a component of the same specimen."]


def test_two_who_move_one_component_are_told(world):
    board, chip = add(world, {"kind": "board"}), add(world, {"marking": "VE-9"})
    path = f"/components/{chip.reference}/move/"
    form = opened(world, "taras", path)
    send(world, "olena", f"/components/{chip.reference}/edit/", {"note": "Seen."})
    response = world.client("taras").post(path, filled(form, {"parent": board.reference}))
    assert "Somebody changed this record" in problems(response)[0]


# Splitting


def four(world, **more):
    """A row of four pieces with an opinion."""
    opinion = {"manufacturer": "acme-semiconductor", "part": "ACM-3221"}
    return add(world, {"quantity": "4", "marking": "ACM-3221"} | opinion | more)


def test_a_row_of_four_becomes_two_rows_with_the_same_facts(world):
    whole = four(world, date_code="2231", confidence="high", name="Memory")
    response = send(world, "taras", f"/components/{whole.reference}/split/", {"keep": "1"})
    assert response.status_code == 302, problems(response)
    with viewing_as(world.viewer("taras")):
        stays, goes = Component.objects.get(pk=whole.pk), Component.objects.order_by("-id").first()
        assert (stays.quantity, goes.quantity) == (1, 3)
        for name in ("marking", "name", "date_code", "specimen_id", "manufacturer_id", "part_id", "declared_id"):
            assert getattr(stays, name) == getattr(goes, name), name
        opinion = goes.identifications.get()
        assert (opinion.confidence, opinion.state) == ("high", "accepted")
        assert goes.reference != stays.reference


@pytest.mark.parametrize(
    "keep, sentence",
    [
        ("4", "Pieces that stay in this row: Of 4 pieces at least one stays and at least one goes."),
        ("0", "Pieces that stay in this row: Ensure this value is greater than or equal to 1."),
        ("", "Pieces that stay in this row: Fill in “Pieces that stay in this row”; it is needed."),
    ],
)
def test_at_least_one_piece_stays_and_one_goes(world, keep, sentence):
    whole = four(world)
    assert problems(send(world, "taras", f"/components/{whole.reference}/split/", {"keep": keep})) == [sentence]


def test_a_row_of_unstated_pieces_is_not_split(world):
    found = add(world, {"marking": "X"})
    with viewing_as(world.viewer("taras")), pytest.raises(Refused, match="It is not stated how many pieces"):
        split(found, keep=1, actor=world.viewer("taras"))


def test_a_piece_with_a_serial_number_is_not_split(world):
    one = add(world, {"quantity": "1"})
    with viewing_as(world.viewer("taras")):
        taras = world.viewer("taras")
        record(ComponentIdentifier, [{"component": one, "kind_id": "serial", "text": "S1"}], actor=taras)
        with pytest.raises(Refused, match="A piece with a serial number is not split"):
            split(one, keep=1, actor=taras)


def test_the_rest_of_a_row_is_seen_by_those_who_saw_the_row(world):
    """A curator's CLEAR row is split by an analyst, who could not record one."""
    whole = world.components["clear"]
    with viewing_as(world.viewer("olena")):
        Component.objects.filter(pk=whole.pk).update(quantity=5)
        whole.refresh_from_db()
    with viewing_as(world.viewer("taras")):
        record(DateReading, [{"component": whole, "scheme": "YYWW", "made": "2022-W31"}], actor=world.viewer("taras"))
        made = split(whole, keep=2, actor=world.viewer("taras"))
        made.refresh_from_db()
        assert (made.audience.level, made.manufacturer_id) == (Level.CLEAR, world.makers["acme"].pk)
        assert [reading.made for reading in made.date_readings.all()] == ["2022-W31"]


def test_rows_of_others_and_stale_rows_are_not_split(world):
    whole = four(world)
    with viewing_as(world.viewer("taras")), pytest.raises(Conflict):
        split(whole, keep=1, version=whole.version + 1, actor=world.viewer("taras"))
    with viewing_as(world.viewer("piet")), pytest.raises(NotAllowed):
        split(world.components["amber"], keep=1, actor=world.viewer("piet"))


# Voiding


def test_a_voided_component_leaves_the_tree_and_what_lay_in_it_says_so(world):
    board = add(world, {"kind": "board"})
    chip = add(world, {"marking": "VE-9"}, board.reference)
    response = send(world, "taras", f"/components/{board.reference}/void/", {"reason": "Not of this wreck."})
    assert response["Location"] == HERE
    page = world.client("taras").get(HERE)
    assert f'id="{board.reference}"' not in page.content.decode()
    assert f'id="{chip.reference}"' in page.content.decode()
    assert "what it sat on was voided" in said(page)


# What it is


def test_an_opinion_is_recorded_with_basis_and_confidence_and_the_earlier_kept(world):
    found = world.components["strict"]
    path = f"/components/{found.reference}/identify/"
    page = said(world.client("taras").get(path))
    assert "As observed" in page
    assert "ACM-3221 STRICT 2231" in page
    typed = {"manufacturer": "volta-elektronik", "part": "", "basis": "logo", "confidence": "low", "reasons": "The V."}
    assert send(world, "taras", path, typed).status_code == 302
    with viewing_as(world.viewer("taras")):
        said_ = Identification.objects.filter(component=found).order_by("id")
        assert [(o.manufacturer.slug, o.basis_id, o.confidence, o.state) for o in said_] == [
            ("acme-semiconductor", "marking-read", "high", "superseded"),
            ("volta-elektronik", "logo", "low", "accepted"),
        ]
        assert said_[1].reasons == "The V."
        assert Component.objects.get(pk=found.pk).manufacturer == world.makers["volta"]


def test_a_part_of_another_maker_is_refused_beside_its_field(world):
    path = f"/components/{world.components['strict'].reference}/identify/"
    typed = {"manufacturer": "volta-elektronik", "part": "ACM-3221", "basis": "logo", "confidence": "low"}
    assert problems(send(world, "taras", path, typed)) == [
        "Part: ACM-3221 is not a part of Volta Elektronik; name its own maker."
    ]


def test_an_identification_is_withdrawn(world):
    found = world.components["strict"]
    assert send(world, "taras", f"/components/{found.reference}/identify/", {"withdraw": "1"}).status_code == 302
    with viewing_as(world.viewer("taras")):
        assert Component.objects.get(pk=found.pk).manufacturer is None


def test_a_partner_adds_an_opinion_to_a_component_it_may_see(world):
    path = f"/components/{world.components['amber'].reference}/identify/"
    typed = {"manufacturer": "volta-elektronik", "basis": "logo", "confidence": "low"}
    assert send(world, "piet", path, typed).status_code == 302
    with viewing_as(world.viewer("piet")):
        opinion = Identification.objects.get(component=world.components["amber"], owner=world.agencies["partner"])
        assert opinion.manufacturer == world.makers["volta"]
    assert world.client("sam").get(path).status_code == 404
    assert world.client("rita").get(path).status_code == 403


# What is observed


def test_a_marking_that_was_read_is_shown_and_not_offered_for_change(world):
    found = world.components["strict"]
    path = f"/components/{found.reference}/edit/"
    assert "A marking is never altered once read." in said(world.client("taras").get(path))
    assert send(world, "taras", path, {"marking": "Forged", "note": "Turned."}).status_code == 302
    with viewing_as(world.viewer("taras")):
        again = Component.objects.get(pk=found.pk)
        assert (again.marking, again.note) == (found.marking, "Turned.")


def test_a_marking_is_kept_to_the_letter(world):
    typed = "  ЛА5 \r\n\r\n 22?1\t\r\n"
    made = add(world, {"marking": typed})
    assert made.marking == "  ЛА5 \n\n 22?1\t"
