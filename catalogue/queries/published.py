"""Other people's published entries, verbatim."""

from django.db.models import Exists, OuterRef

from catalogue.models import Component, PublishedRecord

from .shape import Shape, code, common, rows, text, url_of, uuid

SHAPE = Shape(
    PublishedRecord,
    {
        "id": uuid("id", "Identifier (UUIDv7)."),
        "source_id": text("entry_id", "The publisher's own identifier of the entry."),
        "url": url_of("published-records", "id"),
        "source": {
            "slug": code("source__slug", "Who published it, and where."),
            "title": text("source__title", "Title of that source."),
        },
        "text": text("text", "The entry's text, verbatim; not a marking."),
        "manufacturer": text("manufacturer", "The maker as published."),
        "country": text("country", "The country as published."),
        "recovered_in": text("recovered_in", "In what it was found, as published."),
        "source_url": text("url", "Address of the entry."),
        "photo_url": text("photo_url", "Address of its photograph."),
        "last_verified": text("last_verified", "When the publisher says it was last verified."),
        "components": rows(
            Component.objects.filter(published_record=OuterRef("pk"), voided_at=None).order_by("reference"),
            "Components that were recorded from it.",
            {"reference": code("reference", "The component.")},
        ),
        **common(),
    },
)

UNUSED = ~Exists(Component.objects.filter(published_record=OuterRef("pk"), voided_at=None))


def found_in(record):
    """Components that were recorded from it."""
    return Component.objects.filter(published_record=record, voided_at=None).order_by("id")
