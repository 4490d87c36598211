"""Photographs as evidence: the bytes under their SHA-256, what they show, and where on them."""

from django.db import models
from django.db.models import Q

from .base import Handled, Words, one_of, optional_text, remembered
from .components import Component
from .specimens import Specimen
from .vocabularies import PhotoView, term


@remembered
class Photo(Handled):
    """A photograph of a specimen or of one of its components. The original is kept bit for bit.

    `capture` is what the file itself says of camera, time and position: `PhotoCapture`, handled apart.
    """

    specimen = models.ForeignKey(Specimen, models.PROTECT, related_name="photos")
    component = models.ForeignKey(Component, models.PROTECT, null=True, blank=True, related_name="photos")
    sha256 = models.CharField(max_length=64)
    media_type = models.TextField()
    extension = models.CharField(max_length=5)
    size = models.BigIntegerField(help_text="Bytes.")
    width = models.PositiveIntegerField(help_text="Pixels, upright.")
    height = models.PositiveIntegerField(help_text="Pixels, upright.")
    pages = models.PositiveSmallIntegerField(default=1, db_default=1)
    view = term(PhotoView, default="overview")
    caption = optional_text()
    file_name = optional_text(help_text="As it was sent; never used as a path.")
    position = models.PositiveIntegerField(default=0, db_default=0)
    dhash = models.BigIntegerField(null=True, editable=False, help_text="64-bit difference hash: alike pictures agree.")

    reckoned = ("dhash",)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="photo_sha256"),
            models.CheckConstraint(
                condition=Q(width__gte=1, height__gte=1, size__gte=1, pages__gte=1), name="photo_measures"
            ),
        ]
        indexes = [
            models.Index(fields=["audience", "-id"], name="photo_list"),
            models.Index(fields=["sha256"], name="photo_sha256"),
        ]


@remembered
class PhotoCapture(Handled):
    """Camera, time and position out of the file's own metadata: claims of the camera, handled apart."""

    photo = models.ForeignKey(Photo, models.PROTECT, related_name="captures")
    captured = optional_text(help_text="As the camera wrote it.")
    camera = optional_text()
    latitude = models.DecimalField(max_digits=8, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    altitude = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True, help_text="Metres.")
    fields = models.JSONField(default=dict, help_text="Further fields as text.")


class RegionShape(Words):
    RECTANGLE = "rectangle", "прямокутник", "Rectangle"
    POLYGON = "polygon", "багатокутник", "Polygon"
    LINE = "line", "відрізок", "Line"


class RegionPurpose(Words):
    SHOWS = "shows", "показує", "Shows a component"
    MARKING = "marking", "маркування", "Shows a marking"
    MASK = "mask", "приховати", "Masked in the released rendition"
    SCALE = "scale", "масштаб", "Scale"


class Turn(models.IntegerChoices):
    """Degrees clockwise."""

    NONE = 0
    QUARTER = 90
    HALF = 180
    BACK = 270


@remembered
class PhotoRegion(Handled):
    """Where on a photograph something is. Points in pixels of the upright picture: [[x, y], …].

    A rectangle has two opposite corners, a line two ends, a polygon three corners and more. What a mask covers is
    black for every other agency than the photograph's, whoever may read the mask itself (`catalogue_masks`).
    """

    photo = models.ForeignKey(Photo, models.PROTECT, related_name="regions")
    component = models.ForeignKey(Component, models.PROTECT, null=True, blank=True, related_name="regions")
    shape = models.TextField(choices=RegionShape, default=RegionShape.RECTANGLE)
    purpose = models.TextField(choices=RegionPurpose, default=RegionPurpose.SHOWS)
    points = models.JSONField()
    turn = models.PositiveSmallIntegerField(
        choices=Turn, default=Turn.NONE, db_default=0, help_text="Degrees clockwise that turn its crop upright."
    )
    length_mm = models.FloatField(null=True, blank=True, help_text="Millimetres; of a line that gives the scale.")
    note = optional_text()

    class Meta:
        constraints = [
            one_of("shape", RegionShape),
            one_of("purpose", RegionPurpose),
            models.CheckConstraint(condition=Q(turn__in=Turn.values), name="photoregion_turn_known"),
            models.CheckConstraint(condition=Q(length_mm__isnull=True) | Q(length_mm__gt=0), name="photoregion_length"),
        ]


class ReadingState(Words):
    WAITING = "waiting", "читається", "Being read"
    READ = "read", "прочитано", "Read"
    FAILED = "failed", "не вдалося", "Could not be read"
    UNREAD = "unread", "не читано", "Not read as it is now"


@remembered
class RegionReading(Handled):
    """What a program read off the print in a region: an offer to a person, who decides; no marking, and no evidence.

    One to a region. It is overwritten when the region is moved or read again, and the history keeps what stood there.
    It is as wide as its region; of a region that a mask touches the owner alone is shown it (`readings_v1.sql`), as
    it is read off the original. `lines`: [{"text", "score"}] from the top; the score, 0 to 1, is the program's own
    estimate and no probability.
    """

    region = models.ForeignKey(PhotoRegion, models.PROTECT, related_name="readings")
    state = models.TextField(choices=ReadingState, default=ReadingState.WAITING)
    lines = models.JSONField(default=list, blank=True)
    engine = optional_text(help_text="The program that read it, and its version.")
    said = optional_text(help_text="Why it could not be read.")

    class Meta:
        constraints = [one_of("state", ReadingState)]
