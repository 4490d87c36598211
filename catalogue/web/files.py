"""Photographs and other files in bulk: sent in parts or all at once, what came of each, and the files there are."""

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from catalogue.actions import uploads as acts
from catalogue.actions.photos import shelf
from catalogue.actions.refusals import Refused
from catalogue.imaging import PhotoRefused
from catalogue.models import Upload, UploadState
from catalogue.models.base import new_id
from catalogue.queries.files import files_of
from catalogue.queries.named import as_uuid
from catalogue.queries.uploads import uploads_of

from .forms.files import BulkForm
from .recording import own, recording

SHOWN = 500
ORDER = [
    UploadState.ALIKE, UploadState.RECEIVING, UploadState.WAITING, UploadState.REFUSED, UploadState.THERE,
    UploadState.ADDED, UploadState.UNPACKED, UploadState.DISCARDED,
]  # fmt: skip
SUMS = {
    UploadState.RECEIVING: gettext_lazy("not complete"),
    UploadState.WAITING: gettext_lazy("being examined"),
    UploadState.ALIKE: gettext_lazy("to decide"),
    UploadState.ADDED: gettext_lazy("added"),
    UploadState.THERE: gettext_lazy("already there"),
    UploadState.REFUSED: gettext_lazy("refused"),
    UploadState.DISCARDED: gettext_lazy("discarded"),
}


@never_cache
@recording()
def files(request, name):
    """Send photographs and files about a specimen; what came of those one has sent; the files there are."""
    record = own(request, "specimens", name)
    initial = {"component": request.GET.get("component", "")}
    form = BulkForm(
        request.POST or None, request.FILES or None, viewer=request.viewer, specimen=record, initial=initial
    )
    refusals = []
    if request.method == "POST" and form.is_valid():
        batch, taken = new_id(), 0
        for file in form.cleaned_data["files"]:
            try:
                taken += send(file, record, batch, form, request.viewer)
            except (PhotoRefused, Refused) as refusal:
                refusals.append(_("%(file)s: %(sentence)s") % {"file": file.name, "sentence": refusal.sentence})
        if taken:
            said = ngettext("%(n)d file is received.", "%(n)d files are received.", taken)
            messages.success(request, said % {"n": taken})
        if not refusals:
            return redirect("specimen-files", record.reference)
    context = {"form": form, "record": record, "refusals": refusals, "kept": files_of(record)[:SHOWN]} | sent(record)
    return render(request, "catalogue/forms/files.html", context)


def send(file, specimen, batch, form, viewer):
    """Receive one file that a browser without scripts sends whole. Of a refused one nothing stays."""
    with transaction.atomic():
        upload = acts.begin_upload(
            id=new_id(), batch=batch, specimen=specimen, file_name=file.name or "", size=file.size, actor=viewer,
            **form.told(),
        )  # fmt: skip
        acts.receive(id=upload.pk, offset=0, chunks=file.chunks(), actor=viewer)
    file.close()
    return 1


def sent(specimen):
    """What the page shows of the reader's own uploads."""
    found = list(uploads_of(specimen)[: SHOWN + 1])
    counts = dict.fromkeys(SUMS, 0)
    for upload in found:
        if upload.state in counts:
            counts[upload.state] += 1
        if upload.state == UploadState.RECEIVING:
            upload.length = shelf().waiting(upload.pk).length
    found.sort(key=lambda upload: ORDER.index(upload.state))
    return {
        "uploads": found[:SHOWN],
        "more_uploads": len(found) > SHOWN,
        "sums": [(number, SUMS[state]) for state, number in counts.items() if number],
        "busy": counts[UploadState.WAITING] > 0,
        "alike": counts[UploadState.ALIKE],
        "settled": any(upload.state not in (UploadState.RECEIVING, UploadState.WAITING) for upload in found),
    }


@require_POST
@recording()
def decide(request, name):
    """Keep or discard photographs that look like others, forget an upload, or clear the list."""
    record = own(request, "specimens", name)
    act, chosen = request.POST.get("act", ""), [pk for one in request.POST.getlist("upload") if (pk := as_uuid(one))]
    try:
        with transaction.atomic():
            if act in ("keep", "discard"):
                acts.decide(ids=chosen, keep=act == "keep", actor=request.viewer)
            elif act == "forget" and chosen:
                acts.give_up(id=chosen[0], actor=request.viewer)
            elif act == "clear":
                acts.clear(specimen=record, actor=request.viewer)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    return redirect("specimen-files", record.reference)


def upload_thumbnail(request, pk):
    """The small copy of a photograph that waits for a decision; for its sender alone."""
    found = Upload.objects.filter(pk=pk, state=UploadState.ALIKE).first()
    path = shelf().waiting(pk).folder / "thumbnail.jpg"
    if found is None or not path.is_file():
        return HttpResponse(status=404)
    response = FileResponse(path.open("rb"), content_type="image/jpeg")
    response["Cache-Control"] = "private, no-store"
    return response
