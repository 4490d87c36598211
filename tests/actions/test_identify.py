"""Identifying: one accepted per component, agency and circle of readers; what is hidden neither answers nor changes."""

import pytest

from catalogue.actions.identify import identify, withdraw_identification
from catalogue.actions.organisations import record_organisation
from catalogue.models import Component, Identification, Level, Specimen
from catalogue.security.viewing import viewing_as

STATES = ("component", "manufacturer__slug", "state")


@pytest.fixture
def component(world):
    """A component that the whole laboratory sees, identified as Acme's."""
    return world.components["strict"]


def accept(world, reader, component, maker, **more):
    """The reader accepts that the component is `maker`'s."""
    with viewing_as(world.viewer(reader)) as actor:
        maker = world.makers[maker]
        return identify(
            component=component, manufacturer=maker, basis="visual", confidence="low", actor=actor, **more
        )  # fmt: skip


def accepted(world, reader, component):
    """Makers of the accepted identifications that the reader sees, oldest first."""
    with viewing_as(world.viewer(reader)):
        found = Identification.objects.filter(component=component, state="accepted").order_by("id")
        return [slug.split("-")[0] for slug in found.values_list("manufacturer__slug", flat=True)]


def shown(world, reader, component):
    """The maker that lists show for the component, or None."""
    with viewing_as(world.viewer(reader)):
        found = Component.objects.values_list("manufacturer__slug", flat=True).get(pk=component.pk)
    return found and found.split("-")[0]


def test_a_second_opinion_supersedes_the_first_that_its_author_sees(world, component):
    assert accepted(world, "taras", component) == ["acme"]
    accept(world, "taras", component, "volta")
    assert accepted(world, "taras", component) == accepted(world, "olena", component) == ["volta"]
    assert shown(world, "rita", component) == "volta"


def test_an_opinion_for_olena_alone_is_no_obstacle_to_taras_and_stays_as_it_is(world, component):
    hidden = accept(world, "olena", component, "volta", handling=Level.RED)
    assert accepted(world, "taras", component) == []
    accept(world, "taras", component, "acme")
    assert accepted(world, "taras", component) == ["acme"] and shown(world, "taras", component) == "acme"
    assert accepted(world, "olena", component) == ["volta", "acme"]
    with viewing_as(world.viewer("olena")):
        hidden.refresh_from_db()
        assert (hidden.state, hidden.version) == ("accepted", 1)


def test_taras_gets_the_same_answers_over_rest_whether_olena_holds_a_hidden_opinion_or_not(world, component):
    address, answers = f"/api/v1/components/{component.reference}/", []
    with viewing_as(world.viewer("olena")) as olena:
        withdraw_identification(component=component, actor=olena)
        secret = record_organisation(name="Secret Works", actor=olena, handling=Level.RED)
    for hold in (lambda: None, lambda: world.send("olena", "patch", address, {"manufacturer": secret.slug}, 200)):
        hold()
        answers.append(world.send("taras", "patch", address, {"manufacturer": "volta-elektronik"}, 200))
        world.send("taras", "patch", address, {"manufacturer": None}, 200)
    assert answers[0]["manufacturer"] == answers[1]["manufacturer"] == {
        **answers[0]["manufacturer"], "slug": "volta-elektronik"
    }  # fmt: skip


def test_whoever_sees_both_settles_it(world, component):
    accept(world, "olena", component, "volta", handling=Level.RED)
    accept(world, "taras", component, "acme")
    accept(world, "olena", component, "volta")
    assert accepted(world, "olena", component) == accepted(world, "taras", component) == ["volta"]


def test_withdrawing_leaves_what_one_does_not_see(world, component):
    accept(world, "olena", component, "volta", handling=Level.RED)
    accept(world, "taras", component, "acme")
    with viewing_as(world.viewer("taras")) as taras:
        withdraw_identification(component=component, actor=taras)
    assert accepted(world, "taras", component) == [] and shown(world, "taras", component) is None
    assert accepted(world, "olena", component) == ["volta"]


@pytest.mark.parametrize("last", ["acme", "volta"])
def test_two_opinions_that_come_to_have_the_same_readers_stop_no_narrowing_and_the_later_is_shown(
    world, component, last
):
    """Olena's own and Taras's are both hers alone once the specimen is; widened again, each is as it was."""
    hers, his = ("volta", "acme") if last == "acme" else ("acme", "volta")
    accept(world, "olena", component, hers, handling=Level.RED)
    accept(world, "taras", component, his)
    with viewing_as(world.viewer("olena")):
        declared = Specimen.objects.values_list("declared_id", flat=True).get(pk=component.specimen_id)
        only_olena = Identification.objects.filter(declared__level=Level.RED).values_list("declared_id", flat=True)[0]
        Specimen.objects.filter(pk=component.specimen_id).update(declared_id=only_olena)
    assert accepted(world, "olena", component) == [hers, his]
    assert shown(world, "olena", component) == his
    with viewing_as(world.viewer("olena")):
        Specimen.objects.filter(pk=component.specimen_id).update(declared_id=declared)
    assert accepted(world, "taras", component) == [his] and shown(world, "taras", component) == his
