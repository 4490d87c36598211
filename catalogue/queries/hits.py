"""What search says of a record, and the SQL that finds the best of each noun."""

from dataclasses import dataclass

# Candidates of one name or number column: several names may be of one record.
TAKEN = 40

# The policy alone says what is seen: a plan for any reader would only compare the audiences of every row once more.
SEEN = "voided_at IS NULL"


@dataclass(frozen=True)
class Hit:
    """A record found: its noun, the name of its page, how well it fits (0 equal, 1 begins, 2 holds), what is read.

    `why` says what of it fitted: name, number, reference, title, marking, published, or the kind of a further name or
    number; `typo` with one letter mistaken, `alike` with letters that look alike, `words` each word by itself, `read`
    the number that the text was read as, `meant` a known name of the maker, `merged` a name or number of a record that
    was merged into it. `also` is the further name that fitted, the right one, the number read, or what the merged
    record is called; `verbatim` a marking or published text; `maker`, `system`, `term` (a kind) and `country` tell it
    from others; `level` is its TLP 2.0 level.
    """

    noun: str
    key: str
    rank: int
    why: str
    title: str
    also: str
    verbatim: str
    maker: str
    system: str
    term: str
    country: str
    level: str


def rank(key, of=""):
    equal, begins = (f"ANY (%({of}{name})s)" if of == "any_" else f"%({of}{name})s" for name in ("key", "begins"))
    return f"CASE WHEN {key} = {equal} THEN 0 WHEN {key} LIKE {begins} THEN 1 ELSE 2 END"


def names(table, record="id", also="''", key="key", of="", why="'name'"):
    """Candidates whose `key` in `table` fits; `record` is the column of the record that bears the name.

    `of` any_: in any spelling.
    """
    holds = "ANY (%(any_holds)s)" if of == "any_" else f"%({of}holds)s"
    return (
        f"(SELECT {record} id, {also} also, {rank(key, of)} rank, {key} key, {why} why FROM {table} "
        f"WHERE {key} LIKE {holds} AND {SEEN} ORDER BY 3, length({key}), {key} LIMIT {TAKEN})"
    )


def exactly(table, column, parameter, why="'reference'"):
    """Candidates with exactly this slug or identifier."""
    return f"(SELECT id, '' also, 0 rank, '' key, {why} why FROM {table} WHERE {column} = %({parameter})s AND {SEEN})"


def markings(column, fits, why):
    """Some components whose `column` fits: a million markings are not ordered, the best are asked for apart.

    The CTE is planned as if all were wanted, hence by the index; as it stands the planner would hope to meet the few
    that are wanted early, and read all rows where there are none. What fits is asked twice: a plan that is made for any
    text takes a pattern to fit one row in two hundred, and would go through an index of audiences beside it.
    """
    twice = f"{column} {fits} AND {column} {fits}"
    sought = f"SELECT id, {column} key FROM catalogue_component WHERE {twice} AND {SEEN}"
    return (
        f"(WITH fitting AS MATERIALIZED ({sought})"
        f" SELECT id, '' also, {rank('key')} rank, key, '{why}' why FROM fitting LIMIT {TAKEN})"
    )


def best(noun, candidates):
    """The best of `candidates`, each record once, with the columns of a Hit; those not named are empty."""
    table, joins, columns = SHOWN_OF[noun]
    given = {"key": "r.slug", "rank": "h.rank", "why": "h.why", "title": "r.name", "also": "h.also"} | columns
    read = ", ".join(given.get(name, "''") for name in list(Hit.__annotations__)[1:-1])
    found = " UNION ALL ".join(candidates)
    found = standing(table, MERGED[table], found) if table in MERGED else found
    once = f"SELECT DISTINCT ON (id) * FROM ({found}) c ORDER BY id, rank, also"
    return (
        f"SELECT '{noun}', {read}, r.audience_id FROM ({once}) h "
        f"JOIN {table} r ON r.id = h.id AND r.voided_at IS NULL {joins} "
        f"ORDER BY h.rank, length(h.key), h.key, r.id DESC LIMIT %(shown)s::int"
    )


def standing(table, called, found):
    """`found` with the record that stands for each merged one, two steps on, as far as it is seen; `also` what the
    merged one is called."""
    return (
        f"SELECT coalesce(s.id, t.id, c.id) id, CASE WHEN t.id IS NULL THEN c.also ELSE m.{called} END also, c.rank,"
        f" c.key, CASE WHEN t.id IS NULL THEN c.why ELSE 'merged' END why FROM ({found}) c"
        f" JOIN {table} m ON m.id = c.id AND m.{SEEN}"
        f" LEFT JOIN {table} t ON t.id = m.canonical_id AND t.{SEEN}"
        f" LEFT JOIN {table} s ON s.id = t.canonical_id AND s.{SEEN}"
    )


def given(noun, why, order="''"):
    """Candidates that were found otherwise: their ids, and what is said beside each."""
    return (
        f"(SELECT id, also, 3 rank, {order} key, '{why}' why FROM"
        f" unnest(%({noun}_ids)s::uuid[], %({noun}_said)s::text[]) WITH ORDINALITY AS g (id, also, nth))"
    )


def joined(table, alias, column):
    return f"LEFT JOIN {table} {alias} ON {alias}.id = {column}"


PART, ORGANISATION, SYSTEM = "catalogue_part", "catalogue_organisation", "catalogue_weaponsystem"
SPECIMEN, COMPONENT, ROUTE = "catalogue_specimen", "catalogue_component", "catalogue_supplyroute"
PUBLISHED = "catalogue_publishedrecord"
# What may be merged, and the column of its name.
MERGED = {PART: "number", ORGANISATION: "name", SYSTEM: "name"}
LONG = ("components",)
OF_COMPONENT = (
    joined(ORGANISATION, "o", "r.manufacturer_id"),
    joined(SPECIMEN, "s", "r.specimen_id"),
    joined(SYSTEM, "w", "s.system_id"),
)
# Of each noun: its table, what is joined to it, and the columns of a Hit.
SHOWN_OF = {
    "systems": (SYSTEM, "", {"term": "r.kind_id", "country": "coalesce(r.country_id, '')"}),
    "organisations": (ORGANISATION, "", {"term": "r.kind_id", "country": "coalesce(r.country_id, '')"}),
    "parts": (
        PART,
        joined(ORGANISATION, "o", "r.manufacturer_id"),
        {"key": "r.id::text", "title": "r.number", "maker": "o.name"},
    ),
    "components": (
        COMPONENT,
        " ".join(OF_COMPONENT),
        {
            "key": "r.reference",
            "title": "r.reference",
            "verbatim": "coalesce(nullif(r.marking, ''), r.published_text)",
            "maker": "coalesce(o.name, '')",
            "system": "w.name",
        },
    ),
    "specimens": (
        SPECIMEN,
        joined(SYSTEM, "w", "r.system_id"),
        {
            "key": "r.reference",
            "title": "r.reference",
            "also": "coalesce(nullif(h.also, ''), r.title)",
            "system": "w.name",
        },
    ),
    "routes": (
        ROUTE,
        joined(SYSTEM, "w", "r.system_id"),
        {"title": "r.title", "system": "coalesce(w.name, '')"},
    ),
    "published-records": (
        PUBLISHED,
        "",
        {"key": "r.id::text", "title": "r.entry_id", "verbatim": "r.text", "maker": "r.manufacturer"},
    ),
}
NOUNS = {
    "systems": [
        exactly(SYSTEM, "slug", "slug"),
        names(SYSTEM, of="any_"),
        names("catalogue_systemname", "system_id", "text", of="any_", why="kind"),
    ],
    "organisations": [
        exactly(ORGANISATION, "slug", "slug"),
        names(ORGANISATION, of="any_"),
        names("catalogue_organisationname", "organisation_id", "text", of="any_", why="kind"),
    ],
    "parts": [names(PART, why="'number'"), names("catalogue_partnumber", "part_id", "text", why="kind")],
    "components": [
        markings("marking_key", "= %(key)s", "marking"),
        markings("marking_key", "LIKE %(begins)s", "marking"),
        markings("marking_key", "LIKE %(holds)s", "marking"),
        markings("published_key", "LIKE %(holds)s", "published"),
        exactly(COMPONENT, "reference", "component"),
    ],
    "specimens": [
        names(SPECIMEN, key="title_key", of="any_", why="'title'"),
        names(SPECIMEN, key="reference", of="reference_", why="'reference'"),
        names("catalogue_specimennumber", "specimen_id", "text", why="kind"),
    ],
    "routes": [exactly(ROUTE, "slug", "slug"), names(ROUTE, of="any_", why="'title'")],
    "published-records": [exactly(PUBLISHED, "entry_id", "text")],
}
NOUNS = {noun: best(noun, candidates) for noun, candidates in NOUNS.items()}
# Records that were found otherwise, in the order in which their ids are given.
LISTED = {noun: best(noun, [given(noun, "words", "lpad(nth::text, 6, '0')")]) for noun in SHOWN_OF}
# Where names and numbers with a mistaken letter are looked for: (table, the record, what is right).
NEAR = {
    "systems": [(SYSTEM, "id", "name"), ("catalogue_systemname", "system_id", "text")],
    "organisations": [(ORGANISATION, "id", "name"), ("catalogue_organisationname", "organisation_id", "text")],
    "parts": [(PART, "id", "number"), ("catalogue_partnumber", "part_id", "text")],
}
OF_PART = (
    "(SELECT c.id, p.number also, 3 rank, '' key, 'typo' why FROM catalogue_component c"
    " JOIN catalogue_part p ON p.id = c.part_id WHERE c.part_id = ANY (%(parts)s::uuid[]) AND c.voided_at IS NULL"
    f" ORDER BY c.id DESC LIMIT {TAKEN})"
)
MISTAKEN = {noun: best(noun, [given(noun, "typo")]) for noun in NEAR}
MISTAKEN["components"] = best("components", [OF_PART, given("components", "typo")])
