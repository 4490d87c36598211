"""Recording what was found in a specimen."""

import uuid
from itertools import repeat

from django.db.models import Q

from catalogue.models import Component, Level, MarkingState, Part
from catalogue.security.viewing import giving

from .identify import identify, withdraw_identification
from .record import amend, record_named
from .references import references
from .refusals import Refused

OPINION = ("manufacturer", "part", "basis", "confidence")


def record_component(
    *,
    specimen,
    actor,
    manufacturer=None,
    part=None,
    basis=None,
    confidence=None,
    handling=Level.STRICT,
    released_to=(),
    reason="",
    **facts,
):
    """Record one row of a specimen's inventory, and identify it when a manufacturer or part is named.

    The identification is seen by whoever sees component, maker and part. `basis` defaults to the marking when one
    was read, `confidence` to low: whoever is surer says so. In a reviewed specimen it takes a `reason`.
    """
    facts = consistent(facts)
    candidates = (references(Component, [prefix])[0] for prefix in repeat(specimen.reference))
    with giving(reason):
        found = record_named(
            Component, {"specimen": specimen, **facts}, "reference", candidates,
            actor=actor, handling=handling, released_to=released_to,
        )  # fmt: skip
    opine(found, manufacturer, part, basis, confidence, actor=actor)
    return found


def amend_component(component, changes, *, actor, **seen):
    """Change a component; another manufacturer or part is a new identification, the earlier superseded."""
    opinion = {name: changes.pop(name) for name in OPINION if name in changes}
    moved = changes.get("specimen")
    if moved is not None and moved.pk != component.specimen_id:
        raise Refused("A component stays with its specimen; void it and record it there.", "specimen")
    changes.pop("specimen", None)
    amend(component, consistent(changes), actor=actor, **seen)
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
