"""An import as its curators steer it: begun, previewed, run, undone, discarded. The work itself is done by jobs."""

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from catalogue.models import Import, ImportState
from catalogue.security.viewing import Viewer

from .record import record, require, void
from .refusals import NotThere, Refused

JOBS = {
    ImportState.WAITING: "catalogue.preview_import",
    ImportState.RUNNING: "catalogue.run_import",
    ImportState.UNDOING: "catalogue.undo_import",
}


def begin_import(*, id, file_name, sha256, actor: Viewer, handling):
    """An import of a file that is kept already; its preview is asked for. What it records is handled as it is."""
    require(actor, "import")
    row = {
        "id": id, "format": "published", "file_name": file_name, "sha256": sha256,
        "state": ImportState.WAITING, "counts": {},
    }  # fmt: skip
    run = record(Import, [row], actor=actor, handling=handling)[0]
    defer(run, actor)
    return run


def preview_again(*, run, actor: Viewer):
    """Ask for a preview of an import whose preview or run failed or was interrupted."""
    steer(run, actor, ImportState.WAITING, of=(ImportState.WAITING, ImportState.FAILED))


def start_import(*, run, actor: Viewer):
    """Ask that an import be run; again when its run was interrupted."""
    steer(run, actor, ImportState.RUNNING, of=(ImportState.WAITING, ImportState.RUNNING))


def start_undoing(*, run, reason, actor: Viewer):
    """Ask that a whole import be undone. Raises Refused without a reason."""
    if not reason.strip():
        raise Refused("Say in `reason` why this import is undone.", "reason")
    steer(run, actor, ImportState.UNDOING, of=(ImportState.DONE, ImportState.UNDOING), reason=reason.strip())


def discard_import(*, run, actor: Viewer):
    """Void an import that was not run."""
    now = held(run, actor, (ImportState.WAITING, ImportState.FAILED))
    void([now], actor=actor, reason="Discarded before it was run.")


def steer(run, actor, state, *, of, **more):
    now = held(run, actor, of)
    counts = {name: value for name, value in now.counts.items() if name != "why"}  # of an earlier attempt
    Import.objects.filter(pk=now.pk).update(state=state, counts=counts | more)
    defer(now, actor)


def held(run, actor, states):
    """The import, locked, in one of `states`. Raises NotThere and Refused."""
    require(actor, "import")
    ours = Import.objects.filter(owner_id=actor.agency, format="published", voided_at=None)
    found = ours.select_for_update().filter(pk=run.pk).first()
    if found is None:
        raise NotThere("There is no such import here, or you may not see it.")
    if found.state not in states:
        raise Refused(
            f"This import is in the state “{ImportState(found.state).label}”; this cannot be done with it now."
        )
    return found


def defer(run, actor):
    """Have the job of an import's state done on behalf of the actor, who is looked up again then."""
    run.refresh_from_db(fields=["state"])
    app.configure_task(JOBS[run.state]).defer(run=str(run.pk), user=actor.user, ceiling=actor.ceiling)


def failed(run, why, *, actor: Viewer):
    """Say in one sentence why the job of `run` was not done; what was done stays done."""
    with transaction.atomic():
        found = Import.objects.select_for_update().filter(pk=run).first()
        if found is not None and found.state in JOBS:
            state = ImportState.DONE if found.state == ImportState.UNDOING else ImportState.FAILED
            Import.objects.filter(pk=run).update(
                state=state, counts=found.counts | {"why": why}, finished_at=timezone.now()
            )
