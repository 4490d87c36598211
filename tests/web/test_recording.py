"""Recording in the browser: what is typed of each noun, and what comes of it."""

import pytest

from catalogue.models import Component, Level, Organisation, Part, RouteLeg, Source, Specimen, SupplyRoute, WeaponSystem
from catalogue.queries.recorded import blocks_of
from catalogue.security.viewing import viewing_as

from .typed import filled, opened, problems, said, send

RECORDED = {
    "systems": (
        {
            "name": "Kite-2", "kind": "uav", "parent": "kite", "is_product": "on",
            "names": [{"text": "Змій", "kind": "alias"}],
        },
        {"name": "Kite-2", "kind": "uav", "parent": "kite", "is_product": True, "names": ["Змій"]},
    ),
    "specimens": (
        {
            "system": "kite", "kind": "single", "serial_number": "S-17", "recovered": "July 2022", "country": "UA",
            "numbers": [{"text": "T-9", "kind": "tail"}],
            "citations": [{"source": "harbour-report", "locator": "p. 7"}],
        },
        {
            "system": "kite", "serial_number": "S-17", "recovered": "2022-07", "country": "UA",
            "numbers": ["S-17", "T-9"], "citations": ["harbour-report"],
        },
    ),
    "components": (
        {
            "specimen": "KND-2026-STRICT", "kind": "board", "name": "Antenna", "marking": "KOM\r\nM 2?",
            "quantity": "4", "made": "2022-W17", "manufacturer": "acme-semiconductor", "part": "ACM-3221",
        },
        {
            "specimen": "KND-2026-STRICT", "kind": "board", "marking": "KOM\nM 2?", "marking_state": "read",
            "quantity": 4, "made": "2022-04-25/2022-05-01", "manufacturer": "acme-semiconductor", "part": "ACM-3221",
        },
    ),
    "parts": (
        {
            "manufacturer": "volta-elektronik", "number": "VE-9", "hs": "8542.31",
            "numbers": [{"text": "5962-9", "kind": "nsn"}],
        },
        {"manufacturer": "volta-elektronik", "number": "VE-9", "hs": "2022/854231", "numbers": ["5962-9"]},
    ),
    "organisations": (
        {
            "name": "Acme Europe", "kind": "company", "country": "DE", "founded": "before 1990",
            "names": [{"text": "AEU", "kind": "abbreviation"}],
            "relations": [{"kind": "owns", "object": "volta-elektronik", "since": "2011", "share": "51"}],
        },
        {
            "name": "Acme Europe", "country": "DE", "founded": "../1989", "names": ["AEU"],
            "relations": [("owns", "volta-elektronik", "2011", 51)],
        },
    ),
    "sources": (
        {"title": "A second report", "kind": "press", "published": "1Q2023", "accessed": "2026-01-02", "url": "https://example.org/2"},
        {"title": "A second report", "published": "2023-33", "url": "https://example.org/2"},
    ),
    "routes": (
        {
            "title": "Kite by road", "system": "kite", "confidence": "moderate",
            "legs": [{"leg": "{railed}", "position": "1"}],
            "evidence": [{"part": "ACM-3221", "why": "On the waybill."}],
        },
        {
            "title": "Kite by road", "system": "kite", "confidence": "moderate", "legs": ["{railed}"],
            "evidence": ["ACM-3221"],
        },
    ),
    "legs": (
        {
            "status": "alleged", "sender": "acme-semiconductor", "receiver_known": "a warehouse", "amount": "12.50",
            "currency": "EUR", "moved": "week 34 of 2021",
            "goods": [{"declared_as": "Радіодеталі", "part": "ACM-3221", "quantity": "40", "unit": "C62"}],
            "routes": [{"route": "kite-by-rail", "position": "2"}],
        },
        {
            "status": "alleged", "sender": "acme-semiconductor", "receiver_known": "a warehouse",
            "moved": "2021-08-23/2021-08-29", "goods": [("Радіодеталі", "ACM-3221")], "routes": ["kite-by-rail"],
        },
    ),
}  # fmt: skip
MODELS = {
    "components": Component, "systems": WeaponSystem, "specimens": Specimen, "parts": Part,
    "organisations": Organisation, "sources": Source, "routes": SupplyRoute, "legs": RouteLeg,
}  # fmt: skip


def of_world(world, typed):
    """`typed` with the references that the world made."""
    if isinstance(typed, str):
        return typed.replace("{railed}", world.legs["railed"].reference)
    if isinstance(typed, list):
        return [of_world(world, one) for one in typed]
    return {name: of_world(world, value) for name, value in typed.items()} if isinstance(typed, dict) else typed


def newest(noun):
    return MODELS[noun].objects.order_by("-id").first()


def held(record):
    """What a record holds in the words of RECORDED."""
    blocks = blocks_of(record)
    found = {name: [row.text for row in blocks[name]] for name in ("names", "numbers") if name in blocks}
    if isinstance(record, Specimen):
        found["numbers"] = sorted(record.numbers.filter(voided_at=None).values_list("text", flat=True))
    if "citations" in blocks:
        found["citations"] = [row.source.slug for row in blocks["citations"]]
    if "relations" in blocks:
        found["relations"] = [(r.kind_id, r.object.slug, r.since, r.share) for r in blocks["relations"]]
    if "legs" in blocks:
        found["legs"] = [row.leg.reference for row in blocks["legs"]]
        found["evidence"] = [row.part.number for row in blocks["evidence"]]
    if "goods" in blocks:
        found["goods"] = [(row.declared_as, row.goods.part.number) for row in blocks["goods"]]
        found["routes"] = [row.route.slug for row in blocks["routes"]]
    for name in ("system", "parent", "manufacturer", "sender"):
        if (named := getattr(record, name, None)) is not None:
            found[name] = named.slug
    for name in ("specimen", "part"):
        if (named := getattr(record, name, None)) is not None:
            found[name] = str(named)
    codes = [name for name in ("kind", "country", "hs") if hasattr(record, f"{name}_id")]
    return found | {name: getattr(record, f"{name}_id") for name in codes}


def columns(record):
    """Every column but the moment of its last change."""
    return {f.attname: getattr(record, f.attname) for f in record._meta.concrete_fields if f.name != "updated_at"}


@pytest.mark.parametrize("noun", RECORDED)
def test_an_analyst_records_what_was_typed(world, noun):
    typed, wanted = (of_world(world, one) for one in RECORDED[noun])
    response = send(world, "taras", f"/{noun}/new/", typed)
    assert problems(response) == []
    assert response.status_code == 302
    with viewing_as(world.viewer("taras")):
        made = newest(noun)
        found = {name: getattr(made, name) for name in wanted if hasattr(made, name)} | held(made)
        assert {name: found[name] for name in wanted} == wanted
        assert made.declared.level == Level.STRICT


@pytest.mark.parametrize("noun", RECORDED)
def test_a_form_that_is_sent_back_as_it_was_shown_changes_nothing(world, noun):
    typed, _wanted = (of_world(world, one) for one in RECORDED[noun])
    send(world, "taras", f"/{noun}/new/", typed)
    with viewing_as(world.viewer("taras")):
        made = newest(noun)
        before = columns(made) | held(made)
    response = send(world, "taras", f"/{noun}/{made.pk}/edit/", {})
    assert (problems(response), response.status_code) == ([], 302)
    with viewing_as(world.viewer("taras")):
        again = type(made).objects.get(pk=made.pk)
        assert columns(again) | held(again) == before


CHANGES = {
    "systems": {"name": "Kite, renamed"},
    "specimens": {"place": "Odesa region"},
    "components": {"condition": "burnt at one side"},
    "parts": {"description": "Memory"},
    "organisations": {"description": "Sells chips."},
    "sources": {"note": "Read twice."},
    "routes": {"alternative": "Scrap trade."},
    "legs": {"note": "See the waybill."},
}


@pytest.mark.parametrize("noun", CHANGES)
def test_an_analyst_changes_a_record_of_the_own_agency(world, noun):
    typed, _wanted = (of_world(world, one) for one in RECORDED[noun])
    send(world, "taras", f"/{noun}/new/", typed)
    with viewing_as(world.viewer("taras")):
        made = newest(noun)
    response = send(world, "taras", f"/{noun}/{made.pk}/edit/", CHANGES[noun])
    assert response.status_code == 302, problems(response)
    with viewing_as(world.viewer("taras")):
        again = type(made).objects.get(pk=made.pk)
        assert {name: getattr(again, name) for name in CHANGES[noun]} == CHANGES[noun]
        assert again.version == made.version + 1


@pytest.mark.parametrize("noun", RECORDED)
def test_a_record_is_voided_with_a_reason_and_says_so(world, noun):
    typed, _wanted = (of_world(world, one) for one in RECORDED[noun])
    send(world, "taras", f"/{noun}/new/", typed)
    with viewing_as(world.viewer("taras")):
        made = newest(noun)
    path = f"/{noun}/{made.pk}/void/"
    assert problems(send(world, "taras", path, {"reason": " "})) == ["Reason: Fill in “Reason”; it is needed."]
    assert send(world, "taras", path, {"reason": "Recorded twice."}).status_code == 302
    with viewing_as(world.viewer("taras")):
        assert type(made).objects.get(pk=made.pk).void_reason == "Recorded twice."
    after = world.client("taras").get(f"/{noun}/{made.pk}/edit/")
    assert after.status_code == 403
    assert "This record is voided" in said(after)


# Who may


@pytest.mark.parametrize("noun", [*RECORDED])
@pytest.mark.parametrize(
    "reader, status", [("olena", 200), ("taras", 200), ("rita", 403), ("ada", 403), ("nobody", 403)]
)
def test_only_those_who_record_are_shown_the_form(world, noun, reader, status):
    assert world.client(reader).get(f"/{noun}/new/").status_code == status


@pytest.mark.parametrize(
    "path, statuses",
    [
        ("/specimens/KND-2026-CLEAR/{}/", {"taras": 200, "rita": 403, "piet": 403, "sam": 403, "nobody": 403}),
        ("/specimens/KND-2026-AMBER/{}/", {"taras": 200, "rita": 403, "piet": 403, "sam": 404, "nobody": 403}),
        ("/specimens/KND-2026-STRICT/{}/", {"taras": 200, "rita": 403, "piet": 404, "sam": 404, "nobody": 403}),
        ("/specimens/KND-2026-RED/{}/", {"taras": 404, "rita": 403, "piet": 403, "olena": 200, "nobody": 403}),
        ("/specimens/KND-2026-NONE/{}/", {"taras": 404, "rita": 403, "piet": 404, "olena": 404, "nobody": 403}),
    ],
)
@pytest.mark.parametrize("page", ["edit", "void", "inventory", "photographs"])
def test_pages_of_a_record_open_for_its_agency_alone(world, path, statuses, page):
    found = {reader: world.client(reader).get(path.format(page)).status_code for reader in statuses}
    assert found == statuses


def test_a_reader_who_sends_the_form_all_the_same_is_refused(world):
    sent = filled(opened(world, "taras", "/organisations/new/"), {"name": "Smuggled"})
    assert world.client("rita").post("/organisations/new/", sent).status_code == 403
    with viewing_as(world.viewer("olena")):
        assert not Organisation.objects.filter(name="Smuggled").exists()


def test_an_analyst_is_offered_the_narrow_levels_and_a_curator_all(world):
    page = said(world.client("taras").get("/sources/new/"))
    assert "TLP:RED You, and those named" in page
    assert "TLP:GREEN" not in page
    assert "TLP:CLEAR Anyone, also without signing in." in said(world.client("olena").get("/sources/new/"))


def test_a_level_that_was_not_offered_is_refused_beside_its_field(world):
    response = send(world, "taras", "/sources/new/", {"title": "Leak", "kind": "press", "handling": "0"})
    assert [p.partition(":")[0] for p in problems(response)] == ["Who may read it"]


def test_a_record_is_narrowed_where_it_is_changed_and_widened_elsewhere(world):
    path = f"/sources/{world.source.slug}/edit/"
    assert send(world, "taras", path, {"handling": str(int(Level.STRICT))}).status_code == 302
    with viewing_as(world.viewer("taras")):
        assert Source.objects.get(pk=world.source.pk).audience.level == Level.STRICT
    assert "TLP:CLEAR" not in said(world.client("olena").get(path))


def test_a_forged_form_is_refused(world):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(world.users["taras"], backend="catalogue.web.signin.Backend")
    assert client.post("/organisations/new/", {"name": "Forged"}).status_code == 403


def test_what_cannot_be_changed_is_named_as_people_name_it(world):
    page = world.client("olena").get(f"/parts/{world.part.pk}/edit/").content.decode()
    assert 'value="Acme Semiconductor"' in page and 'value="acme-semiconductor"' not in page
