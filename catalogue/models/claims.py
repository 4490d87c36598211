"""Statements with a figure, and denials, shown beside what they concern."""

from django.db import models
from django.db.models import Q

from .base import Handled, Words, edge, edtf, one_of, optional_text, remembered
from .organisations import Organisation
from .parts import Part
from .routes import RouteLeg, SupplyRoute
from .sources import Citation
from .specimens import Specimen, WeaponSystem
from .vocabularies import Country, maybe_term


class ClaimKind(Words):
    FIGURE = "figure", "показник", "Statement with a figure"
    ESTIMATE = "estimate", "оцінка", "Estimate, no count of what was found"
    STATEMENT = "statement", "твердження", "Statement"
    DENIAL = "denial", "заперечення", "Denial"
    DESCRIPTION = "description", "опис", "Described as"


@remembered
class Claim(Handled):
    """What a firm, a state or a report says of a record. "Front company" lives here: described by … as."""

    kind = models.TextField(choices=ClaimKind)
    text = models.TextField()
    by = models.TextField(help_text="Who says it, as the source names them.")
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="claims_made")
    made, made_from, made_to = edtf(), edge(), edge()
    numerator = optional_text()
    denominator = optional_text()
    unit = optional_text()
    counted_by = optional_text(help_text="What the figure counts by: brand, seat of the maker, country of dispatch.")
    country = maybe_term(Country)  # whose part the numerator is, by what it counts by
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="claims")
    system = models.ForeignKey(WeaponSystem, models.PROTECT, null=True, blank=True, related_name="claims")
    specimen = models.ForeignKey(Specimen, models.PROTECT, null=True, blank=True, related_name="claims")
    part = models.ForeignKey(Part, models.PROTECT, null=True, blank=True, related_name="claims")
    route = models.ForeignKey(SupplyRoute, models.PROTECT, null=True, blank=True, related_name="claims")
    leg = models.ForeignKey(RouteLeg, models.PROTECT, null=True, blank=True, related_name="claims")

    class Meta:
        constraints = [one_of("kind", ClaimKind), models.CheckConstraint(condition=~Q(by=""), name="claim_by_someone")]


@remembered
class ClaimCitation(Citation):
    """What supports or contradicts a claim."""

    record = models.ForeignKey(Claim, models.PROTECT, related_name="citations")
