"""Pages of imports of published records: uploaded, previewed, run, undone as a whole."""

from datetime import datetime

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from catalogue.actions import imports as acts
from catalogue.actions.refusals import NotThere, Refused
from catalogue.imports import published
from catalogue.imports.tables import FileRefused
from catalogue.imports.uploads import Upload
from catalogue.models import ImportState, User
from catalogue.models.base import new_id
from catalogue.queries.imports import has_job, imports_of, same_file

from .forms.components import VoidForm
from .forms.imports import ImportForm
from .recording import attempt, recording

PAGE = 50
STATES = {
    ImportState.WAITING: gettext_lazy("Not run yet"),
    ImportState.RUNNING: gettext_lazy("Running"),
    ImportState.DONE: gettext_lazy("Done"),
    ImportState.FAILED: gettext_lazy("Failed"),
    ImportState.UNDOING: gettext_lazy("Being undone"),
    ImportState.UNDONE: gettext_lazy("Undone"),
}
ROWS = [
    ("read", gettext_lazy("rows read")),
    ("created", gettext_lazy("new")),
    ("updated", gettext_lazy("changed")),
    ("unchanged", gettext_lazy("unchanged")),
    ("rejected", gettext_lazy("rejected")),
]
MADE = [
    ("components", gettext_lazy("Components")),
    ("specimens", gettext_lazy("Specimens")),
    ("systems", gettext_lazy("Weapon systems")),
    ("organisations", gettext_lazy("Organisations")),
    ("sources", gettext_lazy("Sources")),
    ("markings", gettext_lazy("Markings quoted")),
    ("proposed_moderate", gettext_lazy("Proposals by rules, moderate confidence")),
    ("proposed_low", gettext_lazy("Proposals by rules, low confidence")),
]
# Model → what its records are called, and the page of one.
NOUNS = {
    "publishedrecord": (gettext_lazy("Published records"), "published-record"),
    "component": (gettext_lazy("Components"), "component"),
    "specimen": (gettext_lazy("Specimens"), "specimen"),
    "weaponsystem": (gettext_lazy("Weapon systems"), "system"),
    "organisation": (gettext_lazy("Organisations"), "organisation"),
    "source": (gettext_lazy("Sources"), "source"),
}
CALLED = [(noun, words) for noun, (words, _page) in NOUNS.items()]
WHY = {
    "changed": gettext_lazy("changed since"),
    "named": gettext_lazy("other records name it"),
    "needed": gettext_lazy("belongs to one that stays"),
}


@never_cache
@recording("import")
def import_list(request):
    """The imports of one's agency, the newest first."""
    found = imports_of(request.viewer.agency)
    try:
        found = found.filter(pk__lt=request.GET["before"]) if "before" in request.GET else found
        rows = list(found[: PAGE + 1])
    except (ValueError, TypeError):
        rows = []
    for row in rows:
        row.said = STATES[row.state]
        row.figures = figures(ROWS, row.counts)
    context = {"imports": rows[:PAGE], "more": rows[PAGE - 1].pk if len(rows) > PAGE else None}
    return render(request, "catalogue/imports/list.html", context)


def figures(which, counts, *, zero=True):
    """[(number, words)] of those that were counted; without zeros where they say nothing."""
    return [(counts[name], words) for name, words in which if name in counts and (zero or counts[name])]


@recording("import")
def new_import(request):
    """The page on which a file is sent; nothing is recorded from it before it is run."""
    form = ImportForm(request.POST or None, request.FILES or None, viewer=request.viewer)
    if request.method == "POST" and form.is_valid():
        run = attempt(form, lambda: taken(request.viewer, **form.cleaned_data))
        if run:
            return redirect("import", run.pk)
    context = {"form": form, "columns": published.COLUMNS}
    return render(request, "catalogue/imports/new.html", context)


def taken(viewer, file, handling):
    """The import of a file that was sent and can be read. Raises Refused, and keeps nothing then."""
    number = new_id()
    upload = Upload(number)
    try:
        upload.keep(file.chunks())
        _rows, _rejected, sha256 = published.read(upload.file, called=file.name)
        return acts.begin_import(id=number, file_name=file.name, sha256=sha256, actor=viewer, handling=handling)
    except FileRefused as refusal:
        upload.discard()
        raise Refused(str(refusal), "file") from None
    except BaseException:
        upload.discard()
        raise


def own(request, pk):
    """The import, of the own agency. Raises NotThere."""
    found = imports_of(request.viewer.agency).filter(pk=pk).first()
    if found is None:
        raise NotThere(_("There is no such import here, or you may not see it."))
    return found


@never_cache
@recording("import")
def import_detail(request, pk):
    """One import: its preview, its progress, what came of it."""
    lives = has_job(pk)  # asked first: what a job has done meanwhile is seen by the questions after it
    run = own(request, pk)
    upload = Upload(run.pk)
    preview = upload.preview if run.state == ImportState.WAITING else None
    at_work = run.state in acts.JOBS and preview is None
    counts = preview["counts"] if preview else run.counts
    context = {
        "run": run,
        "state": _("Interrupted") if at_work and not lives else STATES[run.state],
        "preview": preview,
        "busy": at_work and lives,
        "at_work": at_work,
        "progress": upload.progress or {"step": 0, "of": 1},
        "rows": figures(ROWS, counts),
        "made": figures(MADE, counts, zero=False),
        "rejected": upload.rejected.exists(),
        "same": same_file(run) if preview else None,
        "undone": undone(run, upload),
    }
    return render(request, "catalogue/imports/detail.html", context)


def undone(run, upload):
    """What undoing did, for the page; None when it was not undone."""
    told = run.counts.get("undo")
    if not told:
        return None
    return {
        "voided": figures(CALLED, told["voided"]),
        "restored": figures(CALLED, told["restored"]),
        "stays": figures(CALLED, told["stays"]),
        "reason": told["reason"],
        "by": User.objects.filter(pk=told["by"]).first(),
        "at": datetime.fromisoformat(told["at"]),
        "named": [stayed(one) for one in upload.undone if one["noun"] in NOUNS],
    }


def stayed(one):
    """A record that stays: what it is, its name and page, and why."""
    words, page = NOUNS[one["noun"]]
    return {"noun": words, "name": one["name"], "address": reverse(page, args=[one["id"]]), "why": WHY[one["why"]]}


@require_POST
@recording("import")
def preview(request, pk):
    """Try an import again."""
    Upload(pk).forget_preview()
    return steered(request, pk, acts.preview_again)


@require_POST
@recording("import")
def start(request, pk):
    """Run an import."""
    return steered(request, pk, acts.start_import)


@require_POST
@recording("import")
def discard(request, pk):
    """Throw an import away that was not run."""
    return steered(request, pk, acts.discard_import, to="imports")


def steered(request, pk, act, to=""):
    """Do one thing with an import, and go on to its page; a refusal is said there."""
    run = own(request, pk)
    try:
        with transaction.atomic():
            act(run=run, actor=request.viewer)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect("import", pk)
    if to:
        transaction.on_commit(Upload(pk).discard)
        messages.success(request, _("%(file)s is discarded; nothing was recorded from it.") % {"file": run.file_name})
        return redirect(to)
    return redirect("import", pk)


@recording("import")
def undo(request, pk):
    """The page on which a whole import is taken back, with a reason."""
    run = own(request, pk)
    form = VoidForm(request.POST or None, viewer=request.viewer)
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: acts.start_undoing(run=run, reason=reason, actor=request.viewer) or True):
            return redirect("import", pk)
    return render(
        request,
        "catalogue/imports/undo.html",
        {"form": form, "run": run, "made": figures(MADE, run.counts, zero=False)},
    )


@recording("import")
def rejected(request, pk):
    """The rows of a file that cannot be recorded, as they were, with line and reason."""
    run = own(request, pk)
    try:
        file = Upload(run.pk).rejected.open("rb")
    except FileNotFoundError:
        raise NotThere(_("No row of this import was rejected.")) from None
    return FileResponse(file, as_attachment=True, filename=f"{run.file_name}.rejected.csv", content_type="text/csv")
