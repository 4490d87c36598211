"""What was looked for in specimens and not found."""

from catalogue.models import Absence, ComponentKind

from .shape import Shape, code, common, text, url_of, uuid

SHAPE = Shape(
    Absence,
    {
        "id": uuid("id", "Identifier (UUIDv7)."),
        "url": url_of("absences", "id"),
        "specimen": {"reference": code("specimen__reference", "The specimen in which it was looked for.")},
        "expected": {
            "reference": code("expected__reference", "The component of the earlier teardown that was expected."),
            "specimen": code("expected__specimen__reference", "That earlier teardown."),
            "kind": code("expected__kind", "What kind of thing it is.", choices=tuple(ComponentKind.values)),
            "designator": text("expected__designator", "Where it was."),
            "name": text("expected__name", "What it is, in words."),
        },
        "note": text("note", "Where and how it was looked for."),
        **common(),
    },
)
MOST = 2000


def absences_of(specimen):
    """Absences in force of a specimen, with what was expected, in the order in which they were said."""
    found = Absence.objects.filter(specimen=specimen, voided_at=None).order_by("id")
    return found.select_related("audience", "expected__specimen", "expected__manufacturer", "expected__part")[:MOST]
