"""/api/v1/legs/"""

from rest_framework import serializers

from catalogue.actions.legs import amend_leg, record_leg
from catalogue.filters.legs import LegFilter
from catalogue.models import (
    Country,
    Currency,
    EvidenceStatus,
    GoodsKind,
    LegKind,
    LegRole,
    Organisation,
    SupplyRoute,
    TransportMode,
    Unit,
    Vessel,
)
from catalogue.queries import legs

from .fields import CitationWritten, EdtfField, HsField, PartField, RecordField, TermField, Told, Written
from .nouns import Noun


class EndWritten(Told):
    """One end: an organisation by its slug (also as bare text), or what is known of an unknown one."""

    slug = RecordField(Organisation, required=False, allow_null=True)
    known = serializers.CharField(required=False, allow_blank=True)
    role = TermField(LegRole, required=False, allow_null=True)
    read_only_names = frozenset({"identified", "name", "country", "id"})

    def to_internal_value(self, data):
        return super().to_internal_value({"slug": data} if isinstance(data, str) else data)


class GoodsWritten(Told):
    """A line of goods: as declared, and as it was."""

    text = serializers.CharField(required=False, allow_blank=True)
    kind = serializers.ChoiceField(GoodsKind.choices, required=False, allow_null=True)
    name = serializers.CharField(required=False, allow_null=True)
    cas = serializers.CharField(required=False, allow_null=True, allow_blank=True)
    part = PartField(required=False, allow_null=True)
    declared_as = serializers.CharField(required=False, allow_blank=True)
    declared_hs = HsField(required=False, allow_null=True)
    actual_hs = HsField(required=False, allow_null=True)
    chpl_tier = serializers.CharField(required=False, allow_blank=True)
    quantity = serializers.DecimalField(16, 3, required=False, allow_null=True, min_value=0)
    unit = TermField(Unit, required=False, allow_null=True, source="unit_id")
    value = serializers.DecimalField(16, 2, required=False, allow_null=True, min_value=0)
    currency = TermField(Currency, required=False, allow_null=True, source="currency_id")


class ServedWritten(Told):
    """A route the leg serves, by its slug (also as bare text), and its place in it."""

    slug = RecordField(SupplyRoute, source="route")
    position = serializers.IntegerField(required=False, min_value=1, max_value=1000)

    def to_internal_value(self, data):
        return super().to_internal_value({"slug": data} if isinstance(data, str) else data)


class LegWritten(Written):
    kind = serializers.ChoiceField(LegKind.choices, required=False)
    status = serializers.ChoiceField(EvidenceStatus.choices)
    to = EndWritten(required=False, allow_null=True)
    dispatch_country = TermField(Country, required=False, allow_null=True, source="dispatch_country_id")
    claimed_origin = TermField(Country, required=False, allow_null=True, source="claimed_origin_id")
    destination_country = TermField(Country, required=False, allow_null=True, source="destination_country_id")
    moved = EdtfField(required=False, allow_null=True)
    moved_text = serializers.CharField(required=False, allow_blank=True)
    transport = TermField(TransportMode, required=False, allow_null=True, source="transport_id")
    carrier = RecordField(Organisation, required=False, allow_null=True)
    vessel = RecordField(Vessel, required=False, allow_null=True)
    flight = serializers.CharField(required=False, allow_blank=True)
    consignment = serializers.CharField(required=False, allow_blank=True)
    bank = RecordField(Organisation, required=False, allow_null=True)
    amount = serializers.DecimalField(16, 2, required=False, allow_null=True, min_value=0)
    currency = TermField(Currency, required=False, allow_null=True, source="currency_id")
    note = serializers.CharField(required=False, allow_blank=True)
    goods = GoodsWritten(many=True, required=False)
    routes = ServedWritten(many=True, required=False)
    citations = CitationWritten(many=True, required=False)

    def get_fields(self):
        # The words of the interface; `from` cannot be written as a name in Python.
        return {**super().get_fields(), "from": EndWritten(required=False, allow_null=True)}

    def split(self):
        columns, seen = super().split()
        for word, side in (("from", "sender"), ("to", "receiver")):
            if word in columns:
                end = columns.pop(word) or {}
                columns |= {
                    side: end.get("slug"),
                    f"{side}_known": end.get("known", ""),
                    f"{side}_role_id": end.get("role"),
                }
        return columns, seen


class Legs(Noun):
    """Legs of supply routes: one edge each, evidence in its own right. Either end may be unknown."""

    noun = "legs"
    by = "reference"
    shape = legs.SHAPE
    filters = LegFilter
    writes = LegWritten
    serializer_class = LegWritten

    def record(self, columns, seen):
        return record_leg(actor=self.viewer, **columns, **seen)

    def amend(self, record, columns, seen):
        amend_leg(record, columns, actor=self.viewer, **seen)
