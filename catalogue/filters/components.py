"""Parameters of the components list."""

import django_filters as df
from django.db.models import Q

from catalogue.models import (
    Authenticity,
    Basis,
    Component,
    ComponentKind,
    Country,
    Grade,
    MarkingState,
    Organisation,
    Part,
    PartNumber,
    Specimen,
    WeaponSystem,
)
from catalogue.queries import organisations, systems

from .base import After, Before, Codes, Common, KeyContains, RecordFilter, Terms, key_of


class ComponentFilter(Common):
    manufacturer = RecordFilter(model=Organisation, field_name="manufacturer_id")
    manufacturer_group = RecordFilter(model=Organisation, field_name="manufacturer_id", expand=organisations.group)
    system = RecordFilter(model=WeaponSystem, field_name="specimen__system_id")
    system_family = RecordFilter(model=WeaponSystem, field_name="specimen__system_id", expand=systems.family)
    specimen = RecordFilter(model=Specimen, field_name="specimen_id", by="reference")
    parent = RecordFilter(model=Component, field_name="parent_id", by="reference")
    part = df.CharFilter(method="of_part")
    marking = KeyContains(field_name="marking_key")
    q = df.CharFilter(method="anywhere")
    kind = Codes(ComponentKind)
    basis = Codes(Basis)
    marking_state = Codes(MarkingState)
    grade = Codes(Grade)
    authenticity = Codes(Authenticity)
    maker_country = Terms(model=Country, field_name="manufacturer__country_id")
    marked_country = Terms(model=Country, field_name="marked_country_id")
    recovered_after = After(field_name="specimen__recovered")
    recovered_before = Before(field_name="specimen__recovered")
    made_after = After(field_name="made")
    made_before = Before(field_name="made")
    source_id = df.CharFilter(field_name="published_record__entry_id")

    class Meta:
        model = Component
        fields = []

    def of_part(self, queryset, name, value):
        """Components identified as a part with exactly this number, however it is separated."""
        return queryset.filter(part_id__in=list(parts_numbered(key_of(value))))

    def anywhere(self, queryset, name, value):
        """Components whose marking, published text, reference, part number or maker holds the text."""
        wanted = key_of(value)
        if not wanted:
            return queryset.none()
        makers = Organisation.objects.filter(Q(key__contains=wanted) | Q(names__key__contains=wanted))
        parts = Part.objects.filter(Q(key__contains=wanted) | Q(numbers__key__contains=wanted))
        return queryset.filter(
            Q(marking_key__contains=wanted)
            | Q(published_key__contains=wanted)
            | Q(reference__iexact=value.strip())
            | Q(manufacturer_id__in=list(makers.values_list("id", flat=True)[:1000]))
            | Q(part_id__in=list(parts.values_list("id", flat=True)[:1000]))
        )


def parts_numbered(key):
    """Ids of the parts with a number of this comparison key."""
    if not key:
        return set()
    return set(Part.objects.filter(key=key).values_list("id", flat=True)) | set(
        PartNumber.objects.filter(key=key, voided_at=None).values_list("part_id", flat=True)
    )
