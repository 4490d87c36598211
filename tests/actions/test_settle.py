"""Names, numbers and lines of a record: what a colleague keeps to himself neither answers nor is in the way."""

from catalogue.actions.organisations import record_organisation
from catalogue.actions.record import record, void
from catalogue.actions.settle import settle
from catalogue.models import GoodsLine, Level, OrganisationName, PartNumber
from catalogue.security.viewing import viewing_as

ADDRESS = "/api/v1/organisations/acme-semiconductor/"
ALIAS = {"text": "ACM", "kind": "alias"}


def named(world, reader):
    return [(name["text"], name["language"]) for name in world.get(reader, ADDRESS)["names"]]


def send(world, *names):
    return world.send("olena", "patch", ADDRESS, {"names": list(names)}, 200)["names"]


def keep(world, reader, model, handling, **row):
    """The reader records a row of his own."""
    with viewing_as(world.viewer(reader)) as actor:
        return record(model, [row], actor=actor, handling=handling)[0]


def state(world, row):
    """(whether it is in force, version) of a row that Taras sees."""
    with viewing_as(world.viewer("taras")):
        row.refresh_from_db()
        return row.voided_at is None, row.version


def test_an_alias_that_a_colleague_keeps_to_himself_can_be_recorded(world):
    hidden = keep(world, "taras", OrganisationName, Level.RED, organisation=world.makers["acme"], **ALIAS)
    assert named(world, "olena") == []
    send(world, ALIAS)
    assert named(world, "olena") == named(world, "nobody") == [("ACM", "")]
    assert state(world, hidden) == (True, 1)
    send(world)
    assert named(world, "olena") == [] and state(world, hidden) == (True, 1)


def test_a_number_whose_hidden_twin_names_a_hidden_former_maker_can_be_recorded(world):
    with viewing_as(world.viewer("taras")) as taras:
        secret = record_organisation(name="Secret Works", actor=taras, handling=Level.RED)
    keep(world, "taras", PartNumber, Level.RED, part=world.part, maker=secret, kind="nsn", text="5962-01")
    numbers = [{"kind": "nsn", "text": "5962-01"}]
    answer = world.send("olena", "patch", f"/api/v1/parts/{world.part.pk}/", {"numbers": numbers}, 200)
    assert [number["text"] for number in answer["numbers"]] == ["5962-01"]


def test_the_language_of_an_alias_can_be_corrected_and_corrected_back(world):
    for language in ("en", "uk", "en"):
        assert [name["language"] for name in send(world, {**ALIAS, "language": language})] == [language]
    with viewing_as(world.viewer("olena")):
        found = OrganisationName.objects.filter(text="ACM").order_by("language")
        assert [(name.language, name.voided_at is None) for name in found] == [("en", True), ("uk", False)]


def test_of_two_names_that_say_the_same_the_wider_one_stays(world):
    """Olena keeps an alias to herself and records it for all; then she sends back the one name she read."""
    with viewing_as(world.viewer("olena")) as olena:
        record(OrganisationName, [{"organisation": world.makers["acme"], **ALIAS}], actor=olena, handling=Level.RED)
        record(OrganisationName, [{"organisation": world.makers["acme"], **ALIAS}], actor=olena, handling=Level.CLEAR)
    send(world, ALIAS)
    assert named(world, "nobody") == [("ACM", "")]


def test_an_alias_that_another_agency_took_back_is_recorded_all_the_same(world):
    theirs = keep(world, "piet", OrganisationName, Level.CLEAR, organisation=world.makers["acme"], **ALIAS)
    with viewing_as(world.viewer("piet")) as piet:
        void([theirs], actor=piet, reason="Not theirs.")
    send(world, ALIAS)
    assert named(world, "nobody") == [("ACM", "")]


def test_a_line_in_force_is_not_exchanged_for_an_older_voided_one_that_says_the_same(world):
    of, line = {"leg": world.legs["landed"]}, {"text": "boxes"}
    older, newer = (keep(world, "olena", GoodsLine, Level.CLEAR, **of, **line) for _ in range(2))
    with viewing_as(world.viewer("olena")) as olena:
        void([older], actor=olena, reason="Noted twice.")
        settle(GoodsLine, of, [line], actor=olena)
    assert (state(world, older), state(world, newer)) == ((False, 2), (True, 1))
