"""Documents that support or contradict records, imports, and other people's published entries."""

from django.db import models
from django.db.models import Q

from .base import Handled, Words, edge, edtf, key_of, once, one_of, optional_text, remembered
from .vocabularies import SourceKind, term


class Reliability(Words):
    """Admiralty code of the source (NATO AJP-2.1)."""

    A = "A", "надійне", "Reliable"
    B = "B", "зазвичай надійне", "Usually reliable"
    C = "C", "досить надійне", "Fairly reliable"
    D = "D", "зазвичай ненадійне", "Not usually reliable"
    E = "E", "ненадійне", "Unreliable"
    F = "F", "надійність не визначено", "Reliability cannot be judged"


class Credibility(Words):
    """Admiralty code of the information itself."""

    ONE = "1", "підтверджено", "Confirmed by other sources"
    TWO = "2", "ймовірно правда", "Probably true"
    THREE = "3", "можливо правда", "Possibly true"
    FOUR = "4", "сумнівно", "Doubtful"
    FIVE = "5", "малоймовірно", "Improbable"
    SIX = "6", "достовірність не визначено", "Truth cannot be judged"


class Stance(Words):
    SUPPORTS = "supports", "підтверджує", "Supports"
    CONTRADICTS = "contradicts", "спростовує", "Contradicts"


@remembered
class Source(Handled):
    """A document: title, publisher, address, reliability and rights.

    `derived_from` names the document it repeats, so that two articles from one agency report count once.
    """

    slug = models.SlugField(max_length=120)
    title = models.TextField()
    publisher = optional_text()
    kind = term(SourceKind)
    url = optional_text()
    archive_url = optional_text()
    language = optional_text()
    published, published_from, published_to = edtf(), edge(), edge()
    accessed = models.DateField(null=True, blank=True)
    reliability = models.CharField(max_length=1, choices=Reliability, default=Reliability.F)
    rights = optional_text()
    note = optional_text()
    derived_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="repeated_by")

    class Meta:
        constraints = [
            one_of("reliability", Reliability),
            models.UniqueConstraint("owner", "slug", name="source_slug_once_in_agency"),
        ]
        indexes = [models.Index(fields=["audience", "-id"], name="source_list")]

    def __str__(self):
        return self.title


class Citation(Handled):
    """The place in a source that supports or contradicts one record."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="%(class)ss")
    locator = optional_text(help_text="Page, paragraph, address or row in the source.")
    quote = optional_text()
    credibility = models.CharField(max_length=1, choices=Credibility, default=Credibility.SIX)
    stance = models.TextField(choices=Stance, default=Stance.SUPPORTS)
    note = optional_text()

    class Meta:
        abstract = True
        constraints = [one_of("credibility", Credibility), one_of("stance", Stance)]


class ImportState(Words):
    WAITING = "waiting", "очікує", "Waiting"
    RUNNING = "running", "виконується", "Running"
    DONE = "done", "завершено", "Done"
    FAILED = "failed", "не вдалося", "Failed"
    UNDOING = "undoing", "скасовується", "Being undone"
    UNDONE = "undone", "скасовано", "Undone"


@remembered
class Import(Handled):
    """One run of an import: which file, by which reader, with what result."""

    format = models.TextField(help_text="Name of the reader, for example published.")
    file_name = models.TextField()
    sha256 = models.CharField(max_length=64)
    state = models.TextField(choices=ImportState, default=ImportState.RUNNING)
    counts = models.JSONField(default=dict)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [one_of("state", ImportState)]


@remembered
class PublishedRecord(Handled):
    """Somebody's published entry, kept verbatim. Its text becomes a marking only when a person separates it."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="published_records")
    entry_id = models.TextField(help_text="The publisher's own identifier of the entry.")
    text = optional_text()
    manufacturer = optional_text()
    country = optional_text()
    recovered_in = optional_text()
    url = optional_text()
    photo_url = optional_text()
    last_verified = optional_text()
    row = models.JSONField(help_text="Every column of the entry as read, unchanged.")
    row_sha256 = models.CharField(
        max_length=64, help_text="Of the entry, so that a repeated import finds what changed."
    )
    text_key = key_of("text")

    class Meta:
        constraints = [
            once("source", "entry_id", name="published_once_in_agency"),
            models.CheckConstraint(condition=~Q(entry_id=""), name="published_entry_id_given"),
        ]
        indexes = [
            models.Index(fields=["audience", "-id"], name="published_list"),
            models.Index(fields=["entry_id"], name="published_entry_id"),
        ]
