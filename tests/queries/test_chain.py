"""What is pointed out in a chain of custody, and what is not."""

from datetime import UTC, datetime, timedelta

import pytest

from catalogue.queries.chain import CODES, Event, examine
from catalogue.web.custody import SENTENCES

BEGIN = datetime(2026, 5, 4, 8, tzinfo=UTC)


def chain(*rows):
    """Events an hour apart: (kind, {columns})."""
    events = []
    for n, (kind, columns) in enumerate(rows):
        at = columns.pop("at", BEGIN + timedelta(hours=n))
        events.append(Event(key=n, of=columns.pop("of", None), kind=kind, at=at, **columns))
    return events


def said(*rows):
    """[[codes of the remarks]] in the order of `rows`."""
    found = examine(chain(*rows))
    return [[remark.code for remark in found[n]] for n in range(len(rows))]


def test_a_chain_in_which_everything_fits_is_not_remarked_on():
    assert (
        said(
            ("collected", {"receiver": "Sgt Koval", "seals": "A-1"}),
            ("transferred", {"giver": "Sgt  KOVAL", "receiver": "Laboratory", "seals": "a-1"}),
            ("received", {"giver": "Sgt Koval", "receiver": "Laboratory", "seals": "A-1"}),
            ("opened", {"receiver": "Laboratory", "seals": "A-1"}),
            ("examined", {"receiver": "Laboratory"}),
            ("sealed", {"receiver": "Laboratory", "seals": "B-2, B-3"}),
            ("returned", {"giver": "Laboratory", "receiver": "Ministry", "seals": "B-3; B-2"}),
        )
        == [[]] * 7
    )


def test_who_gives_what_another_has_is_pointed_out():
    assert said(
        ("collected", {"receiver": "Koval"}),
        ("transferred", {"giver": "Bondar", "receiver": "Laboratory"}),
        ("received", {"giver": "Bondar", "receiver": "Customs"}),
        ("examined", {"receiver": "Stranger"}),
    ) == [[], ["not-the-holder"], ["received-by-another"], ["had-by-another"]]


def test_a_gap_is_pointed_out_at_either_end():
    assert said(("collected", {"receiver": "Koval"}), ("transferred", {})) == [
        [],
        ["giver-unknown", "receiver-unknown"],
    ]
    assert said(("transferred", {"giver": "A", "receiver": "B"}), ("collected", {"receiver": "B"})) == [
        [], ["before-collected"]
    ]  # fmt: skip
    assert said(("collected", {}), ("collected", {})) == [[], ["collected-again"]]


@pytest.mark.parametrize(
    "rows, code",
    [
        ([("sealed", {"seals": "A"}), ("transferred", {"giver": "x", "receiver": "y", "seals": "B"})], "seal-changed"),
        ([("sealed", {"seals": "A"}), ("sealed", {"seals": "B"})], "sealed-twice"),
        ([("sealed", {"seals": "A"}), ("opened", {"seals": "B"})], "opened-other-seal"),
        ([("sealed", {"seals": "A"}), ("examined", {})], "examined-sealed"),
        ([("collected", {}), ("opened", {})], "opened-unsealed"),
        ([("collected", {}), ("sealed", {})], "sealed-without-number"),
    ],
)
def test_a_seal_that_changes_without_an_opening_is_pointed_out(rows, code):
    assert said(*rows) == [[], [code]]


def test_a_seal_after_the_last_opening_needs_a_sealing():
    rows = [("sealed", {"seals": "A"}), ("opened", {}), ("received", {"giver": "x", "receiver": "y", "seals": "A"})]
    assert said(*rows) == [[], [], ["seal-appears"]]


def test_nothing_happens_to_what_was_destroyed_nor_to_what_was_in_it():
    assert said(("collected", {}), ("destroyed", {}), ("examined", {}), ("examined", {"of": "U1"})) == [
        [], [], ["after-destroyed"], ["after-destroyed"]
    ]  # fmt: skip
    assert said(("destroyed", {"of": "U1"}), ("examined", {}), ("examined", {"of": "U1"})) == [
        [], [], ["after-destroyed"]
    ]  # fmt: skip


def test_a_component_is_with_its_specimen_until_it_goes_its_own_way():
    assert said(
        ("collected", {"receiver": "Koval"}),
        ("transferred", {"giver": "Bondar", "receiver": "X-ray", "of": "U1"}),
        ("transferred", {"giver": "Koval", "receiver": "Laboratory"}),
        ("received", {"giver": "X-ray", "receiver": "Laboratory", "of": "U1"}),
        ("examined", {"receiver": "Laboratory", "of": "U2"}),
    ) == [[], ["not-the-holder"], [], [], []]


def test_a_component_taken_out_of_what_is_sealed_is_pointed_out():
    assert said(("sealed", {"seals": "A"}), ("examined", {"of": "U1"})) == [[], ["out-of-sealed"]]


def test_times_that_do_not_fit_are_pointed_out():
    late = {"at": BEGIN, "noted_at": BEGIN + timedelta(days=2)}
    early = {"at": BEGIN + timedelta(hours=5), "noted_at": BEGIN + timedelta(days=1)}
    assert said(("collected", late), ("examined", early)) == [["added-late"], []]
    assert said(("collected", {"noted_at": BEGIN - timedelta(hours=1)})) == [["in-the-future"]]
    assert said(
        ("received", {"giver": "A", "receiver": "B"}), ("transferred", {"giver": "A", "receiver": "B"})
    ) == [["received-before-sent"], ["not-the-holder"]]  # fmt: skip


def test_the_order_in_which_events_are_given_does_not_matter():
    rows = [("collected", {"receiver": "A"}), ("transferred", {"giver": "B", "receiver": "C"}), ("destroyed", {})]
    events = chain(*rows)
    assert examine(events) == examine(reversed(events))


def test_an_empty_chain_and_hostile_words_are_no_trouble():
    assert examine([]) == {}
    wild = {"giver": "%(said)s ' \u202e", "receiver": "x" * 5000, "seals": ",;\n,"}
    assert said(("collected", {"receiver": "A"}), ("transferred", wild)) == [[], ["not-the-holder"]]


def test_there_is_a_sentence_for_every_remark():
    assert set(CODES) == set(SENTENCES)
