"""Sources: documents that records rest on."""

from django import forms
from django.utils.translation import gettext_lazy as _

from . import fields
from .base import RecordForm


class SourceForm(RecordForm):
    """A document, with its reliability (Admiralty code) and rights."""

    title = forms.CharField(label=_("Title"))
    kind = fields.TermChoice("source-kinds", label=_("Kind"), required=True)
    publisher = fields.text(_("Publisher"))
    url = forms.URLField(label=_("Address"), required=False, assume_scheme="https")
    archive_url = forms.URLField(label=_("Archived address"), required=False, assume_scheme="https")
    language = fields.text(_("Language"), max_length=35, help_text=_("As a code: en, uk, zh."))
    published = fields.date(_("Published"))
    accessed = forms.DateField(
        label=_("Read on"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    reliability = fields.WordChoice(
        "reliability", label=_("Reliability of the source"), initial="F", help_text=_("Admiralty code A to F.")
    )
    rights = fields.text(_("Rights"), help_text=_("Licence or terms under which it may be passed on."))
    derived_from = fields.source(
        label=_("Repeats"), required=False, help_text=_("The document it repeats, so that both count once.")
    )
    note = fields.lines(_("Note"))
    wide = frozenset({"title"})
    sections = [
        (_("The document"), ["title", "kind", "publisher", "url", "archive_url", "language", "published", "accessed"]),
        (_("Weight and rights"), ["reliability", "derived_from", "rights", "note"]),
    ]
