"""Dating: what was made before and after the invasion and its control, when, and what is newest in a specimen."""

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from catalogue.queries.dating import CLASSES as CODES
from catalogue.queries.dating import COLUMNS, INVASION, classed, collapsed, relation

from .frame import ADDING, RULES, SUMS, UNITS, Answer, Choice, Column, Result, ask

EACH = Choice("per", _("In each"), (("none", _("all together")), ("system", _("weapon system"))))
PERIOD = Choice(
    "period",
    _("Periods are"),
    (("half", _("half-years")), ("year", _("years")), ("quarter", _("quarters")), ("month", _("months"))),
)
BASIS = (
    _(
        "A date code gives an interval, a week mostly. It is said to lie before or after a day only when the whole of "
        "it does; one around the day of the invasion or of a control is a candidate, with that reason."
    ),
    _(
        "The control is that of the jurisdiction of the maker's seat, for deliveries to Russia. Where the scope of a "
        "control in force is not recorded the component is a candidate. After the invasion is not in breach."
    ),
)
COUNTS = "count(*) AS n, sum(coalesce(quantity, 1)) AS pieces"


def grouped(queryset, more=(), **columns):
    """(SQL up to `classed`, parameters): components of one class and control counted together, n and pieces.

    `columns`: further paths; `more`: SQL of further keys over them.
    """
    cte, parameters = relation(queryset, COLUMNS | columns | {"quantity": "quantity"})
    return f"{cte}, {collapsed([*columns, *more], COUNTS)}, {classed('g')}", parameters


def classes(queryset, asked):
    """Result: the components in each class, with why and by which control."""
    summed, per = SUMS[asked["unit"]], asked["per"] == "system"
    ctes, parameters = grouped(queryset, **({"system": "specimen__system_id"} if per else {}))
    order = "array_position(ARRAY[{}], class)".format(", ".join(f"'{code}'" for code in CODES))
    system = ", w.slug, w.name" if per else ""
    ctes += f""",
      s AS (SELECT {"system, " if per else ""}class, why, control, sum({summed}) AS n FROM classed
             GROUP BY {"system, " if per else ""}class, why, control),
      r AS (SELECT s.*, sum(n) OVER ({"PARTITION BY system" if per else ""}) AS whole, e.slug AS rule,
                   e.jurisdiction_id AS jurisdiction, e.instrument, e.effective, e.effective_from,
                   (SELECT string_agg(coalesce(nullif(p.text, ''), h.code, nullif(p.eccn, ''), p.category_id), '; '
                                      ORDER BY p.id)
                      FROM catalogue_controlscope p LEFT JOIN catalogue_hscode h ON h.id = p.hs_id
                     WHERE p.control_id = e.id AND p.voided_at IS NULL) AS scope{system}
              FROM s LEFT JOIN catalogue_controlevent e ON e.id = s.control
              {"LEFT JOIN catalogue_weaponsystem w ON w.id = s.system" if per else ""}
             ORDER BY {"whole DESC, w.slug, " if per else ""}{order}, e.effective_from, e.slug, why LIMIT 1000)"""
    cells = ["slug", "name"] if per else []
    cells += ["class", "why", "rule", "jurisdiction", "instrument", "scope", "effective", "n", "whole"]
    cells.append("round(100.0 * n / nullif(whole, 0), 2)")
    totals = {
        "numerator": "SELECT coalesce(sum(n), 0) FROM s WHERE class <> 'undated'",
        "denominator": "SELECT coalesce(sum(n), 0) FROM s",
        "undated": "SELECT coalesce(sum(n), 0) FROM s WHERE class = 'undated'",
        "unattributed": "SELECT coalesce(sum(n), 0) FROM s WHERE class = 'candidate' AND why = 'seat'",
        "records": "SELECT coalesce(sum(n), 0) FROM g",
    }
    rows, numbers = ask(ctes, parameters, cells, "r", totals)
    said = dict(UNITS)[asked["unit"]]
    return Result(class_columns(per, said), rows, numbers, asked["unit"], [*BASIS, RULES[asked["unit"]]])


def class_columns(per, said):
    system = (
        Column("system", _("Weapon system"), "Readable identifier of the weapon system.", "code", page="system"),
        Column("system_name", _("Its name"), "Name of the weapon system."),
    )
    return (
        *(system if per else ()),
        Column("class", _("Class"), f"One of {', '.join(CODES)}.", "code", vocabulary="control-classes"),
        Column("why", _("Why a candidate"), "Why no class can be said; empty otherwise.", "code", vocabulary="why"),
        Column("control", _("Control"), "Readable identifier of the control.", "key"),
        Column("jurisdiction", _("Jurisdiction"), "Whose control.", "code", vocabulary="countries"),
        Column("instrument", _("Control"), "The instrument of the control that decides, or that leaves it open."),
        Column("scope", _("Its scope"), "What it covers, as far as recorded."),
        Column("effective", _("In effect since"), "EDTF.", "edtf"),
        Column("count", _("Count"), "How many of this class.", "whole", said),
        Column("of", _("Of"), "All that fit the filters, dated or not.", "whole", said),
        Column("share", _("Share of all"), "Per cent of those.", "percent"),
    )


TRUNC = {
    "month": "date_trunc('month', {day})",
    "quarter": "date_trunc('quarter', {day})",
    "year": "date_trunc('year', {day})",
    "half": "make_date(extract(year FROM {day})::int, CASE WHEN extract(month FROM {day}) < 7 THEN 1 ELSE 7 END, 1)",
}
SAID = {
    "month": "to_char({day}, 'YYYY-MM')",
    "quarter": "to_char({day}, 'YYYY-\"Q\"Q')",
    "year": "to_char({day}, 'YYYY')",
    "half": "to_char({day}, 'YYYY') || CASE WHEN extract(month FROM {day}) < 7 THEN '-H1' ELSE '-H2' END",
}
CONTROLS = """SELECT coalesce(json_agg(json_build_object('day', e.effective_from, 'name', e.instrument,
    'title', e.title, 'jurisdiction', e.jurisdiction_id, 'kind', e.kind) ORDER BY e.effective_from, e.slug), '[]')
  FROM catalogue_controlevent e WHERE e.voided_at IS NULL AND e.effective_from IS NOT NULL"""


def timeline(queryset, asked):
    """Result: components by when they were made, in classes, with the controls that took effect."""
    summed, period = SUMS[asked["unit"]], asked["period"]
    ctes, parameters = grouped(queryset, ["made_from AS first_day", "made_to AS last_day"])
    first, last = (TRUNC[period].format(day=f"{edge}::timestamp") + "::date" for edge in ("first_day", "last_day"))
    columns = ", ".join(
        f"coalesce(sum({summed}) FILTER (WHERE class = '{code}'), 0) AS c{n}" for n, code in enumerate(DRAWN)
    )
    ctes += f""",
      p AS (SELECT *, CASE WHEN {first} = {last} THEN {first} END AS period FROM classed WHERE class <> 'undated'),
      r AS (SELECT period, {SAID[period].format(day="period")} AS called, {columns}, sum({summed}) AS n
              FROM p WHERE period IS NOT NULL GROUP BY period ORDER BY period DESC LIMIT 1000)"""
    cells = ["called", "period", *(f"c{n}" for n in range(len(DRAWN))), "n"]
    totals = {
        "numerator": "SELECT coalesce(sum(n), 0) FROM r",
        "denominator": f"SELECT coalesce(sum({summed}), 0) FROM g",
        "undated": f"SELECT coalesce(sum({summed}), 0) FROM classed WHERE class = 'undated'",
        "unplaced": f"SELECT coalesce(sum({summed}), 0) FROM p WHERE period IS NULL",
        "records": "SELECT coalesce(sum(n), 0) FROM g",
    }
    rows, numbers, marks = ask(ctes, parameters, cells, "r", totals, [CONTROLS])
    marks = [{"day": INVASION, "name": "", "title": "", "jurisdiction": "", "kind": "invasion"}, *marks]
    said = dict(UNITS)[asked["unit"]]
    shown = (
        Column("period", _("Made in"), "The period in which the whole interval of the date lies.", "code"),
        Column("begins", _("Begins"), "First day of the period.", "day"),
        *(Column(code.replace("-", "_"), CODES[code], f"Class {code}.", "whole", said) for code in DRAWN),
        Column("count", _("Count"), "All that were made in the period.", "whole", said),
    )
    basis = [
        _("A date whose interval reaches over the edge of a period is in no period, and counted apart."),
        *BASIS,
        RULES[asked["unit"]],
    ]
    return Result(shown, rows, numbers, asked["unit"], basis, marks)


DRAWN = ("before-invasion", "before-control", "after-control", "candidate")


def assembly(queryset, asked):
    """Result: for each specimen its newest component, before the first day of which it was not put together."""
    cte, parameters = relation(
        queryset.filter(specimen__kind="single"),
        {"specimen": "specimen_id", "made_from": "made_from", "reference": "reference", "code": "date_code",
         "date": "made", "id": F("id")},
    )  # fmt: skip
    # The newest component is looked up by index in the specimens that are shown, and not in all.
    ctes = f"""{cte.replace(" AS (", " AS NOT MATERIALIZED (", 1)},
      c AS (SELECT specimen, count(*) AS rows, count(made_from) AS dated, max(made_from) AS newest FROM m
             GROUP BY specimen),
      t AS (SELECT s.reference AS reference_, s.id, w.slug, w.name, s.recovered, s.recovered_to - c.newest AS days,
                   c.newest, c.rows, c.dated
              FROM c JOIN catalogue_specimen s ON s.id = c.specimen JOIN catalogue_weaponsystem w ON w.id = s.system_id
             WHERE c.newest IS NOT NULL ORDER BY c.newest DESC, s.reference LIMIT %s),
      r AS (SELECT t.reference_ AS specimen, t.slug, t.name, t.newest AS made_from, n.date, n.code, n.reference,
                   t.recovered, t.days, t.dated, t.rows
              FROM t JOIN LATERAL (SELECT m.reference, m.code, m.date FROM m
                                    WHERE m.specimen = t.id AND m.made_from = t.newest ORDER BY m.id LIMIT 1) n ON true
             ORDER BY t.newest DESC, t.reference_)"""
    cells = ["specimen", "slug", "name", "made_from", "date", "code", "reference", "recovered", "days", "dated", "rows"]
    totals = {
        "numerator": "SELECT count(*) FROM r",
        "denominator": "SELECT count(*) FROM c",
        "undated": "SELECT count(*) FROM c WHERE dated = 0",
        "records": "SELECT coalesce(sum(rows), 0) FROM c",
    }
    rows, numbers = ask(ctes, [*parameters, asked["top"]], cells, "r", totals)
    basis = [
        _(
            "A specimen was not put together before the first day on which its newest component can have been made. "
            "It may have been put together much later."
        ),
        RULES["specimens"],
    ]
    return Result(ASSEMBLY_COLUMNS, rows, numbers, "specimens", basis)


ASSEMBLY_COLUMNS = (
    Column("specimen", _("Specimen"), "Its reference.", "code", page="specimen"),
    Column("system", _("Weapon system"), "Readable identifier of the weapon system.", "code", page="system"),
    Column("system_name", _("Its name"), "Name of the weapon system."),
    Column("not_before", _("Assembly not before"), "First possible day of the newest date.", "day"),
    Column("made", _("Newest date"), "EDTF.", "edtf"),
    Column("date_code", _("Date code"), "As printed.", "mono"),
    Column("component", _("Component"), "The newest component.", "code", page="component"),
    Column("recovered", _("Recovered"), "EDTF.", "edtf"),
    Column(
        "days", _("Days until recovery, at most"), "From not_before to the last day of recovery.", "days", _("days")
    ),
    Column("dated", _("Dated records"), "Component records with a date.", "whole", _("component records")),
    Column("of", _("Of"), "Component records of the specimen that fit the filters.", "whole", _("component records")),
)

CLASSES = Answer(
    "dating",
    _("Dating against controls"),
    _("Which components were made before the invasion, after it but before their control, and after their control?"),
    classes,
    (ADDING, EACH),
    (
        *BASIS,
        _(
            "A control is tested by what is recorded of its scope: code of the Harmonised System, control number, "
            "category or part. What an item would have to be tested by and is not recorded of it leaves it a candidate."
        ),
    ),
    top=None,
)
TIMELINE = Answer(
    "timeline",
    _("Date codes over time"),
    _("When were the components made, and which controls took effect meanwhile?"),
    timeline,
    (PERIOD, ADDING),
    BASIS,
    top=None,
)
ASSEMBLY = Answer(
    "assembly",
    _("Assembly not before"),
    _("Before which day was a specimen not put together, by its newest component?"),
    assembly,
    (),
    (_("The newest date of a specimen is the one whose interval begins last."),),
    top=100,
)
