"""/api/v1/routes/"""

from rest_framework import serializers

from catalogue.actions.routes import amend_route, record_route
from catalogue.filters.routes import RouteFilter
from catalogue.models import Component, Confidence, Organisation, RouteLeg, WeaponSystem
from catalogue.queries import routes

from .fields import CitationWritten, PartField, RecordField, Told, Written
from .nouns import Noun


class StepWritten(Told):
    """A leg by its reference, and its place; without one, legs take the places in which they are sent."""

    reference = RecordField(RouteLeg, by="reference", source="leg")
    position = serializers.IntegerField(required=False, min_value=1, max_value=1000)
    read_only_names = frozenset({"kind", "status", "from", "to"})

    def to_internal_value(self, data):
        return super().to_internal_value({"reference": data} if isinstance(data, str) else data)


class EvidenceWritten(Told):
    """A part or a component that hangs on the route, and why."""

    part = PartField(required=False, allow_null=True)
    component = RecordField(Component, by="reference", required=False, allow_null=True)
    why = serializers.CharField()


class RouteWritten(Written):
    slug = serializers.SlugField(required=False, max_length=120)
    title = serializers.CharField()
    summary = serializers.CharField(required=False, allow_blank=True)
    system = RecordField(WeaponSystem, required=False, allow_null=True)
    plant = RecordField(Organisation, required=False, allow_null=True)
    confidence = serializers.ChoiceField(Confidence.choices, required=False, allow_blank=True, allow_null=True)
    alternative = serializers.CharField(required=False, allow_blank=True)
    legs = StepWritten(many=True, required=False)
    evidence = EvidenceWritten(many=True, required=False)
    citations = CitationWritten(many=True, required=False)
    read_only_names = Written.read_only_names | {"statement", "parts", "components"}


class Routes(Noun):
    """Suspected supply routes. A route shows neither that a maker knew nor that anybody broke a rule."""

    noun = "routes"
    shape = routes.SHAPE
    filters = RouteFilter
    writes = RouteWritten
    serializer_class = RouteWritten

    def record(self, columns, seen):
        return record_route(actor=self.viewer, **columns, **seen)

    def amend(self, record, columns, seen):
        amend_route(record, columns, actor=self.viewer, **seen)
