"""What a second person says of a specimen."""

from django import forms
from django.utils.translation import gettext_lazy as _

from . import fields
from .base import SentForm


class ReviewForm(SentForm):
    """A remark, and which version was looked at."""

    remark = fields.lines(
        _("Remark"), help_text=_("Needed to send it back. It stays in the history, for all who may read the specimen.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    sections = [("", ["remark"])]
