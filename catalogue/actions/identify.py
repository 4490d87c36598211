"""Saying what a component is: an opinion with a name, a basis and a confidence."""

from catalogue.models import Identification, IdentificationState, Level
from catalogue.security.viewing import Viewer

from .record import explained, record, require
from .refusals import Refused


class PartOfAnotherMaker(Refused):
    """The part is not made by the manufacturer that was named."""


def identify(*, component, manufacturer, part=None, basis, confidence, actor: Viewer, handling=None, **more):
    """Accept an identification of `component`; the agency's earlier one is kept, superseded.

    One that a colleague keeps from the actor stays accepted beside it: to touch it, or to fail on it, would tell.
    Of a component of the own agency `handling` defaults to CLEAR, that is, to whatever the component, maker
    and part allow, since a link is never wider than its ends; of another agency's to AMBER+STRICT of the own.
    `more`: family, marked_as, made_by, reasons.
    Raises PartOfAnotherMaker when `part` is not made by `manufacturer`.
    """
    require(actor, "identify")
    if part is not None and part.manufacturer_id != manufacturer.pk:
        raise PartOfAnotherMaker(f"{part.number} is not a part of {manufacturer.name}; name its own maker.", "part")
    supersede(component, actor=actor)
    row = {
        "component": component,
        "manufacturer": manufacturer,
        "part": part,
        "basis_id": basis,
        "confidence": confidence,
        "state": IdentificationState.ACCEPTED,
        "identified_by_id": actor.user,
        **more,
    }
    own = component.owner_id == actor.agency
    if handling is None:
        handling = Level.CLEAR if own else Level.STRICT
    return record(Identification, [row], actor=actor, handling=handling, bounded=own)[0]


def withdraw_identification(*, component, actor: Viewer):
    """Take back the agency's accepted identification: the component is unidentified, the opinion kept."""
    require(actor, "identify")
    supersede(component, actor=actor)


def supersede(component, *, actor):
    """The agency's accepted identifications that the actor sees are accepted no longer."""
    with explained():
        Identification.objects.filter(
            component=component, owner_id=actor.agency, state=IdentificationState.ACCEPTED, voided_at=None
        ).update(state=IdentificationState.SUPERSEDED)
