"""Files on their way: received in parts, examined by a worker, and what became of each. No records of anything."""

from django.db import models

from .agencies import Agency, Level, User
from .base import Words, new_id, one_of, optional_text
from .components import Component
from .files import EvidenceFile, FileKind
from .photos import Photo
from .specimens import Specimen


class UploadState(Words):
    RECEIVING = "receiving", "надходить", "Being received"
    WAITING = "waiting", "чекає на перевірку", "Waits for examination"
    ADDED = "added", "додано", "Added"
    THERE = "there", "вже є", "Already there"
    ALIKE = "alike", "схоже", "Looks like another"
    REFUSED = "refused", "відхилено", "Refused"
    UNPACKED = "unpacked", "розпаковано", "Unpacked"
    DISCARDED = "discarded", "відкинуто", "Discarded"


class Upload(models.Model):
    """One file that its user is sending; nobody else sees it, and it is gone days after it was settled.

    Its bytes lie on the shelf (`Shelf.waiting`) until then, and the length of that file is how much was received.
    `id` is made by whoever sends, so that a repeated request names the same upload. `kind` is empty for photographs.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    specimen = models.ForeignKey(Specimen, models.PROTECT, related_name="+")
    component = models.ForeignKey(Component, models.PROTECT, null=True, related_name="+", db_index=False)
    batch = models.UUIDField(help_text="What was sent together.")
    archive = models.ForeignKey("self", models.SET_NULL, null=True, related_name="entries")
    file_name = models.TextField(help_text="As it was sent; never used as a path.")
    size = models.BigIntegerField(help_text="Bytes.")
    kind = models.TextField(choices=FileKind, blank=True, default="", db_default="")
    view = models.TextField(default="overview", db_default="overview")
    caption = optional_text()
    match = models.BooleanField(default=True, db_default=True, help_text="Find the component by the file's name.")
    handling = models.PositiveSmallIntegerField(choices=Level, default=Level.STRICT)
    reason = optional_text(help_text="Why reviewed evidence is amended.")
    sure = models.BooleanField(default=False, db_default=False, help_text="Kept although it looks like another.")
    state = models.TextField(choices=UploadState, default=UploadState.RECEIVING)
    why = optional_text(help_text="Code of the refusal.")
    said = optional_text(help_text="What came of it, in a sentence.")
    photo = models.ForeignKey(Photo, models.PROTECT, null=True, related_name="+", db_index=False)
    file = models.ForeignKey(EvidenceFile, models.PROTECT, null=True, related_name="+", db_index=False)
    created_at = models.DateTimeField(db_default=models.functions.Now(), editable=False)
    updated_at = models.DateTimeField(db_default=models.functions.Now())

    class Meta:
        constraints = [
            one_of("state", UploadState),
            one_of("kind", FileKind, empty=True),
            models.CheckConstraint(condition=models.Q(size__gte=0), name="upload_size"),
        ]
        indexes = [models.Index(fields=["user", "specimen", "-created_at"], name="upload_of_user")]
