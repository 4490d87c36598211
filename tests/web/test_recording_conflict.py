"""Two people change one record: both versions are shown, one chooses, and nothing is lost."""

import pytest

from catalogue.models import Organisation, RouteStep, Specimen
from catalogue.security.viewing import viewing_as

from .typed import Form, filled, opened, problems, said, send

PATH = "/organisations/acme-semiconductor/edit/"


@pytest.fixture
def meanwhile(world):
    """Taras has the form open while Olena changes the description, the country and the names."""
    form = opened(world, "taras", PATH)
    changed = {"description": "Makes memory.", "country": "DE", "names": [{"text": "ACME", "kind": "abbreviation"}]}
    assert send(world, "olena", PATH, changed).status_code == 302
    return form


def sent(world, form, typed):
    return world.client("taras").post(PATH, filled(form, typed))


def recorded(world):
    with viewing_as(world.viewer("taras")):
        found = Organisation.objects.get(slug="acme-semiconductor")
        names = list(found.names.filter(voided_at=None).values_list("text", flat=True))
        return found.description, found.country_id, found.founded, names


def test_both_versions_stand_side_by_side(world, meanwhile):
    response = sent(world, meanwhile, {"description": "Sells memory.", "founded": "1990"})
    assert response.status_code == 200
    page = said(response)
    assert "Somebody changed this record while you were writing" in page
    assert "Description changed by both Makes memory. Sells memory." in page
    assert "Country of its seat Germany United States" in page
    assert "Further names ACME · Abbreviation —" in page
    assert "Founded — 1990" in page
    assert recorded(world) == ("Makes memory.", "DE", "", ["ACME"]), "nothing is written before one has chosen"


def test_what_one_did_not_touch_stays_as_the_other_made_it(world, meanwhile):
    """As the page proposes it: of what both changed one's own, of the rest what was changed."""
    page = Form(sent(world, meanwhile, {"description": "Sells memory.", "founded": "1990"}).content.decode())
    assert world.client("taras").post(PATH, page.sent).status_code == 302
    assert recorded(world) == ("Sells memory.", "DE", "1990", ["ACME"])


def test_one_may_choose_the_other_version_of_each_field(world, meanwhile):
    page = Form(sent(world, meanwhile, {"description": "Sells memory.", "founded": "1990"}).content.decode())
    chosen = {"keep-description": "theirs", "keep-country": "yours", "keep-names": "yours"}
    assert world.client("taras").post(PATH, page.sent | chosen).status_code == 302
    assert recorded(world) == ("Makes memory.", "US", "1990", [])


def test_a_third_change_is_a_conflict_again(world, meanwhile):
    page = Form(sent(world, meanwhile, {"description": "Sells memory."}).content.decode())
    assert send(world, "olena", PATH, {"description": "Made memory."}).status_code == 302
    again = world.client("taras").post(PATH, page.sent)
    assert "Description changed by both Made memory. Sells memory." in said(again)


def test_the_same_change_by_both_is_no_conflict(world, meanwhile):
    typed = {"description": "Makes memory.", "country": "DE", "names": [{"text": "ACME", "kind": "abbreviation"}]}
    response = sent(world, meanwhile, typed)
    assert (response.status_code, problems(response)) == (302, [])


def test_a_narrower_handling_made_meanwhile_is_not_taken_back(world):
    form = opened(world, "taras", "/specimens/KND-2026-CLEAR/edit/")
    assert send(world, "olena", "/specimens/KND-2026-CLEAR/edit/", {"handling": "3"}).status_code == 302
    response = world.client("taras").post("/specimens/KND-2026-CLEAR/edit/", filled(form, {"note": "Burnt."}))
    page = Form(response.content.decode())
    assert page.sent["keep-handling"] == "theirs"
    assert world.client("taras").post("/specimens/KND-2026-CLEAR/edit/", page.sent).status_code == 302
    with viewing_as(world.viewer("taras")):
        found = Specimen.objects.get(reference="KND-2026-CLEAR")
        assert (found.note, found.audience.name) == ("Burnt.", "AMBER+STRICT")


def test_a_form_without_its_version_is_asked_what_it_is_based_on(world):
    form = opened(world, "taras", PATH)
    form.sent.pop("version"), form.sent.pop("was")
    response = world.client("taras").post(PATH, filled(form, {"description": "Blind."}))
    assert "Somebody changed this record" in said(response)
    assert recorded(world)[0] == ""


def test_the_legs_of_a_route_are_one_of_the_two_versions(world):
    form = opened(world, "taras", "/routes/kite-by-sea/edit/")
    railed = {"leg": world.legs["railed"].reference, "position": "3"}
    # The step is read by those alone who read the railed leg, so that it is the title that moves the route's version.
    typed = {"legs": [railed], "title": "Kite by sea and rail"}
    assert send(world, "olena", "/routes/kite-by-sea/edit/", typed).status_code == 302
    response = world.client("taras").post("/routes/kite-by-sea/edit/", filled(form, {"summary": "By ship."}))
    page = Form(response.content.decode())
    assert page.sent["keep-legs"] == "theirs"
    assert world.client("taras").post("/routes/kite-by-sea/edit/", page.sent).status_code == 302
    with viewing_as(world.viewer("taras")):
        route = world.routes["sea"]
        assert RouteStep.objects.filter(route=route, voided_at=None).count() == 3
