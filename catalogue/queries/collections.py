"""Records that were gathered by hand."""

from django.db.models import Case, Value, When

from catalogue.models import GATHERED, Collection, CollectionItem

from .shape import Shape, code, common, text, url_of, uuid

SHAPE = Shape(
    Collection,
    {
        "id": uuid("id", "Identifier (UUIDv7)."),
        "url": url_of("collections", "id"),
        "name": text("name", "Its name."),
        "note": text("note", "What its records were gathered for."),
        **common(),
    },
)
KIND = Case(*(When(**{f"{name}__isnull": False}, then=Value(name)) for name in GATHERED))
ITEMS = Shape(
    CollectionItem,
    {
        "id": uuid("id", "Identifier (UUIDv7)."),
        "url": url_of("collection-items", "id"),
        "collection": {
            "id": uuid("collection_id", "The collection."),
            "name": text("collection__name", "Its name."),
        },
        "kind": code(KIND, "What kind of record it is.", choices=GATHERED, null=False),
        "component": code("component__reference", "The component."),
        "part": {"id": uuid("part_id", "The part type."), "number": text("part__number", "Its number.")},
        "organisation": {
            "slug": code("organisation__slug", "The organisation."),
            "name": text("organisation__name", "Its name."),
        },
        "specimen": code("specimen__reference", "The specimen."),
        "route": {"slug": code("route__slug", "The supply route."), "title": text("route__title", "Its title.")},
        "note": text("note", "What is noted of it in this collection."),
        **common(),
    },
)


def items(collection, *, voided=False):
    """What is in a collection, in the order in which it was gathered; or what was taken out, the last first."""
    found = CollectionItem.objects.filter(collection=collection, voided_at__isnull=not voided)
    related = [f for name in GATHERED for f in (name,)]
    return found.select_related("audience", "part__manufacturer", "specimen__system", *related).order_by(
        "-voided_at" if voided else "id", "id"
    )


def sizes(collections):
    """{collection id: how many records in it the reader sees}."""
    found = CollectionItem.objects.filter(collection__in=collections, voided_at=None).values_list(
        "collection", flat=True
    )
    counts = {}
    for pk in found:
        counts[pk] = counts.get(pk, 0) + 1
    return counts


def deleted(agency, alone=None, most=20):
    """Collections of the agency that were voided, the last first; with `alone` those that only this user sees."""
    found = Collection.objects.filter(owner_id=agency, voided_at__isnull=False)
    found = found if alone is None else found.filter(audience__readers=[alone])
    return found.select_related("audience").order_by("-voided_at")[:most]
