"""Recovered examples of weapon systems. Only those of kind `single` are counted as specimens."""

from django.db.models import Case, F, Func, OuterRef, Q, TextField, When

from catalogue.models import (
    Authenticity,
    Component,
    Condition,
    CustodyEvent,
    Identification,
    IdentificationState,
    Review,
    Specimen,
    SpecimenCitation,
    SpecimenKind,
    SpecimenNumber,
    SpecimenNumberKind,
    SpecimenPlace,
)

from .claims import beside
from .shape import Shape, blank_is_null, citations_of, code, common, edtf, moment, rows, text, url_of, uuid, whole

NUMBERS = rows(
    SpecimenNumber.objects.filter(specimen=OuterRef("pk"), voided_at=None).order_by("kind", "text"),
    "Every number read on it; a group has several.",
    {
        "kind": code("kind", "What the number is.", choices=tuple(SpecimenNumberKind.values)),
        "text": text("text", "The number."),
    },
)

EXAMINER = Func(F("reviewed_by_id"), function="catalogue_examiner", output_field=TextField())


def passed(value):
    """`value` of a specimen that is reviewed; a review that sent it back says nothing to its readers."""
    return Case(When(review=Review.REVIEWED, then=value))


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
        "reviewed": {
            "at": moment(passed("reviewed_at"), "When a second person found it right; null until then.", null=True),
            "by": code(passed(EXAMINER), "Agency and examiner code of that person."),
        },
        "citations": citations_of(SpecimenCitation),
        **common(),
    },
)


def components_of(specimen):
    """Its component records in force."""
    return Component.objects.filter(specimen=specimen, voided_at=None)


def inventory(specimen, most):
    """[(component's id, depth)] of its first `most` component records as recorded, each after what it sits on.

    What sits on a record that is withdrawn, or beyond the first, stands at the top.
    """
    rows = dict(components_of(specimen).order_by("id").values_list("id", "parent_id")[:most])
    inside = {}
    for identifier, parent in rows.items():
        inside.setdefault(parent if parent in rows else None, []).append(identifier)
    found, waiting = [], [(identifier, 0) for identifier in reversed(inside.get(None, []))]
    while waiting:
        identifier, depth = waiting.pop()
        found.append((identifier, depth))
        waiting += [(child, depth + 1) for child in reversed(inside.get(identifier, []))]
    return found


def opinions(components):
    """{component's id: (confidence, basis)} of the accepted identification of its own agency, of components by id."""
    accepted = Identification.objects.filter(
        component__in=components, state=IdentificationState.ACCEPTED, owner=F("component__owner"), voided_at=None
    )
    said = accepted.order_by("id").values_list("component_id", "confidence", "basis_id")
    return {component: (confidence, basis) for component, confidence, basis in said}  # the one recorded last stands


def newest_made(specimen):
    """The component made last: the specimen was not put together before. None when none is dated.

    What pretends to be another part may pretend its date code too.
    """
    doubtful = (Authenticity.SUSPECTED_REMARK, Authenticity.COUNTERFEIT, Authenticity.RESURFACED)
    dated = components_of(specimen).filter(made_from__isnull=False).exclude(authenticity__in=doubtful)
    return dated.order_by("-made_from", "id").first()


def custody(specimen):
    """Who had it or a component of it, in the order in which it happened; voided events too, which stay to be seen."""
    events = CustodyEvent.objects.filter(specimen=specimen)
    return events.select_related("component", "audience").order_by("happened_at", "id")


def places(specimen):
    """The exact places of recovery that the reader may see."""
    return SpecimenPlace.objects.filter(specimen=specimen, voided_at=None).select_related("audience").order_by("id")


def claims(specimen):
    """What is said of it."""
    return beside(Q(specimen=specimen))
