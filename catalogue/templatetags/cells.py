"""The cells of tables, for templates: the same words and marks everywhere."""

from django import template
from django.utils.formats import number_format

from catalogue.web import cells, history_words
from catalogue.web.dates import said
from catalogue.web.labels import label

register = template.Library()
register.filter("tlp", cells.tlp)
register.filter("partly", cells.partly)
register.filter("mono", cells.mono)
register.filter("moment", cells.moment)
register.filter("reading", cells.reading)
register.filter("noun", history_words.record_called)
register.filter("fieldname", history_words.column_called)
register.filter("fieldvalue", history_words.value_read)


@register.filter
def grouped(number):
    """A number with the reader's thousands separator."""
    return "" if number is None else number_format(number, use_l10n=True, force_grouping=True)


@register.filter
def term(code, vocabulary):
    """A code of a vocabulary in the reader's language."""
    return label(vocabulary, code)


@register.filter
def inwords(edtf):
    """A partly known date as people read it."""
    return said(edtf) if edtf else ""
