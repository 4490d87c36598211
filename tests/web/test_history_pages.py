"""The history of a record as a page: differences in words, in the reader's language."""

import pytest

from catalogue.actions.lines import LINES
from catalogue.queries.history import UNSAID
from catalogue.web.history import FURTHER, SHAPES
from catalogue.web.history_words import COLUMNS, RECORDS

MODELS = {
    model
    for shape, _by in SHAPES.values()
    for model in (shape.model, *LINES.get(shape.model, {}), *FURTHER.get(shape.model, {}))
}


def changed(world):
    """A board whose kind, maker and date were changed."""
    made = world.send(
        "olena", "post", "/api/v1/components/",
        {"specimen": "KND-2026-CLEAR", "name": "Board", "kind": "board", "handling": "CLEAR"}, 201,
    )  # fmt: skip
    sent = {"kind": "assembly", "made": "2022-07", "marked_country": "TW", "authenticity": "counterfeit"}
    world.send("olena", "patch", f"/api/v1/components/{made['reference']}/", sent, 200)
    return f"/components/{made['reference']}/history/"


def read(world, path, language):
    return world.client("olena").get(path, headers={"Accept-Language": language}).content.decode()


def test_values_are_told_in_words(world):
    text = read(world, changed(world), "en")
    for said in (
        "Kind:</span> <del>Board</del> → <ins>Assembly</ins>",
        "Made:</span> <ins>July 2022</ins>",
        "Country on the part:</span> <ins>Taiwan</ins>",
        "Authenticity:</span> <del>Not examined</del> → <ins>Counterfeit</ins>",
        "Handling:</span> <ins>CLEAR</ins>",
    ):
        assert said in text


def test_a_system_is_a_variant_of_another_and_does_not_sit_on_it(world):
    world.send("olena", "post", "/api/v1/systems/", {"name": "Kite-2", "kind": "uav", "parent": "kite"}, 201)
    text = read(world, "/systems/kite-2/history/", "en")
    assert "Variant of:</span> <ins>Kite</ins>" in text and "Sits on" not in text


def test_a_ukrainian_reads_it_in_ukrainian(world):
    text = read(world, changed(world), "uk")
    assert "Тайвань" in text and "липень 2022" in text.casefold()
    assert "Taiwan" not in text and "Counterfeit" not in text


@pytest.mark.parametrize("model", sorted(MODELS, key=lambda model: model.__name__), ids=lambda model: model.__name__)
def test_every_record_and_column_of_a_history_has_a_name(model):
    assert model.__name__ in RECORDS or model.__name__.endswith("Citation")
    told = {field.name for field in model.pgh_event_model._meta.concrete_fields if not field.name.startswith("pgh_")}
    edges = {f"{name}_{end}" for name in told for end in ("from", "to")}
    assert told - UNSAID - edges <= COLUMNS.keys()
