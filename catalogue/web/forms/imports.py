"""A file of published records, and who may read what is recorded from it."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.models import Level

from . import fields
from .base import SentForm


class ImportForm(SentForm):
    """A CSV file to import, and the handling of all that is recorded from it."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        help_text=gettext_lazy("CSV in UTF-8, up to 50 MB, with a header line."),
    )
    handling = fields.LevelChoice(label=gettext_lazy("Who may read what is recorded from it"))
    wide = frozenset({"file"})
    sections = [("", ["file", "handling"])]

    def __init__(self, data=None, files=None, *, viewer, **options):
        super().__init__(data, files=files, viewer=viewer, initial={"handling": int(Level.STRICT)}, **options)
        self.fields["handling"].allow([level for level in Level if level <= viewer.ceiling])
        self.fields["file"].error_messages["empty"] = _("This file is empty; choose another.")

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > settings.IMPORT_MAX_BYTES:
            most = settings.IMPORT_MAX_BYTES // 2**20
            raise forms.ValidationError(
                _("%(file)s is larger than %(most)d MB; split it and import the pieces.")
                % {"file": file.name, "most": most}
            )
        return file
