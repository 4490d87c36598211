"""A row of any handled model with as little in it as the database allows, and what it points at."""

import itertools
import uuid

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from catalogue.models import (
    GATHERED,
    Apart,
    Claim,
    CollectionItem,
    Component,
    ControlScope,
    CustodyEvent,
    EvidenceFile,
    Goods,
    GoodsLine,
    Handled,
    Identification,
    Listing,
    Match,
    Photo,
    RouteEvidence,
    RouteLeg,
    SpecimenPlace,
)  # fmt: skip
from catalogue.models.vocabularies import Term

counter = itertools.count(1)
HANDLED = [model for model in apps.get_app_config("catalogue").get_models() if issubclass(model, Handled)]
BOUNDS = [(model, field) for model in HANDLED for field in model._meta.local_fields if field.column in model.bounds()]

# What a row needs besides its required columns.
ALSO = {
    Component: lambda: {"quantity": 1},
    RouteLeg: lambda: {"sender_known": "a trader"},
    GoodsLine: lambda: {"text": "boxes"},
    ControlScope: lambda: {"text": "integrated circuits"},
    Photo: lambda: {"sha256": f"{next(counter):064x}", "size": 1, "width": 1, "height": 1, "extension": "jpg"},
    Match: lambda: {"score": 0.5},
    Goods: lambda: {"kind": "part"},
    SpecimenPlace: lambda: {"text": "a field"},
    Claim: lambda: {"by": "a spokesman"},
}
# One of several columns has to be filled; the first unless another one is given.
ONE_OF = {
    Match: ("organisation", "vessel"),
    Listing: ("organisation", "vessel"),
    RouteEvidence: ("part", "component"),
    CollectionItem: GATHERED,
}


def required(field):
    return not (field.null or field.has_default() or field.has_db_default() or field.generated or field.primary_key)


def filler(field, **seen):
    """A value for a required column."""
    if isinstance(field, models.ForeignKey):
        target = field.related_model
        if issubclass(target, Term):
            return target.objects.order_by("pk").first()
        if issubclass(target, Handled):
            return make(target, **seen)
        raise LookupError(f"no row for {field}")
    if field.choices:
        return field.choices[0][0]
    if isinstance(field, models.JSONField):
        return {}
    if isinstance(field, models.IntegerField):
        return 1
    if isinstance(field, models.DateTimeField):
        return "2024-01-01T00:00Z"
    if isinstance(field, models.UUIDField):
        return uuid.uuid4()
    if isinstance(field, ArrayField):
        return []
    if field.name in ("sha256", "row_sha256"):
        return f"{next(counter):064x}"
    return f"{field.name}-{next(counter)}"


def consistent(model, given, **seen):
    """`given` with the records that rules across tables ask for."""
    if model in ONE_OF and not any(name in given for name in ONE_OF[model]):
        name = ONE_OF[model][0]
        given[name] = make(model._meta.get_field(name).related_model, **seen)
    if model is Apart:
        kind = "part" if given.get("part") or given.get("other_part") else "organisation"
        for name in (kind, f"other_{kind}"):
            given.setdefault(name, None)
            given[name] = given[name] or make(model._meta.get_field(name).related_model, **seen)
    if model is Component and given.get("parent"):
        given.setdefault("specimen", given["parent"].specimen)
    if model in (Photo, CustodyEvent, EvidenceFile) and given.get("component"):
        given.setdefault("specimen", given["component"].specimen)
    if model is Identification and given.get("part"):
        given.setdefault("manufacturer", given["part"].manufacturer)
    return given


def make(model, *, owner, declared=1, **given):
    """A row of `model`, declared with the audience of id `declared` (1 is CLEAR), as are the rows it needs."""
    seen = {"owner": owner, "declared": 1}
    given = ALSO.get(model, dict)() | consistent(model, given, **seen)
    for field in model._meta.local_fields:
        named = field.name in given or field.attname in given
        if not named and field.name not in ("owner", "declared", "origin", "audience") and required(field):
            given[field.name] = filler(field, **seen)
    made = model(owner_id=owner.pk, declared_id=declared, **given)
    made.save(force_insert=True)
    return made


def with_parent(model, field, parent, *, owner, declared=1):
    """A row of `model` that names `parent` by `field`."""
    return make(model, owner=owner, declared=declared, **{field.name: parent})


def seen_by(record):
    """The id of the audience a record has now."""
    return type(record).objects.values_list("audience_id", flat=True).get(pk=record.pk)


def declare(record, audience):
    """Choose another audience for a record, as its agency does."""
    assert type(record).objects.filter(pk=record.pk).update(declared_id=audience) == 1
