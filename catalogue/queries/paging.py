"""One page of a listing, at a cost that depends on neither the reader, nor the depth, nor the table's size.

The ids of the page are found first, its release rows by them. The planner cannot know which audiences a
reader's setting holds, so left alone it walks a million rows to find the eleven that somebody may see. Where an
index (column, audience, -id) exists, each audience is asked for its own newest rows instead, and the newest of
those are the page; the policy still decides on every row.
"""

from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.db import connection
from django.db.models import F, Q
from django.db.models.fields.related_lookups import RelatedIn
from django.db.models.lookups import IsNull

from .prepared import ask
from .standing import Standing, standing_sql

IN_FORCE = Q(voided_at__isnull=True)
VISIBLE = "nullif(current_setting('app.audiences', true), '')::int[]"
# Of the audiences with the lowest numbers: CLEAR, GREEN, and those in use since the catalogue began.
LARGEST = 4
# Sorting more by a column without an index of its own takes longer than a reader should wait.
SORTED_AT_MOST = 10_000


@dataclass(frozen=True)
class Order:
    """A column to sort by, as an expression, and which way. What has no value comes last, either way."""

    expression: object
    descending: bool = False

    def of(self, queryset, backward=False):
        """`queryset` in this order, or `backward`; rows with equal values newest first."""
        nulls = {"nulls_first": True} if backward else {"nulls_last": True}
        column = F("sorting").desc(**nulls) if self.descending != backward else F("sorting").asc(**nulls)
        return queryset.annotate(sorting=self.expression).order_by(column, "id" if backward else "-id")


class TooMany(ValueError):
    """More rows than are sorted by a column that no index holds in order."""


def page_rows(shape, queryset, edge, backward, size, order=None):
    """Release rows (`Shape.columns`) of the first `size` of `queryset` beyond the id `edge` (None: from the end).

    Newest first, or in `order`; `backward` goes towards the beginning, and gives the nearest to the edge first.
    Raises TooMany when there are more than SORTED_AT_MOST rows to order, LookupError when the edge is not seen.
    """
    if order is not None:
        return shape.rows(ordered_ids(queryset, order, edge, backward, size))
    found = sought(queryset)
    if found is not None:
        column, keys = found
        asked = {"edge": edge} if edge else {}
        if column:
            asked["keys"] = keys
        alone = stands(queryset)
        newest = seek(queryset.model, column, edge is not None, backward, size, alone)
        return ask(*shape.found_by(newest, asked, backward))
    if edge is not None:
        queryset = queryset.filter(id__gt=edge) if backward else queryset.filter(id__lt=edge)
    ids = list(hinted(queryset).order_by("id" if backward else "-id").values_list("id", flat=True)[:size])
    return shape.rows(ids)


def ordered_ids(queryset, order, edge, backward, size):
    """Ids of one page in `order`; rows with equal values newest first."""
    queryset = hinted(queryset)
    if counted(queryset, SORTED_AT_MOST) is None:
        raise TooMany
    if edge is not None:
        value = queryset.model.objects.filter(pk=edge).values_list(order.expression, flat=True)[:1]
        if not value:
            raise LookupError(edge)
        queryset = queryset.annotate(sorting=order.expression).filter(beyond(order, value[0], edge, backward))
    ids = order.of(queryset, backward).values_list("id", flat=True)
    return list(ids[:size])


def beyond(order, value, edge, backward):
    """The condition for rows that come after the row `edge`, whose sorted column holds `value`."""
    beside = Q(id__gt=edge) if backward else Q(id__lt=edge)
    if value is None:
        return Q(sorting=None) & beside | (Q(sorting__isnull=False) if backward else Q(pk__in=[]))
    further = Q(sorting__lt=value) if order.descending != backward else Q(sorting__gt=value)
    found = further | Q(sorting=value) & beside
    return found if backward else found | Q(sorting__isnull=True)


def counted(queryset, most):
    """How many rows, None when more than `most`; never looks at more of them."""
    found = queryset.order_by().values("pk")[: most + 1].count()
    return found if found <= most else None


def recorded_since(queryset, moment):
    """The records of `queryset` that were recorded after `moment`; that they changed after it too has an index."""
    return queryset.filter(created_at__gt=moment, updated_at__gt=moment)


@cache
def heads(model):
    """{column: whether it is indexed} of `model`: x of an index (x, audience, -id), None of (audience, -id)."""
    found = {}
    for index in model._meta.indexes:
        if index.fields[-2:] == ["audience", "-id"] and index.condition in (None, IN_FORCE):
            field = index.fields[0] if len(index.fields) == 3 else None
            found[field and model._meta.get_field(field).column] = True
    return found


def sought(queryset):
    """(column, keys) when nothing narrows `queryset` but being in force and values of one indexed column.

    (None, ()) when only the former does; None when something else does as well.
    """
    column, keys, known = None, (), heads(queryset.model)
    where = queryset.query.where
    if where.negated or where.connector != "AND":
        return None
    in_force = False
    for child in where.children:
        if isinstance(getattr(child, "lhs", None), Standing):
            continue
        target = getattr(getattr(child, "lhs", None), "target", None)
        if target is None or child.lhs.alias != queryset.model._meta.db_table:
            return None
        if isinstance(child, IsNull) and target.name == "voided_at" and child.rhs:
            in_force = True
        elif isinstance(child, RelatedIn) and column is None and target.column in known and listed(child.rhs):
            column, keys = target.column, list(child.rhs)
        else:
            return None
    return (column, keys) if in_force and (column or None in known) else None


def stands(queryset):
    """Whether `queryset` leaves out what was merged into another record."""
    return any(isinstance(getattr(child, "lhs", None), Standing) for child in queryset.query.where.children)


def listed(values):
    return isinstance(values, list | tuple | set)


@cache
def seek(model, column, after, backward, size, alone=False):
    """SQL of the newest of each audience's (and key's) newest rows, each read from the index in its order.

    No row beyond the last of a page from one audience alone can be on the page: some large ones are asked for
    theirs beforehand, and all others for no more than lies before the nearest of them. Parameters stand in
    sub-selects: otherwise a plan for one value seems cheaper than the common one, and each request plans anew.
    """
    table, size = model._meta.db_table, int(size)
    key = f"{column} = s.key AND " if column else ""
    keys = ", unnest((SELECT %(keys)s::uuid[])) key" if column else ""
    way, beyond, within = ("ASC", ">", "<=") if backward else ("DESC", "<", ">=")
    edge = f"AND id {beyond} (SELECT %(edge)s::uuid) " if after else ""
    merged = f"AND {standing_sql(table, f'{table}.canonical_id')} " if alone else ""
    furthest = UUID(int=(1 << 128) - 1 if backward else 0)

    def newest(audiences, bound, limit):
        return (
            f"SELECT i.id FROM (SELECT * FROM unnest({audiences}) audience{keys}) s CROSS JOIN LATERAL ("
            f"SELECT id FROM {table} WHERE {key}audience_id = s.audience AND voided_at IS NULL {merged}{edge}{bound}"
            f"ORDER BY id {way} {limit}) i ORDER BY i.id {way}"
        )

    some = newest(f"({VISIBLE})[:{LARGEST}]", "", f"OFFSET {size - 1} LIMIT 1")
    # The coalesce stands in a sub-select: outside, the planner takes it for a leak and keeps it from the index.
    bound = f"AND id {within} (SELECT coalesce(({some} LIMIT 1), '{furthest}')) "
    return f"{newest(VISIBLE, bound, f'LIMIT {size}')} LIMIT {size}"


def hinted(queryset):
    """`queryset` with the reader's audiences spelt out, so that the planner can weigh them."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {VISIBLE}")
        return queryset.filter(audience_id__in=cursor.fetchone()[0] or [])
