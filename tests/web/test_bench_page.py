"""The bench page: a specimen's components as a sheet, photographs beside it, in as few queries however many."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.actions.record import record
from catalogue.models import Component, ComponentIdentifier, Level, Photo, PhotoRegion
from catalogue.security.viewing import viewing_as

HERE = "/specimens/KND-2026-STRICT/bench/"
# Savepoint, key, the specimen, ids and rows of its components, their identifiers, ids and rows of photographs, their
# regions, release.
QUERIES = 10


def told(response):
    """What the page hands to its script."""
    found = re.search(
        r'<script id="bench-data" type="application/json">(.*?)</script>', response.content.decode(), re.S
    )
    return json.loads(found[1])


def filled(world, components, photographs):
    """The laboratory's own specimen with that much in it."""
    actor, specimen = world.viewer("taras"), world.specimens["strict"]
    with viewing_as(actor):
        rows = [
            {"specimen": specimen, "reference": f"KND-2026-STRICT-X{n}of{components}", "designator": f"U{n}",
             "quantity": 1, "marking": f"VLT {n}\n2231", "marking_state": "read", "note": "as found"}
            for n in range(components)
        ]  # fmt: skip
        made = record(Component, rows, actor=actor, handling=Level.STRICT)
        numbers = [{"component": one, "kind_id": "serial", "text": f"S-{n}"} for n, one in enumerate(made)]
        record(ComponentIdentifier, numbers, actor=actor, handling=Level.CLEAR, bounded=True)
        pictures = [
            {"specimen": specimen, "component": made[n], "sha256": f"{n:064x}", "media_type": "image/jpeg",
             "extension": "jpg", "size": 1000, "width": 4000, "height": 3000}
            for n in range(photographs)
        ]  # fmt: skip
        taken = record(Photo, pictures, actor=actor, handling=Level.STRICT)
        regions = [
            {"photo": taken[n % len(taken)], "component": one, "points": [[n, n], [n + 40, n + 30]]}
            for n, one in enumerate(made)
        ]  # fmt: skip
        record(PhotoRegion, regions, actor=actor, handling=Level.CLEAR, bounded=True)


def test_the_page_holds_the_rows_with_their_numbers_and_the_photographs(world):
    filled(world, 2, 1)
    data = told(world.client("taras").get(HERE))
    assert [row["designator"] or "" for row in data["rows"]] == ["", "U0", "U1"]
    assert data["rows"][1]["identifiers"] == [{"kind": "serial", "text": "S-0", "electronic": False}]
    assert data["photographs"][0]["component"]["reference"] == "KND-2026-STRICT-X0of2"
    shown = data["regions"]
    assert [one["named"] for one in shown] == ["KND-2026-STRICT-X0of2", "KND-2026-STRICT-X1of2"]
    assert {one["photo"] for one in shown} == {data["photographs"][0]["id"]}
    assert data["specimen"] == "KND-2026-STRICT" and data["reviewed"] is False


def test_the_bench_is_offered_where_a_specimen_and_its_inventory_are_read(world):
    for page in ("/specimens/KND-2026-STRICT/", "/specimens/KND-2026-STRICT/inventory/"):
        assert f'href="{HERE}"' in world.client("taras").get(page).content.decode()
    assert f'href="{HERE}"' not in world.client("rita").get("/specimens/KND-2026-STRICT/").content.decode()


def test_the_shell_and_the_worker_hold_nothing_of_any_record(world):
    for reader in ("olena", "nobody"):
        shell = world.client(reader).get("/bench/shell/?language=uk")
        assert "KND-" not in shell.content.decode() and told(shell)["shell"] is True
        assert 'lang="uk"' in shell.content.decode()
    worker = world.client("nobody").get("/bench-worker.js")
    assert worker["Content-Type"].startswith("text/javascript") and "/bench/shell/" in worker.content.decode()
    assert worker["Content-Security-Policy"] == "default-src 'none'; connect-src 'self'"


def test_a_text_that_looks_like_markup_stays_a_text(world):
    with viewing_as(world.viewer("taras")):
        Component.objects.filter(pk=world.components["strict"].pk).update(note="</script><b>\u202e")
    page = world.client("taras").get(HERE)
    assert "</script><b>" not in page.content.decode()
    assert told(page)["rows"][0]["note"] == "</script><b>\u202e"


@pytest.mark.parametrize(
    "heading, field",
    [
        ("ref des", "designator"),
        ("виробник", "manufacturer"),
        ("qty", "quantity"),
        ("маркування", "marking"),
        ("date code", "date_code"),
    ],
)
def test_headings_are_known_in_both_languages(world, heading, field):
    assert told(world.client("taras").get(HERE))["headers"][heading] == field


def test_the_page_asks_the_database_as_often_for_three_hundred_rows_as_for_one(world):
    world.client("taras").get(HERE)  # names that never change are asked for once in the life of a process

    def queries():
        with CaptureQueriesContext(connection) as captured:
            world.client("taras").get(HERE)
            return list(captured)

    filled(world, 1, 1)
    few = queries()
    filled(world, 299, 59)
    many = queries()
    assert len(few) == len(many) == QUERIES, "\n".join(q["sql"][:200] for q in many)
