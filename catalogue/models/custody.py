"""Who had a specimen or a component, from whom, to whom: an append-only chain."""

from django.db import models

from .base import Handled, Words, one_of, optional_text, remembered
from .components import Component
from .specimens import Specimen


class CustodyKind(Words):
    """ISO/IEC 27037 and ISO 21043-1."""

    COLLECTED = "collected", "вилучено", "Collected"
    TRANSFERRED = "transferred", "передано", "Transferred"
    RECEIVED = "received", "отримано", "Received"
    SEALED = "sealed", "опечатано", "Sealed"
    OPENED = "opened", "розкрито", "Opened"
    EXAMINED = "examined", "досліджено", "Examined"
    RETURNED = "returned", "повернено", "Returned"
    DESTROYED = "destroyed", "знищено", "Destroyed"


@remembered
class CustodyEvent(Handled):
    """One event in the custody of a specimen, or of one component of it."""

    specimen = models.ForeignKey(Specimen, models.PROTECT, related_name="custody")
    component = models.ForeignKey(Component, models.PROTECT, null=True, blank=True, related_name="custody")
    kind = models.TextField(choices=CustodyKind)
    happened_at = models.DateTimeField()
    zone = models.TextField(help_text="IANA time zone in which the time was noted.")
    giver = optional_text()
    receiver = optional_text()
    place = optional_text()
    seals = optional_text()
    purpose = optional_text()

    class Meta:
        constraints = [one_of("kind", CustodyKind)]
        indexes = [models.Index(fields=["specimen", "happened_at"], name="custody_chain")]
        get_latest_by = "happened_at"
