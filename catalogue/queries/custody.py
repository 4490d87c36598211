"""Events of custody: who had a specimen or a component of it, from whom, to whom, under which seals."""

from catalogue.models import CustodyEvent, CustodyKind

from .chain import Event, examine
from .shape import Shape, code, common, moment, text, url_of, uuid

SHAPE = Shape(
    CustodyEvent,
    {
        "id": uuid("id", "Identifier (UUIDv7)."),
        "url": url_of("custody", "id"),
        "specimen": {"reference": code("specimen__reference", "The specimen.")},
        "component": {
            "reference": code("component__reference", "The component it is of; null for the whole specimen.")
        },
        "kind": code("kind", "What happened (ISO/IEC 27037, ISO 21043-1).", choices=tuple(CustodyKind.values)),
        "happened": moment("happened_at", "When it happened, UTC."),
        "zone": code("zone", "IANA time zone by whose clocks it was noted."),
        "from": text("giver", "Who gave it."),
        "to": text("receiver", "Who has it from then on, or who did it."),
        "place": text("place", "Where."),
        "seals": text("seals", "Numbers of the seals."),
        "purpose": text("purpose", "What for."),
        **common(),
    },
)


def chain(events):
    """{event's id: [Remark]} of the events of one specimen that the reader sees, in any order.

    What was noted wrongly and voided is no event of the chain: nothing is said of it, nor by it of another.
    """
    return examine(
        Event(
            key=event.pk,
            of=event.component_id,
            kind=event.kind,
            at=event.happened_at,
            noted_at=event.created_at,
            giver=event.giver,
            receiver=event.receiver,
            seals=event.seals,
        )
        for event in events
        if event.voided_at is None
    )


def last_zone(user):
    """The time zone in which this person last noted an event; empty when there is none."""
    last = CustodyEvent.objects.filter(created_by=user).order_by("-created_at").values_list("zone", flat=True)
    return last.first() or ""
