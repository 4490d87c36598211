"""A unique key never answers for a record that its writer cannot see, not even a colleague's."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import UniqueConstraint

from catalogue.models import Organisation, Part
from catalogue.security.viewing import viewing_as

from .rows import HANDLED, declare, make

# Keys that may answer for a hidden record, and why.
ADDRESSES = {"slug", "reference"}  # one address, one record; a taken one is passed over for another (record_named)
HOLDS_THE_ID = {"part_of_its_maker"}  # for foreign keys to point at; an id is drawn, never chosen
# What a key asks of a row before it counts.
ALSO = {
    "datereading_one_chosen": lambda people: {"chosen_at": "2024-01-01T00:00Z"},
    "organisation_of_agency_once": lambda people: {"agency": people.agencies["partner"]},
}


def columns(key):
    return [*key.fields, *(expression.name for expression in key.expressions)]


def keys(model):
    return [found for found in model._meta.constraints if isinstance(found, UniqueConstraint)]


KEYS = [
    (model, key)
    for model in HANDLED
    for key in keys(model)
    if key.name not in HOLDS_THE_ID and not ADDRESSES & set(columns(key))
]
every_key = pytest.mark.parametrize("model, key", KEYS, ids=[key.name for _, key in KEYS])


@every_key
def test_a_key_holds_all_that_decides_who_sees_a_record(model, key):
    bounding = {field.name for field in model._meta.local_fields if field.column in model.bounds()}
    assert set(columns(key)) >= {"owner", "declared", *bounding}
    assert bounding == set() or key.nulls_distinct is False


def test_no_column_of_a_record_is_unique_by_itself():
    alone = [
        f"{model.__name__}.{field.name}"
        for model in HANDLED
        for field in model._meta.local_fields
        if field.unique and not field.primary_key
    ]
    assert alone == [] and not any(model._meta.unique_together for model in HANDLED)
    assert len(KEYS) >= 12


def same(model, key, first, **more):
    """A second row with what `key` holds of the first."""
    given = {name: getattr(first, name) for name in columns(key) if name not in ("owner", "declared")}
    return make(model, owner=first.owner, **{**given, **more})


@every_key
def test_what_a_colleague_keeps_to_himself_can_be_recorded_again(people, model, key):
    given = ALSO.get(key.name, lambda people: {})(people)
    with viewing_as(people.viewer("taras")):
        mine = people.audience(4, readers=("taras",))
        hidden = make(model, owner=people.agencies["laboratory"], declared=mine, **given)
    with viewing_as(people.viewer("olena")):
        assert not model.objects.filter(pk=hidden.pk).exists()
        seen = same(model, key, hidden, **given)
        with pytest.raises(IntegrityError, match=key.name), transaction.atomic():
            same(model, key, hidden, **given)
        model.objects.filter(pk=seen.pk).update(voided_at="2024-01-01T00:00Z")
        same(model, key, hidden, **given)


def test_a_record_hidden_by_what_it_names_is_not_answered_for_either(people):
    """Taras records a part for all, of a maker whom Olena cannot see; she knows that maker's twin."""
    laboratory = people.agencies["laboratory"]
    with viewing_as(people.viewer("taras")):
        maker = make(Organisation, owner=laboratory, declared=people.audience(4, readers=("taras",)))
        hidden = make(Part, owner=laboratory, manufacturer=maker, number="7")
    with viewing_as(people.viewer("olena")):
        assert not Part.objects.exists()
        twin = make(Organisation, owner=laboratory, name=maker.name)
        assert make(Part, owner=laboratory, manufacturer=twin, number="7").pk != hidden.pk


def test_who_makes_a_record_seen_by_all_is_told_of_its_double_because_she_sees_both(people):
    laboratory = people.agencies["laboratory"]
    with viewing_as(people.viewer("olena")):
        hers = make(Part, owner=laboratory, declared=people.audience(4, readers=("olena",)))
        make(Part, owner=laboratory, manufacturer=hers.manufacturer, number=hers.number)
        with pytest.raises(IntegrityError, match="part_once_in_agency"), transaction.atomic():
            declare(hers, 1)


def test_narrowing_what_two_records_hang_on_is_not_stopped_by_their_becoming_alike(people):
    """Equal parts, one Olena's, one for all; their maker becomes hers alone, and is widened again."""
    laboratory = people.agencies["laboratory"]
    with viewing_as(people.viewer("olena")):
        mine = people.audience(4, readers=("olena",))
        hers = make(Part, owner=laboratory, declared=mine)
        open_ = make(Part, owner=laboratory, manufacturer=hers.manufacturer, number=hers.number)
        for declared in (mine, 1):
            declare(hers.manufacturer, declared)
        audiences = dict(Part.objects.values_list("id", "audience_id"))
        assert audiences == {hers.pk: mine, open_.pk: 1}
