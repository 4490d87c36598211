"""What was found: the component list and one component with all that hangs on it."""

from functools import lru_cache

from django.db.models import Case, F, IntegerField, Q, TextField, Value, When
from django.db.models.functions import Coalesce

from catalogue.models import Authenticity, Basis, Component, ComponentKind, Grade, MarkingState, SupplyRoute

from . import ownership
from .shape import Shape, blank_is_null, code, common, edtf, text, url_of, uuid, whole

SHAPE = Shape(
    Component,
    {
        "id": uuid("id", "Identifier (UUIDv7)."),
        "reference": code("reference", "Readable reference; never changes."),
        "url": url_of("components", "reference"),
        "specimen": {
            "reference": code("specimen__reference", "The specimen it was found in."),
            "kind": code("specimen__kind", "single, group, or unspecified (a type only)."),
            "title": text("specimen__title", "The specimen as its publisher names it."),
        },
        "system": {
            "slug": code("specimen__system__slug", "The weapon system."),
            "name": text("specimen__system__name", "Its name."),
        },
        "parent": code("parent__reference", "The assembly or board it sits on."),
        "basis": code(
            "basis", "Whether the owner saw it or a published record reports it.", choices=tuple(Basis.values)
        ),
        "kind": code("kind", "assembly, board, part or material.", choices=tuple(ComponentKind.values)),
        "name": text("name", "What it is, in words."),
        "category": code("category_id", "Category code."),
        "label": text("label", "The bag's own label."),
        "designator": text("designator", "Reference designator on the board."),
        "marking": text("marking", "Exactly as read, line for line; ? for an unreadable character."),
        "marking_state": code("marking_state", "Whether a marking could be read.", choices=tuple(MarkingState.values)),
        "published_text": text("published_text", "What a published record says, verbatim; not a marking."),
        "manufacturer": {
            "slug": code("manufacturer__slug", "Maker by the accepted identification; null when not identified."),
            "name": text("manufacturer__name", "Its name."),
            "country": code("manufacturer__country_id", "Country of its seat, not of manufacture."),
        },
        "part": {
            "id": uuid("part_id", "The part type, by the accepted identification."),
            "number": text("part__number", "Its number."),
        },
        "quantity": whole("quantity", "Identical pieces this row stands for; null when not stated."),
        "date_code": text("date_code", "Date code as printed."),
        "made": edtf("made", "When it was made, by the chosen reading of its date code."),
        "marked_country": code("marked_country_id", "Country printed on the part."),
        "grade": code(blank_is_null("grade"), "Grade.", choices=(*Grade.values, None)),
        "authenticity": code(
            "authenticity", "Result of the authenticity examination.", choices=tuple(Authenticity.values)
        ),
        "authenticity_test": code("authenticity_test_id", "The test done."),
        "condition": text("condition", "Condition as found."),
        "note": text("note", "Note of the examiner."),
        "source_id": text("published_record__entry_id", "Identifier of the published record it comes from."),
        "source_url": text("published_record__url", "Address of that record."),
        **common(),
    },
)


def with_owner(basis):
    """SHAPE with `maker_owner`, who counts as the maker on a basis of ownership.BASES; SHAPE itself as printed."""
    return SHAPE if basis == ownership.PRINTED else owned_shape(basis, ownership.today())


@lru_cache(maxsize=8)
def owned_shape(basis, _day):
    """With the owner as of a day: the statements of a shape are kept, and hold it."""
    relation, _owner = ownership.owner(basis)

    def of(column):
        return Coalesce(F(f"owning__owner__{column}"), F(f"manufacturer__{column}"))

    said = {
        "slug": code(of("slug"), "Who counts as the maker on the basis asked for: its owner, or itself.", null=True),
        "name": text(of("name"), "Its name.", null=True),
        "country": code(of("country_id"), "Country of its seat.", null=True),
        "basis": code(Value(basis, output_field=TextField()), "made: as owned when the part was made; today: as now."),
    }
    fields = {}
    for name, spec in SHAPE.fields.items():
        fields |= {name: spec} | ({"maker_owner": said} if name == "manufacturer" else {})
    return Shape(Component, fields, {"owning": relation})


def opinions(component):
    """Identifications of the component that the reader may see: the accepted first, the newest first."""
    return (
        component.identifications.filter(voided_at=None)
        .select_related("manufacturer", "part", "made_by", "marked_as", "owner", "audience", "identified_by")
        .order_by(Case(When(state="accepted", then=0), default=1, output_field=IntegerField()), "-id")
    )


def readings(component):
    """Plausible readings of its date code, the chosen one first."""
    return component.date_readings.filter(voided_at=None).order_by(F("chosen_at").desc(nulls_last=True), "made_from")


def identifiers(component):
    """Serial, lot and other numbers of the piece, printed or read out."""
    return component.identifiers.filter(voided_at=None).select_related("kind").order_by("kind", "text")


def citations(component):
    """What supports or contradicts the record."""
    return component.citations.filter(voided_at=None).select_related("source").order_by("id")


def routes_of_part(component):
    """Supply routes on which the component's part, or the component itself, is evidence."""
    return SupplyRoute.objects.filter(
        Q(evidence__component=component) | Q(evidence__part=component.part_id, evidence__part__isnull=False),
        voided_at=None,
    ).distinct()
