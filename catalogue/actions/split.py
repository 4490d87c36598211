"""Dividing a row of an inventory that stands for several pieces: some stay, the rest becomes a row of its own."""

from itertools import repeat

from catalogue.models import Component, ComponentIdentifier, DateReading, Identification, IdentificationState
from catalogue.security.viewing import giving

from .handling import may_change
from .record import amend, record, record_named, require
from .references import references
from .refusals import NotThere, Refused

FACTS = (
    "specimen", "parent", "published_record", "basis", "kind", "name", "category", "label", "designator", "marking",
    "marking_state", "published_text", "date_code", "made", "made_from", "made_to", "marked_country", "grade",
    "authenticity", "authenticity_test", "condition", "note",
)  # fmt: skip
OPINION = ("manufacturer", "family", "part", "marked_as", "made_by", "basis", "confidence", "state", "identified_by",
           "reasons")  # fmt: skip
READING = ("scheme", "made", "made_from", "made_to", "reason", "chosen_at", "chosen_by")


def split(component, *, keep, actor, version=None, reason=""):
    """Leave `keep` pieces in a row and record the rest as a new row with the same facts, which is returned.

    The new row has the row's handling, its accepted identification and its readings of the date code. What lies
    inside, and photographs, stay with the row: they show particular pieces. In a reviewed specimen it takes a reason.
    """
    require(actor, "record")
    may_change(component, actor=actor)
    now = Component.objects.select_for_update().filter(pk=component.pk, voided_at=None).first()
    if now is None:
        raise NotThere("This record was voided or withdrawn.")
    if ComponentIdentifier.objects.filter(component=now, voided_at=None).exists():
        raise Refused("A piece with a serial number is not split; record the others as a component of their own.")
    if now.quantity is None:
        raise Refused("It is not stated how many pieces this row stands for; say so first, then split it.")
    if not 1 <= keep < now.quantity:
        raise Refused(f"Of {now.quantity} pieces at least one stays and at least one goes.", "keep")
    amend(now, {"quantity": keep}, actor=actor, version=version, reason=reason)
    rest = columns(now, FACTS) | {"quantity": now.quantity - keep}
    candidates = (references(Component, [prefix])[0] for prefix in repeat(now.specimen.reference))
    with giving(reason):
        made = record_named(Component, rest, "reference", candidates, **as_seen(now, actor))
    for model, names in ((Identification, OPINION), (DateReading, READING)):
        for row in model.objects.filter(component=now, owner_id=actor.agency, voided_at=None).order_by("id"):
            if getattr(row, "state", IdentificationState.ACCEPTED) == IdentificationState.ACCEPTED:
                record(model, [columns(row, names) | {"component": made}], **as_seen(row, actor))
    return made


def columns(row, names):
    """The columns of a row under these names."""
    return {(column := row._meta.get_field(name).attname): getattr(row, column) for name in names}


def as_seen(row, actor):
    """Keywords that record another row for the readers that this one was declared for."""
    declared = row.declared
    return {
        "actor": actor,
        "handling": declared.level,
        "released_to": [agency for agency in declared.agencies or () if agency != actor.agency],
        "readers": declared.readers or (),
        "bounded": True,
    }
