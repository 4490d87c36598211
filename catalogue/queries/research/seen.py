"""First and last seen of makers and parts; and what took whose place over time."""

from django.utils.translation import gettext_lazy as _

from catalogue.queries.dating import relation

from . import owners
from .dated import SAID, TRUNC
from .frame import RULES, Answer, Choice, Column, Result, ask
from .shares import DISPATCH, MEANT
from .types import STANDS, standing

BY = Choice("by", _("First and last of"), (("maker", _("makers")), ("part", _("parts"))))
PART = f"""LEFT JOIN catalogue_part p ON p.id = {standing("g.raw")} AND p.voided_at IS NULL
  LEFT JOIN catalogue_organisation o ON o.id = p.manufacturer_id"""
GROUPS = {
    "maker": ("manufacturer_id", None, "o.id", "o.slug", "o.name", "''"),
    "part": ("part_id", PART, "p.id", "p.id::text", "p.number", "o.name"),
}


def seen(queryset, asked):
    """Result: for each maker or part when it was found first and last, and made first and last."""
    path, joins, identity, code, label, maker = GROUPS[asked["by"]]
    basis, of_makers = asked["makers"], joins is None
    joins = owners.joins(basis, made="g.day") if of_makers else joins
    day = owners.grouped_day(basis if of_makers else "")
    cte, parameters = relation(
        queryset,
        {"raw": path, "specimen": "specimen_id", "made_from": "made_from", "made_to": "made_to", "made": "made"},
    )
    # First a row a value and specimen, of which there are few, then what is known of the specimen.
    ctes = f"""{cte}, {owners.OWNED}, {STANDS},
      g AS (SELECT raw, specimen, {day} AS day, count(*) AS n, count(*) FILTER (WHERE made = '') AS undated,
                   min(made_from) AS made_from, max(made_to) AS made_to FROM m GROUP BY 1, 2, 3),
      k AS (SELECT {identity} AS key, {code} AS code, {label} AS label, {maker} AS maker, g.n, g.undated, g.made_from,
                   g.made_to, s.recovered_from, s.recovered_to, s.system_id,
                   CASE WHEN s.kind = 'single' THEN s.id END AS single
              FROM g {joins} JOIN catalogue_specimen s ON s.id = g.specimen),
      s AS (SELECT key, min(code) AS code, min(label) AS label, min(maker) AS maker, sum(n) AS n, sum(undated) AS u,
                   count(DISTINCT single) AS specimens, count(DISTINCT system_id) AS systems,
                   min(recovered_from) AS first, max(recovered_to) AS last, min(made_from) AS made_first,
                   max(made_to) AS made_last
              FROM k WHERE key IS NOT NULL GROUP BY key),
      r AS (SELECT * FROM s ORDER BY n DESC, label, key LIMIT %s)"""
    cells = ["code", "label", *(["maker"] if asked["by"] == "part" else [])]
    cells += ["n", "specimens", "systems", "first", "last", "made_first", "made_last", "u"]
    cells += [owners.cell(basis)] if of_makers else []
    totals = {
        "numerator": "SELECT coalesce(sum(n), 0) FROM r",
        "denominator": "SELECT coalesce(sum(n), 0) FROM g",
        "unattributed": "SELECT coalesce(sum(n), 0) FROM k WHERE key IS NULL",
        "undated": "SELECT coalesce(sum(undated), 0) FROM g",
        "unrecovered": "SELECT coalesce(sum(n), 0) FROM k WHERE recovered_from IS NULL AND recovered_to IS NULL",
        "records": "SELECT coalesce(sum(n), 0) FROM g",
        "groups": "SELECT count(*) FROM s",
    }
    rows, numbers = ask(ctes, [*parameters, asked["top"]], cells, "r", totals)
    meant = [
        _("First is the first day on which the earliest recovery can have been, last the last day of the latest."),
        *([owners.MEANT[basis]] if of_makers else []),
        RULES["specimens"],
    ]
    return Result(seen_columns(asked["by"]), rows, numbers, "components", meant)


def seen_columns(by):
    first = {
        "maker": (
            Column("maker", _("Maker"), "Readable identifier of the maker.", "code", page="organisation"),
            Column("name", _("Name"), "Its name."),
        ),
        "part": (
            Column("part", _("Part"), "Identifier of the part.", "code", page="part"),
            Column("number", _("Number"), "Its number.", "mono"),
            Column("maker", _("Maker"), "Name of its maker."),
        ),
    }[by]
    records = _("component records")
    return (
        *first,
        Column("count", _("Count"), "Component records.", "whole", records),
        Column("specimens", _("Single specimens"), "Single specimens it was found in.", "whole", _("single specimens")),
        Column("systems", _("Weapon systems"), "Types it was found in.", "whole", _("weapon systems")),
        Column("first_recovered", _("First recovered"), "First possible day.", "day"),
        Column("last_recovered", _("Last recovered"), "Last possible day.", "day"),
        Column("first_made", _("First made"), "First possible day of the earliest date.", "day"),
        Column("last_made", _("Last made"), "Last possible day of the latest date.", "day"),
        Column("undated", _("Undated"), "Of the count, those without a date.", "whole", records),
        *((owners.BASIS,) if by == "maker" else ()),
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
PERIOD = Choice(
    "period", _("Recovered in"), (("half", _("half-years")), ("year", _("years")), ("quarter", _("quarters")))
)
COUNTRIES = {
    "seat": ("manufacturer_id", None, "o.country_id"),
    "marked": ("marked_country_id", "", "g.raw"),
    "dispatch": ("part_id", DISPATCH, "d.country"),
}


def substitution(queryset, asked):
    """Result: the share of each country among what was recovered in each period, by one basis."""
    path, joins, key = COUNTRIES[asked["country"]]
    period, basis, of_makers = asked["period"], asked["makers"], joins is None
    joins = owners.joins(basis) if of_makers else joins
    day = owners.grouped_day(basis if of_makers else "")
    columns = {"raw": path, "specimen": "specimen_id", "made": "made", "made_from": "made_from"}
    cte, parameters = relation(queryset, columns)
    first, last = (
        TRUNC[period].format(day=f"s.{edge}::timestamp") + "::date" for edge in ("recovered_from", "recovered_to")
    )
    once = (
        "row_number() OVER (PARTITION BY g.raw, g.period, g.unknown) = 1" if asked["country"] == "dispatch" else "true"
    )
    ctes = f"""{cte}, {owners.OWNED},
      x AS MATERIALIZED (SELECT s.id, CASE WHEN {first} = {last} THEN {first} END AS period,
                   s.recovered_from IS NULL AND s.recovered_to IS NULL AS unknown FROM catalogue_specimen s),
      g AS (SELECT raw, period, unknown, {day} AS made_from,
                   count(*) AS n, count(*) FILTER (WHERE made = '') AS undated
              FROM m JOIN x ON x.id = m.specimen GROUP BY 1, 2, 3, 4),
      k AS (SELECT {key} AS key, {once} AS once, g.n, g.undated, g.period, g.unknown FROM g {joins}),
      a AS (SELECT key, period, unknown, sum(n) AS n, coalesce(sum(n) FILTER (WHERE once), 0) AS whole,
                   coalesce(sum(undated) FILTER (WHERE once), 0) AS undated FROM k GROUP BY 1, 2, 3),
      t AS (SELECT period, sum(whole) AS whole, sum(whole) FILTER (WHERE key IS NOT NULL) AS told
              FROM a WHERE period IS NOT NULL GROUP BY period),
      r AS (SELECT {SAID[period].format(day="a.period")} AS called, a.period, a.key, a.n, t.told, t.whole
              FROM a JOIN t USING (period) WHERE a.key IS NOT NULL
             ORDER BY a.period DESC, a.n DESC, a.key LIMIT 1000)"""
    cells = ["called", "key", "n", "told", "whole", "round(100.0 * n / nullif(told, 0), 2)"]
    cells += [owners.cell(basis)] if of_makers else []
    whole = "SELECT coalesce(sum(whole), 0) FROM a"
    totals = {
        "numerator": f"{whole} WHERE key IS NOT NULL AND period IS NOT NULL",
        "denominator": whole,
        "unattributed": f"{whole} WHERE key IS NULL AND period IS NOT NULL",
        "undated": "SELECT coalesce(sum(undated), 0) FROM a",
        "unrecovered": f"{whole} WHERE unknown",
        "unplaced": f"{whole} WHERE period IS NULL AND NOT unknown",
        "records": whole,
    }
    rows, numbers = ask(ctes, parameters, cells, "r", totals)
    meant = [
        MEANT[asked["country"]],
        *([owners.MEANT[basis]] if of_makers else []),
        _(
            "All figures of the table are of this one basis; figures of another must not be set beside them. The "
            "share divides by what is attributed in the period, so that poorer records do not look like a change."
        ),
        _("What was recovered in an interval that reaches over the edge of a period is in none."),
    ]
    shown = (*SUBSTITUTED, owners.BASIS) if of_makers else SUBSTITUTED
    return Result(shown, rows, numbers, "components", meant)


SUBSTITUTED = (
    Column("period", _("Recovered in"), "The period in which the whole interval of recovery lies.", "code"),
    Column("country", _("Country"), "ISO 3166-1 alpha-2, on the basis chosen.", "code", vocabulary="countries"),
    Column("count", _("Count"), "Component records.", "whole", _("component records")),
    Column("attributed", _("Attributed in the period"), "The denominator.", "whole", _("component records")),
    Column("of", _("All of the period"), "Attributed or not.", "whole", _("component records")),
    Column("share", _("Share of the attributed"), "Per cent of those attributed in the period.", "percent"),
)
SEEN = Answer(
    "seen",
    _("First and last seen"),
    _("When was a maker's or a part's work recovered first and last, and when was it made?"),
    seen,
    (BY, owners.MAKERS),
    (_("Days are the outermost that the intervals of recovery and of manufacture allow."),),
    top=100,
)
SUBSTITUTION = Answer(
    "substitution",
    _("Substitution over time"),
    _("How do the countries of what is found change with the time of recovery?"),
    substitution,
    (COUNTRY, owners.MAKERS, PERIOD),
    (
        _("Component records are divided by the period in which their specimen was recovered, and by one basis."),
        _("Shares are of the records attributed in the period."),
    ),
    top=None,
)
