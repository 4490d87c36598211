"""Suspected supply routes, with their legs in order, what hangs on them, and what is said for and against."""

from django.db.models import OuterRef, Q, TextField, Value

from catalogue.models import (
    Confidence,
    EvidenceStatus,
    GoodsLine,
    LegKind,
    Part,
    RouteCitation,
    RouteEvidence,
    RouteStep,
    SupplyRoute,
)

from .claims import beside
from .legs import carrying, end
from .shape import Shape, blank_is_null, citations_of, code, common, rows, text, url_of, uuid, whole
from .statements import ROUTE


def steps():
    """Steps in force of the route in the outer query."""
    return RouteStep.objects.filter(route=OuterRef("pk"), voided_at=None, leg__voided_at=None)


LEGS = rows(
    steps().order_by("position", "leg__reference"),
    "Its legs, in order of position.",
    {
        "reference": code("leg__reference", "The leg."),
        "position": whole("position", "Its place; legs beside each other share one."),
        "kind": code("leg__kind", "What moves.", choices=tuple(LegKind.values)),
        "status": code("leg__status", "How it is known.", choices=tuple(EvidenceStatus.values)),
        "from": end("sender", "leg__"),
        "to": end("receiver", "leg__"),
    },
)


def parts_on(route):
    """Ids of the parts that hang on `route` (an OuterRef): as evidence, or among the goods of its legs."""
    shown = RouteEvidence.objects.filter(route=route, part__isnull=False, voided_at=None).values("part")
    legs = RouteStep.objects.filter(route=OuterRef(route), voided_at=None, leg__voided_at=None).values("leg")
    moved = GoodsLine.objects.filter(
        leg__in=legs, goods__part__isnull=False, voided_at=None, goods__voided_at=None
    ).values("goods__part")
    return shown.union(moved)


PARTS = rows(
    Part.objects.filter(pk__in=parts_on(OuterRef(OuterRef("pk"))), voided_at=None).order_by("number", "id"),
    "Part types that hang on it: as evidence, or among the goods of its legs.",
    {
        "id": uuid("id", "The part type."),
        "number": text("number", "Its number."),
        "manufacturer": code("manufacturer__slug", "Its maker."),
    },
)
EVIDENCE = RouteEvidence.objects.filter(route=OuterRef("pk"), voided_at=None)

SHAPE = Shape(
    SupplyRoute,
    {
        "id": uuid("id", "Identifier (UUIDv7)."),
        "slug": code("slug", "Readable identifier; never changes."),
        "url": url_of("routes", "slug"),
        "title": text("title", "Its title."),
        "summary": text("summary", "In neutral words."),
        "statement": text(Value(ROUTE, output_field=TextField()), "What a route does not show.", null=False),
        "system": {
            "slug": code("system__slug", "The weapon system it is suspected to lead to."),
            "name": text("system__name", "Its name."),
        },
        "plant": {
            "slug": code("plant__slug", "The plant it is suspected to lead to."),
            "name": text("plant__name", "Its name."),
        },
        "confidence": code(blank_is_null("confidence"), "ICD 203.", choices=(*Confidence.values, None)),
        "alternative": text("alternative", "What else could explain it."),
        "legs": LEGS,
        "evidence": rows(
            EVIDENCE.order_by("id"),
            "Parts and components that hang on it, and why.",
            {
                "part": {
                    "id": uuid("part_id", "The part type."),
                    "number": text("part__number", "Its number."),
                    "manufacturer": code("part__manufacturer__slug", "Its maker."),
                },
                "component": code("component__reference", "The component."),
                "why": text("why", "Why it hangs on this route."),
            },
        ),
        "parts": PARTS,
        "components": rows(
            EVIDENCE.filter(component__isnull=False, component__voided_at=None).order_by("component__reference"),
            "Components that hang on it.",
            {"reference": code("component__reference", "The component.")},
        ),
        "citations": citations_of(RouteCitation),
        **common(),
    },
)


def parts_of(routes):
    """Ids of the parts that hang on one of `routes` (ids)."""
    legs = RouteStep.objects.filter(route__in=routes, voided_at=None, leg__voided_at=None).values("leg")
    moved = GoodsLine.objects.filter(
        leg__in=legs, goods__part__isnull=False, voided_at=None, goods__voided_at=None
    ).values_list("goods__part", flat=True)
    shown = RouteEvidence.objects.filter(route__in=routes, part__isnull=False, voided_at=None)
    return set(shown.values_list("part", flat=True).union(moved))


def with_parts(parts):
    """Ids of the routes that one of `parts` (ids) hangs on."""
    moved = RouteStep.objects.filter(leg__in=carrying(parts), leg__voided_at=None, voided_at=None)
    shown = RouteEvidence.objects.filter(part__in=parts, voided_at=None).values_list("route", flat=True)
    return set(shown.union(moved.values_list("route", flat=True)))


def steps_of(route):
    """(leg id, position, sender id, receiver id) of its legs in force, in order."""
    found = RouteStep.objects.filter(route=route, voided_at=None, leg__voided_at=None).order_by(
        "position", "leg__reference"
    )
    return list(found.values_list("leg_id", "position", "leg__sender_id", "leg__receiver_id"))


def evidence_of(route):
    """Parts and components that hang on it, each with its maker, and why."""
    return (
        RouteEvidence.objects.filter(route=route, voided_at=None)
        .select_related("part__manufacturer", "component__manufacturer")
        .order_by("id")
    )


def claims(route, legs):
    """What is said of the route or of one of its `legs` (ids)."""
    return beside(Q(route=route) | Q(leg__in=legs))
