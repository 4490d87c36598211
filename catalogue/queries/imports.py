"""Imports of an agency, and how their jobs do."""

from django.db import connection
from django.db.models.fields.json import KeyTextTransform

from catalogue.models import Import, ImportState, PublishedRecord

SILENT = 40  # seconds without a sign of life after which a worker is gone; it gives one every ten
LIVES = """
SELECT j.status = 'todo' OR (j.status = 'doing' AND w.last_heartbeat > now() - make_interval(secs => %s))
  FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
 WHERE j.args ->> 'run' = %s ORDER BY j.id DESC LIMIT 1
"""


def imports_of(agency):
    """The imports of published records by an agency, as far as the reader sees them; the newest first."""
    return (
        Import.objects.filter(owner_id=agency, format="published", voided_at=None)
        .select_related("created_by", "declared")
        .order_by("-id")
    )


def has_job(run):
    """Whether a worker is at the import with the id `run` or will be; one that was killed is not."""
    with connection.cursor() as cursor:
        cursor.execute(LIVES, [SILENT, str(run)])
        found = cursor.fetchone()
    return bool(found and found[0])


def same_file(run):
    """The agency's last import of the same bytes that is done, or None."""
    same = imports_of(run.owner_id).filter(sha256=run.sha256, state=ImportState.DONE)
    return same.exclude(pk=run.pk).first()


def published_by(run):
    """Ids of the published records that an import recorded or changed, as a query."""
    events = PublishedRecord.pgh_event_model.objects.annotate(of=KeyTextTransform("import", "pgh_context"))
    return events.filter(of=str(run)).values("pgh_obj_id")
