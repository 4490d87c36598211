"""Erasing takes two curators, reaches the history, and leaves a tombstone."""

import pytest
from django.db import DatabaseError, transaction

from catalogue.actions.erase import ask_to_erase, erase
from catalogue.actions.record import amend
from catalogue.actions.refusals import NotAllowed, Refused
from catalogue.models import Component, Erasure, Role, User
from catalogue.security.viewing import viewing_as
from tests.conftest import become


@pytest.fixture
def second(world):
    """A second curator of the laboratory."""
    become("catalogue_owner")
    User.objects.filter(username="taras").update(role=Role.CURATOR)
    world.users["taras"].refresh_from_db()
    become("catalogue_app")
    return world.viewer("taras")


def asked(world, columns=("note", "marking")):
    olena, component = world.viewer("olena"), world.components["strict"]
    with viewing_as(olena):
        amend(component, {"note": "name of a witness"}, actor=olena)
        return ask_to_erase(found=component, columns=columns, reason="court order 12/2026", actor=olena)


def test_what_is_erased_is_gone_from_the_record_and_from_its_history(world, second):
    erasure = asked(world)
    with viewing_as(second):
        erase(erasure=erasure, actor=second)
        component = Component.objects.get(pk=world.components["strict"].pk)
        assert (component.note, component.marking, component.marking_key) == ("[erased]", "[erased]", "ERASED")
        events = Component.pgh_event_model.objects.filter(pgh_obj=component.pk)
        assert events.count() >= 3 and set(events.values_list("note", "marking")) == {("[erased]", "[erased]")}
        tombstone = Erasure.objects.get()
        assert (tombstone.reason, tombstone.done_by_id) == ("court order 12/2026", second.user)


def test_nobody_carries_out_an_erasure_alone(world):
    erasure = asked(world)
    with viewing_as(world.viewer("olena")) as olena, pytest.raises(Refused, match="two curators"):
        erase(erasure=erasure, actor=olena)
    with viewing_as(world.viewer("olena")):
        assert Component.objects.get(pk=erasure.record).note == "name of a witness"


def test_a_curator_of_another_agency_cannot_carry_it_out(world):
    erasure = asked(world)
    with viewing_as(world.viewer("piet")) as piet, pytest.raises(Refused):
        erase(erasure=erasure, actor=piet)


def test_an_analyst_may_not_ask_and_a_reason_is_needed(world, second):
    component = world.components["strict"]
    with viewing_as(world.viewer("rita")) as rita, pytest.raises(NotAllowed):
        ask_to_erase(found=component, columns=["note"], reason="x", actor=rita)
    with viewing_as(second), pytest.raises(Refused, match="reason"):
        ask_to_erase(found=component, columns=["note"], reason=" ", actor=second)


@pytest.mark.parametrize("column", ["id", "audience_id", "version", "created_at", "marking_key", "nothing"])
def test_only_text_can_be_erased(world, second, column):
    with pytest.raises(Refused):
        erasure = asked(world, [column])
        with viewing_as(second):
            erase(erasure=erasure, actor=second)


def test_history_is_closed_again_after_an_erasure(world, second):
    erasure = asked(world)
    with viewing_as(second):
        erase(erasure=erasure, actor=second)
    become("catalogue_owner")
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        Component.pgh_event_model.objects.update(note="x")
