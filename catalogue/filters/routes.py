"""Parameters of the routes list."""

import django_filters as df
from django.db.models import Q

from catalogue.models import (
    Component,
    Confidence,
    EvidenceStatus,
    Organisation,
    RouteEvidence,
    RouteLeg,
    RouteStep,
    SupplyRoute,
    WeaponSystem,
)
from catalogue.queries import legs, parts, routes
from catalogue.queries.search import called

from .base import Codes, Common, RecordFilter, key_of
from .words import KeyContains


class ComponentFilter(RecordFilter):
    """Routes that one of these components hangs on."""

    def filter(self, queryset, value):
        if not value:
            return queryset
        evidence = RouteEvidence.objects.filter(component__in=value, voided_at=None)
        return queryset.filter(pk__in=evidence.values("route"))


class OrganisationFilter(RecordFilter):
    """Routes with one of these organisations at an end, as carrier or bank of a leg, or as the plant."""

    def filter(self, queryset, value):
        if not value:
            return queryset
        touched = RouteLeg.objects.filter(legs.touching(value), voided_at=None)
        steps = RouteStep.objects.filter(leg__in=touched, voided_at=None)
        return queryset.filter(Q(pk__in=steps.values("route")) | Q(plant__in=value))


class RouteFilter(Common):
    system = RecordFilter(model=WeaponSystem, field_name="system_id")
    system_name = df.CharFilter(method="of_system", help_text="A name of the system holds the text, in any spelling.")
    plant = RecordFilter(model=Organisation, field_name="plant_id")
    part = df.CharFilter(method="of_part", help_text="A part number, however it is separated, or a part's id.")
    component = ComponentFilter(model=Component, field_name="pk", by="reference", help_text="A component's reference.")
    organisation = OrganisationFilter(
        model=Organisation, field_name="pk", help_text="Any end, carrier or bank of a leg, or the plant."
    )
    status = Codes(EvidenceStatus, method="of_status", help_text="Has a leg of this status.")
    confidence = Codes(Confidence)
    q = KeyContains(field_name="key", help_text="The title holds the text.")

    class Meta:
        model = SupplyRoute
        fields = []

    def of_system(self, queryset, name, value):
        return queryset.filter(system_id__in=called("systems", value))

    def of_part(self, queryset, name, value):
        return queryset.filter(pk__in=routes.with_parts(parts.called(value, key_of(value))))

    def of_status(self, queryset, name, value):
        steps = RouteStep.objects.filter(leg__status__in=value, leg__voided_at=None, voided_at=None)
        return queryset.filter(pk__in=steps.values("route"))
