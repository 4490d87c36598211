"""What firms, states and reports say of records: shown beside what it concerns, a denial beside what it denies."""

from django.db.models import Func, JSONField

from catalogue.models import Claim, ClaimCitation

from .shape import citations_of


def beside(concerned):
    """Claims that meet the condition `concerned`, the earliest first; `cited` are the places they stand at."""
    return (
        Claim.objects.filter(concerned, voided_at=None)
        .select_related("by_organisation", "leg")
        .annotate(cited=Func(citations_of(ClaimCitation).expression(), function="to_jsonb", output_field=JSONField()))
        .order_by("made_from", "id")
    )
