"""Names, numbers, goods, steps and citations are part of their record: when they change it has changed, once."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from catalogue.actions.lines import LINES
from catalogue.actions.parts import record_part
from catalogue.actions.sources import record_source
from catalogue.models import Level
from catalogue.queries import (
    claims,
    components,
    legs,
    listings,
    organisations,
    parts,
    photos,
    published,
    routes,
    sources,
    specimens,
    systems,
)
from catalogue.queries.shape import Field
from catalogue.security.viewing import viewing_as
from tests.actions.ageing import a_day_older

SHAPES = [
    found.SHAPE
    for found in (
        claims, components, legs, listings, organisations, parts, photos, published, routes, sources, specimens,
        systems,
    )
]  # fmt: skip
# noun, key, and what stands there at first and after a change
KEYS = [
    ("organisations", "names", [{"text": "Акме"}], [{"text": "Акме", "kind": "former"}]),
    ("systems", "names", [{"text": "Змій"}], [{"text": "Змій", "kind": "transliteration"}]),
    ("specimens", "numbers", [{"kind": "tail", "text": "17"}], [{"kind": "tail", "text": "18"}]),
    ("parts", "numbers", [{"kind": "nsn", "text": "5962-01"}], [{"kind": "orderable", "text": "5962-01"}]),
    ("legs", "goods", [{"part": "ACM-3221", "quantity": "41"}], [{"text": "boxes", "quantity": "41"}]),
    ("legs", "routes", [{"slug": "kite-by-sea", "position": 5}], [{"slug": "kite-by-sea", "position": 6}]),
    ("routes", "legs", ["SOLD"], [{"reference": "SOLD", "position": 2}]),
    ("routes", "evidence", [{"part": "ACM-3221", "why": "a"}], [{"component": "CHIP", "why": "a"}]),
    *(
        (noun, "citations", [{"source": "harbour-report"}], [{"source": "harbour-report", "stance": "contradicts"}])
        for noun in ("systems", "specimens", "parts", "legs", "routes", "listings")
    ),
]
every_key = pytest.mark.parametrize("noun, key, first, then", KEYS, ids=[f"{noun}-{key}" for noun, key, *_ in KEYS])


class Sender:
    """Sends lines of one record and reads what became of it."""

    def __init__(self, world, noun, key):
        self.world, self.key = world, key
        name = {
            "organisations": "volta-elektronik", "systems": "kite", "specimens": "KND-2026-CLEAR",
            "parts": world.part.pk, "legs": world.legs["landed"].reference, "routes": "kite-by-sea",
            "listings": world.listing.pk,
        }[noun]  # fmt: skip
        self.list, self.address = f"/api/v1/{noun}/", f"/api/v1/{noun}/{name}/"

    def rows(self, rows):
        """`rows` with the references that only this world knows."""
        text = json.dumps(rows).replace("SOLD", self.world.legs["sold"].reference)
        return json.loads(text.replace("CHIP", self.world.components["clear"].reference))

    def send(self, rows, status=200, **more):
        return self.world.send("olena", "patch", self.address, {self.key: self.rows(rows), **more}, status)

    def version(self):
        return self.world.get("olena", self.address)["version"]


@every_key
def test_lines_that_are_added_changed_or_taken_away_move_their_record_by_one(world, noun, key, first, then):
    sender = Sender(world, noun, key)
    before = sender.version()
    for n, rows in enumerate((first, then, []), 1):
        assert sender.send(rows)["version"] == before + n, rows
        assert sender.send(rows)["version"] == before + n, "the same again"
    assert sender.send(first)["version"] == before + 4, "what was taken away comes back"


@every_key
def test_a_record_whose_lines_have_changed_is_among_those_updated_since(world, noun, key, first, then):
    sender = Sender(world, noun, key)
    a_day_older(*LINES)
    since = (timezone.now() - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")

    def updated():
        return [found["id"] for found in world.get("olena", f"{sender.list}?updated_since={since}")["results"]]

    assert updated() == []
    assert sender.send(first)["id"] in updated()


@every_key
def test_lines_sent_with_a_version_that_is_gone_are_a_conflict(world, noun, key, first, then):
    sender = Sender(world, noun, key)
    read = sender.version()
    written = sender.send(first, version=read)
    answer = sender.send(then, 409, version=read)
    assert answer["current"] == written


@pytest.mark.parametrize("noun, key, first, then", KEYS[:5], ids=[f"{noun}-{key}" for noun, key, *_ in KEYS[:5]])
def test_a_record_and_its_lines_changed_together_are_one_change(world, noun, key, first, then):
    sender = Sender(world, noun, key)
    before = sender.version()
    field = "note" if noun in ("specimens", "legs") else "description"
    cited = {} if noun == "organisations" else {"citations": [{"source": "harbour-report", "locator": "p. 3"}]}
    body = {field: "Нове", "handling": "GREEN", "reason": "Known."} | cited
    assert sender.send(first, **body)["version"] == before + 1


@pytest.mark.parametrize("noun, key, first, then", KEYS[:5], ids=[f"{noun}-{key}" for noun, key, *_ in KEYS[:5]])
def test_a_record_begins_with_its_lines(world, noun, key, first, then):
    facts = {
        "organisations": {"name": "Завод"}, "systems": {"name": "Гроза"}, "specimens": {"system": "kite"},
        "parts": {"manufacturer": "volta-elektronik", "number": "ВЛ-1"},
        "legs": {"status": "alleged", "from": "volta-elektronik", "routes": ["kite-by-sea"]},
    }[noun]  # fmt: skip
    made = world.send("olena", "post", f"/api/v1/{noun}/", facts | {key: first}, 201)
    assert made["version"] == 1 and len(made[key]) == 1


def test_a_step_is_a_line_of_its_route_and_of_its_leg(world):
    sea, rail = "/api/v1/routes/kite-by-sea/", "/api/v1/routes/kite-by-rail/"
    leg = f"/api/v1/legs/{world.legs['sold'].reference}/"
    world.send("olena", "patch", rail, {"handling": "CLEAR", "reason": "Known."}, 200)

    def moved(method, path, body, status=200):
        """By how much sea, rail and leg move."""
        before = [world.get("olena", address)["version"] for address in (sea, rail, leg)]
        world.send("olena", method, path, body, status)
        now = [world.get("olena", address)["version"] for address in (sea, rail, leg)]
        return [n - b for n, b in zip(now, before, strict=True)]

    assert moved("patch", leg, {"routes": ["kite-by-sea", "kite-by-rail"]}) == [0, 1, 1]
    assert moved("patch", rail, {"legs": []}) == [0, 1, 1]
    facts = {"status": "alleged", "from": "volta-elektronik", "routes": ["kite-by-sea"], "handling": "CLEAR"}
    assert moved("post", "/api/v1/legs/", facts, 201) == [1, 0, 0]


def test_a_line_that_not_all_readers_of_the_record_see_moves_nothing(world):
    """Else its version would tell them that there is something."""
    with viewing_as(world.viewer("olena")) as olena:
        record_source(title="Informant", kind_id="press", actor=olena, handling=Level.STRICT)
        part = record_part(manufacturer=world.makers["volta"], number="VE-1", actor=olena, handling=Level.STRICT)
    before = {reader: world.get(reader, "/api/v1/systems/kite/") for reader in ("nobody", "olena")}
    world.send("olena", "patch", "/api/v1/systems/kite/", {"citations": [{"source": "informant"}]}, 200)
    assert world.get("nobody", "/api/v1/systems/kite/") == before["nobody"]
    assert len(world.get("olena", "/api/v1/systems/kite/")["citations"]) == 1
    leg = f"/api/v1/legs/{world.legs['landed'].reference}/"
    version = world.get("nobody", leg)["version"]
    world.send("olena", "patch", leg, {"goods": [{"part": str(part.pk), "declared_as": "pipes"}]}, 200)
    assert (world.get("nobody", leg)["goods"], world.get("nobody", leg)["version"]) == ([], version)


def test_a_serial_number_that_moves_among_the_numbers_is_one_change(world):
    sender = Sender(world, "specimens", "numbers")
    before = sender.version()
    body = {"serial_number": "А-17"}
    changed = world.send("olena", "patch", sender.address, body, 200)
    assert changed["numbers"] == [{"kind": "serial", "text": "А-17"}] and changed["version"] == before + 1
    assert world.send("olena", "patch", sender.address, body, 200)["version"] == before + 1


def test_refused_lines_leave_the_record_as_it_was(world):
    sender = Sender(world, "legs", "goods")
    before = world.get("olena", sender.address)
    sender.send([{"text": "boxes"}, {"quantity": 1}], 400)
    assert world.get("olena", sender.address) == before


def test_every_list_within_a_released_record_is_known_as_its_lines_or_is_of_records_of_their_own():
    nouns = {shape.model for shape in SHAPES}
    shown = {
        (shape.model, spec.of)
        for shape in SHAPES
        for spec in shape.fields.values()
        if isinstance(spec, Field) and spec.of is not None and spec.of not in nouns
    }
    assert shown == {(model, line) for model, lines in LINES.items() for line in lines}
