"""Legs of supply routes: one edge each, with what it carried and how it is known."""

from django.db.models import OuterRef, Q

from catalogue.models import EvidenceStatus, GoodsKind, GoodsLine, LegCitation, LegKind, RouteLeg, RouteStep

from .shape import Shape, citations_of, code, common, decimal, edtf, flag, rows, text, url_of, uuid, whole


def end(side, path=""):
    """One end of a leg: an organisation, or what is known of one. Never null: a gap is a finding."""
    name = f"{path}{side}"
    return {
        "identified": flag(Q(**{f"{name}__isnull": False}), "Whether the organisation is known.", null=False),
        "slug": code(f"{name}__slug", "The organisation; null when it is not known."),
        "name": text(f"{name}__name", "Its name."),
        "country": code(f"{name}__country_id", "Country of its seat."),
        "known": text(f"{name}_known", "What is known of an unknown end."),
        "role": code(f"{name}_role_id", "What it does at this end."),
    }


def hs(path, meaning):
    return {"version": whole(f"{path}__version", meaning), "code": code(f"{path}__code", "Its code there.")}


GOODS = rows(
    GoodsLine.objects.filter(leg=OuterRef("pk"), voided_at=None).order_by("id"),
    "What it carried: as declared, and as it was. The two may differ, and that is the finding.",
    {
        "text": text("text", "What it was, in words."),
        "kind": code(
            "goods__kind",
            "part, material, machine, vehicle, service, technology.",
            choices=(*GoodsKind.values, None),
        ),
        "name": text("goods__name", "What the goods are called."),
        "cas": code("goods__cas", "CAS registry number of a material."),
        "part": {
            "id": uuid("goods__part_id", "The part type."),
            "number": text("goods__part__number", "Its number."),
            "manufacturer": code("goods__part__manufacturer__slug", "Its maker."),
        },
        "declared_as": text("declared_as", "As declared."),
        "declared_hs": hs("declared_hs", "Edition of the Harmonised System, as declared."),
        "actual_hs": hs("actual_hs", "Edition of the Harmonised System, as it was."),
        "chpl_tier": text("chpl_tier", "Tier of the Common High Priority List at the time."),
        "quantity": decimal("quantity", "How much."),
        "unit": code("unit_id", "UN/ECE Recommendation 20."),
        "value": decimal("value", "Its value."),
        "currency": code("currency_id", "ISO 4217."),
    },
)
ROUTES = rows(
    RouteStep.objects.filter(leg=OuterRef("pk"), voided_at=None, route__voided_at=None).order_by("route__slug"),
    "The routes it serves.",
    {"slug": code("route__slug", "The route."), "position": whole("position", "Its place in that route.")},
)

SHAPE = Shape(
    RouteLeg,
    {
        "id": uuid("id", "Identifier (UUIDv7)."),
        "reference": code("reference", "Readable reference; never changes."),
        "url": url_of("legs", "reference"),
        "kind": code("kind", "What moves: goods, money, ownership …", choices=tuple(LegKind.values)),
        "status": code(
            "status",
            "How it is known; only documented legs are drawn solid.",
            choices=tuple(EvidenceStatus.values),
        ),
        "from": end("sender"),
        "to": end("receiver"),
        "dispatch_country": code("dispatch_country_id", "Country of dispatch."),
        "claimed_origin": code("claimed_origin_id", "Country of origin as claimed at customs."),
        "destination_country": code("destination_country_id", "Country of destination."),
        "moved": edtf("moved", "When it moved."),
        "moved_text": text("moved_text", "The date as the source words it."),
        "transport": code("transport_id", "UN/ECE Recommendation 19."),
        "carrier": {
            "slug": code("carrier__slug", "Who carried it."),
            "name": text("carrier__name", "Its name."),
        },
        "vessel": {
            "slug": code("vessel__slug", "The ship."),
            "name": text("vessel__name", "Its name."),
            "imo": code("vessel__imo", "IMO number."),
        },
        "flight": text("flight", "Flight number."),
        "consignment": text("consignment", "Number of the bill of lading, air waybill or declaration."),
        "bank": {
            "slug": code("bank__slug", "The bank that paid."),
            "name": text("bank__name", "Its name."),
        },
        "amount": decimal("amount", "Money moved."),
        "currency": code("currency_id", "ISO 4217."),
        "note": text("note", "Note."),
        "goods": GOODS,
        "routes": ROUTES,
        "citations": citations_of(LegCitation),
        **common(),
    },
)


def touching(organisations):
    """What a leg must meet to have one of `organisations` (ids) at an end, or as its carrier or bank."""
    return (
        Q(sender__in=organisations)
        | Q(receiver__in=organisations)
        | Q(carrier__in=organisations)
        | Q(bank__in=organisations)
    )


def carrying(parts):
    """Legs with a goods line that names one of `parts` (ids)."""
    return GoodsLine.objects.filter(goods__part__in=parts, voided_at=None, goods__voided_at=None).values("leg")
