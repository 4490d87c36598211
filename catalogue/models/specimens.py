"""Types of weapon systems, and the examples that were recovered."""

from django.db import models
from django.db.models import F, Q

from .agencies import User
from .base import Handled, Name, Words, edge, edtf, key_of, once, one_of, optional_text, remembered
from .organisations import Organisation, trigrams
from .sources import Citation
from .vocabularies import Country, SystemKind, maybe_term, term


@remembered
class WeaponSystem(Handled):
    """A type: "3M-14 Kalibr". May have a parent type; may itself be a product on the market."""

    slug = models.SlugField(max_length=120)
    name = models.TextField()
    kind = term(SystemKind, default="other")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="variants")
    country = maybe_term(Country)
    maker = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="systems")
    is_product = models.BooleanField(default=False, help_text="Sold on the market, as a commercial drone is.")
    description = optional_text()
    canonical = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    key = key_of("name")

    class Meta:
        constraints = [
            models.UniqueConstraint("owner", "slug", name="weaponsystem_slug_once_in_agency"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="weaponsystem_not_its_own_parent"),
            models.CheckConstraint(condition=~Q(canonical=F("id")), name="weaponsystem_not_merged_into_itself"),
        ]
        indexes = [
            models.Index(fields=["audience", "-id"], name="weaponsystem_list"),
            models.Index(fields=["slug"], name="weaponsystem_slug"),
        ]

    def __str__(self):
        return self.name


@remembered
class SystemName(Name):
    """An alias of a weapon system, in any language."""

    system = models.ForeignKey(WeaponSystem, models.PROTECT, related_name="names")

    class Meta(Name.Meta):
        constraints = [
            *Name.Meta.constraints,
            once("system", "text", "kind", name="systemname_once"),
        ]
        indexes = [models.Index(fields=["key"], name="systemname_key"), trigrams("key", "systemname_trgm")]


@remembered
class SystemCitation(Citation):
    """What supports or contradicts a weapon system's record."""

    record = models.ForeignKey(WeaponSystem, models.PROTECT, related_name="citations")


class SpecimenKind(Words):
    SINGLE = "single", "окремий зразок", "Single"
    GROUP = "group", "група зразків", "Group of wrecks recorded as one"
    UNSPECIFIED = "unspecified", "не уточнено", "Unspecified: a published record that names only a type"


class Review(Words):
    DRAFT = "draft", "чернетка", "Draft"
    IN_REVIEW = "in-review", "на перевірці", "In review"
    REVIEWED = "reviewed", "перевірено", "Reviewed"


class Condition(Words):
    INTACT = "intact", "цілий", "Intact"
    DAMAGED = "damaged", "пошкоджений", "Damaged"
    BURNT = "burnt", "обгорілий", "Burnt"
    FRAGMENTS = "fragments", "уламки", "Fragments"


def person():
    """Somebody who did something with a record; other agencies are told the examiner code."""
    return models.ForeignKey(
        User, models.PROTECT, null=True, db_constraint=False, related_name="+", editable=False, db_index=False
    )


@remembered
class Specimen(Handled):
    """One recovered example of a weapon system; only `single` ones are counted as specimens.

    `title` is how its publisher or its finder names it. The exact place and people are rows of their own.
    `sent` says who asked for its review; `reviewed` who did it last, and passed it or sent it back with a remark.
    """

    reference = models.TextField()
    system = models.ForeignKey(WeaponSystem, models.PROTECT, related_name="specimens", db_index=False)
    kind = models.TextField(choices=SpecimenKind, default=SpecimenKind.SINGLE)
    count = models.PositiveIntegerField(null=True, blank=True, help_text="Wrecks in a group, when known.")
    title = optional_text()
    serial_number = optional_text()
    recovered, recovered_from, recovered_to = edtf(), edge(), edge()
    produced, produced_from, produced_to = edtf(), edge(), edge()
    used, used_from, used_to = edtf(), edge(), edge()
    examined, examined_from, examined_to = edtf(), edge(), edge()
    country = maybe_term(Country)
    place = optional_text(help_text="Coarse: region or town. The exact place is a row of its own.")
    condition = models.TextField(choices=Condition, blank=True, default="", db_default="")
    note = optional_text()
    review = models.TextField(choices=Review, default=Review.DRAFT)
    sent_at, sent_by = models.DateTimeField(null=True, editable=False), person()
    reviewed_at, reviewed_by = models.DateTimeField(null=True, editable=False), person()
    review_remark = optional_text()
    title_key = key_of("title")

    class Meta:
        constraints = [
            one_of("kind", SpecimenKind),
            one_of("condition", Condition, empty=True),
            one_of("review", Review),
            models.UniqueConstraint("owner", "reference", name="specimen_reference_once_in_agency"),
            models.CheckConstraint(condition=~Q(reference__contains="/"), name="specimen_reference_no_slash"),
            models.CheckConstraint(
                condition=Q(count__isnull=True) | Q(kind="group", count__gte=2), name="specimen_count_of_group"
            ),
            models.CheckConstraint(
                condition=~Q(review="reviewed") | Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
                name="specimen_reviewed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(reviewed_by=F("sent_by")) & ~Q(reviewed_by=F("created_by")),
                name="specimen_reviewed_by_another",
            ),
        ]
        indexes = [
            models.Index(fields=["audience", "-id"], name="specimen_list"),
            models.Index(fields=["system", "audience", "-id"], name="specimen_of_system"),
            models.Index(fields=["reference"], name="specimen_reference"),
            models.Index(fields=["owner", "title_key"], name="specimen_title"),
            trigrams("title_key", "specimen_title_trgm"),
            trigrams("reference", "specimen_reference_trgm"),
        ]

    def __str__(self):
        return self.reference


class SpecimenNumberKind(Words):
    SERIAL = "serial", "серійний номер", "Serial number"
    TAIL = "tail", "бортовий номер", "Tail number"
    SAMPLE = "sample", "номер зразка", "Sample number"
    SERIES = "series", "серія", "Series"


@remembered
class SpecimenNumber(Handled):
    """A number read on the specimen; a group has several."""

    specimen = models.ForeignKey(Specimen, models.PROTECT, related_name="numbers")
    kind = models.TextField(choices=SpecimenNumberKind)
    text = models.TextField()
    key = key_of("text")

    class Meta:
        constraints = [
            one_of("kind", SpecimenNumberKind),
            once("specimen", "kind", "text", name="specimennumber_once"),
        ]
        indexes = [models.Index(fields=["key"], name="specimennumber_key")]


@remembered
class SpecimenPlace(Handled):
    """The exact place of recovery, handled apart from the specimen. WGS 84 degrees, metres."""

    specimen = models.ForeignKey(Specimen, models.PROTECT, related_name="places")
    latitude = models.DecimalField(max_digits=8, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    uncertainty = models.PositiveIntegerField(null=True, blank=True, help_text="Radius in metres.")
    text = optional_text()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="specimenplace_wgs84",
            )
        ]


@remembered
class SpecimenPerson(Handled):
    """A person who has to do with a specimen (finder, witness, officer), handled apart from it."""

    specimen = models.ForeignKey(Specimen, models.PROTECT, related_name="people")
    part_played = models.TextField()
    name = models.TextField()
    contact = optional_text()


@remembered
class SpecimenCitation(Citation):
    """What supports or contradicts a specimen's record."""

    record = models.ForeignKey(Specimen, models.PROTECT, related_name="citations")
