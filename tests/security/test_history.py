"""Who did what: every change leaves an event that can be added only, and that only its readers see."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from catalogue.models import Component, Identification, Organisation, Part, Specimen, User
from catalogue.security.viewing import viewing_as
from tests.conftest import become

from .rows import HANDLED, declare, make

CLEAR = 1
IDS = [model.__name__ for model in HANDLED]


def events(record):
    """The event model of a record, its events in order."""
    model = apps.get_model("catalogue", f"{type(record).__name__}Event")
    return model.objects.filter(pgh_obj_id=record.pk).order_by("pgh_id")


def labels(record):
    return [event.pgh_label for event in events(record)]


@pytest.mark.parametrize("model", HANDLED, ids=IDS)
def test_every_insert_and_update_leaves_an_event_with_who_and_why(people, model):
    with viewing_as(people.viewer("olena"), reason="teardown", request="POST /api/v1/"):
        record = make(model, owner=people.agencies["laboratory"])
    with viewing_as(people.viewer("taras"), reason="second look"):
        assert model.objects.filter(pk=record.pk).update(void_reason="wrong") == 1
    with viewing_as(people.viewer("rita")):
        first, second = events(record)
        laboratory = people.agencies["laboratory"].pk
        assert (first.pgh_label, first.void_reason, first.version) == ("created", "", 1)
        assert first.pgh_context == {
            "actor": people.users["olena"].pk, "agency": laboratory, "reason": "teardown", "request": "POST /api/v1/"
        }  # fmt: skip
        assert (second.pgh_label, second.void_reason, second.version) == ("changed", "wrong", 2)
        assert second.pgh_context == {
            "actor": people.users["taras"].pk, "agency": laboratory, "reason": "second look"
        }  # fmt: skip
        assert {first.audience_id, second.audience_id} == {CLEAR}


@pytest.mark.parametrize("way", ["raw", "bulk", "copied"])
def test_no_way_of_writing_goes_past_the_history(people, way):
    laboratory = people.agencies["laboratory"]
    with viewing_as(people.viewer("olena"), reason="way"), connection.cursor() as cursor:
        records = [make(Organisation, owner=laboratory) for _ in range(2)]
        if way == "raw":
            cursor.execute("UPDATE catalogue_organisation SET name = name || '!'")
        elif way == "bulk":
            for record in records:
                record.name = "Renamed"
            Organisation.objects.bulk_update(records, ["name"])
        else:
            cursor.execute(
                "CREATE TEMPORARY TABLE staged ON COMMIT DROP AS SELECT id, 'x' AS name FROM catalogue_organisation"
            )
            cursor.execute("UPDATE catalogue_organisation o SET name = s.name FROM staged s WHERE s.id = o.id")
        assert [labels(record) for record in records] == [["created", "changed"]] * 2
        assert {event.pgh_context["reason"] for record in records for event in events(record)} == {"way"}


def test_an_update_that_changes_nothing_is_no_event(people):
    with viewing_as(people.viewer("olena")):
        record = make(Organisation, owner=people.agencies["laboratory"], name="Same")
        Organisation.objects.filter(pk=record.pk).update(name="Same")
        assert labels(record) == ["created"]


def test_a_child_that_follows_its_parent_has_no_event_of_it(people):
    laboratory = people.agencies["laboratory"]
    with viewing_as(people.viewer("olena")):
        specimen = make(Specimen, owner=laboratory)
        component = make(Component, owner=laboratory, specimen=specimen)
        part = make(Part, owner=laboratory)
        opinion = make(Identification, owner=laboratory, component=component, part=part, state="accepted")
        before = labels(component)
        declare(specimen, people.strict())
        declare(specimen, CLEAR)
        assert labels(specimen) == ["created", "changed", "changed"]
        assert labels(component) == before
        assert labels(opinion) == ["created"]


def test_events_of_a_record_that_was_narrowed_are_gone_for_those_who_lost_it(people):
    with viewing_as(people.viewer("olena")):
        record = make(Organisation, owner=people.agencies["laboratory"])
    with viewing_as(people.viewer("sam")):
        assert labels(record) == ["created"]
    with viewing_as(people.viewer("olena")):
        declare(record, people.strict())
        assert labels(record) == ["created", "changed"]
    with viewing_as(people.viewer("sam")):
        assert labels(record) == []


def test_events_follow_the_parent_that_was_narrowed(people):
    with viewing_as(people.viewer("olena")):
        specimen = make(Specimen, owner=people.agencies["laboratory"])
        component = make(Component, owner=people.agencies["laboratory"], specimen=specimen)
        declare(specimen, people.strict())
    with viewing_as(people.viewer("sam")):
        assert labels(component) == []


def test_what_was_written_while_narrow_stays_narrow_after_the_record_is_released(people):
    with viewing_as(people.viewer("olena")):
        record = make(Organisation, owner=people.agencies["laboratory"], declared=people.strict())
        Organisation.objects.filter(pk=record.pk).update(description="draft suspicion")
        Organisation.objects.filter(pk=record.pk).update(description="finding", declared_id=CLEAR)
        assert [event.description for event in events(record)] == ["", "draft suspicion", "finding"]
    with viewing_as(people.viewer("sam")):
        assert [event.description for event in events(record)] == ["finding"]


def test_the_ceiling_of_a_key_holds_for_history_too(people):
    with viewing_as(people.viewer("olena")):
        record = make(Organisation, owner=people.agencies["laboratory"], declared=people.strict())
    with viewing_as(people.viewer("olena", ceiling=1)):
        assert labels(record) == []


def test_without_a_viewer_no_event_is_seen(people):
    with viewing_as(people.viewer("olena")):
        records = [make(model, owner=people.agencies["laboratory"]) for model in HANDLED]
    assert [record for record in records if events(record).exists()] == []


def test_events_are_not_written_by_hand(people):
    with viewing_as(people.viewer("olena")), connection.cursor() as cursor:
        record = make(Organisation, owner=people.agencies["laboratory"])
        columns = ", ".join(f.column for f in events(record).model._meta.local_fields if f.column != "pgh_id")
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            cursor.execute(
                f"INSERT INTO catalogue_organisationevent ({columns}) SELECT {columns} FROM catalogue_organisationevent"
            )


@pytest.mark.parametrize("table", [f"{m._meta.db_table}event" for m in HANDLED] + [
    "catalogue_agencyevent", "catalogue_userevent", "catalogue_apikeyevent"
])  # fmt: skip
def test_not_even_the_owner_of_the_tables_changes_history(people, table):
    with viewing_as(people.viewer("olena")):
        for model in HANDLED:
            if f"{model._meta.db_table}event" == table:
                make(model, owner=people.agencies["laboratory"])
    become("catalogue_owner")
    with connection.cursor() as cursor:
        if table == "catalogue_apikeyevent":
            cursor.execute(
                "INSERT INTO catalogue_apikey (user_id, agency_id, name, prefix, digest, ceiling, expires_at)"
                " VALUES (%s, %s, '', 'x', sha256('x'), 0, now())",
                [people.users["olena"].pk, people.agencies["laboratory"].pk],
            )
        cursor.execute(f"SELECT count(*) FROM {table}")
        assert cursor.fetchone()[0] > 0
        for statement in (f"UPDATE {table} SET pgh_label = 'x'", f"DELETE FROM {table}", f"TRUNCATE {table}"):
            with (
                pytest.raises(DatabaseError, match=r"Cannot (update|delete)|can be added to, not"),
                transaction.atomic(),
            ):
                cursor.execute(statement)


def test_accounts_have_a_history_without_passwords_or_sign_ins(people):
    become("catalogue_owner")
    olena = people.users["olena"]
    olena.set_password("a long new password")
    olena.save()
    olena.role = "reader"
    olena.save()
    User.objects.filter(pk=olena.pk).update(last_login="2024-01-01T00:00Z")
    assert labels(olena)[-1] == "changed"
    assert events(olena).last().role == "reader"
    assert labels(olena) == ["created", "changed"]
    assert not hasattr(events(olena).first(), "password")


def test_events_of_people_are_seen_within_their_agency(people):
    for reader, seen in (("rita", True), ("piet", False), ("nobody", False)):
        with viewing_as(people.viewer(reader)):
            assert events(people.users["olena"]).exists() == seen
