"""Figures that somebody cites: what was answered then, so that it can stand beside what is answered now."""

from django.db import models

from .base import Handled, optional_text, remembered


@remembered
class CitedFigure(Handled):
    """An answer as it was given, with the question, what it counted, and a digest of the records behind it.

    It was counted with the eyes of its audience: what its readers may not see is in none of its numbers.
    """

    answer = models.TextField(help_text="Name of the question, for example shares.")
    query = optional_text(help_text="Its options and filters, as the parameters of an address.")
    figures = models.JSONField(help_text="Columns, rows, totals and unit, as answered.")
    counted = models.PositiveIntegerField(help_text="Component records that fitted the filters.")
    records_sha256 = models.CharField(
        max_length=64, help_text="SHA-256 of the identifiers of these records, in order, joined by commas."
    )
    note = optional_text(help_text="Where it is cited.")

    class Meta:
        indexes = [models.Index(fields=["audience", "-id"], name="citedfigure_list")]

    def __str__(self):
        return f"{self.answer} ({self.created_at:%Y-%m-%d})"
