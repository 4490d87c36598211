"""Parameters of the organisations list."""

import django_filters as df
from django.db.models import F

from catalogue.models import Country, Organisation, OrganisationKind, Owned
from catalogue.queries import ownership
from catalogue.queries.resolve import firms_meant

from .base import Merging, Terms, one_of
from .words import KeyContains

BASES = [(ownership.PRINTED, "as printed"), (ownership.TODAY, "as owned today")]


class Called(KeyContains):
    """Finds what holds the text, and the maker that it means: "TI" is Texas Instruments."""

    def filter(self, queryset, value):
        found = super().filter(queryset, value)
        meant = [firm.pk for firm in firms_meant(value)] if value else []
        return found | queryset.filter(pk__in=meant) if meant else found


class OrganisationFilter(Merging):
    makers = df.ChoiceFilter(
        choices=BASES,
        method="on_basis",
        error_messages=one_of(BASES),
        help_text="printed: all. today: those alone that nobody else owns today, for which all they own stands in.",
    )
    q = Called(field_name="key", also=("names__key", "merged__key", "merged__names__key"))
    kind = Terms(model=OrganisationKind, field_name="kind_id")
    country = Terms(model=Country, field_name="country_id")

    class Meta:
        model = Organisation
        fields = []

    def on_basis(self, queryset, name, value):
        if value == ownership.PRINTED:
            return queryset
        now = ownership.today()
        others = Owned.objects.filter(from_day__lte=now, to_day__gt=now).exclude(owner=F("organisation"))
        return queryset.exclude(pk__in=list(others.values_list("organisation", flat=True)))
