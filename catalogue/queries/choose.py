"""Finding the record that is meant while its name is typed, and saying which one it is.

A record stands in a form under the name it goes by: its slug or reference where the writer's agency owns it, since
there it is the only one of that name, else its id.
"""

from dataclasses import dataclass

from django.db.models import Case, Q, Value, When

from catalogue.models import (
    Absence,
    Claim,
    Collection,
    Component,
    CustodyEvent,
    EvidenceFile,
    Examination,
    Organisation,
    OrganisationName,
    Part,
    PartNumber,
    Photo,
    RouteLeg,
    SavedSearch,
    Source,
    Specimen,
    SpecimenNumber,
    SupplyRoute,
    SystemName,
    Vessel,
    WeaponSystem,
)

from .named import find
from .resolve import resolved
from .standing import standing

MOST = 20
BY = {
    Specimen: "reference",
    Component: "reference",
    RouteLeg: "reference",
    Part: "id",
    Photo: "id",
    EvidenceFile: "id",
    CustodyEvent: "id",
    Examination: "id",
    Absence: "id",
    SavedSearch: "id",
    Collection: "id",
    Claim: "id",
}
ALSO = {
    Specimen: ("system",),
    Component: ("manufacturer", "part"),
    Part: ("manufacturer",),
    RouteLeg: ("sender", "receiver"),
    CustodyEvent: ("specimen", "component"),
    Examination: ("specimen",),
    Absence: ("specimen", "expected"),
}


@dataclass(frozen=True)
class Match:
    """A record to choose: the name that stands for it, what a person reads, and what tells it from others."""

    value: str
    text: str
    note: str


def match(record, agency):
    """The Match of a record for a writer of `agency`."""
    text, note = SAID[type(record)](record)
    return Match(name_of(record, agency), text, note)


def name_of(record, agency):
    """The slug or reference of a record of `agency`, the id of any other."""
    by = BY.get(type(record), "slug")
    return str(getattr(record, by) if record.owner_id == agency else record.pk)


def called(model, named, agency, *, voided=False):
    """The record in force (or `voided`) with this slug, reference or id, the agency's own first; None if unseen."""
    found = find(model, BY.get(model, "slug"), named, agency, voided=voided)
    return found.select_related("audience", *ALSO.get(model, ())).first()


def parts_numbered(number):
    """At most two parts in force with exactly this number, the shown one or a further one: enough to tell doubt."""
    further = PartNumber.objects.filter(text=number, voided_at=None).values("part")
    found = standing(Part).filter(Q(number=number) | Q(pk__in=further))
    return list(found.select_related("manufacturer", "audience").order_by("id")[:2])


# What is read of a record: (text, note)


def end_of(name, known):
    return name.name if name is not None else known or "?"


SAID = {
    WeaponSystem: lambda r: (r.name, r.country_id or ""),
    Organisation: lambda r: (r.name, r.country_id or ""),
    Vessel: lambda r: (r.name, f"IMO {r.imo}" if r.imo else ""),
    Source: lambda r: (r.title, " · ".join(filter(None, [r.publisher, r.published]))),
    Part: lambda r: (r.number, r.manufacturer.name),
    Specimen: lambda r: (r.reference, " · ".join(filter(None, [r.system.name, r.title]))),
    Component: lambda r: (
        r.reference,
        " · ".join(filter(None, [r.designator, r.name, r.marking.partition("\n")[0] or r.label])),
    ),
    SupplyRoute: lambda r: (r.title, r.slug),
    RouteLeg: lambda r: (
        r.reference,
        f"{end_of(r.sender, r.sender_known)} → {end_of(r.receiver, r.receiver_known)}",
    ),
    CustodyEvent: lambda r: (f"{(r.component or r.specimen).reference}, {r.happened_at:%Y-%m-%d %H:%M} UTC", ""),
    Photo: lambda r: (r.caption or r.file_name or r.sha256[:12], ""),
    EvidenceFile: lambda r: (str(r), ""),
    SavedSearch: lambda r: (r.name, r.noun),
    Collection: lambda r: (r.name, ""),
    Claim: lambda r: (r.text if len(r.text) < 80 else f"{r.text[:78]}…", r.by),
    Examination: lambda r: (r.reference, r.specimen.reference),
    Absence: lambda r: (f"{r.specimen.reference} ∌ {r.expected.reference}", ""),
}


# Finding: of each noun, what `q` (as typed) and `key` (its comparison key) are looked for in


def matching(noun, q, key, agency, **within):
    """At most MOST matches for what was typed so far, the nearest first; nothing typed gives the newest."""
    model, where, order = NOUNS[noun]
    found = standing(model).select_related(*ALSO.get(model, ()))
    for name, value in within.items():
        found = found.filter(**{name: value})
    if q and not key:
        return []
    if key:
        found = found.filter(where(q, key))
    nearest = [nearness(order, q, key), order] if key and order else ["-id"]
    rows = list(found.order_by(*nearest)[:MOST])
    if key and model is Organisation:
        rows = meant_by(q, rows)
    return [match(record, agency) for record in rows]


def meant_by(q, rows):
    """Organisations that what was typed means ("TI", a misspelling) before `rows`, those that hold its letters."""
    ((_name, _meant, found),) = resolved([q])
    meant = {one.organisation.pk: one.organisation for one in found}
    return [*meant.values(), *(row for row in rows if row.pk not in meant)][:MOST]


def nearness(order, q, key):
    """0 for the name itself, 1 for what begins with it, 2 for the rest."""
    column, value = ("key", key) if order in ("name", "number") else (order, q)
    return Case(
        When(**{f"{column}__iexact": value}, then=0),
        When(**{f"{column}__istartswith": value}, then=1),
        default=Value(2),
    )


def in_key(column, key):
    """Three letters and more are found anywhere in a key, fewer at its beginning."""
    return Q(**{f"{column}__{'contains' if len(key) > 2 else 'startswith'}": key})


def named(model, to):
    """Finds by the record's own key, or by one of its names in `model`."""

    def where(q, key):
        return in_key("key", key) | Q(pk__in=model.objects.filter(in_key("key", key), voided_at=None).values(to))

    return where


def of_specimen(q, key):
    numbers = SpecimenNumber.objects.filter(in_key("key", key), voided_at=None).values("specimen")
    systems = WeaponSystem.objects.filter(in_key("key", key), voided_at=None).values("pk")
    return Q(reference__istartswith=q) | in_key("title_key", key) | Q(pk__in=numbers) | Q(system__in=systems)


def of_component(q, key):
    return (
        Q(reference__istartswith=q)
        | Q(reference__iendswith=q)
        | in_key("marking_key", key)
        | Q(name__icontains=q)
        | Q(designator__iexact=q)
        | Q(label__istartswith=q)
    )


def of_leg(q, key):
    firms = Organisation.objects.filter(in_key("key", key), voided_at=None).values("pk")
    return (
        Q(reference__istartswith=q)
        | Q(sender__in=firms)
        | Q(receiver__in=firms)
        | Q(sender_known__icontains=q)
        | Q(receiver_known__icontains=q)
        | Q(consignment__icontains=q)
    )


NOUNS = {
    "systems": (WeaponSystem, named(SystemName, "system"), "name"),
    "specimens": (Specimen, of_specimen, "reference"),
    "components": (Component, of_component, "reference"),
    "parts": (Part, named(PartNumber, "part"), "number"),
    "organisations": (Organisation, named(OrganisationName, "organisation"), "name"),
    "sources": (
        Source,
        lambda q, key: Q(title__icontains=q) | Q(publisher__icontains=q) | Q(slug__istartswith=q),
        "title",
    ),
    "routes": (SupplyRoute, lambda q, key: in_key("key", key) | Q(slug__istartswith=q), ""),
    "legs": (RouteLeg, of_leg, "reference"),
    "vessels": (Vessel, lambda q, key: in_key("key", key) | Q(imo__startswith=q), "name"),
}
