"""Recording what was found in a specimen."""

import uuid
from itertools import repeat

from django.db.models import F, Q

from catalogue.models import Component, ComponentIdentifier, Level, MarkingState, Part
from catalogue.security.viewing import giving

from .identify import identify, withdraw_identification
from .record import BrokenRule, amend, record_named
from .references import references
from .refusals import Refused
from .settle import once, settle

TAKEN = "This id is taken; make a new one and send the row again."
OPINION = ("manufacturer", "part", "basis", "confidence")


def record_component(
    *,
    specimen,
    actor,
    manufacturer=None,
    part=None,
    basis=None,
    confidence=None,
    identifiers=None,
    handling=Level.STRICT,
    released_to=(),
    reason="",
    **facts,
):
    """Record one row of a specimen's inventory, and identify it when a manufacturer or part is named.

    The identification is seen by whoever sees component, maker and part. `basis` defaults to the marking when one
    was read, `confidence` to low: whoever is surer says so. In a reviewed specimen it takes a `reason`.
    `identifiers` are rows of kind, text and whether it was read out electronically.
    """
    facts = consistent(facts)
    candidates = (references(Component, [prefix])[0] for prefix in repeat(specimen.reference))
    with giving(reason):
        found = record_named(
            Component, {"specimen": specimen, **facts}, "reference", candidates,
            actor=actor, handling=handling, released_to=released_to,
        )  # fmt: skip
        number(found, identifiers, actor=actor)
    opine(found, manufacturer, part, basis, confidence, actor=actor)
    return found


def record_component_once(*, id, specimen, actor, **facts):
    """(component, whether it is new): recorded under the `id` that its sender made, however often it is sent.

    Sent again by the same user for the same specimen it is the record that is there, as it is by now. Any other
    record with this id is refused with one sentence, whether the sender may see that record or not.
    """
    found = sent_before(id, specimen, actor=actor)
    if found is not None:
        return found, False
    try:
        return record_component(id=id, specimen=specimen, actor=actor, **facts), True
    except BrokenRule as broken:
        if broken.rule != "catalogue_component_pkey":
            raise
    found = sent_before(id, specimen, actor=actor)  # the same request, twice at the same moment
    if found is None:
        raise Refused(TAKEN, "id")
    return found, False


def sent_before(id, specimen, *, actor):
    """The component that the actor recorded under this id in this specimen, perhaps voided since. Raises Refused."""
    found = Component.objects.filter(pk=id).first()
    if found is None:
        return None
    if (found.owner_id, found.created_by_id, found.specimen_id) != (actor.agency, actor.user, specimen.pk):
        raise Refused(TAKEN, "id")
    return found


def amend_component(component, changes, *, actor, **seen):
    """Change a component; another manufacturer or part is a new identification, the earlier superseded.

    `identifiers`, when sent, are all it has from now on.
    """
    identifiers = changes.pop("identifiers", None)
    opinion = {name: changes.pop(name) for name in OPINION if name in changes}
    moved = changes.get("specimen")
    if moved is not None and moved.pk != component.specimen_id:
        raise Refused("A component stays with its specimen; void it and record it there.", "specimen")
    changes.pop("specimen", None)
    amend_numbered(component, consistent(changes), identifiers, actor=actor, **seen)
    if not opinion:
        return
    if opinion.get("manufacturer", 0) is None and opinion.get("part") is None:
        withdraw_identification(component=component, actor=actor)
        return
    now = Component.objects.select_related("manufacturer").get(pk=component.pk)
    if says_the_same(opinion, now, actor=actor):
        return
    opine(
        now,
        opinion.get("manufacturer", now.manufacturer),
        opinion.get("part"),
        opinion.get("basis"),
        opinion.get("confidence"),
        actor=actor,
    )


def amend_numbered(component, changes, identifiers, *, actor, **seen):
    """Change a component and its identifiers. They go before, and come after, a quantity that is not one."""
    with giving(seen.get("reason", "")):
        held = Component.objects.select_for_update().filter(pk=component.pk).values_list("version", flat=True).first()
        before = numbers_of(component)
        if identifiers is not None and seen.get("version") in (None, held):
            kept = {(row["kind_id"], row["text"]) for row in identifiers}
            number(component, [row for row in before if (row["kind_id"], row["text"]) in kept], actor=actor)
        amend(component, changes, actor=actor, **seen)
        number(component, identifiers, actor=actor)
        if numbers_of(component) != before:
            Component.objects.filter(pk=component.pk, version=held).update(version=F("version") + 1)


def numbers_of(component):
    """The identifiers in force that the actor sees, as they are sent."""
    found = ComponentIdentifier.objects.filter(component=component, voided_at=None).order_by("id")
    return list(found.values("kind_id", "text", "electronic"))


def number(component, identifiers, *, actor):
    """Make these its identifiers, unless none were sent."""
    if identifiers is not None:
        settle(ComponentIdentifier, {"component": component}, once(identifiers, "kind_id", "text"), actor=actor)


def says_the_same(opinion, component, *, actor):
    """Whether what was sent is what the component is identified as: sent back as read it is no opinion."""
    if "basis" in opinion or "confidence" in opinion or component.manufacturer_id is None:
        return False
    maker = opinion.get("manufacturer", component.manufacturer)
    part = opinion.get("part")
    if maker is None or maker.pk != component.manufacturer_id:
        return False
    return (part_named(part, maker, actor=actor).pk if part is not None else None) == component.part_id


def consistent(facts):
    """`facts` with the marking state that follows from a marking, and empty instead of null texts."""
    facts = dict(facts)
    if facts.get("marking") and facts.setdefault("marking_state", MarkingState.READ) != MarkingState.READ:
        raise Refused("A component with a marking has the marking state “read”.", "marking_state")
    if "grade" in facts:
        facts["grade"] = facts["grade"] or ""
    return facts


def opine(component, manufacturer, part, basis, confidence, *, actor):
    """Identify as asked. A part alone names its maker too."""
    if part is not None:
        part = part_named(part, manufacturer, actor=actor)
        manufacturer = manufacturer or part.manufacturer
    if manufacturer is None:
        if basis or confidence:
            raise Refused("Name the manufacturer or the part that this basis and confidence speak of.", "manufacturer")
        return
    identify(
        component=component,
        manufacturer=manufacturer,
        part=part,
        basis=basis or ("marking-read" if component.marking else "visual"),
        confidence=confidence or "low",
        actor=actor,
    )


def part_named(named, manufacturer, *, actor):
    """The part with this id, or this number among the manufacturer's; of equal ones the own agency's, the widest.

    Raises Refused.
    """
    if isinstance(named, Part):
        return named
    try:
        wanted = Q(pk=uuid.UUID(named))
    except ValueError:
        wanted = Q(number=named) | Q(numbers__text=named)
    found = Part.objects.filter(wanted, voided_at=None).select_related("manufacturer", "audience").distinct()
    if manufacturer is not None:
        found = found.filter(manufacturer=manufacturer)
    parts = sorted(found, key=lambda part: (part.owner_id != actor.agency, part.audience.level, part.pk))
    if not parts:
        of = f" of {manufacturer.name}" if manufacturer is not None else ""
        raise Refused(f"There is no part {named!r}{of} that you may see; record it under /api/v1/parts/ first.", "part")
    if len({part.manufacturer_id for part in parts}) > 1:
        raise Refused(f"Several makers have a part {named!r}; name the manufacturer too.", "part")
    return parts[0]
