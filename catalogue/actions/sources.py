"""Recording the documents that records rest on."""

from catalogue.models import Level, Source

from .organisations import said, slugs
from .record import amend, record_named
from .refusals import Refused


def record_source(*, title, actor, slug="", handling=Level.STRICT, released_to=(), reason="", **facts):
    """Record a document. `slug` is made from the title unless given."""
    row = {"title": said(title, "title", "source"), **facts}
    candidates = slugs(Source, title, slug, actor=actor)
    return record_named(Source, row, "slug", candidates, actor=actor, handling=handling, released_to=released_to)


def amend_source(source, changes, *, actor, **seen):
    """Change a source. Its slug stays."""
    changes.pop("slug", None)
    if changes.get("derived_from") is not None and changes["derived_from"].pk == source.pk:
        raise Refused("A source does not repeat itself; name the document it repeats.", "derived_from")
    amend(source, changes, actor=actor, **seen)
