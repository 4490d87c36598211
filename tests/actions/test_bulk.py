"""Writing many rows at once: for readers who never met before, and as further lines of records that are there."""

import pytest

from catalogue.actions.bulk import load
from catalogue.actions.handling import audience
from catalogue.actions.record import record
from catalogue.actions.refusals import NotAllowed
from catalogue.models import Audience, Level, Organisation, OrganisationName, OrganisationRelation
from catalogue.security.viewing import viewing_as

from .ageing import a_day_older


@pytest.fixture
def olena(world):
    with viewing_as(world.viewer("olena")) as viewer:
        yield viewer


def firm(world, name, level=Level.RED, readers=()):
    """An organisation of the laboratory; a RED one for Olena and `readers`."""
    row, named = {"slug": name, "name": name.capitalize()}, [world.users[reader].pk for reader in readers]
    return record(Organisation, [row], actor=world.viewer("olena"), handling=level, readers=named)[0]


def write(model, rows, actor):
    """Written at CLEAR, that is, as wide as what they name."""
    return load(model, rows, actor=actor, declared=audience(level=Level.CLEAR, actor=actor))


def relate(pairs, actor):
    rows = [{"subject_id": one.pk, "object_id": other.pk, "kind_id": "owns"} for one, other in pairs]
    return write(OrganisationRelation, rows, actor)


def test_rows_between_records_whose_readers_never_met_are_for_the_readers_of_both(world, olena):
    owner = firm(world, "owner", readers=("taras", "rita", "ada"))
    owned = [firm(world, name, readers=(name, "piet")) for name in ("taras", "rita", "ada")]
    circles = Audience.objects.count()
    ids = relate([(owner, firm) for firm in owned], olena)
    found = OrganisationRelation.objects.select_related("audience").in_bulk(ids)
    pk = {name: user.pk for name, user in world.users.items()}
    assert [found[n].audience.readers for n in ids] == [
        sorted([pk["olena"], pk[name]]) for name in ("taras", "rita", "ada")
    ]
    assert Audience.objects.count() == circles + 3, "no more circles than rows have"


def test_rows_that_their_writer_could_not_see_are_refused_with_all_beside_them(world, olena):
    hidden = firm(world, "hidden", Level.STRICT)
    with viewing_as(world.viewer("olena", ceiling=Level.GREEN)) as low, pytest.raises(NotAllowed):
        relate([(world.makers["acme"], world.makers["volta"]), (world.makers["acme"], hidden)], low)
    assert not OrganisationRelation.objects.exists()
    assert relate([(world.makers["acme"], world.makers["volta"]), (world.makers["acme"], hidden)], olena)


def test_records_that_get_lines_have_changed_and_those_made_with_them_have_not(world, olena):
    a_day_older(Organisation)
    new, secret = firm(world, "new", Level.CLEAR), {"organisation_id": world.makers["volta"].pk, "text": "Вольта"}
    write(OrganisationName, [{"organisation_id": pk, "text": "А"} for pk in (world.makers["acme"].pk, new.pk)], olena)
    strict = audience(level=Level.STRICT, actor=olena)
    load(OrganisationName, [secret], actor=olena, declared=strict)
    versions = dict(Organisation.objects.values_list("slug", "version"))
    assert versions == {"acme-semiconductor": 2, "new": 1, "volta-elektronik": 1}
