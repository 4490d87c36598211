"""What others published, beside what the catalogue counts for the same: figures, estimates, statements, denials."""

from django.utils.translation import gettext_lazy as _

from catalogue.queries.dating import relation

from . import owners
from .frame import Answer, Column, Result, ask
from .types import STANDS, standing

BASIS = (
    _(
        "A published figure keeps the unit and the basis its source gives. Ours counts component records of the same "
        "weapon system, of all of them where the figure names none, with an identified maker; the numerator are those "
        "whose maker has its seat in the country that the figure is about."
    ),
    _(
        "The two need not agree: they count other specimens, other units and often another basis. Claims that "
        "contradict each other, and denials, stand one after the other with their sources."
    ),
    _("An estimate is no count of what was found. It is shown apart, and no figure of ours is added to it."),
)
CITED = """SELECT string_agg(s.title || CASE WHEN c.stance = 'contradicts' THEN ' (contradicts)' ELSE '' END
      || CASE WHEN c.note <> '' THEN ': ' || c.note ELSE '' END, '; ' ORDER BY c.id) AS titles,
    (array_agg(s.slug ORDER BY c.id))[1] AS source
  FROM catalogue_claimcitation c JOIN catalogue_source s ON s.id = c.source_id
 WHERE c.record_id = k.id AND c.voided_at IS NULL"""


def claims(queryset, asked):
    """Result: each published claim on a system, or on all, beside our count of the components in `queryset`."""
    cte, parameters = relation(
        queryset,
        {"system": "specimen__system_id", "raw": "manufacturer_id", "part": "part_id", "made": "made"},
    )
    ctes = f"""{cte}, {owners.OWNED}, {STANDS},
      found AS (SELECT system, raw, part, count(*) AS n, count(*) FILTER (WHERE made = '') AS undated FROM m
             GROUP BY 1, 2, 3),
      g AS (SELECT system, o.country_id AS seat, {standing("f.part")} AS part, n, undated FROM found f
                   {owners.joins("printed", "f.raw", "NULL::date")}),
      n AS (SELECT system, seat, GROUPING(system) AS every, GROUPING(seat) AS whole, sum(n) AS n,
                   coalesce(sum(n) FILTER (WHERE seat IS NOT NULL), 0) AS told, count(DISTINCT part) AS parts
              FROM g GROUP BY GROUPING SETS ((system, seat), (system), (seat), ())),
      r AS (SELECT k.kind, k.by, k.text, k.made, k.made_from, k.numerator, k.denominator, k.unit, k.counted_by,
                   k.country_id, w.slug, w.name, o.slug AS firm,
                   CASE WHEN k.country_id IS NOT NULL THEN coalesce(own.n, 0) END AS ours, coalesce(t.told, 0) AS told,
                   coalesce(t.n, 0) AS n, coalesce(t.parts, 0) AS parts, s.titles, s.source
              FROM catalogue_claim k LEFT JOIN catalogue_weaponsystem w ON w.id = k.system_id
              LEFT JOIN catalogue_organisation o ON o.id = k.organisation_id
              LEFT JOIN n t ON t.whole = 1 AND CASE WHEN k.system_id IS NULL THEN t.every = 1
                                                    ELSE t.every = 0 AND t.system = k.system_id END
              LEFT JOIN n own ON own.whole = 0 AND own.seat = k.country_id
                             AND CASE WHEN k.system_id IS NULL THEN own.every = 1
                                      ELSE own.every = 0 AND own.system = k.system_id END
              LEFT JOIN LATERAL ({CITED}) s ON true
             WHERE k.voided_at IS NULL AND k.kind <> 'description'
             ORDER BY k.kind = 'estimate', w.name NULLS FIRST, o.name, k.made_from, k.id LIMIT %s)"""
    cells = ["kind", "slug", "name", "firm", "by", "text", "made", "numerator", "denominator", "unit", "counted_by"]
    cells += ["country_id", "ours", "told", "round(100.0 * ours / nullif(told, 0), 2)", "n", "parts"]
    cells += ["source", "titles"]
    totals = {
        "numerator": "SELECT count(*) FROM r WHERE kind <> 'estimate'",
        "denominator": "SELECT count(*) FROM r",
        "undated": "SELECT coalesce(sum(undated), 0) FROM g",
        "unattributed": "SELECT coalesce(sum(n), 0) FROM g WHERE seat IS NULL",
        "records": "SELECT coalesce(sum(n), 0) FROM g",
    }
    rows, numbers = ask(ctes, [*parameters, asked["top"]], cells, "r", totals)
    return Result(SHOWN, rows, numbers, "claims", [*BASIS])


RECORDS = _("component records")
SHOWN = (
    Column("kind", _("Kind"), "figure, estimate, statement or denial.", "code", vocabulary="claim-kinds"),
    Column("system", _("Weapon system"), "The system it is about; null where all.", "code", page="system"),
    Column("system_name", _("Its name"), "Name of the weapon system."),
    Column("organisation", _("Organisation"), "The firm it is about.", "code", page="organisation"),
    Column("by", _("By"), "Who says it."),
    Column("claim", _("What is said"), "In words."),
    Column("made", _("When"), "EDTF.", "edtf"),
    Column("numerator", _("Published"), "As published; not always a number."),
    Column("denominator", _("Published, of"), "As published."),
    Column("unit", _("Published unit"), "What it counts."),
    Column("counted_by", _("Published basis"), "What it counts by."),
    Column("country", _("About the part of"), "ISO 3166-1 alpha-2.", "code", vocabulary="countries"),
    Column("ours", _("Ours"), "Records whose maker has its seat there; null where no country.", "whole", RECORDS),
    Column("ours_of", _("Ours, of"), "Records with a maker's seat.", "whole", RECORDS),
    Column("ours_share", _("Our share"), "Per cent of those.", "percent"),
    Column("records", _("Our records"), "All component records, attributed or not.", "whole", RECORDS),
    Column("parts", _("Our part types"), "Part types identified among them.", "whole", _("part types")),
    Column("source", _("Source"), "The first source.", "code", page="source"),
    Column("sources", _("Sources"), "All sources, each with what is noted of it."),
)
CLAIMS = Answer(
    "claims",
    _("Published claims beside our count"),
    _("What have others published, and what does the catalogue count for the same?"),
    claims,
    (),
    BASIS,
    top=200,
)
