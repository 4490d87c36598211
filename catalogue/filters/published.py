"""Parameters of the published records list."""

import django_filters as df
from django.db.models import Q

from catalogue.models import PublishedRecord, Source

from .base import Common, RecordFilter, key_of


class PublishedFilter(Common):
    source = RecordFilter(model=Source, field_name="source_id")
    source_id = df.CharFilter(field_name="entry_id", help_text="The publisher's own identifier of the entry.")
    q = df.CharFilter(method="anywhere", help_text="The text or the maker, as published, holds the text.")
    recovered_in = df.CharFilter(lookup_expr="icontains", help_text="As published, holds the text.")

    class Meta:
        model = PublishedRecord
        fields = []

    def anywhere(self, queryset, name, value):
        wanted = key_of(value)
        if not wanted:
            return queryset.none()
        return queryset.filter(Q(text_key__contains=wanted) | Q(manufacturer__icontains=value.strip()))
