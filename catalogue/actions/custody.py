"""Recording custody: the chain only grows. An event that was noted wrongly is voided with a reason and noted anew."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from catalogue.models import CustodyEvent, Level
from catalogue.security.viewing import Viewer

from .handling import may_change
from .record import record, require
from .refusals import Refused


def record_custody(
    *,
    kind,
    happened_at,
    zone,
    actor: Viewer,
    specimen=None,
    component=None,
    giver="",
    receiver="",
    place="",
    seals="",
    purpose="",
    handling=Level.STRICT,
    released_to=(),
    reason="",
):
    """Add an event to the chain of a specimen or of one component of it.

    `happened_at` is an aware moment, `zone` the IANA name of the clocks by which it was noted. What does not fit the
    chain is recorded too: it is shown, not refused. Raises Refused for an unknown zone or a moment that has not come.
    """
    require(actor, "record")
    if specimen is None and component is None:
        raise Refused("Name one of specimen and component: what the event is of.", "specimen")
    specimen = specimen or component.specimen
    if component is not None and component.specimen_id != specimen.pk:
        raise Refused("The component is of another specimen; name its own, or leave the specimen out.", "component")
    may_change(specimen, actor=actor)
    row = {
        "specimen": specimen,
        "component": component,
        "kind": kind,
        "happened_at": happened_at,
        "zone": known(zone),
        "giver": giver.strip(),
        "receiver": receiver.strip(),
        "place": place.strip(),
        "seals": seals.strip(),
        "purpose": purpose.strip(),
    }
    return record(CustodyEvent, [row], actor=actor, handling=handling, released_to=released_to)[0]


def known(zone):
    """`zone` when it is an IANA time zone."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Refused(f"{zone!r} is no IANA time zone; write one like Europe/Kyiv or UTC.", "zone") from None
    return zone
