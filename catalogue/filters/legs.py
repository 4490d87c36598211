"""Parameters of the legs list."""

import django_filters as df

from catalogue.models import (
    Country,
    EvidenceStatus,
    LegKind,
    Organisation,
    RouteLeg,
    RouteStep,
    SupplyRoute,
    TransportMode,
    Vessel,
)
from catalogue.queries import legs, parts

from .base import After, Before, Codes, Common, RecordFilter, Terms, key_of


class RouteFilter(RecordFilter):
    """Legs that serve one of these routes."""

    def filter(self, queryset, value):
        if not value:
            return queryset
        return queryset.filter(pk__in=RouteStep.objects.filter(route__in=value, voided_at=None).values("leg"))


class OrganisationFilter(RecordFilter):
    """Legs with one of these organisations at an end, or as carrier or bank."""

    def filter(self, queryset, value):
        return queryset.filter(legs.touching(value)) if value else queryset


class LegFilter(Common):
    route = RouteFilter(model=SupplyRoute, field_name="pk")
    organisation = OrganisationFilter(model=Organisation, field_name="pk", help_text="Any end, carrier or bank.")
    status = Codes(EvidenceStatus)
    kind = Codes(LegKind)
    part = df.CharFilter(method="of_part", help_text="A part number, however it is separated, or a part's id.")
    moved_after = After(field_name="moved")
    moved_before = Before(field_name="moved")
    country = Terms(
        model=Country,
        field_name="dispatch_country_id",
        also=("claimed_origin_id", "destination_country_id", "sender__country_id", "receiver__country_id"),
        help_text="Of dispatch, claimed origin, destination, or of the seat of an end.",
    )
    transport = Terms(model=TransportMode, field_name="transport_id")
    vessel = RecordFilter(model=Vessel, field_name="vessel_id")

    class Meta:
        model = RouteLeg
        fields = []

    def of_part(self, queryset, name, value):
        return queryset.filter(pk__in=legs.carrying(parts.called(value, key_of(value))))


# The words of the interface; `from` cannot be written as a name in Python.
LegFilter.base_filters["from"] = RecordFilter(model=Organisation, field_name="sender_id")
LegFilter.base_filters["to"] = RecordFilter(model=Organisation, field_name="receiver_id")
