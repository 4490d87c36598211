"""/api/v1/components/NAME/readings/: what the marking of a component may say, and accepting one of the readings."""

from django.http import JsonResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view

from catalogue.actions.candidates import NEW, accept_reading
from catalogue.actions.record import require
from catalogue.actions.refusals import NotThere
from catalogue.models import Component, Confidence, Organisation
from catalogue.queries.candidates import of_component
from catalogue.queries.named import find

from .fields import PartField, RecordField, Told
from .markings import READING
from .markings import told as told_of
from .service import refuse_parameters

NAMED = {
    "manufacturer": {
        "type": ["object", "null"],
        "description": "The recorded maker that is meant; null where none is, or several could be.",
        "properties": {"slug": {"type": "string"}, "name": {"type": "string"}},
    },
    "part": {
        "type": ["object", "null"],
        "description": "The recorded part with this number.",
        "properties": {"id": {"type": "string"}, "number": {"type": "string"}},
    },
}
READINGS = {
    "type": "object",
    "properties": {
        "results": {
            "type": "array",
            "description": "At most three, best first. Proposed by rules, asserted by nobody.",
            "items": READING | {"properties": READING["properties"] | NAMED},
        }
    },
    "required": ["results"],
}
ACCEPTED = {
    "type": "object",
    "properties": NAMED
    | {
        "id": {"type": "string", "format": "uuid", "description": "The identification."},
        "component": {"type": "string"},
        "family": {"type": "string"},
        "basis": {"type": "string"},
        "confidence": {"type": "string"},
        "state": {"type": "string"},
        "reasons": {"type": "string"},
        "new": {"type": "boolean", "description": "false: accepted before, and nothing was recorded."},
    },
}


class Accepted(Told):
    """Which reading is accepted, and what of it is taken over."""

    mpn = serializers.CharField(allow_blank=True, max_length=500, help_text="As the reading says it.")
    base_part = serializers.CharField(allow_blank=True, max_length=500, help_text="As the reading says it.")
    manufacturer = RecordField(Organisation, required=False, allow_null=True)
    part = PartField(required=False, allow_null=True)
    record_new = serializers.ListField(
        child=serializers.ChoiceField(NEW), required=False, help_text="What may be recorded new where it is not found."
    )
    confidence = serializers.ChoiceField(Confidence.choices, required=False)
    date_code = serializers.BooleanField(
        required=False, allow_null=True, help_text="Take its date code over; unsaid: where the component has none."
    )
    chosen = serializers.RegexField(
        r"^[A-Z]{3,4}:\d{4}-\d\d-\d\d$",
        required=False,
        help_text="The reading of the date code that is believed, as scheme:first day, such as YYWW:2022-08-01.",
    )
    reason = serializers.CharField(required=False, allow_blank=True, max_length=20_000)


@extend_schema(operation_id="components_readings", tags=["components"], methods=["GET"], responses={200: READINGS})
@extend_schema(
    operation_id="components_readings_accept",
    tags=["components"],
    methods=["POST"],
    request=Accepted,
    responses={200: ACCEPTED, 201: ACCEPTED},
)
@api_view(["GET", "POST"])
def readings(request, name):
    """What rules read in the marking of a component, or of a reported one in its published text. Nothing is stored.

    POST accepts the reading with this `mpn` and `base_part` as an identification of basis “marking read” of one's own
    agency, also on another's component. Sent again it is the same identification, answered with 200.
    """
    refuse_parameters(request)
    viewer = request._request.viewer
    if request.method == "POST":
        require(viewer, "identify")
    component = find(Component, "reference", name, agency=viewer.agency).first()
    if component is None:
        raise NotThere(f"There is no record {name!r} here, or you may not see it.")
    if request.method == "GET":
        return JsonResponse({"results": [shown(one) for one in of_component(component)]})
    sent = Accepted(data=request.data, context={"viewer": viewer})
    sent.is_valid(raise_exception=True)
    opinion, new = accept_reading(component=component, actor=viewer, **sent.validated_data)
    return JsonResponse(said(component, opinion) | {"new": new}, status=201 if new else 200)


def shown(candidate):
    """One reading with the records it names."""
    return told_of(candidate.reading) | named(candidate)


def named(opinion):
    maker, part = opinion.manufacturer, opinion.part
    return {
        "manufacturer": maker and {"slug": maker.slug, "name": maker.name},
        "part": part and {"id": str(part.pk), "number": part.number},
    }


def said(component, opinion):
    """An identification as it is answered."""
    return named(opinion) | {
        "id": str(opinion.pk),
        "component": component.reference,
        "family": opinion.family,
        "basis": opinion.basis_id,
        "confidence": str(opinion.confidence),
        "state": str(opinion.state),
        "reasons": opinion.reasons,
    }
