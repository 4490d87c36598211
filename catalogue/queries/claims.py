"""What firms, states and reports say of records: shown beside what it concerns, a denial beside what it denies."""

from django.db.models import Func, JSONField

from catalogue.models import Claim, ClaimCitation, ClaimKind

from .shape import Shape, citations_of, code, common, edtf, text, url_of, uuid

SHAPE = Shape(
    Claim,
    {
        "id": uuid("id", "Identifier (UUIDv7)."),
        "url": url_of("claims", "id"),
        "kind": code("kind", "What kind of claim it is.", choices=tuple(ClaimKind.values)),
        "text": text("text", "What is said, in words."),
        "by": text("by", "Who says it, as the source names them."),
        "by_organisation": {
            "slug": code("by_organisation__slug", "The organisation that says it."),
            "name": text("by_organisation__name", "Its name."),
        },
        "made": edtf("made", "When it was said."),
        "numerator": text("numerator", "The figure as published; not always a number."),
        "denominator": text("denominator", "Of how many, as published."),
        "unit": text("unit", "What the figure counts."),
        "counted_by": text("counted_by", "By what it counts: brand, seat of the maker, country of dispatch."),
        "country": code("country_id", "Whose part the numerator is (ISO 3166-1 alpha-2)."),
        "system": {
            "slug": code("system__slug", "The weapon system it is about; null where it is about all, or another."),
            "name": text("system__name", "Its name."),
        },
        "organisation": {
            "slug": code("organisation__slug", "The organisation it is about."),
            "name": text("organisation__name", "Its name."),
        },
        "specimen": {"reference": code("specimen__reference", "The specimen it is about.")},
        "part": {
            "id": uuid("part_id", "The part it is about."),
            "number": text("part__number", "Its number."),
        },
        "route": {
            "slug": code("route__slug", "The supply route it is about."),
            "title": text("route__title", "Its title."),
        },
        "leg": {"reference": code("leg__reference", "The leg it is about.")},
        "citations": citations_of(ClaimCitation),
        **common(),
    },
)


def beside(concerned):
    """Claims that meet the condition `concerned`, the earliest first; `cited` are the places they stand at."""
    return (
        Claim.objects.filter(concerned, voided_at=None)
        .select_related("by_organisation", "leg")
        .annotate(cited=Func(citations_of(ClaimCitation).expression(), function="to_jsonb", output_field=JSONField()))
        .order_by("made_from", "id")
    )
