"""What is in the catalogue, with units, as far as the reader may see it."""

from django.db.models import Count, Q

from catalogue.models import (
    Component,
    Organisation,
    Part,
    Photo,
    PublishedRecord,
    RouteLeg,
    Source,
    Specimen,
    SupplyRoute,
    WeaponSystem,
)


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
    counts = {name: model.objects.filter(voided_at=None).count() for name, model in plain.items()}
    return {"components": components, "specimens": specimens, **counts}


def latest(number=8):
    """The specimens recorded last, with how many component rows each has."""
    return (
        Specimen.objects.filter(voided_at=None)
        .select_related("system", "audience")
        .annotate(rows=Count("components", filter=Q(components__voided_at=None)))
        .order_by("-id")[:number]
    )


def makers(number=10):
    """The makers of most component rows."""
    return (
        Organisation.objects.filter(voided_at=None, components__voided_at=None)
        .annotate(rows=Count("components"))
        .order_by("-rows", "name")[:number]
    )
