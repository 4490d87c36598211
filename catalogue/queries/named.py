"""Records by what people call them: a slug, a reference, or the identifier."""

import uuid

from django.db import connection
from django.db.models import Case, IntegerField, When


def find(model, by, named, agency=None, *, voided=False):
    """Records in force (or `voided`) called `named`, by `by` or by id; those of `agency` first."""
    queryset = model.objects.filter(voided_at__isnull=not voided)
    identifier = as_uuid(named)
    if identifier:
        return queryset.filter(pk=identifier)
    if "\0" in named or by == "id":
        return queryset.none()
    own = Case(When(owner_id=agency, then=0), default=1, output_field=IntegerField())
    # References are written in capitals, and typed as one likes.
    spellings = [named, named.upper()] if by == "reference" else [named]
    return queryset.filter(**{f"{by}__in": spellings}).order_by(own, "created_at", "id")


def as_uuid(text):
    """`text` as a UUID, or None."""
    try:
        return uuid.UUID(text) if len(text) in (32, 36) else None
    except ValueError:
        return None


def keys_of(texts):
    """{text: its comparison key}, as the database makes them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT t, catalogue_key(t) FROM unnest(%s::text[]) t", [list(texts)])
        return dict(cursor.fetchall())
