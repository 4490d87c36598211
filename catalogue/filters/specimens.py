"""Parameters of the specimens list."""

import django_filters as df
from django.db.models import Q

from catalogue.models import (
    Condition,
    Country,
    Review,
    Specimen,
    SpecimenKind,
    SpecimenNumber,
    SystemName,
    WeaponSystem,
)
from catalogue.queries import systems

from .base import After, Before, Codes, Common, RecordFilter, Terms, key_of


class SpecimenFilter(Common):
    system = RecordFilter(model=WeaponSystem, field_name="system_id")
    system_family = RecordFilter(
        model=WeaponSystem,
        field_name="system_id",
        expand=systems.family,
        help_text="The type with all its variants.",
    )
    kind = Codes(SpecimenKind)
    q = df.CharFilter(method="anywhere", help_text="Reference, title, a number, or the system's name holds the text.")
    recovered_after = After(field_name="recovered")
    recovered_before = Before(field_name="recovered")
    produced_after = After(field_name="produced")
    produced_before = Before(field_name="produced")
    country = Terms(model=Country, field_name="country_id")
    condition = Codes(Condition)
    review = Codes(Review)

    class Meta:
        model = Specimen
        fields = []

    def anywhere(self, queryset, name, value):
        """Specimens whose reference, title, a number, or the name of their system holds the text."""
        wanted = key_of(value)
        if not wanted:
            return queryset.none()
        numbers = SpecimenNumber.objects.filter(key__contains=wanted, voided_at=None).values("specimen")
        aliases = SystemName.objects.filter(key__contains=wanted, voided_at=None).values("system")
        return queryset.filter(
            Q(reference__icontains=value.strip())
            | Q(title_key__contains=wanted)
            | Q(pk__in=numbers)
            | Q(system__key__contains=wanted)
            | Q(system__in=aliases)
        )
