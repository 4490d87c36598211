"""Writing the example catalogue set by set, and remembering which record each key of its files stands for."""

from collections import Counter

from catalogue.actions.bulk import load
from catalogue.actions.handling import audience
from catalogue.actions.record import spread
from catalogue.markings.dates import PartialDate, parse
from catalogue.models import Credibility, Level, Stance

from .tables import FileRefused

UNDATED = PartialDate("", None, None)


class Shelf:
    """Records rows at CLEAR for the actor's agency. `counts` says how many of each model were written.

    `keys` are the keys of the files: {table: {key: id of the record}}.
    """

    def __init__(self, *, actor, progress):
        self.actor, self.progress = actor, progress
        self.declared = audience(level=Level.CLEAR, actor=actor)
        self.keys, self.counts = {}, Counter()

    def add(self, model, rows):
        """Record `rows`, dictionaries with the same columns (a PartialDate fills three); ids in order."""
        ids = load(model, [spread(row) for row in rows], actor=self.actor, declared=self.declared)
        self.counts[model] += len(ids)
        return ids

    def find_or_add(self, model, rows, *columns):
        """Ids of `rows` in order: of the agency's own record with the same `columns`, else of a new one."""
        have = {}
        if rows:
            found = model.objects.filter(
                **{f"{columns[0]}__in": {row[columns[0]] for row in rows}},
                owner_id=self.actor.agency, voided_at=None,
            )  # fmt: skip
            have = {tuple(values): pk for pk, *values in found.values_list("id", *columns)}
        new = {}
        for row in rows:
            same = tuple(row[column] for column in columns)
            if same not in have:
                new.setdefault(same, row)
        have |= dict(zip(new, self.add(model, list(new.values())), strict=True))
        return [have[tuple(row[column] for column in columns)] for row in rows]

    def remember(self, table, keys, ids):
        """Let the records of `table` be found by their keys from here on."""
        self.keys.setdefault(table, {}).update(zip(keys, ids, strict=True))

    def id(self, table, key):
        """The id of what the files call `key`; None stays None. Raises FileRefused when it is unknown."""
        if key is None:
            return None
        try:
            return self.keys[table][key]
        except KeyError:
            raise FileRefused(f"The example names the {table} {key!r}, which is not in its files.") from None

    def cite(self, model, facts, ids):
        """The citations in `sources` of each of `facts`, on the record with the id beside it."""
        self.add(
            model,
            [
                {
                    "record_id": pk,
                    "source_id": self.id("source", citation["source"]),
                    "locator": citation.get("locator", ""),
                    "quote": citation.get("quote", ""),
                    "credibility": str(citation.get("credibility", Credibility.SIX.value)),
                    "stance": citation.get("stance", Stance.SUPPORTS.value),
                    "note": citation.get("note", ""),
                }
                for fact, pk in zip(facts, ids, strict=True)
                for citation in fact["sources"]
            ],
        )


def date_of(fact, name):
    """The partly known date `name` of a fact; the empty one when it is not recorded."""
    return parse(fact[name]) if fact.get(name) else UNDATED


def above_first(facts, key, above):
    """`facts` in groups, so that what a fact names by its field `above` stands in an earlier group.

    Raises FileRefused when one names a record that is not there, or itself through others.
    """
    done, left = set(), list(facts)
    while left:
        ready = [fact for fact in left if fact.get(above) is None or fact[above] in done]
        if not ready:
            raise FileRefused(f"{left[0][key]!r} of the example has the {above} {left[0][above]!r}; there is none.")
        yield ready
        done |= {fact[key] for fact in ready}
        left = [fact for fact in left if fact[key] not in done]
