"""Searches and collections: kept for their agency by those who may record, and by everybody for themselves alone."""

from catalogue.models import Level
from catalogue.security.viewing import Viewer, giving

from .handling import may_change
from .record import amend, explained, record, require, void
from .refusals import NotAllowed


def keep(model, row, *, actor: Viewer, handling=None, released_to=(), reason=""):
    """Keep one record of `model`: for the agency, or as `handling` says; RED, for the actor alone, without a role
    that may record. Raises NotAllowed when such a role asks for more readers."""
    require(actor, "keep")
    alone = not actor.may("record")
    if alone and (handling not in (None, Level.RED) or released_to):
        raise NotAllowed(
            f"Your role ({actor.role}) keeps searches and collections for yourself alone; leave `handling` and "
            "`released_to` out."
        )
    level = Level.RED if alone else Level.STRICT if handling is None else handling
    return record(model, [row], actor=actor, handling=level, released_to=released_to, verb="keep")[0]


def keeps(found, viewer: Viewer):
    """Whether the viewer may change what is kept: its agency's with a role that may record, else one's own alone."""
    if found.owner_id != viewer.agency or not viewer.may("keep"):
        return False
    return viewer.may("record") or found.audience.readers == [viewer.user]


def may_keep(found, *, actor: Viewer):
    """Refuse to change what is kept by another agency, or for others by a role that may not record."""
    require(actor, "keep")
    may_change(found, actor=actor)
    if not keeps(found, actor):
        raise NotAllowed(
            f"Your role ({actor.role}) changes what you keep for yourself alone; an analyst or curator of your agency "
            "changes this."
        )


def amend_kept(found, changes, *, actor: Viewer, **seen):
    """Change what is kept, as `amend` does."""
    may_keep(found, actor=actor)
    amend(found, changes, actor=actor, verb="keep", **seen)


def drop(found, *, actor: Viewer, reason):
    """Void what is kept; it can be brought back."""
    may_keep(found, actor=actor)
    void([found], actor=actor, reason=reason, verb="keep")


def bring_back(found, *, actor: Viewer, reason="Brought back."):
    """Put a voided saved search, collection or item in force again."""
    may_keep(found, actor=actor)
    with giving(reason), explained():
        type(found).objects.filter(pk=found.pk, voided_at__isnull=False).update(
            voided_at=None, voided_by_id=None, void_reason=""
        )
