"""Parameters of the components list."""

import django_filters as df
from django.db import connection
from django.db.models import BooleanField, F, Func, Q, Value

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
from catalogue.queries.standing import one_with

from .base import After, Before, Codes, KeyContains, RecordFilter, Terms, key_of
from .makers import OfMakers


class ComponentFilter(OfMakers):
    manufacturer = RecordFilter(model=Organisation, field_name="manufacturer_id", method="of_maker")
    manufacturer_group = RecordFilter(model=Organisation, field_name="manufacturer_id", expand=organisations.group)
    system = RecordFilter(model=WeaponSystem, field_name="specimen__system_id")
    system_family = RecordFilter(model=WeaponSystem, field_name="specimen__system_id", expand=systems.family)
    specimen = RecordFilter(model=Specimen, field_name="specimen_id", by="reference")
    parent = RecordFilter(model=Component, field_name="parent_id", by="reference")
    part = df.CharFilter(method="of_part")
    marking = KeyContains(field_name="marking_key")
    q = df.CharFilter(
        method="anywhere",
        help_text="Held by marking, published text, name, part number or maker; or the reference or designator.",
    )
    kind = Codes(ComponentKind)
    basis = Codes(Basis)
    marking_state = Codes(MarkingState)
    grade = Codes(Grade)
    authenticity = Codes(Authenticity)
    maker_country = Terms(model=Country, field_name="manufacturer_id", method="of_country")
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
        """Components whose marking, published text, name, part number or maker holds the text, or that it names.

        Every alternative has an index and is leakproof: one that were not would have all rows read.
        """
        wanted = key_of(value)
        if not wanted:
            return queryset.none()
        literal = connection.ops.prep_for_like_query(value.strip())
        makers = Organisation.objects.filter(Q(key__contains=wanted) | Q(names__key__contains=wanted))
        parts = Part.objects.filter(Q(key__contains=wanted) | Q(numbers__key__contains=wanted))
        return queryset.filter(
            Q(marking_key__contains=wanted)
            | Q(published_key__contains=wanted)
            | Q(reference=value.strip().upper())
            | Q(like("name", f"%{literal}%"))
            | Q(like("designator", literal))
            | Q(manufacturer_id__in=list(makers.values_list("id", flat=True)[:1000]))
            | Q(part_id__in=list(parts.values_list("id", flat=True)[:1000]))
        )


def like(column, pattern):
    """`column` ILIKE `pattern`. Django's own icontains compares capitals, of which there is no index."""
    return Func(
        F(column), Value(pattern), arg_joiner=" ILIKE ", template="%(expressions)s", output_field=BooleanField()
    )


def parts_numbered(key):
    """Ids of the parts with a number of this comparison key, and of those that are one with them by a merge."""
    if not key:
        return set()
    found = set(Part.objects.filter(key=key).values_list("id", flat=True))
    found |= set(PartNumber.objects.filter(key=key, voided_at=None).values_list("part_id", flat=True))
    return one_with(Part, found) if found else found
