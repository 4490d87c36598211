"""Recovered examples of weapon systems. Only those of kind `single` are counted as specimens."""

from django.db.models import OuterRef

from catalogue.models import (
    Condition,
    Review,
    Specimen,
    SpecimenCitation,
    SpecimenKind,
    SpecimenNumber,
    SpecimenNumberKind,
)

from .shape import Shape, blank_is_null, citations_of, code, common, edtf, rows, text, url_of, uuid, whole

NUMBERS = rows(
    SpecimenNumber.objects.filter(specimen=OuterRef("pk"), voided_at=None).order_by("kind", "text"),
    "Every number read on it; a group has several.",
    {
        "kind": code("kind", "What the number is.", choices=tuple(SpecimenNumberKind.values)),
        "text": text("text", "The number."),
    },
)

SHAPE = Shape(
    Specimen,
    {
        "id": uuid("id", "Identifier (UUIDv7)."),
        "reference": code("reference", "Readable reference; never changes."),
        "url": url_of("specimens", "reference"),
        "system": {
            "slug": code("system__slug", "The weapon system."),
            "name": text("system__name", "Its name."),
        },
        "kind": code(
            "kind",
            "single, group (several wrecks) or unspecified (a type only).",
            choices=tuple(SpecimenKind.values),
        ),
        "count": whole("count", "Wrecks in a group, when known."),
        "title": text("title", "As its publisher or finder names it."),
        "serial_number": text("serial_number", "Serial number."),
        "numbers": NUMBERS,
        "recovered": edtf("recovered", "When it was recovered."),
        "produced": edtf("produced", "When it was produced."),
        "used": edtf("used", "When it was used."),
        "examined": edtf("examined", "When it was examined."),
        "country": code("country_id", "Country of recovery (ISO 3166-1 alpha-2)."),
        "place": text("place", "Region or town; the exact place is handled apart."),
        "condition": code(blank_is_null("condition"), "Condition as found.", choices=(*Condition.values, None)),
        "note": text("note", "Note of the examiner."),
        "review": code("review", "How far its record has been checked.", choices=tuple(Review.values)),
        "citations": citations_of(SpecimenCitation),
        **common(),
    },
)
