"""Two connections that write at the same time, with transactions that commit: in a copy of the test database."""

import threading
import uuid

import psycopg
import pytest

from .scratch import OWNER, copy_of_database

# Has the test database made; the tests themselves use connections of their own.
pytestmark = pytest.mark.django_db
PATIENCE = 10  # seconds before a test that hangs fails
CLEAR = 1


@pytest.fixture(scope="module")
def connect(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), copy_of_database() as made:
        with made(OWNER) as owner:
            owner.execute(
                "INSERT INTO catalogue_agency (id, uid, slug, name, code, is_home)"
                " VALUES (1, gen_random_uuid(), 'laboratory', 'Laboratory', 'KND', true)"
            )
            owner.execute(
                "INSERT INTO catalogue_user (id, password, username, name, email, examiner, agency_id, role, is_active,"
                " is_service) VALUES (1, '', 'olena', '', '', 'OL', 1, 'curator', true, false)"
            )
        yield made


class Writer:
    """Olena on a connection of her own, in a transaction that is open."""

    def __init__(self, connect):
        self.connection = connect()
        self.begin()

    def begin(self):
        self("SELECT catalogue_enter(1, 4)")
        self("SET LOCAL lock_timeout = '8s'")
        return self

    def __call__(self, statement, *parameters):
        cursor = self.connection.execute(statement, parameters)
        return cursor.fetchone()[0] if cursor.description else None

    def make(self, table, **columns):
        columns = {"id": uuid.uuid4(), "owner_id": 1, "declared_id": CLEAR} | columns
        places = ", ".join(["%s"] * len(columns))
        self(f"INSERT INTO catalogue_{table} ({', '.join(columns)}) VALUES ({places})", *columns.values())
        return columns["id"]

    def system(self, **more):
        return self.make(
            "weaponsystem", slug=str(uuid.uuid4()), name="Kite", kind_id="uav", is_product=False, **more
        )  # fmt: skip

    def specimen(self):
        system = self.system()
        columns = dict.fromkeys(("recovered", "produced", "used", "examined"), "")
        return self.make(
            "specimen", system_id=system, reference=str(uuid.uuid4()), kind="single", review="draft", **columns
        )

    def component(self, specimen, **more):
        return self.make(
            "component", specimen_id=specimen, reference=str(uuid.uuid4()), basis="observed", kind="part",
            marking_state="none", authenticity="not-examined", made="", date_code="", **more
        )  # fmt: skip

    def narrow(self, specimen):
        strict = self("SELECT catalogue_audience(3, ARRAY[1], NULL)")
        self("UPDATE catalogue_specimen SET declared_id = %s WHERE id = %s", strict, specimen)
        return strict

    def seen_by(self, component):
        return self("SELECT audience_id FROM catalogue_component WHERE id = %s", component)

    def commit(self):
        self.connection.commit()


def meanwhile(work):
    """Start `work` on another thread; a function that waits for its end and hands on what it raised."""
    raised = []

    def run():
        try:
            work()
        except Exception as problem:  # handed on to the test below
            raised.append(problem)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()

    def finish():
        thread.join(PATIENCE)
        assert not thread.is_alive(), "it waits for ever"
        if raised:
            raise raised[0]

    finish.waits = lambda seconds=0.3: (thread.join(seconds), thread.is_alive())[1]
    return finish


@pytest.fixture
def two(connect):
    """Two writers and a specimen that both see, and the laboratory's own audience known to both."""
    first = Writer(connect)
    first("SELECT catalogue_audience(3, ARRAY[1], NULL)")
    specimen = first.specimen()
    first.commit()
    second = Writer(connect)
    first.begin()
    yield first, second, specimen
    first.connection.close()
    second.connection.close()


def test_what_is_for_readers_whom_another_has_just_brought_together_is_recorded(two):
    """The circle did not exist when the second transaction began; its records are nevertheless its own to write."""
    first, second, _specimen = two
    circle = first("SELECT catalogue_audience(4, NULL, ARRAY[1])")
    first.commit()
    assert second("SELECT catalogue_audience(4, NULL, ARRAY[1])") == circle
    second.system(declared_id=circle)
    second.commit()


def test_a_component_recorded_while_its_specimen_is_being_narrowed_ends_narrow(two):
    narrowing, recording, specimen = two
    strict = narrowing.narrow(specimen)
    made = []
    finish = meanwhile(lambda: (made.append(recording.component(specimen)), recording.commit()))
    assert finish.waits(), "the component did not wait for the specimen"
    narrowing.commit()
    finish()
    assert narrowing.begin().seen_by(made[0]) == strict


def test_a_specimen_narrowed_while_a_component_is_being_recorded_takes_it_along(two):
    narrowing, recording, specimen = two
    made = recording.component(specimen)
    found = []
    finish = meanwhile(lambda: (found.append(narrowing.narrow(specimen)), narrowing.commit()))
    assert finish.waits(), "the specimen did not wait for the component"
    recording.commit()
    finish()
    assert recording.begin().seen_by(made) == found[0]


def test_a_component_moved_beneath_a_board_that_is_being_narrowed_ends_narrow(two):
    narrowing, moving, specimen = two
    board, chip = narrowing.component(specimen), narrowing.component(specimen)
    narrowing.commit()
    narrowing.begin()
    strict = narrowing("SELECT catalogue_audience(3, ARRAY[1], NULL)")
    narrowing("UPDATE catalogue_component SET declared_id = %s WHERE id = %s", strict, board)
    move = "UPDATE catalogue_component SET parent_id = %s WHERE id = %s"
    finish = meanwhile(lambda: (moving(move, board, chip), moving.commit()))
    assert finish.waits(), "the move did not wait for the board"
    narrowing.commit()
    finish()
    assert narrowing.begin().seen_by(chip) == strict


def test_two_who_lock_the_specimen_first_do_not_deadlock(two):
    first, second, specimen = two
    lock = "SELECT 1 FROM catalogue_specimen WHERE id = %s FOR UPDATE"
    rename = "UPDATE catalogue_specimen SET note = note || '.' WHERE id = %s"

    def work(writer):
        for _ in range(10):
            writer(lock, specimen)
            writer.component(specimen)
            writer(rename, specimen)
            writer.commit()
            writer.begin()
        writer.commit()

    finishes = [meanwhile(lambda writer=writer: work(writer)) for writer in (first, second)]
    for finish in finishes:
        finish()
    assert first.begin()("SELECT count(*) FROM catalogue_component WHERE specimen_id = %s", specimen) == 20
    assert first("SELECT note FROM catalogue_specimen WHERE id = %s", specimen) == "." * 20


def test_two_who_do_not_are_told_apart_by_a_deadlock_that_loses_nothing(two):
    """Why actions lock the specimen first."""
    first, second, specimen = two
    rename = "UPDATE catalogue_specimen SET note = 'renamed' WHERE id = %s"
    for writer in two[:2]:
        writer("SET LOCAL lock_timeout = 0")
        writer.component(specimen)
    ends = [meanwhile(lambda writer=writer: (writer(rename, specimen), writer.commit())) for writer in (first, second)]
    found = []
    for end in ends:
        try:
            end()
            found.append("done")
        except psycopg.errors.DeadlockDetected:
            found.append("deadlock")
    assert sorted(found) == ["deadlock", "done"]
    for writer in two[:2]:
        writer.connection.rollback()
    assert first.begin()("SELECT count(*) FROM catalogue_component WHERE specimen_id = %s", specimen) == 1


def test_two_new_circles_of_the_same_readers_are_one(two):
    first, second, _ = two
    ask = "SELECT catalogue_audience(4, NULL, ARRAY[1, 77])"
    found = [first(ask)]
    finish = meanwhile(lambda: (found.append(second(ask)), second.commit()))
    assert finish.waits()
    first.commit()
    finish()
    assert found[0] == found[1]


def test_two_moves_that_together_close_a_ring_do_not_both_succeed(two):
    first, second, specimen = two
    one, other = first.component(specimen), first.component(specimen)
    first.commit()
    first.begin()
    move = "UPDATE catalogue_component SET parent_id = %s WHERE id = %s"
    first(move, other, one)
    finish = meanwhile(lambda: (second(move, one, other), second.commit()))
    finish.waits()
    first.commit()
    with pytest.raises(psycopg.Error):
        finish()
    second.connection.rollback()
    assert (
        second.begin()(
            "SELECT count(*) FROM catalogue_component WHERE parent_id IS NOT NULL AND specimen_id = %s", specimen
        )
        == 1
    )


def test_what_a_reader_sees_ends_with_the_transaction(two):
    first, _, specimen = two
    assert first("SELECT count(*) FROM catalogue_specimen WHERE id = %s", specimen) == 1
    first.commit()
    assert first("SELECT count(*) FROM catalogue_specimen") == 0


# Counts of components by facet

DIFFERENCE = """
WITH now_so AS (
  SELECT c.audience_id, f.scope, f.record, f.facet, f.value, count(*) AS rows
    FROM catalogue_component c JOIN catalogue_specimen s ON s.id = c.specimen_id
    LEFT JOIN catalogue_part p ON p.id = c.part_id
    LEFT JOIN catalogue_publishedrecord r ON r.id = c.published_record_id
   CROSS JOIN LATERAL catalogue_facets(c, s.system_id, s.recovered_from, s.recovered_to, p.hs_id, r.source_id) f
   WHERE c.voided_at IS NULL GROUP BY 1, 2, 3, 4, 5),
summed AS (
  SELECT audience_id, scope, record, facet, value, sum(rows) AS rows FROM catalogue_componentcount
   GROUP BY 1, 2, 3, 4, 5 HAVING sum(rows) <> 0)
SELECT count(*) FROM now_so FULL JOIN summed USING (audience_id, scope, record, facet, value)
 WHERE now_so.rows IS DISTINCT FROM summed.rows
"""


def counts_differ(connect):
    """How many kept counts are not what counting gives."""
    with connect(OWNER) as owner:
        return owner.execute(DIFFERENCE).fetchone()[0]


@pytest.mark.parametrize("first", ["component", "specimen"])
def test_a_component_that_changes_while_its_specimen_moves_counts_where_it_is(connect, first):
    one, other = Writer(connect), Writer(connect)
    specimen, system = one.specimen(), one.system()
    component = one.component(specimen)
    one.commit()
    one.begin(), other.begin()

    def change(writer):
        writer("UPDATE catalogue_component SET grade = 'military' WHERE id = %s", component)

    def move(writer):
        writer("UPDATE catalogue_specimen SET system_id = %s WHERE id = %s", system, specimen)

    acts = [change, move] if first == "component" else [move, change]
    acts[0](one)
    end = meanwhile(lambda: (acts[1](other), other.commit()))
    one.commit()
    end()
    assert counts_differ(connect) == 0


def test_two_who_record_in_the_same_specimen_do_not_wait_for_each_others_counts(connect):
    one, other = Writer(connect), Writer(connect)
    specimen = one.specimen()
    one.commit()
    one.begin(), other.begin()
    one.component(specimen)
    other.component(specimen)  # would end with a lock timeout
    other.commit()
    one.commit()
    assert counts_differ(connect) == 0


def test_counts_are_settled_while_others_write(connect):
    one, other = Writer(connect), Writer(connect)
    specimen = one.specimen()
    one.component(specimen)
    one.commit()
    one.begin(), other.begin()
    one.component(specimen)
    assert other("SELECT catalogue_count_settled()") > 0
    one.component(specimen)
    one.commit()
    other.commit()
    assert counts_differ(connect) == 0
