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
from catalogue.queries.search import called

from .base import After, Before, Codes, Common, RecordFilter, Terms
from .question import read
from .words import each_word, held


class SpecimenFilter(Common):
    system = RecordFilter(model=WeaponSystem, field_name="system_id")
    system_family = RecordFilter(
        model=WeaponSystem,
        field_name="system_id",
        expand=systems.family,
        help_text="The type with all its variants.",
    )
    system_name = df.CharFilter(method="of_system", help_text="A name of the system holds the text, in any spelling.")
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

    def of_system(self, queryset, name, value):
        return queryset.filter(system_id__in=called("systems", value))

    def anywhere(self, queryset, name, value):
        """Specimens whose reference, title, a number, or the name of their system holds the text, or each word."""
        return queryset.filter(each_word(read(value, fields=False).words, specimen_holds))


def specimen_holds(keys, word):
    """The condition that a specimen holds one word."""
    numbers = SpecimenNumber.objects.filter(held("key", keys), voided_at=None).values("specimen")
    aliases = SystemName.objects.filter(held("key", keys), voided_at=None).values("system")
    found = held("title_key", keys) | held("system__key", keys)
    return found | Q(reference__icontains=word.strip()) | Q(pk__in=numbers) | Q(system__in=aliases)
