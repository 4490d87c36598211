"""Types that can be ordered, their numbers and codes; goods that routes carry."""

from django.db import models
from django.db.models import F, Q

from .base import Handled, Words, key_of, once, one_of, optional_text, remembered
from .organisations import Organisation, trigrams
from .sources import Citation
from .vocabularies import Category, maybe_term


class Grade(Words):
    COMMERCIAL = "commercial", "комерційний", "Commercial"
    INDUSTRIAL = "industrial", "промисловий", "Industrial"
    AUTOMOTIVE = "automotive", "автомобільний", "Automotive"
    MILITARY = "military", "військовий", "Military"
    RADHARD = "radiation-hardened", "радіаційно стійкий", "Radiation-hardened"


class HsCode(models.Model):
    """A heading of the Harmonised System, with the version whose text it is."""

    id = models.TextField(primary_key=True, help_text="Version and code: 2022/854231.")
    version = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=6)
    description = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint("version", "code", name="hscode_once_a_version"),
            models.CheckConstraint(condition=Q(code__regex=r"^\d{2,6}$"), name="hscode_digits"),
        ]


class ChplTier(models.Model):
    """A line of the Common High Priority List: an HS code and its tier, as of one dated edition."""

    hs = models.ForeignKey(HsCode, models.PROTECT, related_name="chpl")
    edition = models.DateField()
    tier = models.CharField(max_length=3)
    description = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint("hs", "edition", name="chpltier_once_an_edition"),
            models.CheckConstraint(
                condition=Q(tier__in=["1", "2", "3.A", "3.B", "4.A", "4.B"]), name="chpltier_tier_known"
            ),
        ]


@remembered
class Part(Handled):
    """A type that can be ordered: a maker and a number. What is found in a wreck is a component."""

    manufacturer = models.ForeignKey(Organisation, models.PROTECT, related_name="parts", db_index=False)
    number = models.TextField(help_text="The number the catalogue shows for it.")
    family = optional_text(help_text="Base part without package, temperature and packing suffix.")
    description = optional_text()
    category = maybe_term(Category)
    grade = models.TextField(choices=Grade, blank=True, default="", db_default="")
    hs = models.ForeignKey(HsCode, models.PROTECT, null=True, blank=True, related_name="+")
    eccn = optional_text(help_text="Export control classification number (US).")
    canonical = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    key = key_of("number")

    class Meta:
        constraints = [
            one_of("grade", Grade, empty=True),
            models.UniqueConstraint("id", "manufacturer", name="part_of_its_maker"),
            once("manufacturer", "number", name="part_once_in_agency"),
            models.CheckConstraint(condition=~Q(number=""), name="part_number_given"),
            models.CheckConstraint(condition=~Q(canonical=F("id")), name="part_not_merged_into_itself"),
        ]
        indexes = [
            models.Index(fields=["audience", "-id"], name="part_list"),
            models.Index(fields=["manufacturer", "audience", "-id"], name="part_of_maker"),
            models.Index(fields=["key"], name="part_key"),
            trigrams("key", "part_key_trgm"),
        ]

    def __str__(self):
        return self.number


class NumberKind(Words):
    MPN = "mpn", "номер виробника", "Manufacturer part number"
    ORDERABLE = "orderable", "код замовлення", "Orderable code"
    NSN = "nsn", "номенклатурний номер НАТО", "NATO stock number"
    TU = "tu", "номер ТУ", "TU number"
    DECIMAL = "decimal", "децимальний номер", "Decimal number"
    FORMER = "former", "номер попереднього виробника", "Former maker's number"


@remembered
class PartNumber(Handled):
    """A number under which a part is known."""

    part = models.ForeignKey(Part, models.PROTECT, related_name="numbers")
    kind = models.TextField(choices=NumberKind, default=NumberKind.MPN)
    text = models.TextField()
    maker = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", help_text="Of a former number."
    )
    key = key_of("text")

    class Meta:
        constraints = [
            one_of("kind", NumberKind),
            once("part", "kind", "text", "maker", name="partnumber_once"),
        ]
        indexes = [models.Index(fields=["key"], name="partnumber_key"), trigrams("key", "partnumber_key_trgm")]


@remembered
class Apart(Handled):
    """A person's word that two organisations, or two parts, are not the same however alike they look.

    The one with the smaller id is recorded as the first.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    other_organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    part = models.ForeignKey(Part, models.PROTECT, null=True, related_name="+")
    other_part = models.ForeignKey(Part, models.PROTECT, null=True, related_name="+")
    note = optional_text()

    class Meta:
        constraints = [
            once("organisation", "other_organisation", "part", "other_part", name="apart_once"),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, other_organisation__isnull=False, part=None, other_part=None)
                & ~Q(organisation=F("other_organisation"))
                | Q(part__isnull=False, other_part__isnull=False, organisation=None, other_organisation=None)
                & ~Q(part=F("other_part")),
                name="apart_two_of_a_kind",
            ),
        ]


@remembered
class PartCitation(Citation):
    """What supports or contradicts a part's record."""

    record = models.ForeignKey(Part, models.PROTECT, related_name="citations")


class GoodsKind(Words):
    PART = "part", "компонент", "Part"
    MATERIAL = "material", "матеріал", "Material"
    MACHINE = "machine", "верстат", "Machine"
    VEHICLE = "vehicle", "транспортний засіб", "Vehicle"
    SERVICE = "service", "послуга", "Service"
    TECHNOLOGY = "technology", "технологія", "Technology"


@remembered
class Goods(Handled):
    """What a route carries: a part, a material (CAS number), a machine, a vehicle, a service or technology."""

    kind = models.TextField(choices=GoodsKind)
    name = models.TextField()
    part = models.ForeignKey(Part, models.PROTECT, null=True, blank=True, related_name="goods")
    cas = optional_text(help_text="CAS registry number of a material.")
    hs = models.ForeignKey(HsCode, models.PROTECT, null=True, blank=True, related_name="+")
    description = optional_text()
    key = key_of("name")

    class Meta:
        constraints = [
            one_of("kind", GoodsKind),
            models.CheckConstraint(condition=Q(part__isnull=True) | Q(kind="part"), name="goods_part_is_a_part"),
            models.CheckConstraint(condition=Q(cas="") | Q(cas__regex=r"^\d{2,7}-\d{2}-\d$"), name="goods_cas_form"),
        ]
