"""Ranking of makers, with succession: as printed on the part, as owned when it was made, and as owned today."""

from django.utils.translation import gettext_lazy as _

from catalogue.queries.dating import relation
from catalogue.queries.ownership import BASES

from . import owners
from .frame import ADDING, RULES, SUMS, UNITS, Answer, Column, Result, ask

BASIS = (
    _(
        "As printed is the maker of the accepted identification. As owned when made is the owner at the top of its "
        "chain on the first day on which the part can have been made; what is undated stays with its maker there. As "
        "owned today follows the chain to this day."
    ),
    _("Owners are those whose relations are recorded and may be read; each relation has its own source."),
)


def ranking(queryset, asked):
    """Result: each maker with its records on all three bases, in the order of the one asked for."""
    summed = SUMS[asked["unit"]]
    cte, parameters = relation(
        queryset, {"raw": "manufacturer_id", "made_from": "made_from", "made": "made", "quantity": "quantity"}
    )
    counted = "\n UNION ALL ".join(
        f"SELECT '{basis}' AS basis, o.id AS maker, {summed} AS n FROM g {owners.joins(basis)} WHERE g.raw IS NOT NULL"
        for basis in BASES
    )
    # The group of no maker is left out: it has no place in a ranking, and is counted apart.
    sums = ", ".join(f"coalesce(sum(n) FILTER (WHERE basis = '{basis}'), 0) AS {basis}" for basis in BASES)
    ctes = f"""{cte}, {owners.OWNED},
      g AS (SELECT raw, {owners.DAY} AS made_from, made = '' AS undated, count(*) AS n,
                   sum(coalesce(quantity, 1)) AS pieces FROM m GROUP BY 1, 2, 3),
      k AS ({counted}),
      s AS (SELECT maker, {sums} FROM k GROUP BY maker),
      t AS (SELECT coalesce(sum({summed}), 0) AS whole,
                   coalesce(sum({summed}) FILTER (WHERE raw IS NOT NULL), 0) AS told FROM g),
      r AS (SELECT s.*, q.slug, q.name, q.country_id, t.told,
                   rank() OVER (ORDER BY {asked["makers"]} DESC) AS rank
              FROM s JOIN catalogue_organisation q ON q.id = s.maker, t
             WHERE {asked["makers"]} > 0 ORDER BY {asked["makers"]} DESC, q.name, q.slug LIMIT %s)"""
    cells = ["rank", "slug", "name", "country_id", *BASES, "told"]
    cells += [f"round(100.0 * {asked['makers']} / nullif(told, 0), 2)", owners.cell(asked["makers"])]
    totals = {
        "numerator": f"SELECT coalesce(sum({asked['makers']}), 0) FROM r",
        "denominator": "SELECT whole FROM t",
        "attributed": "SELECT told FROM t",
        "unattributed": "SELECT whole - told FROM t",
        "undated": f"SELECT coalesce(sum({summed}) FILTER (WHERE undated), 0) FROM g",
        "records": "SELECT coalesce(sum(n), 0) FROM g",
        "groups": f"SELECT count(*) FROM s WHERE {asked['makers']} > 0",
    }
    rows, numbers = ask(ctes, [*parameters, asked["top"]], cells, "r", totals)
    said = dict(UNITS)[asked["unit"]]
    shown = (
        Column("rank", _("Rank"), "Place by the basis asked for; equals share one.", "whole"),
        Column("maker", _("Maker"), "Readable identifier.", "code", page="organisation"),
        Column("name", _("Name"), "Its name."),
        Column("seat", _("Maker's seat"), "ISO 3166-1 alpha-2.", "code", vocabulary="countries"),
        Column("printed", _("As printed"), "With this maker's name on the part.", "whole", said),
        Column("made", _("As owned when made"), "Whose maker was this one's then.", "whole", said),
        Column("today", _("As owned today"), "Whose maker is this one's now.", "whole", said),
        Column("of", _("Of"), "All with a maker.", "whole", said),
        Column("share", _("Share of the attributed"), "Per cent, by the basis asked for.", "percent"),
        owners.BASIS,
    )
    return Result(shown, rows, numbers, asked["unit"], [*BASIS, RULES[asked["unit"]]])


RANKING = Answer(
    "makers",
    _("Ranking of makers"),
    _("Whose components are found most: by the name on them, by the owner then, and by the owner now?"),
    ranking,
    (owners.MAKERS, ADDING),
    BASIS,
    top=50,
)
