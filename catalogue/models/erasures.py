"""Lawful removal of text or bytes: asked for by one curator, carried out by another."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from .agencies import User
from .base import Handled, remembered


@remembered
class Erasure(Handled):
    """The tombstone of an erasure: of which columns of which record, why, by whom, and when it was carried out.

    It names its record by table and identifier, because it must outlive what it is about.
    """

    noun = models.TextField(help_text="Table of the record, without its prefix: component.")
    record = models.UUIDField()
    columns = ArrayField(models.TextField())
    reason = models.TextField()
    done_at = models.DateTimeField(null=True, editable=False)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="erasure_reason_given"),
            models.CheckConstraint(
                condition=Q(done_by__isnull=True) | ~Q(done_by=F("created_by")), name="erasure_two_people"
            ),
        ]
        indexes = [models.Index(fields=["record"], name="erasure_record")]
