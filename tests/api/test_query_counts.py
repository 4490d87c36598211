"""Lists ask the database as often for one record as for many."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from .test_every_noun import ONCE, made

# Savepoint, key, the list, release.
LIST = 4
NOUNS = (
    "systems", "specimens", "components", "parts", "organisations", "routes", "legs", "sources", "listings",
    "published-records",
)  # fmt: skip


def queries(world, path):
    with CaptureQueriesContext(connection) as captured:
        world.get("olena", path)
        return list(captured)  # the next request empties what this one logged


@pytest.mark.parametrize("noun", NOUNS)
def test_a_list_is_one_query_whether_it_holds_one_record_or_many(world, noun):
    queries(world, f"/api/v1/{noun}/")  # names that never change are asked for once in the life of a process
    few = queries(world, f"/api/v1/{noun}/?page_size=1")
    for n in range(4):
        made(world, noun, **({} if noun not in ONCE else {next(iter(ONCE[noun])): f"No-{n}"}))
    many = queries(world, f"/api/v1/{noun}/?page_size=1000")
    assert len(few) == len(many) == LIST, "\n".join(q["sql"][:200] for q in many)
    assert len(queries(world, f"/api/v1/{noun}/?count=true")) == LIST + 1
