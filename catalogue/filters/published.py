"""Parameters of the published records list."""

import django_filters as df
from django.db.models import Q

from catalogue.models import PublishedRecord, Source
from catalogue.queries.imports import published_by

from .base import Common, RecordFilter, key_of


class PublishedFilter(Common):
    source = RecordFilter(model=Source, field_name="source_id")
    source_id = df.CharFilter(field_name="entry_id", help_text="The publisher's own identifier of the entry.")
    q = df.CharFilter(method="anywhere", help_text="The text or the maker, as published, holds the text.")
    imported = df.UUIDFilter(method="of_import", help_text="Recorded or changed by this import of your agency.")
    recovered_in = df.CharFilter(lookup_expr="icontains", help_text="As published, holds the text.")

    class Meta:
        model = PublishedRecord
        fields = []

    def of_import(self, queryset, name, value):
        return queryset.filter(pk__in=published_by(value))

    def anywhere(self, queryset, name, value):
        wanted = key_of(value)
        if not wanted:
            return queryset.none()
        return queryset.filter(Q(text_key__contains=wanted) | Q(manufacturer__icontains=value.strip()))
