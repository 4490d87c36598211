"""Parameters of the organisations list."""

import django_filters as df

from catalogue.models import Country, Organisation

from .base import Common, KeyContains


class OrganisationFilter(Common):
    q = KeyContains(field_name="key", also=("names__key",))
    kind = df.CharFilter(field_name="kind_id")
    country = df.ModelMultipleChoiceFilter(queryset=Country.objects.all(), field_name="country_id")

    class Meta:
        model = Organisation
        fields = []
