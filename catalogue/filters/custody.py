"""Parameters of the list of custody events."""

import django_filters as df

from catalogue.models import Component, CustodyEvent, CustodyKind, Specimen

from .base import Codes, Common, MomentFilter, RecordFilter


class CustodyFilter(Common):
    specimen = RecordFilter(model=Specimen, field_name="specimen_id", by="reference")
    component = RecordFilter(model=Component, field_name="component_id", by="reference")
    kind = Codes(CustodyKind)
    seals = df.CharFilter(field_name="seals", lookup_expr="icontains", help_text="Seal numbers hold this.")
    happened_after = MomentFilter(field_name="happened_at", lookup_expr="gte")
    happened_before = MomentFilter(field_name="happened_at", lookup_expr="lt")

    class Meta:
        model = CustodyEvent
        fields = []
