"""What is in the catalogue, with units, as far as the reader may see it."""

from django.db.models import Count, Q
from django.db.models.functions import ExtractYear

from catalogue.models import (
    Component,
    Organisation,
    Part,
    Photo,
    PublishedRecord,
    Review,
    RouteLeg,
    Source,
    Specimen,
    SupplyRoute,
    WeaponSystem,
)

from .components import SHAPE
from .facets import facets
from .paging import SORTED_AT_MOST, counted, recorded_since
from .standing import standing


def waiting_for_review(viewer):
    """How many specimens of the viewer's agency wait for a second person, who the viewer may be."""
    waiting = Specimen.objects.filter(owner=viewer.agency, review=Review.IN_REVIEW, voided_at=None)
    return waiting.exclude(created_by=viewer.user).exclude(sent_by=viewer.user).count()


def figures():
    """{name: number} of records in force. Only single specimens count as specimens."""
    components = Component.objects.filter(voided_at=None).aggregate(
        rows=Count("id"),
        identified=Count("id", filter=Q(manufacturer__isnull=False)),
        marked=Count("id", filter=Q(marking_state="read")),
        dated=Count("id", filter=~Q(made="")),
    )
    specimens = Specimen.objects.filter(voided_at=None).aggregate(
        single=Count("id", filter=Q(kind="single")),
        group=Count("id", filter=Q(kind="group")),
        unspecified=Count("id", filter=Q(kind="unspecified")),
    )
    plain = {
        "systems": WeaponSystem,
        "parts": Part,
        "organisations": Organisation,
        "routes": SupplyRoute,
        "legs": RouteLeg,
        "sources": Source,
        "published": PublishedRecord,
        "photos": Photo,
    }
    counts = {name: standing(model).count() for name, model in plain.items()}
    return {"components": components, "specimens": specimens, **counts}


def latest(number=8):
    """The specimens recorded last, with how many component rows each has."""
    return (
        Specimen.objects.filter(voided_at=None)
        .select_related("system", "audience")
        .annotate(rows=Count("components", filter=Q(components__voided_at=None)))
        .order_by("-id")[:number]
    )


def large():
    """Whether there are more components than are counted while a reader waits."""
    return counted(SHAPE.listing(), SORTED_AT_MOST) is None


def distribution():
    """{"system": [(slug, rows)], "year": [(year made, rows)], "maker": [(slug, rows)]} of component records."""
    return facets(
        SHAPE.listing(),
        {
            "system": "specimen__system__slug",
            "year": ExtractYear("made_from"),
            "maker": "manufacturer__slug",
        },
        shown=40,
    )


def names(model, slugs):
    """{slug: name}."""
    return dict(model.objects.filter(slug__in=slugs).values_list("slug", "name"))


def new_since(moment):
    """{"components": n, "specimens": n, "routes": n} recorded after `moment`; None stands for more than are counted."""
    models = {"specimens": Specimen, "components": Component, "routes": SupplyRoute}
    return {name: counted(recorded_since(standing(model), moment), SORTED_AT_MOST) for name, model in models.items()}
