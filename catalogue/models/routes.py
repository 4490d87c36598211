"""Suspected paths from makers to weapons: routes, their legs, what the legs carried, how each is known."""

from django.db import models
from django.db.models import Q

from .base import Handled, Words, edge, edtf, key_of, once, one_of, optional_text, remembered
from .components import Component, Confidence
from .organisations import Organisation, Vessel
from .parts import Goods, HsCode, Part
from .sources import Citation
from .specimens import WeaponSystem
from .vocabularies import Country, Currency, LegRole, TransportMode, Unit, maybe_term


@remembered
class SupplyRoute(Handled):
    """A suspected path to a weapon system, or to a plant that makes weapons. It shows neither knowledge nor breach."""

    slug = models.SlugField(max_length=120)
    title = models.TextField()
    summary = optional_text()
    system = models.ForeignKey(WeaponSystem, models.PROTECT, null=True, blank=True, related_name="routes")
    plant = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="supplied_by")
    confidence = models.TextField(choices=Confidence, blank=True, default="", db_default="")
    alternative = optional_text(help_text="What else could explain it.")
    key = key_of("title")

    class Meta:
        constraints = [
            one_of("confidence", Confidence, empty=True),
            models.UniqueConstraint("owner", "slug", name="supplyroute_slug_once_in_agency"),
        ]
        indexes = [
            models.Index(fields=["audience", "-id"], name="supplyroute_list"),
            models.Index(fields=["slug"], name="supplyroute_slug"),
        ]

    def __str__(self):
        return self.title


class LegKind(Words):
    GOODS = "goods", "товари", "Goods"
    MONEY = "money", "кошти", "Money"
    OWNERSHIP = "ownership", "власність", "Ownership"
    SERVICE = "service", "послуга", "Service"
    TECHNOLOGY = "technology", "технологія", "Technology"
    PRODUCTION = "production", "виробництво", "Production"


class EvidenceStatus(Words):
    """How a leg is known. Only documented legs are drawn solid."""

    DOCUMENTED = "documented", "задокументовано", "Documented"
    REPORTED = "reported", "повідомлено", "Reported"
    ALLEGED = "alleged", "стверджується", "Alleged"
    INFERRED = "inferred", "виведено", "Inferred"
    REFUTED = "refuted", "спростовано", "Refuted"


@remembered
class RouteLeg(Handled):
    """One edge: from, to, when, by what means, and how it is known. Either end may be unknown.

    A leg is evidence in its own right and may serve several routes.
    """

    reference = models.TextField()
    kind = models.TextField(choices=LegKind, default=LegKind.GOODS)
    status = models.TextField(choices=EvidenceStatus)
    sender = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="legs_out")
    sender_known = optional_text(help_text="What is known of an unknown end.")
    sender_role = maybe_term(LegRole)
    receiver = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="legs_in")
    receiver_known = optional_text(help_text="What is known of an unknown end.")
    receiver_role = maybe_term(LegRole)
    dispatch_country = maybe_term(Country)
    claimed_origin = maybe_term(Country)
    destination_country = maybe_term(Country)
    moved, moved_from, moved_to = edtf(), edge(), edge()
    moved_text = optional_text(help_text="The date as the source words it.")
    transport = maybe_term(TransportMode)
    carrier = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="legs_carried")
    vessel = models.ForeignKey(Vessel, models.PROTECT, null=True, blank=True, related_name="legs")
    flight = optional_text()
    consignment = optional_text(help_text="Number of the bill of lading, air waybill or declaration.")
    bank = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="legs_paid")
    amount = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    currency = maybe_term(Currency)
    note = optional_text()

    class Meta:
        constraints = [
            one_of("kind", LegKind),
            one_of("status", EvidenceStatus),
            models.UniqueConstraint("owner", "reference", name="routeleg_reference_once_in_agency"),
            models.CheckConstraint(
                condition=Q(sender__isnull=False)
                | Q(receiver__isnull=False)
                | ~Q(sender_known="")
                | ~Q(receiver_known=""),
                name="routeleg_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(currency__isnull=False), name="routeleg_amount_in_currency"
            ),
        ]
        indexes = [
            models.Index(fields=["audience", "-id"], name="routeleg_list"),
            models.Index(fields=["reference"], name="routeleg_reference"),
        ]

    def __str__(self):
        return self.reference


@remembered
class RouteStep(Handled):
    """A leg's place in a route."""

    route = models.ForeignKey(SupplyRoute, models.PROTECT, related_name="steps")
    leg = models.ForeignKey(RouteLeg, models.PROTECT, related_name="steps")
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [once("route", "leg", name="routestep_once")]


@remembered
class GoodsLine(Handled):
    """What a leg carried: as declared, and as it was. The two may differ, and that is the finding."""

    leg = models.ForeignKey(RouteLeg, models.PROTECT, related_name="goods")
    goods = models.ForeignKey(Goods, models.PROTECT, null=True, blank=True, related_name="lines")
    text = optional_text(help_text="What it was, in words.")
    declared_as = optional_text()
    declared_hs = models.ForeignKey(HsCode, models.PROTECT, null=True, blank=True, related_name="+")
    actual_hs = models.ForeignKey(HsCode, models.PROTECT, null=True, blank=True, related_name="+")
    chpl_tier = optional_text()
    quantity = models.DecimalField(max_digits=16, decimal_places=3, null=True, blank=True)
    unit = maybe_term(Unit)
    value = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    currency = maybe_term(Currency)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(goods__isnull=False) | ~Q(text="") | ~Q(declared_as=""), name="goodsline_says_what"
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(currency__isnull=False), name="goodsline_value_in_currency"
            ),
        ]


@remembered
class RouteEvidence(Handled):
    """A part or a component that hangs on a route, and why."""

    route = models.ForeignKey(SupplyRoute, models.PROTECT, related_name="evidence")
    part = models.ForeignKey(Part, models.PROTECT, null=True, blank=True, related_name="routes")
    component = models.ForeignKey(Component, models.PROTECT, null=True, blank=True, related_name="routes")
    why = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(part__isnull=False, component__isnull=True) | Q(part__isnull=True, component__isnull=False),
                name="routeevidence_part_or_component",
            )
        ]


@remembered
class RouteCitation(Citation):
    """What supports or contradicts a route."""

    record = models.ForeignKey(SupplyRoute, models.PROTECT, related_name="citations")


@remembered
class LegCitation(Citation):
    """What supports or contradicts a leg."""

    record = models.ForeignKey(RouteLeg, models.PROTECT, related_name="citations")
