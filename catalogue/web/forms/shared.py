"""Lines that several nouns have: names and citations."""

from django import forms
from django.utils.translation import gettext_lazy as _

from . import fields
from .base import Line, lines_of


class NameLine(Line):
    """One further name."""

    text = forms.CharField(label=_("Name"))
    kind = fields.WordChoice("name-kinds", label=_("Kind"), initial="alias")
    language = fields.text(_("Language"), max_length=35, help_text=_("As a code: en, uk, zh."))
    script = fields.text(_("Script"), max_length=4, help_text=_("As a code: Latn, Cyrl, Hans."))


class CitationLine(Line):
    """The place in a source that supports or contradicts the record."""

    source = fields.source(label=_("Source"))
    stance = fields.WordChoice("stance", label=_("Stance"), initial="supports")
    credibility = fields.WordChoice("credibility", label=_("Credibility"), initial="6")
    locator = fields.text(_("Place in it"), help_text=_("Page, paragraph, address or row."))
    quote = fields.text(_("Words of the source"))
    note = fields.text(_("Note"))
    wide = frozenset({"source", "quote"})


NAMES = lines_of(
    NameLine,
    label=_("Further names"),
    button=_("Add a name"),
    explained=_("Official, former, transliterated, abbreviated, as published. The name above is not repeated."),
)
CITATIONS = lines_of(
    CitationLine,
    label=_("Citations"),
    button=_("Add a citation"),
    explained=_("What supports or contradicts this record. Contradictions stay side by side."),
)
