"""Files that are evidence but no photographs: laboratory reports, series of X-rays, videos, images of a memory."""

from django.db import models
from django.db.models import Q

from .base import Handled, Words, one_of, optional_text, remembered
from .components import Component
from .specimens import Specimen


class FileKind(Words):
    LABORATORY_REPORT = "laboratory-report", "лабораторний звіт", "Laboratory report"
    X_RAY_SERIES = "x-ray-series", "серія рентгенограм", "X-ray series"
    VIDEO = "video", "відео", "Video"
    FIRMWARE_IMAGE = "firmware-image", "образ прошивки", "Firmware image"
    OTHER = "other", "інше", "Other"


@remembered
class EvidenceFile(Handled):
    """A file about a specimen or one of its components, kept bit for bit; nothing here opens, shows or runs it.

    `media_type` is what its first bytes announce, which says nothing of what else it may be.
    """

    specimen = models.ForeignKey(Specimen, models.PROTECT, related_name="files")
    component = models.ForeignKey(Component, models.PROTECT, null=True, blank=True, related_name="files")
    kind = models.TextField(choices=FileKind, default=FileKind.OTHER)
    title = optional_text()
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField(help_text="Bytes.")
    media_type = models.TextField()
    file_name = optional_text(help_text="As it was sent; never used as a path.")

    class Meta:
        constraints = [
            one_of("kind", FileKind),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="evidencefile_sha256"),
            models.CheckConstraint(condition=Q(size__gte=1), name="evidencefile_size"),
        ]
        indexes = [
            models.Index(fields=["audience", "-id"], name="evidencefile_list"),
            models.Index(fields=["sha256"], name="evidencefile_sha256"),
        ]

    def __str__(self):
        return self.title or self.file_name or self.sha256[:12]
