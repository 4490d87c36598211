"""One page of a listing, at a cost that depends on neither the reader, nor the depth, nor the table's size.

The ids of the page come first, their release texts after. The planner cannot know which audiences a reader's
setting holds, so left alone it walks a million rows to find the eleven that somebody may see. Where an index
(column, audience, -id) exists, each audience is asked for its own newest rows instead, and the newest of
those are the page; the policy still decides on every row.
"""

from functools import cache

from django.db import connection
from django.db.models import Q
from django.db.models.fields.related_lookups import RelatedIn
from django.db.models.lookups import IsNull

from .prepared import ask

IN_FORCE = Q(voided_at__isnull=True)
VISIBLE = "nullif(current_setting('app.audiences', true), '')::int[]"


def page_ids(queryset, edge, backward, size):
    """Ids of the first `size` rows of `queryset` beyond the id `edge` (None: from the end), newest first.

    `backward` goes towards newer rows, and gives the oldest first.
    """
    found = sought(queryset)
    if found is not None:
        column, keys = found
        parameters = [*([keys] if column else []), *([edge] if edge else [])]
        return [row[0] for row in ask(seek(queryset.model, column, edge is not None, backward, size), parameters)]
    if edge is not None:
        queryset = queryset.filter(id__gt=edge) if backward else queryset.filter(id__lt=edge)
    return list(hinted(queryset).order_by("id" if backward else "-id").values_list("id", flat=True)[:size])


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


def listed(values):
    return isinstance(values, list | tuple | set)


@cache
def seek(model, column, after, backward, size):
    """SQL of the newest of each audience's (and key's) newest rows, each read from the index in its order."""
    key = f"{column} = s.key AND " if column else ""
    keys = ", unnest(%s::uuid[]) key" if column else ""
    way = "ASC" if backward else "DESC"
    edge = f"AND id {'>' if backward else '<'} %s " if after else ""
    return (
        f"SELECT i.id FROM (SELECT * FROM unnest({VISIBLE}) audience{keys}) s CROSS JOIN LATERAL ("
        f"SELECT id FROM {model._meta.db_table} WHERE {key}audience_id = s.audience AND voided_at IS NULL {edge}"
        f"ORDER BY id {way} LIMIT {int(size)}) i ORDER BY i.id {way} LIMIT {int(size)}"
    )


def hinted(queryset):
    """`queryset` with the reader's audiences spelt out, so that the planner can weigh them."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {VISIBLE}")
        return queryset.filter(audience_id__in=cursor.fetchone()[0] or [])
