"""Keeping a list by name, and watching it."""

from django.utils import timezone

from catalogue.models import SavedSearch, Watch
from catalogue.security.viewing import Viewer

from .keeping import amend_kept, keep
from .organisations import said
from .refusals import NotAllowed, Refused

LONGEST = 4000  # characters of a query


def save_search(*, name, noun, actor: Viewer, query="", note="", **seen):
    """Keep the list of `noun` that `query` narrows, under a name; `seen` as `keep` takes it."""
    row = {"name": said(name, "name", "search"), "noun": noun, "query": plain(query), "note": note.strip()}
    return keep(SavedSearch, row, actor=actor, **seen)


def amend_search(search, changes, *, actor: Viewer, **seen):
    """Change a saved search: its name, what it asks, its note."""
    if "name" in changes:
        changes["name"] = said(changes["name"], "name", "search")
    if "query" in changes:
        changes["query"] = plain(changes["query"])
    amend_kept(search, changes, actor=actor, **seen)


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
