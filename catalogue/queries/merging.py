"""What a merge would change in reading: who answers under which name, and what is counted there from then on."""

from dataclasses import dataclass

from django.db.models import Q

from catalogue.models import (
    Component,
    Goods,
    Listing,
    Organisation,
    OrganisationName,
    OrganisationRelation,
    Part,
    PartNumber,
    RouteLeg,
)

from .legs import touching
from .standing import one_with

# Of a record and all that is one with it: what hangs on it, as (word, records).
COUNTED = {
    Organisation: {
        "components": lambda ids: Component.objects.filter(manufacturer__in=ids),
        "parts": lambda ids: Part.objects.filter(manufacturer__in=ids),
        "legs": lambda ids: RouteLeg.objects.filter(touching(ids)),
        "names": lambda ids: OrganisationName.objects.filter(organisation__in=ids),
        "relations": lambda ids: OrganisationRelation.objects.filter(Q(subject__in=ids) | Q(object__in=ids)),
        "listings": lambda ids: Listing.objects.filter(organisation__in=ids),
    },
    Part: {
        "components": lambda ids: Component.objects.filter(part__in=ids),
        "numbers": lambda ids: PartNumber.objects.filter(part__in=ids),
        "goods": lambda ids: Goods.objects.filter(part__in=ids),
    },
}


@dataclass(frozen=True)
class Reading:
    """A record with what hangs on it, {word: how many} as far as the reader sees them."""

    record: object
    counts: dict


def preview(records, into):
    """([Reading of each of `records`], Reading of `into` as it is, {word: how many then})."""
    model = type(into)
    before = [Reading(one, counts(model, one_with(model, [one.pk]))) for one in records]
    together = one_with(model, [into.pk, *(one.pk for one in records)])
    return before, Reading(into, counts(model, one_with(model, [into.pk]))), counts(model, together)


def counts(model, ids):
    """{word: how many records in force hang on `ids`}."""
    return {word: found(list(ids)).filter(voided_at=None).count() for word, found in COUNTED[model].items()}
