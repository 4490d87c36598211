"""Photographs and other files: sending them in bulk, and what a file is."""

from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue.models import FileKind, Level

from . import fields
from .base import AmendingForm, RecordForm
from .photos import Files, FilesField


class AnyFiles(FilesField):
    """One or more files of any kind."""

    widget = Files()


class BulkForm(AmendingForm):
    """Files to send, with what they have in common."""

    files = AnyFiles(
        label=_("Photographs, a ZIP of them, or other files"),
        help_text=_(
            "JPEG, PNG, WebP, HEIC or TIFF up to 100 MB each. A ZIP may hold manifest.csv with the columns file, "
            "specimen, item label, view, caption."
        ),
        allow_empty_file=True,  # refused by itself, as any other, so that the rest is taken
    )
    kind = fields.WordChoice(
        "file-kinds",
        label=_("What they are"),
        empty=_("Photographs"),
        help_text=_("Other files are kept as they are and only ever downloaded, an archive too."),
    )
    view = fields.TermChoice("photo-views", label=_("View"), initial="overview")
    component = fields.component(
        label=_("Component"), required=False, within="specimen", help_text=_("Empty if they show the whole specimen.")
    )
    match = forms.BooleanField(
        label=_("Match names of files with labels and designators: U12_top.jpg is of U12"), required=False, initial=True
    )
    caption = fields.text(_("Caption"))
    handling = fields.LevelChoice(label=_("Who may read them"), required=False)
    specimen = forms.CharField(widget=forms.HiddenInput, required=False)  # what the search is kept to
    sections = [("", ["files", "kind", "view", "component", "match", "caption"])]

    def __init__(self, data=None, files=None, *, viewer, specimen, initial=None, **options):
        begun = {"handling": int(Level.STRICT), "specimen": specimen.reference} | (initial or {})
        super().__init__(data, files=files, viewer=viewer, initial=begun, specimen=specimen, **options)
        least = Level.CLEAR if viewer.may("widen") else Level.STRICT
        self.fields["handling"].allow([level for level in Level if level >= least])

    def told(self):
        """The columns of an upload that say what is sent."""
        typed = self.cleaned_data
        handling = {} if typed["handling"] in ("", None) else {"handling": int(typed["handling"])}
        columns = {name: typed[name] for name in ("kind", "view", "component", "match", "caption")}
        return columns | handling | self.why()


class FileForm(RecordForm):
    """What a file is; its bytes stay."""

    kind = fields.WordChoice("file-kinds", label=_("Kind"), initial=FileKind.OTHER)
    title = fields.text(_("Title"))
    component = fields.component(
        label=_("Component"), required=False, within="specimen", help_text=_("Empty if it is about the whole specimen.")
    )
    specimen = forms.CharField(widget=forms.HiddenInput, required=False)
    sections = [(_("What it is"), ["kind", "component", "title"])]
    wide = frozenset({"title"})

    @classmethod
    def of(cls, record):
        return super().of(record) | {"specimen": record.specimen.reference}
