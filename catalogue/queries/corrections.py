"""What was corrected: changes of records for which somebody gave a reason, and records withdrawn."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from catalogue.models import Component, Organisation, Part, PublishedRecord, Source, Specimen, SupplyRoute, WeaponSystem

# {noun: (model, the column its page is named by, what it is called)}.
NOUNS = {
    "specimen": (Specimen, "reference", "reference"),
    "component": (Component, "reference", "reference"),
    "part": (Part, "id", "number"),
    "organisation": (Organisation, "slug", "name"),
    "system": (WeaponSystem, "slug", "name"),
    "route": (SupplyRoute, "slug", "title"),
    "source": (Source, "slug", "title"),
    "published-record": (PublishedRecord, "id", "entry_id"),
}
MOST = 200
# Who may read a record is no correction of it; a state of review neither. The rest follows from other columns.
NOT_ITS_CONTENT = (
    "declared_id", "audience_id", "version", "updated_at", "review", "review_remark", "reviewed_at", "reviewed_by_id",
    "sent_at", "sent_by_id", "voided_by_id", "canonical_id",
)  # fmt: skip
EACH = """(SELECT e.pgh_created_at AS at, '{noun}' AS noun, r.{key}::text AS key, r.{called}::text AS called,
    coalesce(nullif(e.pgh_context->>'reason', ''), e.void_reason) AS reason,
    catalogue_examiner((e.pgh_context->>'actor')::int) AS who, e.voided_at IS NOT NULL AS withdrawn, d.columns
  FROM {table}event e JOIN {table} r ON r.id = e.pgh_obj_id
  JOIN LATERAL (SELECT p.* FROM {table}event p WHERE p.pgh_obj_id = e.pgh_obj_id AND p.pgh_id < e.pgh_id
                 ORDER BY p.pgh_id DESC LIMIT 1) p ON true
  JOIN LATERAL (SELECT array_agg(n.key ORDER BY n.key) AS columns
                  FROM jsonb_each(to_jsonb(e)) n JOIN jsonb_each(to_jsonb(p)) o USING (key)
                 WHERE n.value <> o.value AND n.key NOT LIKE 'pgh\\_%%' AND n.key <> ALL (%(kept)s)) d
       ON d.columns IS NOT NULL
 WHERE e.pgh_label = 'changed' AND (e.pgh_context->>'reason' <> '' OR e.void_reason <> '')
 ORDER BY e.pgh_id DESC LIMIT {most})"""


@dataclass(frozen=True)
class Correction:
    """One change: of which record, which columns, why, when, by whom (an examiner code)."""

    at: datetime
    noun: str
    key: str
    called: str
    reason: str
    who: str
    withdrawn: bool
    columns: list

    @property
    def model(self):
        return NOUNS[self.noun][0]


def corrections():
    """The latest corrections that the reader may see, newest first; at most MOST."""
    every = "\nUNION ALL\n".join(
        EACH.format(noun=noun, key=key, called=called, table=model._meta.db_table, most=MOST)
        for noun, (model, key, called) in NOUNS.items()
    )
    with connection.cursor() as cursor:
        cursor.execute(f"{every}\nORDER BY 1 DESC LIMIT {MOST}", {"kept": list(NOT_ITS_CONTENT)})
        return [Correction(*row) for row in cursor.fetchall()]
