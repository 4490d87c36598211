"""Keeping other people's published entries, verbatim."""

import hashlib
import json

from catalogue.models import Level, PublishedRecord

from .organisations import said
from .record import amend, record, require
from .refusals import Refused


def record_published(*, source, entry_id, actor, handling=Level.STRICT, released_to=(), reason="", **entry):
    """Keep one entry of `source`, verbatim.

    `entry`: text, manufacturer, country, recovered_in, url, photo_url, last_verified.

    Raises Refused when the agency has this entry already, as far as the actor sees.
    """
    require(actor, "import")
    entry_id = said(entry_id, "source_id", "published record")
    if PublishedRecord.objects.filter(owner_id=actor.agency, source=source, entry_id=entry_id, voided_at=None).exists():
        raise Refused(
            f"Your agency has the entry {entry_id!r} of {source.slug} already; it is never edited.",
            "source_id",
        )
    row = {"source_id": entry_id, **entry}
    told = json.dumps(row, sort_keys=True, ensure_ascii=False).encode()
    columns = {
        "source": source,
        "entry_id": entry_id,
        **entry,
        "row": row,
        "row_sha256": hashlib.sha256(told).hexdigest(),
    }
    return record(PublishedRecord, [columns], actor=actor, handling=handling, released_to=released_to)[0]


def amend_published(published, changes, *, actor, **seen):
    """Move the handling of an entry. Raises Refused for any other change: an entry is kept verbatim."""
    for name in changes:
        raise Refused("A published record is kept verbatim and never edited; only its handling changes.", name)
    amend(published, {}, actor=actor, **seen)
