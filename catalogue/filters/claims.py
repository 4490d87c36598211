"""Parameters of the list of claims."""

import django_filters as df

from catalogue.models import Claim, ClaimKind, Country, Organisation, Part, Specimen, SupplyRoute, WeaponSystem

from .base import After, Before, Codes, Common, RecordFilter, Terms


class ClaimFilter(Common):
    kind = Codes(ClaimKind)
    q = df.CharFilter(field_name="text", lookup_expr="icontains", help_text="Held by what is said.")
    by = df.CharFilter(lookup_expr="icontains", help_text="Held by who says it.")
    country = Terms(model=Country, field_name="country_id")
    system = RecordFilter(model=WeaponSystem, field_name="system_id")
    organisation = RecordFilter(model=Organisation, field_name="organisation_id")
    specimen = RecordFilter(model=Specimen, field_name="specimen_id", by="reference")
    part = RecordFilter(model=Part, field_name="part_id", by="id")
    route = RecordFilter(model=SupplyRoute, field_name="route_id")
    made_after = After(field_name="made")
    made_before = Before(field_name="made")

    class Meta:
        model = Claim
        fields = []
