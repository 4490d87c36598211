"""Answers that can be published: what they count, of how much, and that page, interface and file agree."""

import csv
import io

import pytest

from catalogue.queries.research import ANSWERS

READERS = ("olena", "piet", "nobody")
ASKED = [
    *((name, "") for name in ANSWERS),
    ("shares", "by=country"), ("shares", "by=country&country=marked"), ("shares", "by=country&country=dispatch"),
    ("shares", "by=category&per=system"), ("shares", "by=tier&unit=pieces"), ("shares", "unit=specimens&per=specimen"),
    ("shares", "unit=parts&by=country"), ("dating", "per=system&unit=pieces"), ("timeline", "period=month"),
    ("timeline", "period=year"), ("timeline", "period=quarter"), ("lag", "by=system"), ("lag", "by=half"),
    ("seen", "by=part"), ("substitution", "country=marked&period=year"), ("substitution", "country=dispatch"),
    ("shares", "system=kite&top=1&q=acm&made_after=2021"),
]  # fmt: skip


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(("name", "query"), ASKED)
def test_page_interface_and_file_give_the_same_rows(world, reader, name, query):
    told = world.get(reader, f"/api/v1/research/{name}/?{query}")
    rows = [[str("" if v is None else v) for v in row.values()] for row in told["results"]]
    text = world.client(reader).get(f"/api/v1/research/{name}/?{query}&format=csv").content.decode()
    table = list(csv.reader(io.StringIO(text)))
    assert table[0] == [column["name"] for column in told["columns"]]
    assert table[1:] == rows
    page = world.client(reader).get(f"/research/{name}/?{query}")
    assert page.status_code == 200
    body = page.content.decode()
    assert body.count("<tr>") == (len(rows) + 1 if rows else 0)
    assert told["totals"]["denominator"] >= 0 and "undated" in told["totals"]
    assert told["permalink"].startswith(f"/research/{name}/")
