"""Lists that are kept by name, and records that are gathered by hand."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.actions.keeping import keeps
from catalogue.filters.base import BadParameter
from catalogue.filters.searches import count
from catalogue.models import Collection

from . import fields
from .base import RecordForm, SentForm


class SavedSearchForm(RecordForm):
    """A list as it is narrowed, under a name."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    note = fields.lines(gettext_lazy("Note"))
    noun = fields.WordChoice("searched-nouns", label=gettext_lazy("List"), required=True)
    query = fields.text(
        gettext_lazy("What narrows it"), widget=forms.TextInput(attrs={"class": "mono"}),
        help_text=gettext_lazy("The part of the list's address after the question mark."),
    )  # fmt: skip
    wide = frozenset({"name", "query"})
    sections = [
        (gettext_lazy("The search"), ["name", "note"]),
        (gettext_lazy("What it asks"), ["noun", "query"]),
    ]

    def clean(self):
        found = super().clean()
        if found.get("noun"):
            try:
                count(found["noun"], found.get("query", "").removeprefix("?"))
            except BadParameter as bad:
                self.add_error("query", bad.sentence)
        return found


class CollectionForm(RecordForm):
    """A collection by its name."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    note = fields.lines(gettext_lazy("What it is for"))
    wide = frozenset({"name"})
    sections = [(gettext_lazy("The collection"), ["name", "note"])]


class GatherForm(SentForm):
    """Into which collection records are gathered: one of the own agency, or a new one."""

    collection = forms.ChoiceField(label=gettext_lazy("Collection"), required=False)
    name = fields.text(gettext_lazy("Or begin a new one"), max_length=200, help_text=gettext_lazy("Its name."))
    note = fields.lines(gettext_lazy("Note on what is gathered"))
    sections = [(gettext_lazy("Where to"), ["collection", "name", "note"])]

    def __init__(self, *args, viewer, **options):
        super().__init__(*args, viewer=viewer, **options)
        own = Collection.objects.filter(owner_id=viewer.agency, voided_at=None).select_related("audience")
        own = [one for one in own.order_by("-updated_at")[:100] if keeps(one, viewer)]
        self.fields["collection"].choices = [("", _("a new one")), *((str(one.pk), one.name) for one in own)]

    def clean(self):
        found = super().clean()
        if bool(found.get("collection")) == bool(found.get("name")):
            self.add_error("name", _("Choose a collection, or give a new one its name; one of them."))
        return found
