"""Why records are merged or separated, and which record stands for another."""

from django.utils.translation import gettext_lazy as _

from catalogue.models import Organisation, Part

from . import fields
from .base import SentForm


class ReasonForm(SentForm):
    """Why it is done."""

    reason = fields.lines(
        _("Reason"), rows=2, required=True, help_text=_("It stands in the history of each record that is moved.")
    )
    sections = [("", ["reason"])]


class IntoOrganisation(SentForm):
    """Which organisation stands for the one that is merged."""

    into = fields.RecordChoice(Organisation, "organisations", label=_("The organisation that stands for it"))
    sections = [("", ["into"])]


class IntoPart(SentForm):
    """Which part stands for the one that is merged."""

    into = fields.RecordChoice(Part, "parts", label=_("The part that stands for it"))
    sections = [("", ["into"])]


INTO = {"organisations": IntoOrganisation, "parts": IntoPart}
