"""Who may see a record, interned: one row for one circle of readers."""

import pytest
from django.db import DatabaseError, connection, transaction

from catalogue.models import Audience, Organisation
from catalogue.security.viewing import viewing_as
from tests.conftest import become

from .people import READERS
from .rows import make

SEEN_BY = {
    "clear": set(READERS),
    "green": set(READERS) - {"nobody"},
    "amber": {"olena", "taras", "rita", "ada", "piet"},
    "strict": {"olena", "taras", "rita", "ada"},
    "red": {"olena", "piet"},
    "red of one agency": {"olena"},
}


def circles(people):
    """An audience of each kind; the laboratory's AMBER is released to the partner."""
    return {
        "clear": people.audience(0),
        "green": people.audience(1),
        "amber": people.audience(2, ("laboratory", "partner")),
        "strict": people.audience(3, ("laboratory",)),
        "red": people.audience(4, readers=("olena", "piet")),
        "red of one agency": people.audience(4, ("laboratory",), ("olena", "piet")),
    }


def meet(one, other):
    """The audience in which two meet. Triggers ask this as the tables' owner; the application's role may not."""
    become("catalogue_owner")
    with connection.cursor() as cursor:
        cursor.execute("SELECT catalogue_meet(%s, %s)", [one, other])
        found = cursor.fetchone()[0]
    become("catalogue_app")
    return found


def test_clear_and_green_are_the_first_two(people):
    assert (people.audience(0), people.audience(1)) == (1, 2)


def test_the_same_circle_is_one_row_however_it_is_written(people):
    with viewing_as(people.viewer("olena")), connection.cursor() as cursor:
        a, b = people.agencies["laboratory"].pk, people.agencies["partner"].pk
        found = set()
        for agencies in ([a, b], [b, a], [a, b, a]):
            cursor.execute("SELECT catalogue_audience(2, %s, NULL)", [agencies])
            found.add(cursor.fetchone()[0])
        assert len(found) == 1
        assert Audience.objects.get(pk=found.pop()).agencies == sorted([a, b])


def test_levels_are_circles_of_their_own(people):
    with viewing_as(people.viewer("olena")):
        assert len(set(circles(people).values())) == len(SEEN_BY)


@pytest.mark.parametrize("reader", READERS)
def test_a_reader_sees_the_records_of_the_circles_that_hold_the_reader(people, reader):
    with viewing_as(people.viewer("olena")):
        for name, declared in circles(people).items():
            make(Organisation, owner=people.agencies["laboratory"], name=name, declared=declared)
    with viewing_as(people.viewer(reader)):
        seen = set(Organisation.objects.values_list("name", flat=True))
    assert seen == {name for name, readers in SEEN_BY.items() if reader in readers}


@pytest.mark.parametrize("reader", READERS)
def test_a_reader_knows_only_the_circles_that_hold_the_reader(people, reader):
    """The list of audiences would tell who works with whom."""
    with viewing_as(people.viewer("olena")):
        made = circles(people)
    with viewing_as(people.viewer(reader)):
        known = set(Audience.objects.filter(pk__in=made.values()).values_list("pk", flat=True))
    assert known == {made[name] for name, readers in SEEN_BY.items() if reader in readers}


@pytest.mark.parametrize("one", SEEN_BY)
@pytest.mark.parametrize("other", SEEN_BY)
def test_two_circles_meet_in_those_who_are_in_both(people, one, other):
    with viewing_as(people.viewer("olena")):
        made = circles(people)
        met = meet(made[one], made[other])
        make(Organisation, owner=people.agencies["laboratory"], name="met", declared=met)
        assert meet(made[other], made[one]) == met
        assert meet(met, made[one]) == met
    seen = set()
    for reader in READERS:
        with viewing_as(people.viewer(reader)):
            seen |= {reader} if Organisation.objects.filter(name="met").exists() else set()
    assert seen == SEEN_BY[one] & SEEN_BY[other]


@pytest.mark.parametrize(
    "one, other",
    [((3, ("laboratory",)), (3, ("partner",))), ((4, None, ("olena",)), (4, None, ("piet",))),
     ((4, None, ("piet",)), (3, ("laboratory",)))],
    ids=["two agencies", "two readers", "a reader of another agency"],
)  # fmt: skip
def test_a_circle_of_nobody_is_refused(people, one, other):
    with viewing_as(people.viewer("olena")):
        first, second = people.audience(*one), people.audience(*other)
        with pytest.raises(DatabaseError, match="nobody could see this record") as refused, transaction.atomic():
            meet(first, second)
        assert refused.value.__cause__.sqlstate == "CA001"


@pytest.mark.parametrize(
    "level, agencies, readers",
    [
        (0, [1], None),
        (1, None, [1]),
        (2, None, None),
        (3, None, [1]),
        (4, None, None),
        (5, None, None),
        (-1, None, None),
    ],
)
def test_a_level_without_its_readers_is_refused(people, level, agencies, readers):
    with connection.cursor() as cursor, pytest.raises(DatabaseError) as refused, transaction.atomic():
        cursor.execute("SELECT catalogue_audience(%s, %s::int[], %s::int[])", [level, agencies, readers])
    assert refused.value.__cause__.sqlstate == "CA002"


def test_audiences_are_not_written_by_hand(people):
    with viewing_as(people.viewer("olena")):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Audience.objects.create(level=0)
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Audience.objects.update(level=0)


def test_a_new_circle_is_seen_at_once_by_the_writer_it_names(people):
    with viewing_as(people.viewer("olena")):
        new = people.audience(2, ("laboratory", "stranger"))
        assert Audience.objects.filter(pk=new).exists()
        hidden = people.audience(3, ("stranger",))
        assert not Audience.objects.filter(pk=hidden).exists()
