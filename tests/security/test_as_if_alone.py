"""Each reader's answers are those of a catalogue that holds only what this reader may see.

Twice the same rows: all of them, and only those the reader may see by a rule in plain Python. Every answer must be
the same, to the byte.
"""

import re
from datetime import timedelta
from hashlib import sha256
from itertools import groupby

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from catalogue.models import ApiKey, Organisation, Part, WeaponSystem
from catalogue.security.viewing import viewing_as
from tests.conftest import become

from .catalogues import CIRCLES, KEPT, Row, catalogues
from .people import People

NOUNS = ("systems", "specimens", "components", "parts", "organisations", "routes", "legs", "photos", "regions",
         "sources", "listings", "published-records", "saved-searches", "collections", "collection-items",
         "figures")  # fmt: skip
WRITERS = {"laboratory": "olena", "partner": "piet"}
FILTERED = [
    *(f"components/?manufacturer=o{n}&count=true" for n in range(2)),
    *(f"components/?manufacturer_group=o{n}&count=true" for n in range(2)),
    "components/?manufacturer=o1&makers=today&count=true", "components/?manufacturer=o1&makers=made&count=true",
    "organisations/?makers=today&count=true", "organisations/?merged=true&count=true", "parts/?merged=true&count=true",
    "components/?maker_country=US&makers=made&count=true",
    "organisations/resolve/?name=Maker 0&name=alias 0&name=Makr 1",
    "components/?q=maker&count=true", "components/?q=xc7k&count=true", "components/?part=pn0&count=true",
    "components/?part=nsn0&count=true", "components/?system=w0&count=true", "components/?specimen=KND-0&count=true",
    "components/?maker_country=US&count=true", "components/?source_id=E0&count=true",
    "components/?handling=AMBER&count=true", "specimens/?q=dragon&count=true", "specimens/?q=sn0&count=true",
    "specimens/?system_family=w0&count=true", "systems/?q=dragon&count=true", "systems/?maker=o0&count=true",
    "organisations/?q=alias&count=true", "parts/?q=nsn&count=true", "parts/?route=r0&count=true",
    "parts/?manufacturer_group=o0&count=true", "routes/?part=pn0&count=true", "routes/?component=KND-0-C&count=true",
    "routes/?organisation=o0&count=true", "routes/?status=reported&count=true", "legs/?organisation=o0&count=true",
    "legs/?route=r0&count=true", "legs/?part=pn0&count=true", "listings/?organisation=o0&count=true",
    "search/?q=maker", "search/?q=dragon", "search/?q=xc7k0", "search/?q=xc7k+kite", "search/?q=maker:maker",
    "search/?q=Makre+1", "search/?q=XC7L0", "search/?q=system:dragon", "search/?q=nsn0", "search/?q=part:pn",
    "components/?maker=maker&count=true", "components/?system_name=dragon&count=true",
    "components/?number=pn&count=true",
    "components/?q=xc7k+kite&count=true", "components/?q=maker:alias+xc7k&count=true",
    "components/facets/", "components/facets/?system=w0", "components/facets/?manufacturer=o0",
    "components/facets/?manufacturer_group=o0", "components/facets/?system=w0&kind=part", "components/facets/?q=xc7k",
    "search/?q=TI+STM32F405+RGT6+2040", "search/?q=Maker+1", "search/?q=PN-0+2040", "components/?part=STM32F405RGT6",
    "components/?makers=today", "components/?makers=made",
    "/search/suggest/?q=maker", "/search/suggest/?q=pn", "/search/suggest/?q=stm32", "/proposals/",
    "organisations/duplicates/", "parts/duplicates/", f"saved-searches/{KEPT['search']}/matches/",
    f"collection-items/?collection={KEPT['collection']}&count=true", f"/research/cited/{KEPT['figure']}/",
    "research/shares/", "research/shares/?by=country&per=system", "research/shares/?makers=today", "research/dating/",
    "research/timeline/", "research/assembly/", "research/lag/", "research/seen/", "research/substitution/",
    "research/makers/", "research/makers/?makers=made", "research/commonality/", "research/commonality/?of=KND-0",
    "research/beside/?a=KND-0&b=KND-1", "research/claims/",
    "photos/?component=KND-0-C&count=true", "published-records/?source=s0&count=true", "sources/?derived_from=s0",
]  # fmt: skip
NAMED = ("systems/w0", "specimens/KND-0", "components/KND-0-C", "organisations/o0", "routes/r0", "legs/KND-L-0",
         "sources/s0")  # fmt: skip


# Differs in every page whatever it holds.
DRAWN = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"|[Nn]once="[^"]*"|hx-headers=.*?>')


class Catalogue:
    """The people, a key for each reader and ceiling, and the circles; catalogues are made in it and taken back."""

    def __init__(self):
        self.people = People()
        for name, user in self.people.users.items():
            for ceiling in range(5):
                ApiKey.objects.create(
                    user=user, agency=user.agency, prefix="x", digest=sha256(f"{name}{ceiling}".encode()).digest(),
                    ceiling=ceiling, expires_at=timezone.now() + timedelta(days=1), last_used_at=timezone.now(),
                )  # fmt: skip
        self.circles = {name: self.people.audience(*circle) for name, circle in CIRCLES.items()}
        self.intern_meetings()

    def intern_meetings(self):
        """Make every circle in which some of the circles meet, so that rows can be inserted many at once."""
        known, new = set(), set(self.circles.values())
        with connection.cursor() as cursor:
            while new - known:
                known |= new
                cursor.execute("SELECT catalogue_meet(a, b) FROM unnest(%s::int[]) a, unnest(%s::int[]) b",
                               [list(known), list(self.circles.values())])  # fmt: skip
                new = {row[0] for row in cursor.fetchall()}

    def answers(self, rows, reader, ceiling, third):
        """{path: (status, body)} of a catalogue that holds `rows`, for one reader."""
        client = Client(headers={} if reader == "nobody" else {"Authorization": f"Bearer {reader}{ceiling}"})
        with transaction.atomic():
            self.record(rows)
            found = {path: answer(client, path if path[0] == "/" else f"/api/v1/{path}") for path in paths(third)}
            transaction.set_rollback(True)
        return found

    def record(self, rows):
        present = set(rows)
        for (model, owner), same in groupby(rows, key=lambda row: (row.model, row.owner)):
            with viewing_as(self.people.viewer(WRITERS[owner])):
                model.objects.bulk_create([row.made(self.people, self.circles, present) for row in same])


def paths(third):
    """What is asked: every list with its count and as CSV, every third filter, some records by name."""
    yield from (f"{noun}/?count=true&page_size=2" for noun in NOUNS)
    yield from (f"{noun}/?format=csv" for noun in NOUNS)
    yield from FILTERED[third::3]
    yield from (f"{name}/" for name in NAMED)


def answer(client, path):
    response = client.get(path)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return response.status_code, DRAWN.sub(b"", body)


@pytest.fixture
def catalogue(db):
    become("catalogue_owner")
    made = Catalogue()
    become("catalogue_app")
    yield made
    become("catalogue_owner")


READERS = st.one_of(
    st.just(("nobody", 0)),
    st.tuples(st.sampled_from(("olena", "taras", "rita", "ada", "piet", "sam")), st.integers(0, 4)),
)
# A failure is not made smaller: that takes minutes, and the path it names leads to the field.
COMMON = {
    "deadline": None,
    "suppress_health_check": list(HealthCheck),
    "database": None,
    "derandomize": True,
    "phases": (Phase.explicit, Phase.generate),
}


def compare(catalogue, rows, reader, third):
    mine = [row for row in rows if row.seen(*reader)]
    note(f"{len(mine)} of {len(rows)} rows are {reader}'s")
    full, alone = (catalogue.answers(some, *reader, third) for some in (rows, mine))
    for path, found in full.items():
        assert found[0] < 500, (path, found)
        assert found == alone[path], f"{reader} at {path}"


@settings(max_examples=25, **COMMON)
@given(rows=catalogues(), reader=READERS, third=st.integers(0, 2))
def test_a_readers_answers_are_those_of_a_catalogue_that_holds_nothing_else(catalogue, rows, reader, third):
    compare(catalogue, rows, reader, third)


@pytest.mark.soak
@settings(max_examples=1000, **(COMMON | {"derandomize": False}))
@given(rows=catalogues(), reader=READERS, third=st.integers(0, 2))
def test_a_readers_answers_are_those_of_a_catalogue_that_holds_nothing_else_a_thousand_times(
    catalogue, rows, reader, third
):
    compare(catalogue, rows, reader, third)


@pytest.mark.parametrize("model, noun", [(Organisation, "organisations"), (Part, "parts"), (WeaponSystem, "systems")])
def test_a_record_merged_into_a_hidden_one_does_not_say_which(catalogue, model, noun):
    maker = Row(Organisation, "clear", {"slug": "maker", "name": "Maker"})
    named = {
        Organisation: lambda n: {"slug": f"o{n}", "name": f"Maker {n}"},
        Part: lambda n: {"number": f"PN-{n}"},
        WeaponSystem: lambda n: {"slug": f"w{n}", "name": f"Kite {n}", "kind_id": "uav"},
    }[model]
    ends = {"manufacturer": maker} if model is Part else {}
    hidden = Row(model, "strict", named(0), ends)
    merged = Row(model, "clear", named(1), ends, {"canonical": hidden})
    for reader, ceiling, told in (("olena", 4, True), ("sam", 4, False), ("nobody", 0, False)):
        for path, (_, body) in catalogue.answers([maker, hidden, merged], reader, ceiling, 0).items():
            if path.startswith(noun):
                assert str(hidden.id).encode() not in body or told, path
