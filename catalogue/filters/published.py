"""Parameters of the published records list."""

import django_filters as df
from django.db.models import Q

from catalogue.models import PublishedRecord, Source
from catalogue.queries.imports import published_by

from .base import Common, RecordFilter
from .question import read
from .words import each_word, held


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
        """Records whose text or maker, as published, holds the text, or each word."""
        return queryset.filter(each_word(read(value, fields=False).words, record_holds))


def record_holds(keys, word):
    """The condition that a published record holds one word."""
    return held("text_key", keys) | Q(manufacturer__icontains=word.strip())
