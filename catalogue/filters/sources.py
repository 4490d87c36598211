"""Parameters of the sources list."""

import django_filters as df
from django.db.models import Q

from catalogue.models import Reliability, Source, SourceKind

from .base import After, Before, Codes, Common, RecordFilter, Terms


class SourceFilter(Common):
    q = df.CharFilter(method="anywhere", help_text="Title, publisher or address holds the text.")
    kind = Terms(model=SourceKind, field_name="kind_id")
    reliability = Codes(Reliability)
    publisher = df.CharFilter(lookup_expr="iexact")
    published_after = After(field_name="published")
    published_before = Before(field_name="published")
    derived_from = RecordFilter(model=Source, field_name="derived_from_id")

    class Meta:
        model = Source
        fields = []

    def anywhere(self, queryset, name, value):
        return queryset.filter(
            Q(title__icontains=value) | Q(publisher__icontains=value) | Q(url__icontains=value) | Q(slug=value)
        )
