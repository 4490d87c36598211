"""Commonality: what specimens and weapon systems share, and how much that says: the rarer it is, the more."""

from django.utils.translation import gettext_lazy as _

from catalogue.models import Component

from .frame import Answer, Choice, Column, Result, ask
from .types import STANDS, of_types

WHAT = Choice(
    "what",
    _("Shared are"),
    (
        ("batches", _("parts of one date code")),
        ("parts", _("part types")),
        ("boards", _("boards and assemblies")),
        ("lots", _("lot numbers")),
    ),
)
OF = Choice("of", _("With the specimen"), record=True)
ONE = Choice("a", _("One specimen or weapon system"), record=True)
OTHER = Choice("b", _("The other"), record=True)
# What makes two records share something: (SQL of it, null where the record has none; a join it needs).
LOT = """LEFT JOIN catalogue_componentidentifier lot ON lot.component_id = m.id AND lot.kind_id = 'lot'
  AND lot.voided_at IS NULL AND lot.key <> ''"""
SHARED = {
    "parts": ("m.part::text", ""),
    "batches": ("m.part::text || ' ' || upper(nullif(btrim(m.code), ''))", ""),
    "boards": (
        "CASE WHEN m.kind IN ('board', 'assembly') THEN coalesce(m.part::text, nullif(m.marking, '')) END",
        "",
    ),
    "lots": ("lot.key", LOT),
}
# Of things that are told apart by columns: these, the second empty where there is one.
PAIR = {"parts": ("m.part", "''"), "batches": ("m.part", "upper(nullif(btrim(m.code), ''))")}
# Where to look for what a specimen has, so that an index is asked and not every component.
SAME = "m.recorded IN (SELECT part FROM own UNION ALL SELECT merged FROM stands WHERE part IN (SELECT part FROM own))"
REACH = {
    "parts": SAME,
    "batches": SAME,
    "boards": "m.kind IN ('board', 'assembly')",
    "lots": """m.id IN (SELECT i.component_id FROM catalogue_componentidentifier i
       WHERE i.kind_id = 'lot' AND i.voided_at IS NULL AND i.key IN (SELECT what FROM mine))""",
}
COLUMNS = {
    "id": "id",
    "specimen": "specimen_id",
    "part": "part_id",
    "code": "date_code",
    "kind": "kind",
    "marking": "marking_key",
}
# How many single specimens there are, by which rarity is reckoned: ln(all / those that have it).
ALL = "(SELECT count(*) FROM catalogue_specimen WHERE voided_at IS NULL AND kind = 'single')"
SINGLE = "JOIN catalogue_specimen x ON x.id = m.specimen AND x.kind = 'single' AND x.voided_at IS NULL"
# A row is one specimen that has it.
RARITY = f"ln(greatest({ALL}, 2)::numeric / least(count(*), greatest({ALL}, 2)))"
BASIS = (
    _(
        "What is shared weighs the natural logarithm of all single specimens divided by those that have it: what is "
        "in every specimen weighs nothing, what is in two weighs most."
    ),
    _("Part types that were merged are one."),
    _("Only single specimens are compared; of what a filter leaves out nothing is counted."),
    _("To share a part type or a batch shows neither one purchase nor one route; it shows where to look."),
)


def commonality(queryset, asked):
    """Result: the specimens that share most with the one asked for; without one, what ties specimens together."""
    found = asked.get("records", {}).get("of")
    return with_specimen(queryset, asked, found) if found else ties(queryset, asked)


def with_specimen(queryset, asked, found):
    """Result: other specimens by the weight of what they share with those of `found`, (column, id)."""
    key, join = SHARED[asked["what"]]
    everything = Component.objects.filter(voided_at=None)
    mine, first = of_types(everything.filter(**{found[0]: found[1]}), COLUMNS, "own")
    others, second = of_types(queryset, COLUMNS)
    # What it has is looked up by index in the rest, so that the rest is never read as a whole.
    ctes = f"""{STANDS}, {mine}, {others},
      held AS MATERIALIZED (SELECT DISTINCT {key} AS what, m.specimen FROM own m {join} WHERE {key} IS NOT NULL),
      mine AS MATERIALIZED (SELECT DISTINCT what FROM held),
      had AS MATERIALIZED (SELECT DISTINCT {key} AS what, m.specimen FROM m {join} {SINGLE}
               WHERE {REACH[asked["what"]]} AND {key} IN (SELECT what FROM mine)),
      weighed AS MATERIALIZED (SELECT what, count(*) AS had, {RARITY} AS weight
               FROM (SELECT * FROM had UNION SELECT * FROM held) e GROUP BY what),
      s AS (SELECT specimen, count(*) AS n, sum(weight) AS weight, min(had) AS least,
                   (array_agg(what ORDER BY weight DESC, what))[1] AS rarest
              FROM had JOIN weighed USING (what) WHERE {different(found)} GROUP BY specimen),
      r AS (SELECT s.*, x.reference, x.recovered, w.slug, w.name, p.number,
                   (SELECT sum(weight) FROM weighed) AS whole
              FROM s JOIN catalogue_specimen x ON x.id = s.specimen JOIN catalogue_weaponsystem w ON w.id = x.system_id
              LEFT JOIN catalogue_part p ON p.id::text = split_part(s.rarest, ' ', 1)
             ORDER BY s.weight DESC, s.n DESC, x.reference LIMIT %s)"""
    cells = ["reference", "slug", "name", "n", "round(weight, 2)", "round(100 * weight / nullif(whole, 0), 2)"]
    cells += ["coalesce(number, rarest)", "least", "recovered"]
    totals = {
        "numerator": "SELECT count(*) FROM r",
        "denominator": "SELECT count(*) FROM mine",
        "groups": "SELECT count(*) FROM s",
        "undated": "SELECT count(*) FROM own WHERE code = ''",
        "unattributed": f"SELECT count(*) FROM own m {join} WHERE {key} IS NULL",
        "records": "SELECT count(*) FROM own",
    }
    parameters = [*first, *second, found[1], asked["top"]]
    rows, numbers = ask(ctes, parameters, cells, "r", totals)
    return Result(SHARING, rows, numbers, "specimens", [*BASIS])


def different(found):
    """SQL: the row is of another specimen, or of another system."""
    if found[0] == "specimen_id":
        return "specimen <> %s"
    return "specimen NOT IN (SELECT id FROM catalogue_specimen WHERE system_id = %s)"


def ties(queryset, asked):
    """Result: what two specimens or more have in common, with all of them."""
    key, join = SHARED[asked["what"]]
    cte, parameters = of_types(queryset, COLUMNS)
    # Grouped by the columns themselves: a text made of them would be made for every record.
    one, two = PAIR.get(asked["what"], (key, "''"))
    part = "one::text" if asked["what"] in PAIR else "min(part)"
    order = "weight * (specimens - 1) DESC, specimens DESC, one, two"
    ctes = f"""{STANDS}, {cte},
      had AS MATERIALIZED (SELECT {one} AS one, {two} AS two, m.specimen, count(*) AS n,
                     {"NULL" if asked["what"] in PAIR else "min(m.part::text)"} AS part,
                     count(*) FILTER (WHERE m.code = '') AS undated
                FROM m {join} {SINGLE} GROUP BY 1, 2, 3),
      z AS MATERIALIZED (SELECT specimen, sum(n) AS n, sum(undated) AS undated FROM had GROUP BY specimen),
      s AS MATERIALIZED (SELECT one, two, {part} AS part, count(*) AS specimens, sum(n) AS n, {RARITY} AS weight
              FROM had WHERE one IS NOT NULL AND two IS NOT NULL GROUP BY one, two HAVING count(*) > 1),
      top AS MATERIALIZED (SELECT * FROM s ORDER BY {order} LIMIT %s),
      t AS (SELECT h.one, h.two, string_agg(h.reference, ' ' ORDER BY h.place) FILTER (WHERE h.place <= 12) AS named,
                   string_agg(DISTINCT h.name, ', ') AS systems
              FROM (SELECT one, two, x.reference, w.name,
                           row_number() OVER (PARTITION BY one, two ORDER BY x.reference) AS place
                      FROM top JOIN had USING (one, two) JOIN catalogue_specimen x ON x.id = had.specimen
                      JOIN catalogue_weaponsystem w ON w.id = x.system_id) h GROUP BY 1, 2),
      r AS (SELECT top.*, p.number, o.name AS maker, t.named, t.systems FROM top JOIN t USING (one, two)
              LEFT JOIN catalogue_part p ON p.id::text = top.part
              LEFT JOIN catalogue_organisation o ON o.id = p.manufacturer_id ORDER BY {order})"""
    batch = asked["what"] == "batches"
    cells = ["part", "number", "maker", "two" if batch else "CASE WHEN part = one::text THEN '' ELSE one::text END"]
    cells += ["specimens", "n", "round(weight, 2)", "systems", "named"]
    totals = {
        "numerator": "SELECT count(*) FROM r",
        "denominator": "SELECT count(*) FROM s",
        "specimens": "SELECT count(*) FROM z",
        "undated": "SELECT coalesce(sum(undated), 0) FROM z",
        "records": "SELECT coalesce(sum(n), 0) FROM z",
    }
    # A group is a thing in one specimen: at a million components nearly as many as these.
    rows, numbers = ask(ctes, [*parameters, asked["top"]], cells, "r", totals, hashed=6)
    return Result(tie_columns(batch), rows, numbers, "specimens", [*BASIS])


def beside(queryset, asked):
    """Result: what each of two specimens or systems has, what both have first."""
    records = asked.get("records", {})
    if not ("a" in records and "b" in records):
        return Result(BESIDE_COLUMNS, [], {"denominator": 0, "undated": 0, "records": 0}, "components", [*BASIS])
    key, join = SHARED[asked["what"]]
    cte, parameters = of_types(queryset, COLUMNS | {"system": "specimen__system_id"})
    on = {"specimen_id": "m.specimen", "specimen__system_id": "m.system"}
    sides = [f"{on[records[name][0]]} = %s" for name in ("a", "b")]
    ctes = f"""{STANDS}, {cte},
      had AS (SELECT {key} AS what, m.specimen, min(m.part::text) AS part, min(m.code) AS code,
                     count(*) FILTER (WHERE {sides[0]}) AS a, count(*) FILTER (WHERE {sides[1]}) AS b
                FROM m {join} WHERE {key} IS NOT NULL GROUP BY 1, 2),
      s AS (SELECT what, min(part) AS part, min(code) AS code, sum(a) AS a, sum(b) AS b,
                   count(*) AS specimens, {RARITY} AS weight
              FROM had GROUP BY what HAVING sum(a) + sum(b) > 0),
      r AS (SELECT s.*, p.number, o.name AS maker FROM s LEFT JOIN catalogue_part p ON p.id::text = s.part
              LEFT JOIN catalogue_organisation o ON o.id = p.manufacturer_id
             ORDER BY (a > 0 AND b > 0) DESC, weight DESC, a + b DESC, what LIMIT %s)"""
    cells = ["part", "number", "maker", "CASE WHEN part = what THEN '' ELSE {} END".format(
        "code" if asked["what"] == "batches" else "what"), "a", "b", "specimens", "round(weight, 2)"]  # fmt: skip
    totals = {
        "numerator": "SELECT count(*) FROM s WHERE a > 0 AND b > 0",
        "denominator": "SELECT count(*) FROM s",
        "undated": "SELECT coalesce(sum(a + b), 0) FROM s WHERE code = ''",
        "records": "SELECT coalesce(sum(a + b), 0) FROM s",
    }
    values = [*parameters, records["a"][1], records["b"][1], asked["top"]]
    rows, numbers = ask(ctes, values, cells, "r", totals)
    return Result(BESIDE_COLUMNS, rows, numbers, "components", [*BASIS])


THING = (
    Column("part", _("Part"), "Identifier of the part; null where it is none.", "code", page="part"),
    Column("number", _("Number"), "Its number.", "mono"),
    Column("maker", _("Maker"), "Name of its maker."),
)
WEIGHT = Column("weight", _("Weight"), "Natural logarithm of all single specimens by those that have it.", "decimal")
SHARING = (
    Column("specimen", _("Specimen"), "Its reference.", "code", page="specimen"),
    Column("system", _("Weapon system"), "Readable identifier of the weapon system.", "code", page="system"),
    Column("system_name", _("Its name"), "Name of the weapon system."),
    Column("shared", _("Shared"), "How many different things both have.", "whole", _("different things")),
    Column("weight", _("Weight"), "Sum of their weights.", "decimal"),
    Column("share", _("Of its whole weight"), "Per cent of the weight of all that the first has.", "percent"),
    Column("rarest", _("Rarest shared"), "What weighs most among them.", "mono"),
    Column("in", _("In specimens"), "Single specimens that have the rarest.", "whole", _("single specimens")),
    Column("recovered", _("Recovered"), "EDTF.", "edtf"),
)


def tie_columns(batch):
    told = (
        Column("date_code", _("Date code"), "As printed, in capitals.", "mono")
        if batch
        else Column("key", _("Lot or marking"), "What they share where it is no part.", "mono")
    )
    return (
        *THING,
        told,
        Column("specimens", _("Single specimens"), "That have it.", "whole", _("single specimens")),
        Column("count", _("Count"), "Component records.", "whole", _("component records")),
        WEIGHT,
        Column("systems", _("Weapon systems"), "Their types.", "text"),
        Column("references", _("Specimens"), "Up to twelve of their references.", "references"),
    )


BESIDE_COLUMNS = (
    *THING,
    Column("key", _("Date code, lot or marking"), "What tells it from others of the part.", "mono"),
    Column("a", _("In the one"), "Component records.", "whole", _("component records")),
    Column("b", _("In the other"), "Component records.", "whole", _("component records")),
    Column("specimens", _("Specimens in all"), "Specimens that have it.", "whole", _("specimens")),
    WEIGHT,
)
COMMONALITY = Answer(
    "commonality",
    _("What specimens share"),
    _("Which specimens are tied by parts, boards, lots and date codes, and how strongly?"),
    commonality,
    (WHAT, OF),
    BASIS,
    top=50,
)
BESIDE = Answer(
    "beside",
    _("Side by side"),
    _("What do two specimens or weapon systems have in common, and what not?"),
    beside,
    (ONE, OTHER, WHAT),
    BASIS,
    top=200,
)
