"""What the bench page of a specimen shows at once: its components as rows of a sheet, and its photographs."""

from catalogue.models import Component, ComponentIdentifier, Photo

from . import components, photos

MOST = 2000  # rows; a teardown has hundreds
MOST_PHOTOGRAPHS = 500
COLUMNS = (
    "id", "reference", "url", "parent", "version", "owner", "kind", "name", "designator", "marking", "marking_state",
    "manufacturer", "part", "quantity", "date_code", "marked_country", "condition", "authenticity",
    "authenticity_test", "note", "published_text",
)  # fmt: skip
PICTURED = (
    "id", "url", "version", "owner", "component", "view", "caption", "sha256", "width", "height", "renditions",
)  # fmt: skip


def sheet(specimen):
    """(release dictionaries of its components in force with their `identifiers`, whether there are more)."""
    ids = list(
        Component.objects.filter(specimen=specimen, voided_at=None)
        .order_by("id")
        .values_list("pk", flat=True)[: MOST + 1]
    )
    rows = [components.SHAPE.nested(row) for row in components.SHAPE.rows(ids[:MOST])]
    numbers = {}
    found = ComponentIdentifier.objects.filter(component__specimen=specimen, voided_at=None).order_by("kind", "text")
    for component, kind, text, electronic in found.values_list("component_id", "kind_id", "text", "electronic"):
        numbers.setdefault(str(component), []).append({"kind": kind, "text": text, "electronic": electronic})
    told = [{name: row[name] for name in COLUMNS} | {"identifiers": numbers.get(str(row["id"]), [])} for row in rows]
    return told, len(ids) > MOST


def pictures(specimen):
    """What is shown of its photographs and its components', in their order."""
    found = Photo.objects.filter(specimen=specimen, voided_at=None).order_by("position", "id")
    ids = list(found.values_list("pk", flat=True)[:MOST_PHOTOGRAPHS])
    rows = [photos.SHAPE.nested(row) for row in photos.SHAPE.rows(ids)]
    return [{name: row[name] for name in PICTURED} for row in rows]
