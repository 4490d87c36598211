"""From manufacture to recovery: how long it took, as far as the two dates say."""

from django.utils.translation import gettext_lazy as _

from catalogue.queries.dating import relation

from .dated import SAID, TRUNC
from .frame import Answer, Choice, Column, Result, ask

BY = Choice(
    "by",
    _("Divided by"),
    (("lag", _("how long it took")), ("system", _("weapon system")), ("half", _("half-year of recovery"))),
)
# Half-years of 183 days: as fine as dates that are often known to a month or a year allow.
STEP = 183
KEYS = {
    # (identity, code, what it is called, order)
    "lag": (f"floor((least_ + most) / 2.0 / {STEP})::int", "({key} * 183)::text", "''", "{key}"),
    "system": ("system", "w.slug", "w.name", "n DESC, w.slug"),
    "half": (
        "CASE WHEN {first} = {last} THEN {first} END".format(
            first=TRUNC["half"].format(day="recovered_from::timestamp"),
            last=TRUNC["half"].format(day="recovered_to::timestamp"),
        ),
        SAID["half"].format(day="{key}"),
        "''",
        "{key} DESC",
    ),
}
COLUMNS = {
    "made_from": "made_from",
    "made_to": "made_to",
    "recovered_from": "specimen__recovered_from",
    "recovered_to": "specimen__recovered_to",
    "system": "specimen__system_id",
}


def lag(queryset, asked):
    """Result: component records by the days from manufacture to recovery, each an interval of its own."""
    by = asked["by"]
    identity, code, label, order = KEYS[by]
    cte, parameters = relation(queryset, COLUMNS)
    whole = "made_from IS NOT NULL AND made_to IS NOT NULL AND recovered_from IS NOT NULL AND recovered_to IS NOT NULL"
    middle = "percentile_disc(0.5) WITHIN GROUP (ORDER BY {})".format
    ctes = f"""{cte},
      t AS (SELECT count(*) AS denominator,
                   count(*) FILTER (WHERE made_from IS NULL AND made_to IS NULL) AS undated,
                   count(*) FILTER (WHERE recovered_from IS NULL AND recovered_to IS NULL
                                      AND (made_from IS NOT NULL OR made_to IS NOT NULL)) AS unrecovered,
                   count(*) FILTER (WHERE NOT ({whole}) AND (made_from IS NOT NULL OR made_to IS NOT NULL)
                                      AND (recovered_from IS NOT NULL OR recovered_to IS NOT NULL)) AS open FROM m),
      d AS (SELECT *, recovered_from - made_to AS least_, recovered_to - made_from AS most FROM m WHERE {whole}),
      k AS (SELECT {identity} AS key, least_, most FROM d),
      s AS (SELECT key, count(*) AS n, min(least_) AS shortest, {middle("least_")} AS middle_least,
                   {middle("most")} AS middle_most, max(most) AS longest
              FROM k WHERE key IS NOT NULL GROUP BY key),
      r AS (SELECT {code.format(key="s.key")} AS code, {label} AS label, s.*, sum(n) OVER () AS whole FROM s
              {"JOIN catalogue_weaponsystem w ON w.id = s.key" if by == "system" else ""}
             ORDER BY {order.format(key="s.key")} LIMIT 1000)"""
    cells = {"system": ["code", "label"], "half": ["code"], "lag": ["key * 183", "key * 183 + 182"]}[by]
    cells += ["n", "whole", "round(100.0 * n / nullif(whole, 0), 2)"]
    cells += ["shortest", "middle_least", "middle_most", "longest"]
    totals = {name: f"SELECT {name} FROM t" for name in ("denominator", "undated", "unrecovered", "open")}
    totals["numerator"] = "SELECT coalesce(sum(n), 0) FROM s"
    totals["unplaced"] = "SELECT count(*) FROM k WHERE key IS NULL"
    # Read once for all of it.
    ctes = ctes.replace(") AS (", ") AS MATERIALIZED (", 1)
    rows, numbers = ask(ctes, parameters, cells, "r", totals)
    numbers["records"] = numbers["denominator"]
    return Result(columns_of(by), rows, numbers, "components", [*BASIS])


BASIS = (
    _(
        "Both dates are intervals: the shortest time is from the last day of manufacture to the first day of recovery, "
        "the longest from the first day to the last. The true median lies between the two medians given."
    ),
    _("Records without either date, or with one that is open at an end, are in no figure and counted apart."),
    _("A record of a distribution stands in the step in which the middle of its interval lies."),
)


def columns_of(by):
    days = _("days")
    first = {
        "lag": (
            Column("from", _("Days from"), "First day of the step of 183 days.", "days", days),
            Column("to", _("Days to"), "Last day of the step.", "days", days),
        ),
        "system": (
            Column("system", _("Weapon system"), "Readable identifier of the weapon system.", "code", page="system"),
            Column("system_name", _("Its name"), "Name of the weapon system."),
        ),
        "half": (Column("recovered", _("Recovered in"), "Half-year of recovery.", "code"),),
    }[by]
    return (
        *first,
        Column("count", _("Count"), "Component records.", "whole", _("component records")),
        Column("of", _("Of"), "Those with both dates that are in a group.", "whole", _("component records")),
        Column("share", _("Share"), "Per cent of those.", "percent"),
        Column("shortest", _("Shortest"), "Least days that any of them can have taken.", "days", days),
        Column("median_least", _("Median, at least"), "Median of the least days.", "days", days),
        Column("median_most", _("Median, at most"), "Median of the most days.", "days", days),
        Column("longest", _("Longest"), "Most days that any of them can have taken.", "days", days),
    )


LAG = Answer(
    "lag",
    _("From manufacture to recovery"),
    _("How long after a component was made was it recovered?"),
    lag,
    (BY,),
    BASIS,
    top=None,
)
