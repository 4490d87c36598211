"""What the jobs of an import do, each in one transaction as the person who asked: preview, run, undo."""

from collections import Counter
from datetime import UTC, datetime

from django.db import transaction

from catalogue.actions.undo import one_at_a_time, undo_import
from catalogue.models import Component, Identification, Import, ImportState, User
from catalogue.queries.history import named
from catalogue.security.viewing import Viewer, gate, viewing_as

from .published import import_published
from .uploads import Upload

FIRST = 20  # rows that a preview shows
MOST = 500  # records that stayed, named one by one


def person(user, ceiling):
    """The viewer that an account is now: role and agency may have changed since it asked."""
    with gate():
        found = User.objects.get(pk=user)
    return Viewer(found.pk, found.agency_id, found.role, ceiling)


def waiting(run, actor, state):
    """The import when its job is still to be done, else None: another job was quicker, or it was discarded."""
    one_at_a_time(actor)
    return Import.objects.select_related("declared").filter(pk=run, state=state, voided_at=None).first()


def preview(run, actor):
    """What running the import would do, by doing it and taking all of it back."""
    upload = Upload(run)
    with viewing_as(actor):
        found = waiting(run, actor, ImportState.WAITING)
        if found is None:
            return
        upload.begin()
        upload.forget_preview()
        outcome = recorded(found, actor, upload)
        rows = [as_it_will_be(row) for row in outcome.rows[:FIRST]]
        transaction.set_rollback(True)
    upload.keep_rejected(outcome.rejected)
    upload.keep_preview(outcome.counts, rows)


def run_import(run, actor):
    """Record the file of an import: all of it or nothing."""
    upload = Upload(run)
    with viewing_as(actor):
        found = waiting(run, actor, ImportState.RUNNING)
        if found is None:
            return
        upload.begin()
        recorded(found, actor, upload)
    upload.forget_file()


def recorded(found, actor, upload):
    return import_published(upload.file, actor=actor, handling=found.declared.level, run=found, progress=upload.step)


def undo(run, actor, reason=None):
    """Undo an import; returns {voided, restored, stays: {model: how many}, …} as its `counts["undo"]` keep it.

    `reason` defaults to the one that was given when it was asked for.
    """
    upload = Upload(run)
    with viewing_as(actor):
        found = Import.objects.get(pk=run)
        upload.begin()
        reason = reason or found.counts.get("reason", "")
        done = undo_import(run=found, reason=reason, actor=actor)
        upload.keep_undone(staying(done))
        told = {
            "voided": nouns(done.voided),
            "restored": nouns(done.restored),
            "stays": Counter(model._meta.model_name for model, _ in done.stays),
            "reason": reason,
            "by": actor.user,
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        counts = {name: value for name, value in found.counts.items() if name not in ("reason", "why")}
        Import.objects.filter(pk=run).update(state=ImportState.UNDONE, counts=counts | {"undo": told})
    (upload.folder / "progress.json").unlink(missing_ok=True)
    return told


def nouns(found):
    """{name of the model: how many}."""
    return {model._meta.model_name: len(ids) for model, ids in found.items()}


def staying(done):
    """[{noun, name, why}] of the first records that stay."""
    by_model = {}
    for (model, pk), why in list(done.stays.items())[:MOST]:
        by_model.setdefault(model, {})[pk] = why
    return [
        {"noun": model._meta.model_name, "name": str(name), "id": str(pk), "why": of[pk]}
        for model, of in by_model.items()
        for pk, name in named(model, of).items()
    ]


def as_it_will_be(row):
    """One planned row after the import: what the publisher says beside what is recorded from it."""
    found = (
        Component.objects.filter(published_record=row["published"], voided_at=None)
        .select_related("specimen__system", "manufacturer", "parent")
        .order_by("-created_at")
        .first()
    )
    if found is None:
        return {"entry": row["row"]["source_id"], "text": row["row"]["marking"]}
    opinions = Identification.objects.filter(component=found, voided_at=None).order_by("-id")
    opinion = opinions.filter(state="accepted").first()
    proposed = opinions.filter(state="proposed", identified_by=None).first()
    return {
        "entry": row["row"]["source_id"],
        "text": found.published_text,
        "system": found.specimen.system.name if found.specimen.system else "",
        "specimen": found.specimen.title,
        "kind": found.specimen.kind,
        "assembly": found.parent.name if found.parent else "",
        "published_maker": row["row"]["manufacturer"],
        "maker": found.manufacturer.name if found.manufacturer else "",
        "reasons": opinion.reasons if opinion else "",
        "marking": found.marking,
        "proposed": proposed.reasons.partition(" · ")[0] if proposed else "",
        "confidence": proposed.confidence if proposed else "",
    }
