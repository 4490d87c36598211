"""Keeping a list by name, watching it; bringing back what was voided by mistake."""

from django.utils import timezone

from catalogue.models import Level, SavedSearch, Watch
from catalogue.security.viewing import Viewer, giving

from .handling import may_change
from .organisations import said
from .record import amend, explained, record, require
from .refusals import NotAllowed, Refused

LONGEST = 4000  # characters of a query


def save_search(*, name, noun, actor: Viewer, query="", note="", handling=Level.STRICT, released_to=(), reason=""):
    """Keep the list of `noun` that `query` narrows, under a name."""
    row = {"name": said(name, "name", "search"), "noun": noun, "query": plain(query), "note": note.strip()}
    return record(SavedSearch, [row], actor=actor, handling=handling, released_to=released_to)[0]


def amend_search(search, changes, *, actor: Viewer, **seen):
    """Change a saved search: its name, what it asks, its note."""
    if "name" in changes:
        changes["name"] = said(changes["name"], "name", "search")
    if "query" in changes:
        changes["query"] = plain(changes["query"])
    amend(search, changes, actor=actor, **seen)


def plain(query):
    """A query without the question mark and without where a page begins. Raises Refused for a very long one."""
    kept = [part for part in query.strip().removeprefix("?").split("&") if part and not part.startswith("cursor=")]
    if len(query) > LONGEST:
        raise Refused(f"A saved search holds at most {LONGEST:,} characters; narrow the list by fewer values.", "query")
    return "&".join(kept)


def look_at(search, *, actor: Viewer):
    """Watch a search from now on, or say that its matches were looked at. Whatever the role: it is one's own mark."""
    if not actor.is_authenticated:
        raise NotAllowed("Sign in or send a key to do this.")
    Watch.objects.update_or_create(search=search, user_id=actor.user, defaults={"seen_at": timezone.now()})


def watch_no_more(search, *, actor: Viewer):
    """Watch a search no longer."""
    if not actor.is_authenticated:
        raise NotAllowed("Sign in or send a key to do this.")
    Watch.objects.filter(search=search, user_id=actor.user).delete()


def bring_back(found, *, actor: Viewer, reason="Brought back."):
    """Put a voided saved search, collection or item of the own agency in force again."""
    require(actor, "void")
    may_change(found, actor=actor)
    with giving(reason), explained():
        type(found).objects.filter(pk=found.pk, voided_at__isnull=False).update(
            voided_at=None, voided_by_id=None, void_reason=""
        )
