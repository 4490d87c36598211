"""/api/v1/organisations/merge/ and its like, also for parts: proposed duplicates, merging, taking it back.

For curators. Nothing is rewritten by a merge: the old addresses go on answering.
"""

from django.http import JsonResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view

from catalogue.actions.merge import MOST, keep_apart, merge, unmerge
from catalogue.actions.record import require
from catalogue.filters.base import BadParameter
from catalogue.models import Organisation, Part
from catalogue.queries import duplicates, merging

from .fields import RecordField

NOUNS = {"organisations": (Organisation, "slug"), "parts": (Part, "id")}


class Told(serializers.Serializer):
    """What is sent; an unknown key is refused."""

    def __init__(self, *args, noun="organisations", **options):
        super().__init__(*args, **options)
        for name in self.fields:
            if name in ("records", "into"):
                model, by = NOUNS[noun]
                one = RecordField(model, by=by)
                self.fields[name] = (
                    serializers.ListField(child=one, min_length=1, max_length=MOST) if name == "records" else one
                )

    def validate(self, attrs):
        unknown = {name: ["There is no such field here."] for name in self.initial_data if name not in self.fields}
        if unknown:
            raise serializers.ValidationError(unknown)
        return attrs


class Merge(Told):
    records = serializers.JSONField(help_text="Slugs or ids of the records that are the same as `into`.")
    into = serializers.CharField(help_text="The record that stands for them.")
    reason = serializers.CharField(required=False, allow_blank=True, default="")
    preview = serializers.BooleanField(required=False, default=False, help_text="true: tell what would change, alone.")


class Unmerge(Told):
    records = serializers.JSONField(help_text="Slugs or ids of merged records.")
    reason = serializers.CharField(required=False, allow_blank=True, default="")


class KeptApart(Told):
    records = serializers.JSONField(help_text="Two that are not the same.")
    note = serializers.CharField(required=False, allow_blank=True, default="")


def told(serializer, request, noun):
    require(request._request.viewer, "merge")
    data = request.data if isinstance(request.data, dict) else {}
    found = serializer(noun=noun, data=data, context={"viewer": request._request.viewer})
    found.is_valid(raise_exception=True)
    return found.validated_data


def said(record):
    """One record, by the name it goes by."""
    if isinstance(record, Part):
        return {"id": str(record.pk), "number": record.number, "manufacturer": record.manufacturer.slug}
    return {"slug": record.slug, "name": record.name, "country": record.country_id}


@extend_schema(responses={200: {"type": "object"}}, tags=["merging"])
@api_view(["GET"])
def proposed(request, noun):
    """At most 200 pairs that may be the same, with reasons, the surest first; one at least is of the own agency."""
    viewer = request._request.viewer
    require(viewer, "merge")
    for name in request.GET:
        raise BadParameter(name, f"There is no parameter {name!r} here.")
    results = [
        {
            "one": said(pair.one),
            "other": said(pair.other),
            "score": pair.score,
            "reasons": [{"code": code, "agrees": agrees} for code, agrees in pair.reasons],
        }
        for pair in getattr(duplicates, noun)(viewer.agency)
    ]
    return JsonResponse({"results": results, "next": None, "previous": None})


@extend_schema(request=Merge, responses={200: {"type": "object"}}, tags=["merging"])
@api_view(["POST"])
def merged(request, noun):
    """Let one record stand for others of the own agency, several at once; `preview` tells what would change."""
    sent = told(Merge, request, noun)
    records, into = sent["records"], sent["into"]
    before, now, then = merging.preview(records, into)
    if not sent["preview"]:
        into = merge(records=records, into=into, actor=request._request.viewer, reason=sent["reason"])
    return JsonResponse(
        {
            "merged": not sent["preview"],
            "into": said(into),
            "records": [{**said(one.record), "counts": one.counts} for one in before],
            "counts": {"now": now.counts, "then": then},
        }
    )


@extend_schema(request=Unmerge, responses={200: {"type": "object"}}, tags=["merging"])
@api_view(["POST"])
def unmerged(request, noun):
    """Let merged records stand for themselves again."""
    sent = told(Unmerge, request, noun)
    unmerge(records=sent["records"], actor=request._request.viewer, reason=sent["reason"])
    return JsonResponse({"records": [said(one) for one in sent["records"]]})


@extend_schema(request=KeptApart, responses={200: {"type": "object"}}, tags=["merging"])
@api_view(["POST"])
def apart(request, noun):
    """Remember that two records are not the same: the pair is proposed no longer."""
    sent = told(KeptApart, request, noun)
    if len(sent["records"]) != 2:
        raise serializers.ValidationError({"records": ["Name two records."]})
    one, other = sent["records"]
    keep_apart(one=one, other=other, actor=request._request.viewer, note=sent["note"])
    return JsonResponse({"records": [said(one), said(other)]})


DOORS = {"duplicates": proposed, "merge": merged, "unmerge": unmerged, "apart": apart}
