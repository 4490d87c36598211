"""Photographs: sending them, and what they show."""

from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue.models import Level

from . import fields
from .base import AmendingForm, RecordForm


class Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or more files."""

    widget = Files(attrs={"accept": "image/*,.heic,.heif,.tif,.tiff"})

    def clean(self, data, initial=None):
        clean = super().clean
        return [clean(file, initial) for file in data] if isinstance(data, list | tuple) and data else [clean(None)]


class UploadForm(AmendingForm):
    """Photographs to take into evidence, with what they have in common."""

    files = FilesField(label=_("Photographs"), help_text=_("JPEG, PNG, WebP, HEIC or TIFF, up to 100 MB each."))
    view = fields.TermChoice("photo-views", label=_("View"), initial="overview")
    caption = fields.text(_("Caption"))
    handling = fields.LevelChoice(label=_("Who may read them"), required=False)
    sections = [("", ["files", "view", "caption"])]

    def __init__(self, data=None, files=None, *, viewer, **options):
        super().__init__(data, files=files, viewer=viewer, initial={"handling": int(Level.STRICT)}, **options)
        least = Level.CLEAR if viewer.may("widen") else Level.STRICT
        self.fields["handling"].allow([level for level in Level if level >= least])


class PhotoForm(RecordForm):
    """What a photograph shows; its bytes stay."""

    view = fields.TermChoice("photo-views", label=_("View"), initial="overview")
    caption = fields.text(_("Caption"))
    component = fields.component(
        label=_("Component"), required=False, within="specimen", help_text=_("Empty if it shows the whole specimen.")
    )
    specimen = forms.CharField(widget=forms.HiddenInput, required=False)  # what the search is kept to
    sections = [(_("What it shows"), ["view", "component", "caption"])]
    wide = frozenset({"caption"})

    @classmethod
    def of(cls, record):
        return super().of(record) | {"specimen": record.specimen.reference}
