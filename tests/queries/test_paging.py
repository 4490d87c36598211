"""Lists in pages: whoever leafs through one meets every record that they may see once, newest first."""

import base64
import random
import uuid
from itertools import pairwise
from urllib.parse import quote

import pytest

from catalogue.actions.components import record_component
from catalogue.actions.record import record, void
from catalogue.models import Component, Level, Specimen
from catalogue.security.viewing import viewing_as

ALL = ("olena", "rita", "piet", "sam", "nobody")
# Who sees what is found in a specimen: the world's five, and three more, so that Olena's audiences are many.
SEEN_BY = {
    "clear": ALL,
    "green": ALL[:4],
    "amber": ("olena", "rita", "piet"),
    "strict": ("olena", "rita"),
    "red": ("olena", "piet"),
    "kept": ("olena", "rita"),
    "lent": ("olena", "rita", "sam"),
    "secret": ("olena",),
}
MORE = {
    "kept": (Level.AMBER, None, None),
    "lent": (Level.AMBER, "stranger", None),
    "secret": (Level.RED, None, "olena"),
}
WEIGHTS = (4, 3, 3, 6, 3, 3, 2, 12)
ROWS = 45
LISTS = {
    "": ("acme", "volta", None),
    "manufacturer=acme-semiconductor": ("acme",),
    "manufacturer=acme-semiconductor&manufacturer=volta-elektronik": ("acme", "volta"),
    "kind=part": ("acme", "volta", None),  # a question that no index answers
}


@pytest.fixture
def found(world):
    """[(id, specimen, maker)] of all components, newest first: eight audiences and three makers, mixed; some voided."""
    chance, olena = random.Random(7), world.viewer("olena")
    with viewing_as(olena):
        for name, (level, agency, reader) in MORE.items():
            world.specimens[name] = record(
                Specimen,
                [{"system": world.system, "reference": f"KND-2026-{name.upper()}", "kind": "single"}],
                actor=olena,
                handling=level,
                released_to=[world.agencies[agency].pk] if agency else [],
                readers=[world.users[reader].pk] if reader else [],
            )[0]
        made = [(world.components[name], name, "acme") for name in world.components]
        for place in chance.choices(list(SEEN_BY), WEIGHTS, k=ROWS):
            maker = chance.choice(LISTS[""])
            found = record_component(
                specimen=world.specimens[place],
                manufacturer=world.makers.get(maker),
                kind="part",
                handling=Level.CLEAR,
                actor=olena,
            )
            made.append((found, place, maker))
        for row in chance.sample(made, 6):
            made.remove(row)
            void([row[0]], actor=olena, reason="Recorded twice.")
    return [(str(row.pk), place, maker) for row, place, maker in reversed(made)]


def expected(found, reader, query=""):
    """Ids of what the reader may see of a list, newest first."""
    return [row for row, place, maker in found if reader in SEEN_BY[place] and maker in LISTS[query]]


def listing(world, reader, query="", status=200):
    return world.get(reader, f"/api/v1/components/?{query}", status)


def follow(world, reader, page, link):
    """Pages from this one on along its links "next" or "previous", this one first."""
    pages = [page]
    while address := pages[-1][link]:
        assert len(pages) < 2 * ROWS, "the links lead round in a circle"
        pages.append(world.get(reader, address.removeprefix("http://testserver")))
    return pages


def ids(page):
    return [row["id"] for row in page["results"]]


def cursor(direction, identifier):
    """A cursor as lists give them."""
    return base64.urlsafe_b64encode(direction + uuid.UUID(str(identifier)).bytes).decode().rstrip("=")


NONSENSE = {
    "none": "",
    "a word": "nonsense",
    "a sign": "%",
    "Cyrillic": "Ні",
    "too long": "x" * 5000,
    "another direction": cursor(b"x", uuid.UUID(int=7)),
    "cut off": cursor(b"n", uuid.UUID(int=7))[:-2],
}


@pytest.mark.parametrize("reader", ALL)
def test_leafing_through_shows_everything_once_newest_first_and_back_the_same_pages(world, found, reader):
    for query in LISTS:
        everything = expected(found, reader, query)
        assert ids(listing(world, reader, f"{query}&page_size=1000")) == everything
        for size in (1, 2, 7):
            onwards = follow(world, reader, listing(world, reader, f"{query}&page_size={size}"), "next")
            wanted = [everything[n : n + size] for n in range(0, len(everything), size)]
            assert [ids(page) for page in onwards] == wanted, (query, size)
            back = follow(world, reader, onwards[-1], "previous")
            assert [ids(page) for page in reversed(back)] == wanted, (query, size)
            assert back[-1]["previous"] is None


def test_hidden_rows_between_two_visible_ones_leave_no_gap(world, found):
    """Of Piet's neighbours on a page at least one pair has hidden rows between them, or this would show nothing."""
    order = [row for row, *_ in found]
    mine = expected(found, "piet")
    assert any(order.index(after) - order.index(before) > 3 for before, after in pairwise(mine))
    pages = follow(world, "piet", listing(world, "piet", "page_size=3"), "next")
    assert {len(page["results"]) for page in pages[:-1]} == {3}


def test_a_list_that_fills_its_page_exactly_has_no_further_one(world, found):
    size = len(expected(found, "nobody"))
    page = listing(world, "nobody", f"page_size={size}")
    assert len(page["results"]) == size and page["next"] is None and page["previous"] is None
    assert listing(world, "nobody", f"page_size={size - 1}")["next"]


def test_a_list_of_nothing_is_one_empty_page(world, found):
    page = listing(world, "nobody", "specimen=KND-2026-CLEAR&kind=board&count=true")
    assert page == {"results": [], "next": None, "previous": None, "count": 0}


def test_what_is_recorded_meanwhile_neither_shifts_nor_repeats_a_row(world, found):
    everything = expected(found, "olena")
    first = listing(world, "olena", "page_size=5")
    olena = world.viewer("olena")
    with viewing_as(olena):
        record_component(specimen=world.specimens["clear"], handling=Level.CLEAR, actor=olena)
    assert [row for page in follow(world, "olena", first, "next") for row in ids(page)] == everything


def test_a_page_is_found_when_the_row_it_begins_after_is_voided_meanwhile(world, found):
    everything = expected(found, "olena")
    first = listing(world, "olena", "page_size=5")
    olena = world.viewer("olena")
    with viewing_as(olena):
        void([Component.objects.get(pk=everything[4])], actor=olena, reason="Recorded twice.")
    _, second, *_ = follow(world, "olena", first, "next")
    assert ids(second) == everything[5:10]


def test_beyond_the_last_row_and_before_the_first_there_is_an_empty_page(world, found):
    everything = expected(found, "sam")
    for way, edge, back in ((b"n", everything[-1], "previous"), (b"p", everything[0], "next")):
        page = listing(world, "sam", f"cursor={cursor(way, edge)}&count=true&page_size=2")
        assert page["results"] == [] and page["count"] == len(everything)
        assert edge in ids(listing(world, "sam", page[back].partition("?")[2]))


def test_anothers_cursor_leads_only_to_ones_own_rows(world, found):
    order = [row for row, *_ in found]
    mine = expected(found, "sam")
    for hidden in set(order) - set(mine):
        page = listing(world, "sam", f"cursor={cursor(b'n', hidden)}&page_size=1000")
        assert ids(page) == [row for row in mine if order.index(row) > order.index(hidden)]


@pytest.mark.parametrize("nonsense", NONSENSE.values(), ids=NONSENSE)
def test_a_cursor_that_no_list_gave_is_refused_in_a_sentence(world, nonsense):
    answer = listing(world, "olena", f"cursor={quote(nonsense)}", 400)
    assert answer["detail"] == "cursor is not one that this list gave; begin again without it."
    assert answer["errors"] == {"cursor": [answer["detail"]]}
