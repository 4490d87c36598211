"""The intake of a specimen at a laboratory: its examination number, who brought it, which seals, who examines it."""

from django.db import models
from django.db.models import Q

from .agencies import User
from .base import Handled, Words, edge, edtf, one_of, optional_text, remembered
from .specimens import Specimen


class Stage(Words):
    """How far an examination is. Whether it is in review is not among them: see `Examination`."""

    RECEIVED = "received", "отримано", "Received"
    EXAMINING = "examining", "досліджується", "Being examined"
    RELEASED = "released", "видано", "Released"


@remembered
class Examination(Handled):
    """What one agency notes when a specimen comes in. It stays with that agency: consignor and examiner are people.

    `reference` is the agency's own examination number; that of a voided one is free again. Review stands in one place
    only, `Specimen.review`: an examination is shown as in review while its specimen is, and is released only when the
    specimen is reviewed.
    """

    specimen = models.ForeignKey(Specimen, models.PROTECT, related_name="examinations")
    reference = models.TextField(help_text="The agency's own examination number.")
    consignor = optional_text(help_text="Who brought or sent it.")
    seals = optional_text(help_text="Numbers of the seals it came under.")
    examiner = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, db_constraint=False, related_name="+", db_index=False
    )
    received, received_from, received_to = edtf(), edge(), edge()
    stage = models.TextField(choices=Stage, default=Stage.RECEIVED)
    note = optional_text()

    class Meta:
        constraints = [
            one_of("stage", Stage),
            models.UniqueConstraint(
                "owner", "reference", name="examination_reference_once_in_agency", condition=Q(voided_at__isnull=True)
            ),
        ]

    def __str__(self):
        return self.reference
