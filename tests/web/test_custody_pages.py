"""Custody and intake on pages: a chain that only grows, and what does not fit in it."""

import pytest
from django.db import DatabaseError, transaction

from catalogue.actions.review import send_to_review
from catalogue.models import CustodyEvent, Examination
from catalogue.security.viewing import viewing_as

NEW = "/specimens/KND-2026-AMBER/custody/new/"
INTAKE = "/specimens/KND-2026-STRICT/examination/"
EVENT = {
    "kind": "received", "happened": "2026-05-04T09:30", "zone": "Europe/Kyiv", "giver": "Сержант Коваль",
    "receiver": "Laboratory", "seals": "A-1, A-2", "place": "Київ", "purpose": "examination",
}  # fmt: skip
RECEIVED = {"reference": "Е-17/2026", "received": "May 2026", "consignor": "Петро", "seals": "A-1", "stage": "received"}


def sent(world, reader, address, body, status=302):
    response = world.client(reader).post(address, body)
    assert response.status_code == status, response.content[-3000:]
    return response


def page(world, reader, address, status=200):
    response = world.client(reader).get(address)
    assert response.status_code == status
    return response.content.decode()


# Custody


def test_an_event_is_noted_by_the_clocks_of_its_place(world):
    assert sent(world, "taras", NEW, EVENT)["Location"] == "/specimens/KND-2026-AMBER/#custody"
    with viewing_as(world.viewer("taras")):
        event = CustodyEvent.objects.get(giver="Сержант Коваль")
    assert event.happened_at.isoformat() == "2026-05-04T06:30:00+00:00" and event.zone == "Europe/Kyiv"
    said = page(world, "taras", "/specimens/KND-2026-AMBER/")
    assert "Сержант Коваль" in said and "9:30" in said and "Europe/Kyiv" in said
    assert '<option value="Europe/Kyiv" selected>' in page(world, "taras", NEW)


def test_what_does_not_fit_is_said_at_the_event_and_recorded_all_the_same(world):
    sent(world, "taras", NEW, EVENT)
    sent(world, "taras", NEW, EVENT | {"happened": "2026-05-05T09:30", "giver": "Nobody known", "seals": "B-9"})
    said = page(world, "taras", "/specimens/KND-2026-AMBER/")
    assert "Given by “Nobody known”, but the last noted to have it was “Laboratory”." in said
    assert "The seal is B-9, before it was A-1, A-2, and no opening is noted between." in said


def test_a_component_has_events_of_its_own(world):
    part = world.components["amber"].reference
    sent(world, "taras", f"/components/{part}/custody/new/", EVENT | {"kind": "examined"})
    assert f'href="/components/{part}/custody/new/"' in page(world, "taras", f"/components/{part}/")
    assert part in page(world, "taras", "/specimens/KND-2026-AMBER/")
    own = page(world, "taras", f"/components/{part}/").partition('id="custody"')[2]
    assert "Сержант Коваль" in own and "A-1, A-2" in own and "Київ · examination" in own and "Europe/Kyiv" in own
    sent(world, "taras", NEW, EVENT | {"giver": "Of the whole"})
    assert "Of the whole" not in page(world, "taras", f"/components/{part}/")


@pytest.mark.parametrize(
    "typed, field, words",
    [
        ({"happened": "yesterday"}, "happened", "Write the day and the time"),
        ({"happened": ""}, "happened", "it is needed"),
        ({"happened": "2026-03-29T03:30"}, "happened", "went over this time"),
        ({"happened": "2126-05-04T09:30"}, "happened", "has not come yet"),
        ({"zone": "Mars/Base"}, "zone", "valid choice"),
        ({"kind": "stolen"}, "kind", "valid choice"),
        ({"giver": "x" * 2001}, "giver", "2,000"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_nothing_typed_is_lost(world, typed, field, words):
    answer = sent(world, "taras", NEW, EVENT | typed, 200).content.decode()
    assert words in answer and f'name="{field}"' in answer and "Київ" in answer


def test_a_wrong_event_is_voided_with_a_reason_and_never_altered(world):
    sent(world, "taras", NEW, EVENT)
    with viewing_as(world.viewer("taras")):
        event = CustodyEvent.objects.get(giver="Сержант Коваль")
        for change in ({"giver": "Other"}, {"happened_at": "2026-01-01T00:00Z"}, {"seals": ""}):
            with pytest.raises(DatabaseError), transaction.atomic():
                CustodyEvent.objects.filter(pk=event.pk).update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            CustodyEvent.objects.filter(pk=event.pk).delete()
    assert page(world, "taras", f"/custody/{event.pk}/edit/", 404)
    assert "reason" in sent(world, "taras", f"/custody/{event.pk}/void/", {"reason": " "}, 200).content.decode()
    sent(world, "taras", f"/custody/{event.pk}/void/", {"reason": "noted of another wreck"})


def test_a_voided_event_stays_to_be_seen_struck_through_and_the_chain_goes_on_without_it(world):
    sent(world, "taras", NEW, EVENT)
    sent(world, "taras", NEW, EVENT | {"happened": "2026-05-05T09:30", "giver": "Somebody", "receiver": "Store"})
    assert "the last noted to have it was “Laboratory”" in page(world, "taras", "/specimens/KND-2026-AMBER/")
    with viewing_as(world.viewer("taras")):
        event = CustodyEvent.objects.get(giver="Сержант Коваль")
    sent(world, "taras", f"/custody/{event.pk}/void/", {"reason": "noted of another wreck"})
    said = page(world, "taras", "/specimens/KND-2026-AMBER/")
    assert '<tr class="struck">' in said and "voided: noted of another wreck" in said and "Сержант Коваль" in said
    assert "the last noted to have it was “Laboratory”" not in said
    assert f"/custody/{event.pk}/void/" not in said and said.count('class="struck"') == 1


def test_an_event_of_a_specimen_in_review_is_no_amendment(world):
    specimen = world.specimens["strict"]
    with viewing_as(world.viewer("taras")):
        send_to_review(specimen, actor=world.viewer("taras"))
    sent(world, "taras", NEW.replace("AMBER", "STRICT"), EVENT)


def test_other_agencies_and_readers_note_nothing(world):
    sent(world, "piet", NEW, EVENT, 403)
    sent(world, "rita", NEW, EVENT, 403)
    sent(world, "sam", NEW, EVENT, 404)


# Custody over REST


def test_the_chain_is_had_and_added_to_over_rest(world):
    body = {"specimen": "KND-2026-AMBER", "kind": "transferred", "happened": "2026-05-04T09:30:00+03:00",
            "zone": "Europe/Kyiv", "from": "Koval", "to": "Laboratory", "seals": "A-1"}  # fmt: skip
    made = world.send("taras", "post", "/api/v1/custody/", body, 201)
    assert made["happened"] == "2026-05-04T06:30:00.000000Z" and made["from"] == "Koval" and made["component"] is None
    listed = world.get("taras", "/api/v1/custody/?specimen=KND-2026-AMBER&kind=transferred")
    assert [one["id"] for one in listed["results"]] == [made["id"]]
    assert world.get("piet", "/api/v1/custody/")["results"] == world.get("nobody", "/api/v1/custody/")["results"]


@pytest.mark.parametrize(
    "change, field",
    [({"to": "Other"}, "to"), ({"kind": "sealed"}, "kind"), ({"happened": "2026-05-04T09:30:00Z"}, "happened")],
)
def test_an_event_is_not_altered_over_rest(world, change, field):
    answer = world.send("olena", "patch", f"/api/v1/custody/{world.custody.pk}/", change, 400)
    assert "added to, never altered" in answer["errors"][field][0]


@pytest.mark.parametrize(
    "change, field",
    [({"zone": "Mars/Base"}, "zone"), ({"specimen": None}, "specimen"), ({"happened": "May"}, "happened")],
)
def test_what_cannot_be_is_refused_by_name_over_rest(world, change, field):
    body = {"specimen": "KND-2026-AMBER", "kind": "sealed", "happened": "2026-05-04T09:30:00Z", "zone": "UTC"} | change
    assert field in world.send("taras", "post", "/api/v1/custody/", body, 400)["errors"]


# Intake


def test_an_intake_is_noted_and_stays_with_the_agency(world):
    sent(world, "taras", INTAKE.replace("STRICT", "AMBER"), RECEIVED | {"examiner": str(world.users["taras"].pk)})
    said = page(world, "rita", "/specimens/KND-2026-AMBER/")
    assert "Е-17/2026" in said and "Петро" in said and "taras · TA" in said
    for reader in ("piet", "sam"):
        with viewing_as(world.viewer(reader)):
            assert not Examination.objects.exists()
    outside = page(world, "piet", "/specimens/KND-2026-AMBER/")
    assert "Е-17/2026" not in outside and "Петро" not in outside and "examination" not in outside


def test_a_number_is_given_once_in_an_agency(world):
    sent(world, "taras", INTAKE, RECEIVED)
    answer = sent(world, "taras", INTAKE.replace("STRICT", "AMBER"), RECEIVED, 200).content.decode()
    assert "has given this examination number already" in answer
    with viewing_as(world.viewer("olena")):
        assert Examination.objects.get(reference="Е-17/2026").specimen_id == world.specimens["strict"].pk


def test_an_examination_is_in_review_while_its_specimen_is_and_released_after_it(world):
    sent(world, "taras", INTAKE, RECEIVED | {"stage": "examining"})
    assert (
        "reviews the specimen first"
        in sent(world, "taras", INTAKE, RECEIVED | {"stage": "released"}, 200).content.decode()
    )
    assert here(page(world, "taras", "/specimens/KND-2026-STRICT/")) == "Being examined"
    specimen = world.specimens["strict"]
    with viewing_as(world.viewer("taras")):
        send_to_review(specimen, actor=world.viewer("taras"))
    assert here(page(world, "taras", "/specimens/KND-2026-STRICT/")) == "In review"


def here(text):
    """The stage that is marked as the present one."""
    return text.partition('aria-current="step"')[2].partition("</li>")[0].lstrip("> ")


def test_two_who_go_on_with_one_examination_are_told(world):
    sent(world, "taras", INTAKE, RECEIVED)
    sent(world, "olena", INTAKE, RECEIVED | {"version": 1, "note": "from Olena"})
    answer = sent(world, "taras", INTAKE, RECEIVED | {"version": 1, "note": "from Taras"}, 200).content.decode()
    assert "changed this record at the same moment" in answer and "from Taras" in answer
    sent(world, "taras", INTAKE, RECEIVED | {"version": 2, "note": "from Taras"})


def test_an_intake_that_was_noted_wrongly_is_voided_and_its_number_given_anew(world):
    sent(world, "taras", INTAKE, RECEIVED)
    with viewing_as(world.viewer("taras")):
        found = Examination.objects.get(specimen=world.specimens["strict"])
    void = f"/examinations/{found.pk}/void/"
    assert f'href="{void}"' in page(world, "taras", "/specimens/KND-2026-STRICT/")
    assert "reason" in sent(world, "taras", void, {"reason": ""}, 200).content.decode()
    assert sent(world, "taras", void, {"reason": "of another wreck"})["Location"].endswith("STRICT/#examination")
    assert "Its intake is not noted yet" in page(world, "taras", "/specimens/KND-2026-STRICT/")
    sent(world, "taras", INTAKE.replace("STRICT", "AMBER"), RECEIVED)
    page(world, "piet", void, 404)


@pytest.mark.parametrize(
    "typed, words",
    [
        ({"reference": "  "}, "it is needed"),
        ({"received": "soon"}, "soon"),
        ({"examiner": "999"}, "valid choice"),
        ({"stage": "lost"}, "valid choice"),
    ],
)
def test_an_intake_that_cannot_be_is_refused_and_kept(world, typed, words):
    answer = sent(world, "taras", INTAKE, RECEIVED | typed, 200).content.decode()
    assert words in answer and "Петро" in answer
