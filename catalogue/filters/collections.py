"""Parameters of the lists of collections and of what is in them."""

import django_filters as df

from catalogue.models import Collection, CollectionItem, Component, Organisation, Part, Specimen, SupplyRoute

from .base import Common, RecordFilter


class CollectionFilter(Common):
    q = df.CharFilter(field_name="name", lookup_expr="icontains", help_text="The name holds the text.")

    class Meta:
        model = Collection
        fields = []


class CollectionItemFilter(Common):
    collection = RecordFilter(model=Collection, field_name="collection_id", by="id")
    component = RecordFilter(model=Component, field_name="component_id", by="reference")
    part = RecordFilter(model=Part, field_name="part_id", by="id")
    organisation = RecordFilter(model=Organisation, field_name="organisation_id")
    specimen = RecordFilter(model=Specimen, field_name="specimen_id", by="reference")
    route = RecordFilter(model=SupplyRoute, field_name="route_id")

    class Meta:
        model = CollectionItem
        fields = []
