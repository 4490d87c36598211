"""Parameters of the organisations list."""

from catalogue.models import Country, Organisation, OrganisationKind

from .base import Common, Terms
from .words import KeyContains


class OrganisationFilter(Common):
    q = KeyContains(field_name="key", also=("names__key",))
    kind = Terms(model=OrganisationKind, field_name="kind_id")
    country = Terms(model=Country, field_name="country_id")

    class Meta:
        model = Organisation
        fields = []
