"""Who a maker is: as printed on the part, as owned when the part was made, or as owned today.

The view `catalogue_owned` (model Owned) says of every organisation that was ever another's, or was merged into
another record, at the top of which chain it stood on which days, as far as the reader sees the relations. A record
that was merged is the one it was merged into on every basis.

    SELECT coalesce(o.owner_id, c.manufacturer_id), count(*) FROM catalogue_component c {joined("made")} GROUP BY 1
"""

from datetime import date

from django.db.models import F, FilteredRelation, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from catalogue.models import Owned

from .prepared import ask

PRINTED, MADE, TODAY = BASES = ("printed", "made", "today")
FIRST, LAST = Owned.FIRST, date(9999, 12, 31)

# Of a list of owners, whom they stood for and when; an owner that has no row has stood for itself on all days.
STOOD = """
  WITH o AS MATERIALIZED (SELECT * FROM catalogue_owned)
  SELECT organisation_id, from_day, to_day FROM o WHERE owner_id = ANY (%(ids)s)
  UNION ALL
  SELECT a.id, NULL, NULL FROM unnest(%(ids)s) a (id)
   WHERE NOT EXISTS (SELECT FROM o WHERE o.organisation_id = a.id)"""


def joined(basis, *, maker="c.manufacturer_id", made="c.made_from", alias="o"):
    """SQL: a LEFT JOIN of the owner of `maker`, the columns of a statement; where it is null, the maker is its own.

    On MADE an undated row stays with its maker. Raises ValueError for what is no basis.
    """
    return (
        f"LEFT JOIN catalogue_owned {alias} ON {alias}.organisation_id = {maker}"
        f" AND {alias}.from_day <= {day(basis, made)} AND {day(basis, made)} < {alias}.to_day"
    )


def day(basis, made="c.made_from"):
    """SQL of the day on which one asks for the owner of a part that was made on the day `made`."""
    if basis not in BASES:
        raise ValueError(f"{basis!r} is none of {', '.join(BASES)}.")
    return {
        PRINTED: f"DATE '{FIRST.isoformat()}'",
        MADE: f"coalesce({made}, DATE '{FIRST.isoformat()}')",
        TODAY: f"DATE '{today().isoformat()}'",
    }[basis]


def today():
    """The day on which it is asked, UTC."""
    return timezone.now().date()


def owner(basis, *, maker="manufacturer", made="made_from"):
    """(FilteredRelation, expression) for `annotate`: `{"owned": relation}` first, then the id of the maker's owner."""
    on = {PRINTED: FIRST, MADE: Coalesce(F(made), FIRST), TODAY: today()}[basis]
    relation = FilteredRelation(
        f"{maker}__owned", condition=Q(**{f"{maker}__owned__from_day__lte": on, f"{maker}__owned__to_day__gt": on})
    )
    return relation, Coalesce(F("owned__owner_id"), F(f"{maker}_id"))


def of_makers(owners, basis, *, maker="manufacturer_id", made="made_from"):
    """The condition that a row's maker is one of `owners` (ids) on this basis.

    Where no day matters it names makers alone, in the form that an index over them answers.
    """
    always, spells = stood_for(owners, basis)
    found = Q(**{f"{maker}__in": sorted(always)})
    for organisation, start, end in spells:
        when = Q(**{f"{made}__gte": start, f"{made}__lt": end}) if start > FIRST else ~Q(**{f"{made}__gte": end})
        found |= Q(**{maker: organisation}) & when
    return found


def stood_for(owners, basis):
    """(organisations that the `owners` stand for whatever the day, [(organisation, from, to)] where the day decides).

    From FIRST on means undated ones too.
    """
    rows = ask(STOOD, {"ids": sorted(owners)})
    if basis == MADE:
        whole = {pk for pk, start, _end in rows if start is None}
        return pieced(whole, sorted(row for row in rows if row[1] is not None))
    on = FIRST if basis == PRINTED else today()
    return {pk for pk, start, end in rows if start is None or start <= on < end}, []


def pieced(whole, rows):
    """`whole` with the organisations that `rows` hold for all days, and what else they hold, adjoining days as one."""
    spells = []
    for pk, start, end in rows:
        if spells and spells[-1][0] == pk and spells[-1][2] == start:
            spells[-1] = (pk, spells[-1][1], end)
        else:
            spells.append((pk, start, end))
    always = {pk for pk, start, end in spells if start == FIRST and end == LAST}
    return whole | always, [spell for spell in spells if spell[0] not in always]
