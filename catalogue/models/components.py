"""What was found in a specimen, as found; and who says what it is."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from .agencies import Audience, User
from .base import Handled, Words, edge, edtf, key_of, once, one_of, optional_text, remembered
from .organisations import Organisation, trigrams
from .parts import Grade, Part
from .sources import Citation, PublishedRecord
from .specimens import Specimen
from .vocabularies import Category, ComponentIdentifierKind, Country, IdentificationBasis, TestMethod, maybe_term, term


class ComponentKind(Words):
    ASSEMBLY = "assembly", "вузол", "Assembly"
    BOARD = "board", "плата", "Board"
    PART = "part", "компонент", "Part"
    MATERIAL = "material", "матеріал", "Material"


class MarkingState(Words):
    READ = "read", "прочитано", "Read"
    NONE = "none", "без маркування", "None"
    ERASED = "erased", "стерто", "Erased"
    ILLEGIBLE = "illegible", "нерозбірливо", "Illegible"
    NOT_RECORDED = "not-recorded", "не зафіксовано", "Not recorded"


class Basis(Words):
    OBSERVED = "observed", "спостереження", "Observed by the agency"
    REPORTED = "reported", "повідомлено", "Reported by a published record"


class Authenticity(Words):
    AUTHENTIC = "authentic", "справжній", "Authentic"
    SUSPECTED_REMARK = "suspected-remark", "підозра на перемаркування", "Suspected remark"
    COUNTERFEIT = "counterfeit", "підробка", "Counterfeit"
    RESURFACED = "resurfaced", "перешліфований", "Resurfaced"
    NOT_EXAMINED = "not-examined", "не досліджено", "Not examined"


class Confidence(Words):
    """ICD 203."""

    LOW = "low", "низька", "Low"
    MODERATE = "moderate", "середня", "Moderate"
    HIGH = "high", "висока", "High"


# Voided rows leave every list, so the indexes of lists leave them out, and a page is read from the index alone.
IN_FORCE = Q(voided_at__isnull=True)
# Not surely made before the invasion, so that a control may decide the class: few, and counted each time.
MAYBE_LATE = Q(made_to__gte=date(2022, 2, 24)) | Q(made_to__isnull=True, made_from__isnull=False)


@remembered
class Component(Handled):
    """What was found in one specimen: a unit, a board, a part; one or more identical pieces.

    `manufacturer`, `part` and `confidence` are the projection of the accepted identification and are written by a
    trigger only; they are empty while any reader of the component may not see that identification.
    """

    reference = models.TextField()
    specimen = models.ForeignKey(Specimen, models.PROTECT, related_name="components", db_index=False)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    published_record = models.ForeignKey(
        PublishedRecord, models.PROTECT, null=True, blank=True, related_name="components", db_index=False
    )
    basis = models.TextField(choices=Basis, default=Basis.OBSERVED)
    kind = models.TextField(choices=ComponentKind, default=ComponentKind.PART)
    name = optional_text(help_text="What it is, in words.")
    category = maybe_term(Category)
    label = optional_text(help_text="The bag's own label.")
    designator = optional_text(help_text="Reference designator on the board: U12.")
    marking = optional_text(help_text="As read, line for line; '?' for an unreadable character. Never altered later.")
    marking_state = models.TextField(choices=MarkingState, default=MarkingState.NOT_RECORDED)
    published_text = optional_text()
    manufacturer = models.ForeignKey(
        Organisation, models.PROTECT, null=True, editable=False, related_name="components", db_index=False
    )
    part = models.ForeignKey(Part, models.PROTECT, null=True, editable=False, related_name="components", db_index=False)
    confidence = models.TextField(choices=Confidence, blank=True, default="", db_default="", editable=False)
    quantity = models.PositiveIntegerField(null=True, blank=True, help_text="Pieces; empty when not stated.")
    date_code = optional_text()
    made, made_from, made_to = edtf(), edge(), edge()
    marked_country = maybe_term(Country)
    grade = models.TextField(choices=Grade, blank=True, default="", db_default="")
    authenticity = models.TextField(choices=Authenticity, default=Authenticity.NOT_EXAMINED)
    authenticity_test = maybe_term(TestMethod)
    condition = optional_text()
    note = optional_text()
    marking_key = key_of("marking")
    published_key = key_of("published_text")

    # Written from an identification no wider than the component, which itself is bounded by both.
    loose = ("manufacturer", "part")
    # Follows the identification, which has a history of its own.
    reckoned = ("confidence",)

    class Meta:
        constraints = [
            one_of("kind", ComponentKind),
            one_of("basis", Basis),
            one_of("marking_state", MarkingState),
            one_of("authenticity", Authenticity),
            one_of("grade", Grade, empty=True),
            models.UniqueConstraint("owner", "reference", name="component_reference_once_in_agency"),
            models.CheckConstraint(condition=~Q(reference__contains="/"), name="component_reference_no_slash"),
            models.CheckConstraint(condition=Q(quantity__isnull=True) | Q(quantity__gte=1), name="component_quantity"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="component_not_its_own_parent"),
            models.CheckConstraint(condition=Q(marking="") | Q(marking_state="read"), name="component_marking_read"),
            models.CheckConstraint(
                condition=Q(part__isnull=True) | Q(manufacturer__isnull=False), name="component_part_has_maker"
            ),
        ]
        indexes = [
            models.Index(fields=["audience", "-id"], condition=IN_FORCE, name="component_list"),
            models.Index(fields=["manufacturer", "audience", "-id"], condition=IN_FORCE, name="component_of_maker"),
            models.Index(fields=["part", "audience", "-id"], condition=IN_FORCE, name="component_of_part"),
            models.Index(fields=["specimen", "audience", "-id"], name="component_of_specimen"),
            models.Index(
                fields=["published_record", "audience", "-id"],
                condition=Q(published_record__isnull=False),
                name="component_of_published",
            ),
            models.Index(
                fields=["audience", "-id"],
                condition=IN_FORCE & Q(kind__in=["board", "assembly"]),
                name="component_boards",
            ),
            models.Index(
                fields=["manufacturer", "audience"],
                include=["part", "category", "made_from", "made_to"],
                condition=IN_FORCE & MAYBE_LATE,
                name="component_late",
            ),
            models.Index(
                fields=["specimen", "audience"],
                include=["manufacturer", "part", "category", "made_from", "made_to"],
                condition=IN_FORCE & MAYBE_LATE,
                name="component_late_of_specimen",
            ),
            models.Index(fields=["reference"], name="component_reference"),
            models.Index(fields=["audience", "updated_at"], name="component_updated"),
            trigrams("marking_key", "component_marking_trgm"),
            trigrams("published_key", "component_published_trgm"),
            trigrams("name", "component_name_trgm"),
            trigrams("designator", "component_designator_trgm"),
        ]

    def __str__(self):
        return self.reference


@remembered
class ComponentIdentifier(Handled):
    """A serial, lot, IMEI, ICCID, MAC or JTAG identifier, printed or read out. Only of a single piece."""

    component = models.ForeignKey(Component, models.PROTECT, related_name="identifiers")
    kind = term(ComponentIdentifierKind)
    electronic = models.BooleanField(default=False, help_text="Read out of the piece, not off it.")
    text = models.TextField()
    key = key_of("text")

    class Meta:
        constraints = [
            once("component", "kind", "text", name="componentidentifier_once"),
        ]
        indexes = [models.Index(fields=["key"], name="componentidentifier_key")]


@remembered
class DateReading(Handled):
    """One plausible reading of a component's date code, as an interval; one may be chosen for its readers."""

    component = models.ForeignKey(Component, models.PROTECT, related_name="date_readings")
    scheme = models.TextField(help_text="How it was read: YYWW, YWW, YYMM, MMYY.")
    made, made_from, made_to = edtf(), edge(), edge()
    reason = optional_text()
    chosen_at = models.DateTimeField(null=True, blank=True)
    chosen_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            once("component", name="datereading_one_chosen", chosen_at__isnull=False),
        ]


class IdentificationState(Words):
    PROPOSED = "proposed", "запропоновано", "Proposed"
    ACCEPTED = "accepted", "прийнято", "Accepted"
    REJECTED = "rejected", "відхилено", "Rejected"
    SUPERSEDED = "superseded", "замінено", "Superseded"


@remembered
class Identification(Handled):
    """A claim about what a component is: an opinion with a name, a basis and a confidence.

    `manufacturer` is whom the print names; `made_by` differs for counterfeits, as `marked_as` differs
    from `part`. Accepting one supersedes the agency's earlier ones that the person sees; of several that stay
    accepted because one was hidden from the other's author, the one recorded last stands.
    """

    component = models.ForeignKey(Component, models.PROTECT, related_name="identifications")
    manufacturer = models.ForeignKey(Organisation, models.PROTECT, related_name="identifications")
    family = optional_text()
    part = models.ForeignKey(Part, models.PROTECT, null=True, blank=True, related_name="identifications")
    marked_as = models.ForeignKey(Part, models.PROTECT, null=True, blank=True, related_name="+")
    made_by = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    basis = term(IdentificationBasis)
    confidence = models.TextField(choices=Confidence)
    state = models.TextField(choices=IdentificationState, default=IdentificationState.PROPOSED)
    identified_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    reasons = optional_text()

    class Meta:
        constraints = [
            one_of("confidence", Confidence),
            one_of("state", IdentificationState),
        ]
        indexes = [
            models.Index(
                fields=["owner", "-id"], condition=IN_FORCE & Q(state="proposed"), name="identification_proposed"
            ),
        ]


@remembered
class ComponentCitation(Citation):
    """What supports or contradicts a component's record."""

    record = models.ForeignKey(Component, models.PROTECT, related_name="citations")


@remembered
class IdentificationCitation(Citation):
    """What supports or contradicts an identification."""

    record = models.ForeignKey(Identification, models.PROTECT, related_name="citations")


class ComponentCount(models.Model):
    """How many components in force have one value of a facet: one step of it, whose sum is the count.

    A trigger adds a row for every change, in its transaction, so that the sum is right for each reader at any time
    and nobody waits for anybody; `catalogue_count_settled()` makes one row of many. `scope` says whose
    components they are: of the maker, or recovered in the system, `record`; or all (the record is zero).
    """

    audience = models.ForeignKey(Audience, models.PROTECT, db_constraint=False, related_name="+", db_index=False)
    scope = models.TextField()
    record = models.UUIDField()
    facet = models.TextField()
    value = models.TextField()
    rows = models.IntegerField()
    settled = models.BooleanField(default=False, db_default=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["scope", "record", "audience", "facet", "value"], include=["rows"], name="componentcount_sum"
            ),
            models.Index(fields=["id"], condition=Q(settled=False), name="componentcount_unsettled"),
        ]
