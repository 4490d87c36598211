"""How components divide: by what the components list is narrowed by, counted, or summed from what triggers keep."""

from collections import Counter
from uuid import UUID

from django.db import connection
from django.db.models import Case, F, Func, IntegerField, TextField, Value, When

from catalogue.models import Component, Organisation, Source, WeaponSystem

from . import dating
from .facets import Apart, most_frequent
from .held import LEVELS
from .parts import tiers
from .prepared import ask


def year(first, last):
    """The year in which both days lie."""
    return Func(F(first), F(last), function="catalogue_year", output_field=IntegerField())


def tier(_parameters=None):
    """The CHPL tier of the part's HS code."""
    by_tier = {}
    for hs, found in tiers().items():
        by_tier.setdefault(found, []).append(hs)
    whens = [When(part__hs_id__in=codes, then=Value(found)) for found, codes in by_tier.items()]
    return Case(*whens, default=Value(""), output_field=TextField())


def standing_maker(column, above=("manufacturer__canonical__canonical", "manufacturer__canonical")):
    """`column` of the first visible record `above` the maker that stands for it, else of the maker itself."""
    seen = [When(**{f"{one}__slug__isnull": False}, then=F(f"{one}__{column}")) for one in above]
    return Case(*seen, default=F(f"manufacturer__{column}"))


# Parameter of the components list → what it divides by: a path, an expression, or what makes one when it is asked.
FACETS = {
    "system": "specimen__system__slug",
    "system_kind": "specimen__system__kind_id",
    "manufacturer": standing_maker("slug"),
    "maker_country": standing_maker("country_id"),
    "marked_country": "marked_country_id",
    "category": "category_id",
    "chpl_tier": tier,
    "made_year": year("made_from", "made_to"),
    "control_class": Apart(dating.counts),
    "grade": "grade",
    "authenticity": "authenticity",
    "confidence": "confidence",
    "recovery_year": year("specimen__recovered_from", "specimen__recovered_to"),
    "source": "published_record__source__slug",
    "marking_state": "marking_state",
    "kind": "kind",
    "handling": "audience__name",
}
# What is summed under another name than it is asked for by.
OUT_OF = {
    "system_kind": "system", "maker_country": "manufacturer", "chpl_tier": "hs", "handling": "kind",
    "control_class": "dated",
}  # fmt: skip
# Values that are records: (what is summed, what else follows from it, the model, its columns for both).
RECORDS = (
    ("system", "system_kind", WeaponSystem, ("slug", "kind_id")),
    ("manufacturer", "maker_country", Organisation, ("slug", "country_id")),
    ("source", None, Source, ("slug",)),
)
# Whose components there are sums of.
ALL, MAKERS, SYSTEMS = "all", "maker", "system"
EVERYTHING = UUID(int=0)
COLUMN_OF = {MAKERS: "manufacturer_id__in", SYSTEMS: "specimen__system_id__in"}
SUMS = """
SELECT facet, value, CASE WHEN facet = 'kind' THEN audience_id END, sum(rows)
  FROM catalogue_componentcount
 WHERE scope = %s AND record = ANY (%s::uuid[]) AND facet = ANY (%s)
 GROUP BY 1, 2, 3 HAVING sum(rows) <> 0
"""


def summed(scope, records, names, shown):
    """{name: [(value, records)]} of components of these makers or systems (ids), or of all, from the sums kept of them.

    As `facets` counts them: the most frequent first, equal ones by value.
    """
    counts = {}
    needed = list({OUT_OF.get(name, name) for name in names})
    for facet, value, audience, rows in ask(SUMS, [scope, [EVERYTHING] if scope == ALL else list(records), needed]):
        counts.setdefault(facet, Counter())[value] += rows
        if audience is not None:
            counts.setdefault("handling", Counter())[LEVELS[audience]] += rows
    counts["chpl_tier"] = folded(counts["hs"], tiers()) if "hs" in counts else {}
    if "control_class" in names:
        counts["control_class"] = Counter(counts.pop("dated", {})) + Counter(dict(tested(scope, records)))
    for facet, also, model, columns in RECORDS:
        if facet in counts:
            found = attributes(model, counts[facet], *columns)
            if also:
                counts[also] = folded(counts[facet], {pk: values[1] for pk, values in found.items()})
            counts[facet] = folded(counts[facet], {pk: values[0] for pk, values in found.items()})
    return {name: most_frequent(counts.get(name, {}).items(), shown) for name in names}


def tested(scope, records):
    """[(control class, records)] of those whose class a control decides. It is asked each time: of which controls there
    are no sum knows, and not every reader sees them all. What is undated or made before the invasion is summed."""
    within = {} if scope == ALL else {COLUMN_OF[scope]: list(records)}
    return dating.counts(Component.objects.filter(dating.LATER, voided_at=None, **within))


def attributes(model, ids, *columns):
    """{id as text: values of columns} of the records that the reader sees; of a merged one, of what stands for it."""
    table, merges = model._meta.db_table, hasattr(model, "canonical")
    read = ", ".join(f"CASE WHEN a.id IS NULL THEN r.{c} ELSE a.{c} END" if merges else f"r.{c}" for c in columns)
    above = f"LEFT JOIN {table} b ON b.id = r.canonical_id LEFT JOIN {table} t ON t.id = b.canonical_id"
    above += f" LEFT JOIN {table} a ON a.id = coalesce(t.id, b.id)"
    sql = f"SELECT r.id, {read} FROM {table} r {above if merges else ''} WHERE r.id = ANY (%s::uuid[])"
    return {str(pk): values for pk, *values in ask(sql, [list(ids or ())])}


def folded(counter, into):
    """Counts under what their values stand for; a value without any is left out."""
    found = Counter()
    for value, rows in (counter or {}).items():
        if into.get(value):
            found[into[value]] += rows
    return found


def settle():
    """Make one row of the many steps of each count; how many there were."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT catalogue_count_settled()")
        return cursor.fetchone()[0]
