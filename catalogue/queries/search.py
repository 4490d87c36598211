"""One question over everything that has a number or a name: a few records of each noun, the best matches first.

A key equal to what was asked comes before one that begins with it, and that before one that holds it. Keys hold
letters and digits alone, so that no pattern made of them can raise an error.
"""

from dataclasses import dataclass

from django.db import connection

from .held import LEVELS
from .paging import VISIBLE

SHOWN = 8
# Fewer letters are in no trigram: they are looked for at the beginning of names and numbers, and not in markings.
SHORTEST = 3
# Candidates of one name or number column: several names may be of one record.
TAKEN = 40

SEEN = "voided_at IS NULL AND audience_id = ANY (%(audiences)s)"


@dataclass(frozen=True)
class Hit:
    """A record found: its noun, the name of its page, how well it fits (0 equal, 1 begins, 2 holds), what is read.

    `also` is the further name that fitted, `verbatim` a marking or published text, `maker`, `system`, `term` (a kind)
    and `country` tell it from others; `level` is its TLP 2.0 level.
    """

    noun: str
    key: str
    rank: int
    title: str
    also: str
    verbatim: str
    maker: str
    system: str
    term: str
    country: str
    level: str


@dataclass(frozen=True)
class Aim:
    """What was asked: its comparison key, the reader's audiences, and the records with exactly this reference."""

    text: str
    key: str
    audiences: list
    specimen: str | None
    component: str | None


def aim(text):
    """Read what was asked for."""
    named = (
        "(SELECT reference FROM {table} WHERE reference IN (%(text)s, upper(%(text)s)) AND voided_at IS NULL LIMIT 1)"
    )
    specimen, component = (named.format(table=f"catalogue_{noun}") for noun in ("specimen", "component"))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT catalogue_key(%(text)s), {VISIBLE}, {specimen}, {component}", {"text": text})
        key, audiences, *references = cursor.fetchone()
    return Aim(text, key, audiences or [], *references)


def found(aim, shown=SHOWN):
    """{noun: hits} of what fits, at most `shown` and one more of each; the noun with the best match comes first."""
    if not aim.key:
        return {}
    short = len(aim.key) < SHORTEST
    asked = {
        "key": aim.key,
        "begins": f"{aim.key}%",
        "holds": f"{aim.key}%" if short else f"%{aim.key}%",
        "text": aim.text,
        "slug": aim.text.lower(),
        "component": aim.component,
        **referring(aim.text),
        "audiences": aim.audiences,
        "shown": shown + 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"({sql})" for noun, sql in NOUNS.items() if noun not in short * LONG), asked)
        groups = {}
        for *row, audience in cursor.fetchall():
            groups.setdefault(row[0], []).append(Hit(*row, LEVELS[audience]))
    return dict(sorted(groups.items(), key=lambda group: group[1][0].rank))


def referring(text):
    """Patterns of references, which have no comparison key: as typed, in capitals."""
    literal = connection.ops.prep_for_like_query(text.upper())
    return {"reference_key": text.upper(), "reference_begins": f"{literal}%", "reference_holds": f"%{literal}%"}


# SQL of each noun


def rank(key, of=""):
    return f"CASE WHEN {key} = %({of}key)s THEN 0 WHEN {key} LIKE %({of}begins)s THEN 1 ELSE 2 END"


def names(table, record="id", also="''", key="key", of=""):
    """Candidates whose `key` in `table` fits; `record` is the column of the record that bears the name."""
    return (
        f"(SELECT {record} id, {also} also, {rank(key, of)} rank, {key} key FROM {table} "
        f"WHERE {key} LIKE %({of}holds)s AND {SEEN} ORDER BY 3, length({key}), {key} LIMIT {TAKEN})"
    )


def exactly(table, column, parameter):
    """Candidates with exactly this slug or identifier."""
    return f"(SELECT id, '' also, 0 rank, '' key FROM {table} WHERE {column} = %({parameter})s AND {SEEN})"


def markings(column, fits):
    """Some components whose `column` fits: a million markings are not ordered, the best are asked for apart."""
    return (
        f"(SELECT id, '' also, {rank(column)} rank, {column} key FROM catalogue_component "
        f"WHERE {column} {fits} AND {SEEN} LIMIT {TAKEN})"
    )


def best(noun, table, candidates, joins="", **columns):
    """The best of `candidates`, each record once, with the columns of a Hit; those not named are empty."""
    given = {"key": "r.slug", "rank": "h.rank", "title": "r.name", "also": "h.also"} | columns
    read = ", ".join(given.get(name, "''") for name in list(Hit.__annotations__)[1:-1])
    once = f"SELECT DISTINCT ON (id) * FROM ({' UNION ALL '.join(candidates)}) c ORDER BY id, rank, also"
    return (
        f"SELECT '{noun}', {read}, r.audience_id FROM ({once}) h "
        f"JOIN {table} r ON r.id = h.id AND r.voided_at IS NULL {joins} "
        f"ORDER BY h.rank, length(h.key), h.key, r.id DESC LIMIT %(shown)s"
    )


def joined(table, alias, column):
    return f"LEFT JOIN {table} {alias} ON {alias}.id = {column}"


PART, ORGANISATION, SYSTEM = "catalogue_part", "catalogue_organisation", "catalogue_weaponsystem"
SPECIMEN, COMPONENT, ROUTE = "catalogue_specimen", "catalogue_component", "catalogue_supplyroute"
PUBLISHED = "catalogue_publishedrecord"
LONG = ("components",)
NOUNS = {
    "systems": best(
        "systems",
        SYSTEM,
        [exactly(SYSTEM, "slug", "slug"), names(SYSTEM), names("catalogue_systemname", "system_id", "text")],
        term="r.kind_id",
        country="coalesce(r.country_id, '')",
    ),
    "organisations": best(
        "organisations",
        ORGANISATION,
        [
            exactly(ORGANISATION, "slug", "slug"),
            names(ORGANISATION),
            names("catalogue_organisationname", "organisation_id", "text"),
        ],
        term="r.kind_id",
        country="coalesce(r.country_id, '')",
    ),
    "parts": best(
        "parts",
        PART,
        [names(PART), names("catalogue_partnumber", "part_id", "text")],
        joined(ORGANISATION, "o", "r.manufacturer_id"),
        key="r.id::text",
        title="r.number",
        maker="o.name",
    ),
    "components": best(
        "components",
        COMPONENT,
        [
            markings("marking_key", "= %(key)s"),
            markings("marking_key", "LIKE %(begins)s"),
            markings("marking_key", "LIKE %(holds)s"),
            markings("published_key", "LIKE %(holds)s"),
            exactly(COMPONENT, "reference", "component"),
        ],
        " ".join(
            (
                joined(ORGANISATION, "o", "r.manufacturer_id"),
                joined(SPECIMEN, "s", "r.specimen_id"),
                joined(SYSTEM, "w", "s.system_id"),
            )
        ),
        key="r.reference",
        title="r.reference",
        verbatim="coalesce(nullif(r.marking, ''), r.published_text)",
        maker="coalesce(o.name, '')",
        system="w.name",
    ),
    "specimens": best(
        "specimens",
        SPECIMEN,
        [
            names(SPECIMEN, key="title_key"),
            names(SPECIMEN, key="reference", of="reference_"),
            names("catalogue_specimennumber", "specimen_id", "text"),
        ],
        joined(SYSTEM, "w", "r.system_id"),
        key="r.reference",
        title="r.reference",
        also="coalesce(nullif(h.also, ''), r.title)",
        system="w.name",
    ),
    "routes": best(
        "routes",
        ROUTE,
        [exactly(ROUTE, "slug", "slug"), names(ROUTE)],
        joined(SYSTEM, "w", "r.system_id"),
        title="r.title",
        system="coalesce(w.name, '')",
    ),
    "published-records": best(
        "published-records",
        PUBLISHED,
        [exactly(PUBLISHED, "entry_id", "text")],
        key="r.id::text",
        title="r.entry_id",
        verbatim="r.text",
        maker="r.manufacturer",
    ),
}
