"""Shares: who and where the components come from, always with the denominator and what is in no group."""

from django.db.models import Case, F, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from catalogue.queries.dating import relation

from . import owners
from .frame import RULES, UNIT, UNITS, Answer, Choice, Column, Result, ask
from .types import STANDS, standing

# How a value of a record becomes a group: (path, joins, identity, code, label). Rows of `g` have it as `raw`. Without
# joins it is a maker, joined as `owners` says.
TIER = """LEFT JOIN (
    SELECT DISTINCT ON (h.id) h.id, t.tier FROM catalogue_hscode h
      JOIN catalogue_hscode same ON same.code = h.code JOIN catalogue_chpltier t ON t.hs_id = same.id
     ORDER BY h.id, t.edition DESC) tier ON tier.id = g.raw"""
# Countries of dispatch of the documented legs that carried a part, or that a route with the part as evidence takes.
DISPATCHED = """
    SELECT gd.part_id, l.dispatch_country_id AS country
      FROM catalogue_goods gd JOIN catalogue_goodsline gl ON gl.goods_id = gd.id AND gl.voided_at IS NULL
      JOIN catalogue_routeleg l ON l.id = gl.leg_id
     WHERE gd.part_id IS NOT NULL AND l.status = 'documented' AND l.dispatch_country_id IS NOT NULL
       AND l.voided_at IS NULL AND gd.voided_at IS NULL
     UNION
    SELECT e.part_id, l.dispatch_country_id
      FROM catalogue_routeevidence e JOIN catalogue_routestep s ON s.route_id = e.route_id AND s.voided_at IS NULL
      JOIN catalogue_routeleg l ON l.id = s.leg_id
     WHERE e.part_id IS NOT NULL AND l.status = 'documented' AND l.dispatch_country_id IS NOT NULL
       AND l.voided_at IS NULL AND e.voided_at IS NULL"""
DISPATCH = f"LEFT JOIN ({DISPATCHED}) d ON d.part_id = g.raw"
GROUPS = {
    "maker": ("manufacturer_id", None, "o.id::text", "o.slug", "o.name"),
    "seat": ("manufacturer_id", None, *["o.country_id"] * 3),
    "marked": ("marked_country_id", "", "g.raw", "g.raw", "g.raw"),
    "dispatch": ("part_id", DISPATCH, "d.country", "d.country", "d.country"),
    "category": (Coalesce("category_id", "part__category_id"), "", "g.raw", "g.raw", "g.raw"),
    "tier": ("part__hs_id", TIER, "tier.tier", "tier.tier", "tier.tier"),
}  # fmt: skip
PER = {
    "none": None,
    "system": ("specimen__system_id", "catalogue_weaponsystem", "slug", "name"),
    "specimen": ("specimen_id", "catalogue_specimen", "reference", "reference"),
}
BY = Choice(
    "by",
    _("Shares by"),
    (
        ("maker", _("maker")),
        ("country", _("country")),
        ("category", _("category")),
        ("tier", _("Common High Priority List tier")),
    ),
)
COUNTRY = Choice(
    "country",
    _("Country is"),
    (
        ("seat", _("the seat of the maker")),
        ("marked", _("printed on the part")),
        ("dispatch", _("where documented shipments of the part were dispatched")),
    ),
)
EACH = Choice(
    "per",
    _("In each"),
    (("none", _("all together")), ("system", _("weapon system")), ("specimen", _("specimen"))),
)
MEANT = {
    "seat": _("The country is that of the maker's seat, as recorded today; not where the part was made."),
    "marked": _("The country is the one printed on the part."),
    "dispatch": _(
        "The country is where a documented shipment of the part type was dispatched. It does not prove that this "
        "shipment reached this weapon. A part with shipments from several countries counts in each: shares may add up "
        "to more than 100."
    ),
    "category": _("The category is the record's own, else that of its part."),
    "tier": _("The tier is that of the part's code in the newest edition recorded. The list is guidance, no control."),
}


def grouping(asked):
    """The name in GROUPS of what is asked for."""
    return asked["country"] if asked["by"] == "country" else asked["by"]


def adding(unit, name, basis):
    """(SQL of k, t, s; {total: SQL}) for units that add up: component records and pieces."""
    identity, joins, code, label = parts_of(name, basis)
    n, undated = {"components": ("n", "undated"), "pieces": ("pieces", "undated_pieces")}[unit]
    # Where a part was dispatched from several countries, the denominator still counts it once.
    once = "row_number() OVER (PARTITION BY g.each, g.raw) = 1" if name == "dispatch" else "true"
    ctes = f"""
      k AS (SELECT g.each, {n} AS n, {undated} AS undated, {identity} AS key, {code} AS code, {label} AS label,
                   {once} AS once FROM g {joins}),
      t AS (SELECT each, coalesce(sum(n) FILTER (WHERE once), 0) AS whole,
                   coalesce(sum(n) FILTER (WHERE once AND key IS NOT NULL), 0) AS told FROM k GROUP BY each),
      s AS (SELECT each, key, min(code) AS code, min(label) AS label, sum(n) AS n, sum(undated) AS u
              FROM k WHERE key IS NOT NULL GROUP BY each, key)"""
    totals = {
        "denominator": "SELECT coalesce(sum(whole), 0) FROM t",
        "attributed": "SELECT coalesce(sum(told), 0) FROM t",
        "unattributed": "SELECT coalesce(sum(whole - told), 0) FROM t",
        "undated": "SELECT coalesce(sum(undated) FILTER (WHERE once), 0) FROM k",
    }
    return ctes, totals


def distinct(name, basis):
    """(SQL of k, t, s; {total: SQL}) for units that are counted once in every group: part types and specimens."""
    identity, joins, code, label = parts_of(name, basis)
    # Of specimens none is in `stands`: they are themselves.
    ctes = f"""
      {STANDS},
      k AS (SELECT g.each, {identity} AS key, min({code}) AS code, min({label}) AS label, {standing("g.unit")} AS unit,
                   sum(g.undated) AS undated FROM g {joins} WHERE g.unit IS NOT NULL GROUP BY 1, 2, 5),
      v AS (SELECT each, unit, bool_or(key IS NOT NULL) AS told, bool_or(key IS NULL) AS untold,
                   bool_or(undated > 0) AS u FROM k GROUP BY each, unit),
      w AS (SELECT unit, bool_or(told) AS told, bool_or(untold) AS untold, bool_or(u) AS u FROM v GROUP BY unit),
      t AS (SELECT each, count(*) AS whole, count(*) FILTER (WHERE told) AS told FROM v GROUP BY each),
      s AS (SELECT each, key, min(code) AS code, min(label) AS label, count(*) AS n,
                   count(*) FILTER (WHERE undated > 0) AS u FROM k WHERE key IS NOT NULL GROUP BY each, key)"""
    totals = {
        "denominator": "SELECT count(*) FROM w",
        "attributed": "SELECT count(*) FROM w WHERE told",
        "unattributed": "SELECT count(*) FROM w WHERE untold",
        "undated": "SELECT count(*) FROM w WHERE u",
    }
    return ctes, totals


def parts_of(name, basis):
    """(identity, joins, code, label) of a grouping."""
    _path, joins, identity, code, label = GROUPS[name]
    return identity, owners.joins(basis) if joins is None else joins, code, label


def shares(queryset, asked):
    """Result of shares by what is asked for. Raises nothing of its own."""
    unit, per, name, basis = asked["unit"], PER[asked["per"]], grouping(asked), asked["makers"]
    unit_of = {"parts": "part_id", "specimens": Case(When(specimen__kind="single", then=F("specimen_id")))}
    columns = {"raw": GROUPS[name][0], "made": "made", "made_from": "made_from", "quantity": "quantity"}
    columns |= {"unit": unit_of[unit]} if unit in unit_of else {}
    columns |= {"each": per[0]} if per else {}
    cte, parameters = relation(queryset, columns)
    each, unit_ = "each" if per else "NULL::uuid", "unit" if unit in unit_of else "NULL::uuid"
    counted, totals = distinct(name, basis) if unit in unit_of else adding(unit, name, basis)
    of_makers = GROUPS[name][1] is None
    day = owners.grouped_day(basis if of_makers else "")
    # The second grouping is of few rows: the joins that name a group are made once a value, not once a record.
    ctes = f"""{cte}, {owners.OWNED},
      g AS (SELECT {each} AS each, raw, {unit_} AS unit,
                   {day} AS made_from, count(*) AS n, sum(coalesce(quantity, 1)) AS pieces,
                   count(*) FILTER (WHERE made = '') AS undated,
                   coalesce(sum(coalesce(quantity, 1)) FILTER (WHERE made = ''), 0) AS undated_pieces
              FROM m GROUP BY 1, 2, 3, 4),{counted},
      placed AS (SELECT s.*, t.whole, t.told, row_number() OVER (PARTITION BY s.each ORDER BY n DESC, label, key)
                           AS place
                   FROM s JOIN t ON t.each IS NOT DISTINCT FROM s.each),
      r AS (SELECT placed.*{", e." + per[2] + " AS each_code, e." + per[3] + " AS each_label" if per else ""}
              FROM placed {"LEFT JOIN " + per[1] + " e ON e.id = each" if per else ""}
             WHERE placed.place <= %s AND n > 0 ORDER BY whole DESC, each, placed.place LIMIT 1000)"""
    cells = ["code", "label"] if name == "maker" else ["code"]
    cells += ["n", "whole", "round(100.0 * n / nullif(whole, 0), 2)", "round(100.0 * n / nullif(told, 0), 2)", "u"]
    cells += [owners.cell(basis)] if of_makers else []
    if per:
        cells = (["each_code", "each_label"] if asked["per"] == "system" else ["each_code"]) + cells
    totals = {"numerator": "SELECT coalesce(sum(n), 0) FROM r"} | totals
    totals["records"] = "SELECT coalesce(sum(n), 0) FROM g"
    totals["groups"] = "SELECT count(DISTINCT key) FROM s"
    rows, numbers = ask(ctes, [*parameters, asked["top"]], cells, "r", totals)
    meant = [*([MEANT[name]] if name in MEANT else []), *([owners.MEANT[basis]] if of_makers else []), RULES[unit]]
    return Result(columns_of(name, asked, unit), rows, numbers, unit, meant)


def columns_of(name, asked, unit):
    """The columns of shares by `name`."""
    said = dict(UNITS)[unit]
    vocabulary = {"category": "categories", "tier": "", "maker": ""}.get(name, "countries")
    first = {
        "maker": (
            Column("maker", _("Maker"), "Readable identifier of the maker.", "code", page="organisation"),
            Column("name", _("Name"), "Its name."),
        ),
        "category": (Column("category", _("Category"), "Category code.", "code", vocabulary=vocabulary),),
        "tier": (Column("tier", _("Tier"), "Tier of the Common High Priority List.", "code"),),
    }.get(name) or (Column("country", _("Country"), "ISO 3166-1 alpha-2.", "code", vocabulary=vocabulary),)
    if asked["per"] == "system":
        first = (
            Column("system", _("Weapon system"), "Readable identifier of the weapon system.", "code", page="system"),
            Column("system_name", _("Its name"), "Name of the weapon system."),
            *first,
        )
    if asked["per"] == "specimen":
        first = (Column("specimen", _("Specimen"), "Its reference.", "code", page="specimen"), *first)
    return (
        *first,
        Column("count", _("Count"), "How many of this group.", "whole", said),
        Column("of", _("Of"), "The denominator: all that fit the filters, attributed or not.", "whole", said),
        Column("share", _("Share of all"), "Per cent of the denominator.", "percent"),
        Column("share_attributed", _("Share of the attributed"), "Per cent of those that have a group.", "percent"),
        Column("undated", _("Undated"), "Of the count, those with a record that is not dated.", "whole", said),
        *((owners.BASIS,) if GROUPS[name][1] is None else ()),
    )


SHARES = Answer(
    "shares",
    _("Shares"),
    _("Of which makers, countries, categories or tiers are the components that were found?"),
    shares,
    (BY, COUNTRY, owners.MAKERS, UNIT, EACH),
    (
        _(
            "Every component that fits the filters is in one group, or in none. The share of all divides by every one "
            "of them; the share of the attributed leaves those without a group out. Both are given, because published "
            "figures differ in which they mean."
        ),
        _("The undated are counted beside each figure, since no date can be said of them."),
    ),
)
