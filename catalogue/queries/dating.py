"""When components were made, tested against the control in force for them: one class each, and why.

The control that counts is that of the jurisdiction in which the maker has its seat (a rule of the European Union in
each of its member states), for deliveries to Russia. A date is an interval: it is only said to lie before or after a
day when the whole of it does. Written once in SQL, over any relation of dated components.
"""

from django.db import connection
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalogue.models import ControlClass

from .ownership import PRINTED, joined

INVASION = "2022-02-24"
# The member states in 2022, when the controls on Russia began.
UNION = (
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
    "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
)  # fmt: skip


def in_words(word):
    """A word of a fixed vocabulary in the language of who reads."""
    return word.ukrainian if (get_language() or "en").startswith("uk") else str(word.label)


CLASSES = {word.value: lazy(in_words, str)(word) for word in ControlClass}
# Every component is one of these three, and no control has a say in the first two.
UNDATED = Q(made_from=None, made_to=None)
EARLY = Q(made_to__lt=INVASION)
LATER = Q(made_to__gte=INVASION) | Q(made_to=None, made_from__isnull=False)
REASONS = {
    "scope": _("the scope of a control in force is not recorded, or what it is tested by is not"),
    "span-invasion": _("its date is an interval around the day of the invasion"),
    "span-control": _("its date is an interval around the day of its control"),
    "seat": _("its maker, or the maker's seat, is not recorded"),
    "none": _("no control of its maker's seat is recorded that could cover it"),
    "ended": _("the control that covers it had ended"),
}
# What a relation must have to be classed, as paths of a component.
COLUMNS = {
    "part": "part_id",
    "category": "category_id",
    "maker": "manufacturer_id",
    "made_from": "made_from",
    "made_to": "made_to",
}
NO_PART = "'00000000-0000-0000-0000-000000000000'::uuid"

# One row a scope: the days on which its control was surely in force, and those on which it may have been. `told`
# is false where nobody has entered what it covers, or only in words. Beside few components few are asked, by index.
CONTROLS = """
control AS NOT MATERIALIZED (
  SELECT e.id, e.jurisdiction_id AS jurisdiction, e.effective_from AS since,
         daterange(e.effective_to, CASE WHEN e.ended <> '' THEN greatest(e.ended_from, e.effective_to) END) AS sure,
         daterange(e.effective_from, CASE WHEN e.ended <> '' THEN greatest(e.ended_to, e.effective_from) END) AS maybe,
         h.code AS hs, nullif(s.eccn, '') AS eccn, s.category_id AS category, s.part_id AS part,
         coalesce(s.recorded, false) AND coalesce(h.code, nullif(s.eccn, ''), s.category_id, s.part_id::text)
           IS NOT NULL AS told
    FROM catalogue_controlevent e
    LEFT JOIN catalogue_controlscope s ON s.control_id = e.id AND s.voided_at IS NULL
    LEFT JOIN catalogue_hscode h ON h.id = s.hs_id
   WHERE e.voided_at IS NULL AND e.kind = 'control' AND e.effective_from IS NOT NULL AND e.effective_to IS NOT NULL
     AND (s.destination_id IS NULL OR s.destination_id = 'RU'))"""

# What an item must answer to; null where that is not recorded of it, which is neither yes nor no.
FITS = """((c.hs IS NULL OR starts_with(i.code, c.hs)) AND (c.eccn IS NULL OR starts_with(nullif(i.eccn, ''), c.eccn))
  AND (c.category IS NULL OR {category} = c.category OR starts_with({category}, c.category || '.'))
  AND (c.part IS NULL OR nullif(i.part, {no_part}) = c.part))""".format(
    no_part=NO_PART, category="coalesce(i.category, i.category_id)"
)

# Whose controls count for a maker's seat.
WITHIN = "(c.jurisdiction = i.seat OR (c.jurisdiction = 'EU' AND i.seat IN ({union})))"

# The relation {source} with `class`, `why` and `control` beside its own columns. Controls are looked up once an item
# (part, category, seat), of which there are few, and not once a component.
CLASSED = """{controls},
seated AS MATERIALIZED (
  SELECT s.*, q.country_id AS seat FROM {source} s {standing}
    LEFT JOIN catalogue_organisation q ON q.id = coalesce(o.owner_id, s.maker)),
item AS (
  SELECT DISTINCT coalesce(part, {no_part}) AS part, coalesce(category, '') AS category, seat
    FROM seated WHERE seat IS NOT NULL AND made_from >= '{invasion}'),
known AS MATERIALIZED (
  SELECT i.part, nullif(i.category, '') AS category, i.seat, p.eccn, p.category_id, h.code
    FROM item i LEFT JOIN catalogue_part p ON p.id = i.part LEFT JOIN catalogue_hscode h ON h.id = p.hs_id),
-- A scope that names a part is looked up by it: it says nothing of another, and of an item without one nothing sure.
tested AS MATERIALIZED (
  SELECT i.part, i.category, i.seat, c.id, c.since, c.sure, c.maybe, c.told, {fits} AS fits
    FROM known i JOIN control c ON c.part = i.part WHERE {within}
   UNION ALL
  SELECT i.part, i.category, i.seat, c.id, c.since, c.sure, c.maybe, c.told, {fits}
    FROM known i JOIN control c ON c.part IS NULL WHERE {within}
   UNION ALL
  SELECT i.part, i.category, i.seat, c.id, c.since, c.sure, c.maybe, c.told, {fits}
    FROM known i JOIN control c ON c.part IS NOT NULL WHERE i.part = {no_part} AND {within}),
ruled AS MATERIALIZED (
  SELECT part, category, seat,
         range_agg(sure) FILTER (WHERE told AND fits) AS sure,
         range_agg(maybe) FILTER (WHERE told AND fits) AS maybe,
         range_agg(maybe) FILTER (WHERE NOT told OR fits IS NULL) AS doubt,
         (array_agg(id ORDER BY since, id) FILTER (WHERE told AND fits))[1] AS covers,
         (array_agg(id ORDER BY since, id) FILTER (WHERE NOT told OR fits IS NULL))[1] AS doubtful
    FROM tested GROUP BY 1, 2, 3),
spanned AS (
  SELECT s.*, CASE WHEN s.made_from >= '{invasion}' THEN
                daterange(s.made_from, CASE WHEN s.made_to < s.made_from THEN s.made_from ELSE s.made_to END, '[]')
              END AS span, u.sure, u.maybe, u.doubt, u.covers, u.doubtful
    FROM seated s
    LEFT JOIN ruled u ON u.seat = s.seat AND u.part = coalesce(s.part, {no_part})
                     AND coalesce(u.category, '') = coalesce(s.category, '') AND s.made_from >= '{invasion}'),
reasoned AS MATERIALIZED (
  SELECT *, CASE
      WHEN made_from IS NULL AND made_to IS NULL THEN 'undated'
      WHEN made_to < '{invasion}' THEN 'before-invasion'
      WHEN span IS NULL THEN 'span-invasion'
      WHEN seat IS NULL THEN 'seat'
      WHEN sure @> span THEN 'after-control'
      WHEN doubt && span THEN 'scope'
      WHEN maybe && span THEN 'span-control'
      WHEN lower(maybe) > lower(span) OR (maybe IS NULL AND lower(doubt) > lower(span)) THEN 'before-control'
      WHEN maybe IS NOT NULL OR doubt IS NOT NULL THEN 'ended'
      ELSE 'none' END AS reason FROM spanned),
classed AS (
  SELECT *, CASE WHEN reason IN ('undated', 'before-invasion', 'before-control', 'after-control') THEN reason
                 ELSE 'candidate' END AS class,
         CASE WHEN reason IN ('undated', 'before-invasion', 'before-control', 'after-control') THEN ''
              ELSE reason END AS why,
         CASE WHEN reason IN ('after-control', 'span-control') THEN covers
              WHEN reason IN ('before-control', 'ended') THEN coalesce(covers, doubtful)
              WHEN reason = 'scope' THEN doubtful END AS control
    FROM reasoned)"""


def classed(source):
    """SQL of common table expressions that end in `classed`: the relation `source` with class, why and control.

    `source` is an earlier common table expression with the columns in COLUMNS, and any others.
    """
    union = ", ".join(f"'{code}'" for code in UNION)
    standing = joined(PRINTED, maker="s.maker")  # a merged maker's seat is that of the record that stands for it
    within = WITHIN.format(union=union)
    words = {"fits": FITS, "within": within, "standing": standing, "invasion": INVASION, "no_part": NO_PART}
    return CLASSED.format(controls=CONTROLS, source=source, **words)


def collapsed(more=(), counts="count(*) AS n", source="m"):
    """SQL of the common table expression `g`: records of `source` that get the same class and control, as one row.

    Only what was made after the invasion is told apart by item and date: the rest, which is most, are three rows.
    `more`: SQL of further keys, each with its name; `counts`: of the sums.
    """
    late = f"made_from >= '{INVASION}'"
    day = f"DATE '{INVASION}'"
    return f"""g AS (
      SELECT CASE WHEN {late} THEN part END AS part, CASE WHEN {late} THEN category END AS category,
             CASE WHEN {late} THEN maker END AS maker,
             CASE WHEN {late} THEN made_from
                  WHEN coalesce(made_from, made_to) IS NOT NULL THEN {day} - 1 END AS made_from,
             CASE WHEN {late} THEN made_to WHEN made_to < {day} THEN {day} - 1
                  WHEN coalesce(made_from, made_to) IS NOT NULL THEN {day} END AS made_to,
             {"".join(f"{key}, " for key in more)}{counts}
        FROM {source} GROUP BY {", ".join(map(str, range(1, 6 + len(more))))})"""


def relation(queryset, columns, name="m"):
    """(SQL of the common table expression `name` of the components in `queryset`, its parameters).

    `columns`: {name in SQL: path or expression}. It is read where it is used, under the reader's rule.
    """
    picked = {f"f{n}": F(path) if isinstance(path, str) else path for n, path in enumerate(columns.values())}
    read = queryset.order_by().annotate(**picked).values_list(*picked)
    sql, parameters = read.query.get_compiler(connection=connection, elide_empty=False).as_sql()
    return f"{name} ({', '.join(columns)}) AS ({sql})", list(parameters)


def counts(queryset):
    """[(class, component records)] of `queryset`, the classes in their order."""
    cte, parameters = relation(queryset, COLUMNS)
    sql = f"WITH {cte}, {collapsed()}, {classed('g')} SELECT class, sum(n)::int FROM classed GROUP BY class"
    with connection.cursor() as cursor:
        # It cannot know how many items there are, and would sort them by text to join them.
        cursor.execute("SET LOCAL enable_mergejoin = off")
        cursor.execute(sql, parameters)
        found = dict(cursor.fetchall())
    return [(code, found[code]) for code in CLASSES if code in found]


def of_class(queryset, classes):
    """The components of `queryset` that are in one of `classes`, codes of CLASSES."""
    plain = {"undated": UNDATED, "before-invasion": EARLY}
    found = Q()
    for code in plain.keys() & set(classes):
        found |= plain[code]
    if tested := sorted(set(classes) - plain.keys()):
        cte, parameters = relation(queryset.filter(LATER), {"id": "id"} | COLUMNS)
        sql = f"WITH {cte}, {classed('m')} SELECT id FROM classed WHERE class = ANY (%s)"
        found |= Q(pk__in=RawSQL(sql, [*parameters, tested]))
    return queryset.filter(found)
