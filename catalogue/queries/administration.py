"""Questions of administrators: who there is, what was changed, what each level holds, how the machine does."""

import json

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q

from catalogue.models import (
    Agency,
    ApiKey,
    Audience,
    Component,
    EvidenceFile,
    Organisation,
    Part,
    Photo,
    PublishedRecord,
    RouteLeg,
    Source,
    Specimen,
    SupplyRoute,
    User,
    WeaponSystem,
)

COUNTED = {
    "specimens": Specimen,
    "components": Component,
    "photos": Photo,
    "files": EvidenceFile,
    "systems": WeaponSystem,
    "parts": Part,
    "organisations": Organisation,
    "routes": SupplyRoute,
    "legs": RouteLeg,
    "sources": Source,
    "published-records": PublishedRecord,
}


def people(agency):
    """The people of an agency, those with a closed account last."""
    return User.objects.filter(agency=agency, is_service=False).order_by("-is_active", "username")


def keys():
    """The keys that the reader administers: of machines and of people; running ones first."""
    return ApiKey.objects.select_related("user", "agency").order_by("-revoked_at", "-created_at")


def agencies():
    """All agencies, the home agency first, with what the reader knows of each: people and running keys."""
    person = Q(users__is_service=False, users__is_active=True)
    administered = User.objects.filter(agency=OuterRef("pk"), is_service=False, role="administrator", is_active=True)
    counted = Agency.objects.annotate(
        people=Count("users", filter=person, distinct=True),
        running=Count("keys", filter=Q(keys__revoked_at=None), distinct=True),
        administered=Exists(administered),
    )
    return counted.order_by("-is_home", "name")


def unattended(found):
    """Ids of those of `found` (agencies) in which nobody has signed in yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM unnest(%s::int[]) id WHERE catalogue_unattended(id)", [[a.pk for a in found]])
        return {number for (number,) in cursor.fetchall()}


def records_per_level(agency):
    """{TLP level: {noun: records in force of the agency}}, as far as the reader may see them."""
    found = {}
    levels = dict(Audience.objects.values_list("id", "level"))
    for noun, model in COUNTED.items():
        ours = model.objects.filter(owner=agency, voided_at=None)
        for audience, count in ours.values_list("audience_id").annotate(Count("pk")).order_by():
            of_level = found.setdefault(levels[audience], {})
            of_level[noun] = of_level.get(noun, 0) + count
    return found


# The kinds of rows that administrators change: what is shown of each, and where its event table is.
CHANGES = """
WITH events AS (
  SELECT 'user' AS kind, pgh_obj_id, pgh_id, pgh_created_at, pgh_label, pgh_context,
         to_jsonb(e) - '{pgh_id,pgh_created_at,pgh_label,pgh_context,pgh_obj_id,id,created_at,email}'::text[] AS now,
         coalesce(nullif(name, ''), username) AS called, agency_id FROM catalogue_userevent e
  UNION ALL
  SELECT 'agency', pgh_obj_id, pgh_id, pgh_created_at, pgh_label, pgh_context,
         to_jsonb(e) - '{pgh_id,pgh_created_at,pgh_label,pgh_context,pgh_obj_id,id,uid}'::text[],
         name, pgh_obj_id FROM catalogue_agencyevent e
  UNION ALL
  SELECT 'key', pgh_obj_id, pgh_id, pgh_created_at, pgh_label, pgh_context,
         to_jsonb(e) - '{pgh_id,pgh_created_at,pgh_label,pgh_context,pgh_obj_id,id,created_at,last_used_at}'::text[],
         coalesce(nullif(name, ''), prefix), agency_id FROM catalogue_apikeyevent e
), changed AS (
  SELECT *, lag(now) OVER (PARTITION BY kind, pgh_obj_id ORDER BY pgh_id) AS before FROM events
)
SELECT c.kind, c.pgh_obj_id, c.called, a.name, c.pgh_created_at, c.pgh_label, c.now, c.before,
       coalesce(nullif(u.name, ''), u.username)
FROM changed c
LEFT JOIN catalogue_agency a ON a.id = c.agency_id
LEFT JOIN catalogue_user u ON u.id = (c.pgh_context ->> 'actor')::int
WHERE c.kind <> 'user' OR NOT (c.now ->> 'is_service')::bool
ORDER BY c.pgh_created_at DESC, c.pgh_id DESC
LIMIT %s OFFSET %s
"""


def changes(limit, offset=0):
    """What was changed of accounts, agencies and keys, the newest first.

    Dictionaries of kind (user, agency, key), record (its id), called, agency, at, label (created, changed), now and
    before (the columns then; before is None for a new row), actor (None: a command on the machine).
    """
    names = ("kind", "record", "called", "agency", "at", "label", "now", "before", "actor")
    with connection.cursor() as cursor:
        cursor.execute(CHANGES, [limit, offset])
        found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    for change in found:
        change |= {"now": json.loads(change["now"]), "before": change["before"] and json.loads(change["before"])}
    return found


def jobs():
    """{status: how many jobs in the background} of those that wait (todo), run (doing) or failed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT status::text, count(*) FROM procrastinate_jobs"
            " WHERE status IN ('todo', 'doing', 'failed') GROUP BY 1"
        )
        return dict(cursor.fetchall())


def failed_jobs(limit=20):
    """(id, task, queue, attempts, when it failed) of jobs that failed, the newest first. Never what they were given."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT j.id, j.task_name, j.queue_name, j.attempts, max(e.at) FROM procrastinate_jobs j"
            " LEFT JOIN procrastinate_events e ON e.job_id = j.id WHERE j.status = 'failed'"
            " GROUP BY j.id ORDER BY j.id DESC LIMIT %s",
            [limit],
        )
        return cursor.fetchall()


def workers():
    """When each worker last gave a sign of life, the latest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_heartbeat FROM procrastinate_workers ORDER BY last_heartbeat DESC")
        return [at for (at,) in cursor.fetchall()]


def database():
    """(PostgreSQL's version, size of the database in bytes)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), pg_database_size(current_database())")
        version, size = cursor.fetchone()
        return version.split()[0], size
