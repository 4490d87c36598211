"""What an analyst looked for in a specimen, because an earlier teardown had it, and did not find."""

from django.db import models

from .base import Handled, once, optional_text, remembered
from .components import Component
from .specimens import Specimen


@remembered
class Absence(Handled):
    """An analyst's word that a component of an earlier teardown was looked for in this specimen and not found.

    Without one nothing is said: what is not recorded may still lie in the wreck. `expected` belongs to another
    specimen of the same weapon system; whoever may not see it does not see this either.
    """

    specimen = models.ForeignKey(Specimen, models.PROTECT, related_name="absences")
    expected = models.ForeignKey(Component, models.PROTECT, related_name="absences")
    note = optional_text(help_text="Where and how it was looked for.")

    class Meta:
        constraints = [once("specimen", "expected", name="absence_once")]
        indexes = [models.Index(fields=["audience", "-id"], name="absence_list")]
