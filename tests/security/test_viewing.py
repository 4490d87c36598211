"""Whose eyes a transaction sees with: set at its beginning, restored after a nested one, gone at its end."""

import pytest
from django.db import DatabaseError, connection, transaction

from catalogue.models import Agency, Organisation, User
from catalogue.security.viewing import NOBODY, SETTINGS, gate, viewing_as
from tests.conftest import become

from .rows import HANDLED, make

KEPT = (*SETTINGS, "pghistory.context_metadata", "app.gate")


def settings():
    """The settings of the reader as they stand; never set and empty are the same."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"current_setting('{name}', true)" for name in KEPT))
        return tuple(value or "" for value in cursor.fetchone())


@pytest.fixture
def records(people):
    """One record of each level, named after it."""
    with viewing_as(people.viewer("olena")):
        for name, declared in {"clear": 1, "green": 2, "strict": people.strict()}.items():
            make(Organisation, owner=people.agencies["laboratory"], name=name, declared=declared)
    return people


def names():
    return set(Organisation.objects.values_list("name", flat=True))


def test_without_a_viewer_nothing_is_seen_not_even_what_is_clear(records):
    assert names() == set()
    assert Organisation.objects.count() == 0


def test_nobody_sees_what_is_clear(records):
    with viewing_as(NOBODY):
        assert names() == {"clear"}


def test_what_was_seen_is_gone_after_the_block(records):
    before = settings()
    with viewing_as(records.viewer("olena")):
        assert names() == {"clear", "green", "strict"}
    assert settings() == before
    assert names() == set()


def test_a_nested_reader_leaves_no_trace(records):
    with viewing_as(records.viewer("olena"), reason="outer"):
        before = settings()
        with viewing_as(NOBODY, reason="inner"):
            assert names() == {"clear"}
            with viewing_as(records.viewer("sam")):
                assert names() == {"clear", "green"}
            assert names() == {"clear"}
        assert settings() == before
        assert names() == {"clear", "green", "strict"}


def test_a_nested_reader_that_fails_leaves_no_trace(records):
    with viewing_as(records.viewer("sam")):
        before = settings()
        with pytest.raises(ZeroDivisionError), viewing_as(records.viewer("olena"), reason="inner"):
            assert "strict" in names()
            raise ZeroDivisionError
        assert settings() == before
        assert names() == {"clear", "green"}


def test_a_nested_reader_whose_transaction_broke_leaves_no_trace(records):
    with viewing_as(records.viewer("sam")):
        before = settings()
        olena, broken = viewing_as(records.viewer("olena")), pytest.raises(DatabaseError, match="division by zero")
        with broken, olena, connection.cursor() as cursor:
            cursor.execute("SELECT 1/0")
        assert settings() == before
        with viewing_as(records.viewer("olena")):
            transaction.set_rollback(True)
        assert settings() == before
        assert names() == {"clear", "green"}


def test_a_closed_account_sees_nothing_and_the_outer_reader_stays(records):
    become("catalogue_owner")
    User.objects.filter(username="sam").update(is_active=False)
    become("catalogue_app")
    with viewing_as(records.viewer("olena")):
        before = settings()
        with pytest.raises(LookupError, match="closed"), viewing_as(records.viewer("sam")):
            raise AssertionError("the block of a closed account is entered")
        assert settings() == before


@pytest.mark.parametrize(
    "ceiling, seen",
    [
        (0, {"clear"}),
        (1, {"clear", "green"}),
        (2, {"clear", "green"}),
        (3, {"clear", "green", "strict"}),
        (4, {"clear", "green", "strict"}),
    ],
)
def test_the_ceiling_of_a_reader_hides_what_lies_above_it(records, ceiling, seen):
    with viewing_as(records.viewer("olena", ceiling=ceiling)):
        assert names() == seen


def test_people_are_seen_within_their_agency(people):
    with viewing_as(people.viewer("rita")):
        assert set(User.objects.values_list("username", flat=True)) == {"olena", "taras", "rita", "ada"}
        assert Agency.objects.count() == 3
    with viewing_as(NOBODY):
        assert not User.objects.exists()


def test_the_sign_in_door_closes_behind_itself(people):
    with viewing_as(NOBODY):
        with gate():
            assert User.objects.count() == 6
        assert not User.objects.exists()
        with pytest.raises(ZeroDivisionError), gate():
            raise ZeroDivisionError
        assert not User.objects.exists()


def test_the_sign_in_door_shows_accounts_and_no_records(records):
    with gate():
        assert names() == set()


def test_every_handled_table_is_empty_without_a_viewer(people):
    with viewing_as(people.viewer("olena")):
        for model in HANDLED:
            make(model, owner=people.agencies["laboratory"])
    for model in HANDLED:
        assert not model.objects.exists(), model.__name__
    with viewing_as(NOBODY):
        for model in HANDLED:
            assert model.objects.exists(), model.__name__
