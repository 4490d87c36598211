"""Jobs in the background, by name: what the actions ask for (`actions/imports.py`), a worker does here."""

import logging

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from catalogue.actions import readings, renditions
from catalogue.actions.imports import failed
from catalogue.actions.refusals import NotAllowed, Refused
from catalogue.actions.uploads import EXAMINE
from catalogue.imaging import ExaminerFailed
from catalogue.imaging.reading import ReadingFailed
from catalogue.imports import runs, uploaded
from catalogue.imports.tables import FileRefused
from catalogue.models import Photo, User
from catalogue.queries.component_facets import settle
from catalogue.queries.uploads import lost_jobs
from catalogue.security.viewing import NOBODY, RED, Viewer, gate, viewing_as

log = logging.getLogger("catalogue")


@app.task(name="catalogue.preview_import")
def preview_import(*, run, user, ceiling):
    """Try an import and take it back."""
    attempt(runs.preview, run, user, ceiling)


@app.task(name="catalogue.run_import")
def run_import(*, run, user, ceiling):
    """Record the file of an import."""
    attempt(runs.run_import, run, user, ceiling)


@app.task(name="catalogue.undo_import")
def undo_import(*, run, user, ceiling):
    """Take back what an import recorded."""
    attempt(runs.undo, run, user, ceiling)


@app.task(name="catalogue.make_tiles")
def make_tiles(*, photo, user, ceiling):
    """Make the tiles of a photograph, as far as the person who asked may see it now."""
    try:
        actor = runs.person(user, ceiling) if user is not None else NOBODY
        with viewing_as(actor):
            found = Photo.objects.filter(pk=photo, voided_at=None).first()
            if found is not None:
                renditions.make_tiles(found, actor=actor)
    except LookupError:
        log.info("tiles of %s: the account of the person who asked for them is closed", photo)


@app.periodic(cron="*/5 * * * *")
@app.task(name="catalogue.settle_counts", queueing_lock="catalogue.settle_counts")
def settle_counts(timestamp):
    """Make one row of the many steps that each count of components has gained; the counts stay as they are."""
    with viewing_as(NOBODY):
        steps = settle()
    log.info("counts: %s steps made one of each", steps)


ATTEMPTS = 3
NOT_EXAMINED = "This file could not be examined, for a reason that lies in this machine; it has been logged."


@app.task(name=EXAMINE, pass_context=True, retry=RetryStrategy(max_attempts=ATTEMPTS, wait=2))
def examine_upload(context, *, upload, user, ceiling):
    """Take a file that was received into evidence, or say why not."""
    try:
        actor = runs.person(user, ceiling)
        uploaded.take(upload, actor)
    except (User.DoesNotExist, LookupError):
        log.warning("upload %s: the account of the person who sent it is closed", upload)
    except (ExaminerFailed, OSError):
        if context.job.attempts + 1 < ATTEMPTS:
            raise
        log.exception("upload %s could not be examined", upload)
        uploaded.failed(upload, actor, NOT_EXAMINED)


NOT_READ = "This could not be read, for a reason that lies in this machine; it has been logged."


@app.task(name=readings.JOB, pass_context=True, retry=RetryStrategy(max_attempts=ATTEMPTS, wait=2))
def read_region(context, *, region, user, ceiling):
    """Read the print in a region of a photograph, or say with it why not."""
    try:
        actor = runs.person(user, ceiling)
        readings.read_region(region, actor=actor)
    except (User.DoesNotExist, LookupError, NotAllowed):
        log.warning("region %s: whoever asked for its reading may no longer record", region)
    except (ReadingFailed, ExaminerFailed, OSError):
        if context.job.attempts + 1 < ATTEMPTS:
            raise
        log.exception("region %s could not be read", region)
        readings.give_up(region, NOT_READ, actor=actor)


@app.periodic(cron="* * * * *")
@app.task(name="catalogue.resume_uploads", queueing_lock="resume_uploads")
def resume_uploads(timestamp):
    """Examinations and readings that a worker began which is gone are begun again."""
    resume()


def resume(silent=40):
    """Let jobs begin again whose worker has given no sign of life for `silent` seconds; 0: at the start of a worker.

    An examination that still runs elsewhere holds its upload: the second finds it taken, and does nothing. Of two
    readings the second finds that it is no longer waited for.
    """
    for task in (EXAMINE, readings.JOB):
        for number in lost_jobs(task, silent):
            app.job_manager.retry_job_by_id(number, retry_at=timezone.now())


def attempt(work, run, user, ceiling):
    """Do `work` as the person who asked, with the rights of now; a refusal is kept with the import."""
    actor = runs.person(user, ceiling)
    try:
        work(run, actor)
    except (FileRefused, Refused) as refusal:
        say(run, str(refusal), actor)
    except LookupError:
        say(run, "The account of the person who asked for this is closed.", actor)


def say(run, why, actor):
    """Keep a refusal with the import: as the actor, or, when that one may write no longer, as the import account."""
    for writer in (actor, service(actor)):
        if writer is None or not writer.may("import"):
            continue
        try:
            with viewing_as(writer):
                failed(run, why, actor=writer)
            return
        except LookupError:
            continue
    log.warning("import %s: %s", run, why)


def service(actor):
    with gate():
        account = User.objects.filter(agency_id=actor.agency, is_service=True, username__startswith="import@").first()
    return account and Viewer(account.pk, account.agency_id, account.role, RED)
