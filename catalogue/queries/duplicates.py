"""Organisations and parts that may be the same, in pairs, with the reasons; the surest first.

Proposed is what the reader sees, of which the agency owns one at least (only its own records can be merged), and of
which nobody of the agency has said that they are not the same.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db import connection

from catalogue.markings.makers import known
from catalogue.models import Organisation, Part

from . import ownership
from .standing import standing, standing_sql

MOST = 200
KNOWN_AMONG = 20_000  # organisations whose names are looked up among the known makers
SCORES = {"identifier": 0.98, "number": 0.95, "name": 0.9, "known": 0.85, "close": 0.7}


@dataclass(frozen=True)
class Pair:
    """Two records that may be the same: `reasons` as (code, what agrees), how sure from 0 to 1."""

    one: object
    other: object
    reasons: tuple[tuple[str, str], ...]
    score: float


@cache
def sql(name):
    return (Path(__file__).parent / "sql" / f"{name}.sql").read_text(encoding="utf-8")


def organisations(agency):
    """At most MOST pairs of organisations."""
    found = asked("same_organisations", "catalogue_organisation", agency)
    add_known(found, agency)
    return pairs(Organisation, found)


def parts(agency):
    """At most MOST pairs of parts: the same number, and makers that are one today."""
    day = ownership.today()
    return pairs(Part, asked("same_parts", "catalogue_part", agency, day=day))


def asked(name, table, agency, **more):
    """{(id, id): {code: what agrees}} of a statement, the smaller id first."""
    text = sql(name).format(a=standing_sql(table, "a.canonical_id"))
    found = {}
    with connection.cursor() as cursor:
        cursor.execute(text, {"agency": agency, "most": MOST * 4, **more})
        for one, other, code, agrees in cursor.fetchall():
            found.setdefault((one, other), {}).setdefault(code, agrees)
    return found


def add_known(found, agency):
    """Add pairs whose names, abbreviated or former, belong to one known maker."""
    firms = standing(Organisation).order_by("id").values_list("id", "name", "owner_id")[: KNOWN_AMONG + 1]
    if len(firms) > KNOWN_AMONG:
        return
    by_maker, apart = {}, said_apart(Organisation, agency)
    for pk, name, owner in firms:
        if maker := known(name):
            by_maker.setdefault(maker.name, []).append((pk, owner))
    for maker, same in by_maker.items():
        for n, (one, owner) in enumerate(same):
            for other, owner_too in same[n + 1 :]:
                if agency in (owner, owner_too) and (one, other) not in apart:
                    found.setdefault((one, other), {})["known"] = maker


def said_apart(model, agency):
    """{(id, id)} of which the agency has said that they are not the same."""
    noun = model._meta.model_name
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {noun}_id, other_{noun}_id FROM catalogue_apart"
            f" WHERE {noun}_id IS NOT NULL AND owner_id = %s AND voided_at IS NULL", [agency]
        )  # fmt: skip
        return set(cursor.fetchall())


def pairs(model, found):
    """The surest MOST of {(id, id): {code: what agrees}} as Pairs."""
    scored = sorted(((score(why), ids, why) for ids, why in found.items()), key=lambda row: (-row[0], row[1]))[:MOST]
    wanted = {pk for _score, ids, _why in scored for pk in ids}
    also = ("manufacturer",) if model is Part else ("country",)
    records = {r.pk: r for r in model.objects.filter(pk__in=wanted).select_related("owner", *also)}
    return [
        Pair(records[one], records[other], tuple(why.items()), score_)
        for score_, (one, other), why in scored
        if one in records and other in records
    ]


def score(why):
    """How sure a pair is by its reasons: that of the surest, and a little for each further one."""
    best = max(SCORES[code] for code in why)
    return round(min(best + 0.01 * (len(why) - 1), 0.99), 2)
