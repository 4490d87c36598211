"""One question over everything that has a number or a name: a few records of each noun, the best matches first.

A key equal to what was asked comes before one that begins with it, and that before one that holds it. Keys hold
letters and digits alone, so that no pattern made of them can raise an error. Names are found in the other script
too; where nothing is found, what differs by one letter.
"""

from dataclasses import dataclass, replace

from django.db import connection

from catalogue.markings.spellings import alike, damaged, held_one_apart, one_apart, spellings
from catalogue.models import Organisation

from .held import LEVELS
from .hits import LISTED, LONG, MISTAKEN, NEAR, NOUNS, SEEN, Hit
from .paging import VISIBLE
from .prepared import ask, ask_long
from .resolve import firms_meant
from .standing import one_with, one_with_sql

SHOWN = 8
# Fewer letters are in no trigram: they are looked for at the beginning of names and numbers, and not in markings.
SHORTEST = 3
# Fewer letters are like too much when one of them may be another.
SURE = 4
LONGEST = 40  # letters of a number of which every look-alike is sought
# A number may be a piece of a longer one.
HELD = {"parts": " OR key LIKE ANY (%(held)s::text[])"}
# What a marking names: a part type, or a component that says the same.
READ = ("parts", "components")
# Names and numbers that are compared letter for letter.
LOOKED_AT = 200
# Makers or parts of one name that a list is narrowed to.
NAMED_SO = 1000


@dataclass(frozen=True)
class Aim:
    """What was asked: its comparison key and those of its other spellings, the reader's audiences, and the records
    with exactly this reference."""

    text: str
    key: str
    keys: list
    audiences: list
    specimen: str | None
    component: str | None


# Planning all of search takes longer than running it, so that it is planned once a connection, for any text. A swap in
# the middle of n letters leaves n - 3 of n + 5 trigrams: names are compared down to that.
SETTINGS = """
set_config('plan_cache_mode', 'force_generic_plan', true), set_config('pg_trgm.similarity_threshold',
  greatest(0.3, (length(catalogue_key(%(text)s)) - 3.0) / (length(catalogue_key(%(text)s)) + 5))::text, true)"""


def aim(text):
    """Read what was asked for."""
    among = "reference IN (%(text)s, upper(%(text)s::text)) AND voided_at IS NULL"
    named = f"(SELECT reference FROM {{table}} WHERE {among} LIMIT 1)"
    specimen, component = (named.format(table=f"catalogue_{noun}") for noun in ("specimen", "component"))
    ((key, keys, audiences, *references, _plan, _bar),) = ask(
        "SELECT catalogue_key(%(text)s), ARRAY(SELECT catalogue_key(t) FROM unnest(%(spelt)s::text[]) t),"
        f" {VISIBLE}, {specimen}, {component}, {SETTINGS}",
        {"text": text, "spelt": list(spellings(text))},
    )
    return Aim(text, key, list(dict.fromkeys(one for one in keys if one)), audiences or [], *references)


def found(aim, shown=SHOWN, nouns=None):
    """{noun: hits} of what fits, at most `shown` and one more of each; the noun with the best match comes first.

    Of `nouns` alone where they are given.
    """
    if not aim.key:
        return {}
    short = len(aim.key) < SHORTEST
    nouns = [noun for noun in NOUNS if noun not in short * LONG and (nouns is None or noun in nouns)]
    return run([NOUNS[noun] for noun in nouns], patterns(aim, short) | {"shown": shown + 1}) if nouns else {}


def patterns(aim, short):
    """The parameters of the statements."""
    held = "{}%" if short else "%{}%"
    return {
        "key": aim.key,
        "begins": f"{aim.key}%",
        "holds": held.format(aim.key),
        "any_key": aim.keys,
        "any_begins": [f"{key}%" for key in aim.keys],
        "any_holds": [held.format(key) for key in aim.keys],
        "text": aim.text,
        "slug": aim.text.lower(),
        "component": aim.component,
        **referring(aim.text),
    }


def run(statements, parameters):
    """{noun: hits} of statements made by `best`, the noun with the best match first."""
    groups = {}
    for *row, audience in ask_long(" UNION ALL ".join(f"({sql})" for sql in statements), parameters):
        groups.setdefault(row[0], []).append(Hit(*row, LEVELS[audience]))
    return dict(sorted(groups.items(), key=lambda group: group[1][0].rank))


def mistaken(aim, shown=SHOWN):
    """{noun: hits} of what is called, or numbered, what was asked for but for one letter.

    Systems, organisations and parts by their whole names and numbers, or numbers that hold it; components that are
    such a part, or that have such a marking.
    """
    right = near(NEAR, aim, shown)
    if right is None:
        return {}
    wrong = {"shown": shown + 1, "parts": [row[0] for row in right["parts"]]}
    statements = []
    for noun, rows in right.items():
        wrong |= {f"{noun}_ids": [row[0] for row in rows], f"{noun}_said": [row[1] for row in rows]}
        if rows:
            statements.append(MISTAKEN[noun])
    wrong |= {"components_ids": [], "components_said": []}
    if not right["parts"]:
        marked = marked_so(aim)
        wrong |= {"components_ids": [row[0] for row in marked], "components_said": [row[1] for row in marked]}
    if right["parts"] or wrong["components_ids"]:
        statements.append(MISTAKEN["components"])
    return run(statements, wrong) if statements else {}


def called(noun, text, exact=False):
    """Ids of the visible systems, organisations or parts with a name or number that holds `text`, in any spelling.

    With those that are one with them by a merge, and the makers that it means by a known name.

    Where there is none, of those with one letter mistaken, unless `exact`.
    """
    it = aim(text)
    if not it.key:
        return []
    sql = " UNION ".join(
        f"(SELECT {record} AS id FROM {table} WHERE key LIKE ANY (%(any_holds)s) AND {SEEN} LIMIT {NAMED_SO})"
        for table, record, _said in NEAR[noun]
    )
    ids = [row[0] for row in ask(one_with_sql(NEAR[noun][0][0], sql), patterns(it, short=False))]
    if noun == "organisations":
        ids += one_with(Organisation, [firm.pk for firm in firms_meant(text)])
    if ids or exact:
        return ids
    return [pk for pk, _said in (near([noun], it, LOOKED_AT) or {}).get(noun, ())]


def near(nouns, aim, shown):
    """{noun: [(id, name as it is right)]} of what is one letter away; None for what is too short to tell."""
    keys = [key for key in aim.keys if len(key) >= SURE]
    if not keys:
        return None
    sql = " UNION ALL ".join(
        f"(SELECT '{noun}', {record}, {said}, key FROM {table} WHERE {SEEN} AND (key %% ANY (%(keys)s::text[])"
        f" AND length(key) BETWEEN %(least)s::int AND %(most)s::int{HELD.get(noun, '')})"
        f" ORDER BY length(key), key LIMIT {LOOKED_AT})"
        for noun in nouns
        for table, record, said in NEAR[noun]
    )
    held = damaged(keys[0])
    sizes = {"least": min(map(len, keys)) - 1, "most": max(map(len, keys)) + 1}
    whole, holding = {noun: {} for noun in nouns}, {noun: {} for noun in nouns}
    for noun, pk, said, key in ask_long(sql, {"keys": keys, "held": held, **sizes}):
        if any(one_apart(one, key) for one in keys):
            whole[noun][pk] = said
        elif held and held_one_apart(keys[0], key):
            holding[noun][pk] = said
    return {noun: list((whole[noun] or holding[noun]).items())[: shown + 1] for noun in nouns}


def marked_so(aim):
    """[(id, "")] of components whose marking holds what was asked for but for one letter."""
    held = damaged(aim.key)
    if not held:
        return []
    # Planned for this text: patterns of which the planner knows nothing it would rather not look up in the index.
    sql = (
        f"SELECT id, marking_key FROM catalogue_component WHERE marking_key LIKE ANY (%(held)s) AND {SEEN}"
        f" LIMIT {LOOKED_AT}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, {"held": held, "audiences": aim.audiences})
        return [(pk, "") for pk, marking in cursor.fetchall() if held_one_apart(aim.key, marking)]


def read_as(numbers, shown=SHOWN):
    """(number, {noun: hits}) of the first of `numbers` that parts have, or components hold; (None, {}) of none."""
    for number in numbers:
        groups = found(aim(number), shown, nouns=READ)
        if groups:
            return number, {
                noun: [replace(hit, why="read", also=number) for hit in hits] for noun, hits in groups.items()
            }
    return None, {}


def looking_so(aim, shown=SHOWN):
    """(number, {noun: hits}) of the first number that looks like what was asked for and is recorded, or printed on a
    component; (None, {}) where there is none."""
    if not SURE <= len(aim.key) <= LONGEST:
        return None, {}
    keys = alike(aim.key)
    if not keys:
        return None, {}
    # Planned for these patterns, as in `marked_so`.
    sql = " UNION ALL ".join(
        f"(SELECT {key} FROM {table} WHERE {key} LIKE ANY (%(holds)s) AND {SEEN} LIMIT 1)"
        for table, key in (("catalogue_part", "key"), ("catalogue_component", "marking_key"))
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, {"holds": [f"%{key}%" for key in keys]})
        held = [key for (text,) in cursor.fetchall() for key in keys if key in text]
    if not held:
        return None, {}
    groups = found(replace(aim, text=held[0], key=held[0], keys=held[:1]), shown, nouns=READ)
    return held[0], {n: [replace(hit, why="alike", also=held[0]) for hit in hits] for n, hits in groups.items()}


def described(noun, ids):
    """Hits of the records of `noun` with these ids, in this order: found otherwise, each word by itself."""
    if not ids:
        return []
    asked = {f"{noun}_ids": ids, f"{noun}_said": [""] * len(ids), "parts": [], "shown": len(ids)}
    return [Hit(*row, LEVELS[audience]) for *row, audience in ask(LISTED[noun], asked)]


def referring(text):
    """Patterns of references, which have no comparison key: as typed, in capitals."""
    literal = connection.ops.prep_for_like_query(text.upper())
    return {"reference_key": text.upper(), "reference_begins": f"{literal}%", "reference_holds": f"%{literal}%"}
