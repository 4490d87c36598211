"""Confirming that an organisation or a vessel is on a list: a curator says so, by name."""

from catalogue.models import Level, Listing, ListingCitation

from .citations import cite
from .lines import moving
from .organisations import said
from .record import amend, record, require, void


def record_listing(
    *, authority, list, actor, citations=None, handling=Level.STRICT, released_to=(), reason="", **facts
):
    """Record a listing as confirmed by the actor."""
    require(actor, "confirm")
    row = {
        "authority": said(authority, "authority", "listing"),
        "list": said(list, "list", "listing"),
        "confirmed_by_id": actor.user,
        **facts,
    }
    found = record(Listing, [row], actor=actor, handling=handling, released_to=released_to)[0]
    cite(ListingCitation, found, citations, actor=actor)
    return found


def amend_listing(listing, changes, *, actor, **seen):
    """Change a listing, for example when it was delisted; citations, when sent, are all it has."""
    require(actor, "confirm")
    citations = changes.pop("citations", None)
    with moving(Listing, [listing.pk]):
        amend(listing, changes, actor=actor, **seen)
        cite(ListingCitation, listing, citations, actor=actor)


def void_listing(listing, *, actor, reason):
    """Withdraw a listing that was confirmed wrongly; one that ended is given its day of delisting instead."""
    require(actor, "confirm")
    void([listing], actor=actor, reason=reason)
