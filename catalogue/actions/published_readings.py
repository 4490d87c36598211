"""What published texts quote of the print: a component's marking, and what it may be, proposed by rules."""

from collections import Counter

from django.db.models import Q

from catalogue.markings.known_makers import KNOWN
from catalogue.markings.makers import known
from catalogue.models import Component, Identification, IdentificationState, Level, MarkingState, Organisation, Part
from catalogue.queries.named import keys_of
from catalogue.queries.standing import standing

from .bulk import load
from .handling import audience

BASIS = "marking-read"
# Whom a proposal has as its author: nobody. A person who accepts it is its author from then on.
BY_RULES = {"basis_id": BASIS, "state": IdentificationState.PROPOSED, "identified_by": None}


def marking_of(row):
    """The columns of a reported component that follow from what its entry quotes of the print."""
    marking = row["quoted"].marking
    return {"marking": marking, "marking_state": MarkingState.READ if marking else MarkingState.NOT_RECORDED}


def propose(publication, rows):
    """Record for each planned row with a `component` what its marking may be, as a proposal by rules.

    One needs a maker: whom the publisher names, else the recorded firm whose grammar the number fits.
    """
    makers = makers_of(publication, rows)
    rows = [row for row in rows if row["quoted"].reading and row["component"] in makers]
    keys = keys_of({text for row in rows for text in numbers(row)})
    parts = parts_by_key(keys, set(makers.values()))
    proposals = []
    for row in rows:
        maker, quoted = makers[row["component"]], row["quoted"]
        found = (parts.get((maker, keys[number])) for number in numbers(row))
        proposals.append(
            {
                "component_id": row["component"],
                "manufacturer_id": maker,
                "part_id": next(filter(None, found), None),
                "family": quoted.reading.base_part or quoted.reading.mpn,
                "basis_id": BASIS,
                "confidence": quoted.confidence,
                "state": IdentificationState.PROPOSED,
                "reasons": " · ".join((f"read as {numbers(row)[0]}", *quoted.reading.reasons)),
            }
        )
    # As with the publisher's attribution: seen by whoever sees component, maker and part.
    declared = audience(level=Level.CLEAR, actor=publication.actor)
    load(Identification, proposals, actor=publication.actor, declared=declared)
    made = Counter(f"proposed_{one['confidence']}" for one in proposals)
    publication.counts.update({"markings": sum(bool(row["quoted"].marking) for row in rows)} | made)


def numbers(row):
    """The numbers that a row's reading names, the whole one first."""
    reading = row["quoted"].reading
    return [number for number in dict.fromkeys((reading.mpn, reading.base_part)) if number]


def makers_of(publication, rows):
    """{component: id of the maker}: the publisher's, else of the grammar where that firm is recorded."""
    found = {row["component"]: publication.makers.of(row) for row in rows}
    meant = {row["component"]: known(row["quoted"].reading.maker) for row in rows if row["quoted"].reading}
    slugs = {maker.slug for pk, maker in meant.items() if maker and not found[pk] and maker.slug in KNOWN}
    recorded = publication.by_slug(Organisation, slugs) if slugs else {}
    found |= {pk: recorded.get(maker.slug) for pk, maker in meant.items() if maker and not found[pk]}
    return {pk: maker for pk, maker in found.items() if maker}


def parts_by_key(keys, makers):
    """{(maker, key): id} of the visible parts of these makers with one of these numbers, the first recorded."""
    wanted, found = set(keys.values()) - {""}, {}
    parts = standing(Part).filter(manufacturer__in=makers)
    of_key = Q(key__in=wanted) | Q(numbers__key__in=wanted, numbers__voided_at=None)
    rows = parts.filter(of_key).order_by("-created_at", "-id").values_list("id", "manufacturer", "key", "numbers__key")
    for pk, maker, *theirs in rows:
        found |= {(maker, key): pk for key in theirs if key in wanted}
    return found


def propose_anew(publication, rows):
    """Proposals by rules for entries whose text or maker has changed, in place of the earlier ones."""
    rows = [row for row in rows if row["component"]]
    earlier = Identification.objects.filter(
        component__in=[row["component"] for row in rows], owner_id=publication.actor.agency, voided_at=None, **BY_RULES
    )
    earlier.update(state=IdentificationState.SUPERSEDED)
    propose(publication, rows)


def reworded(rows, before):
    """The columns that change of components whose entry has another text; `before`: {entry id: the entry as it was}.

    A marking follows the text that it was quoted from. One that somebody read otherwise stays, and so does the word
    that there is none.
    """
    there = Component.objects.in_bulk([row["component"] for row in rows])
    for row in rows:
        component, columns = there[row["component"]], marking_of(row)
        quotes = component.marking in before[row["published"]].text
        if not quotes or component.marking_state not in (MarkingState.READ, MarkingState.NOT_RECORDED):
            columns = {"marking": component.marking, "marking_state": component.marking_state}
        yield {"id": component.pk, "published_text": row["row"]["marking"], **columns}
