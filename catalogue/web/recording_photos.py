"""Taking photographs of a specimen or component into evidence, and saying what they show."""

import logging

from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.actions.photos import attach_photo
from catalogue.actions.refusals import Refused
from catalogue.imaging import ExaminerFailed, PhotoRefused
from catalogue.models import Photo

from .forms.photos import UploadForm
from .recording import done, own, recording

log = logging.getLogger("catalogue")


@recording()
def photographs(request, noun, name):
    """The photographs of a specimen or component, and a form for more. Each file is taken or refused by itself."""
    record = own(request, noun, name)
    specimen, component = (record, None) if noun == "specimens" else (record.specimen, record)
    form = UploadForm(request.POST or None, request.FILES or None, viewer=request.viewer, specimen=specimen)
    kept, refusals = [], []
    if request.method == "POST" and form.is_valid():
        for file in form.cleaned_data["files"]:
            found = take(file, form, specimen, component, request.viewer)
            (refusals if isinstance(found, str) else kept).append(found)
        if kept:
            said = ngettext("%(n)d photograph is recorded.", "%(n)d photographs are recorded.", len(kept))
            messages.success(request, said % {"n": len(kept)})
        if not refusals:
            return done(request, request.path, record)
    context = {"form": form, "record": record, "noun": noun, "refusals": refusals, "photographs": shown(record, noun)}
    return render(request, "catalogue/forms/photographs.html", context)


def take(file, form, specimen, component, viewer):
    """The recorded photograph, or the sentence why this file is none."""
    typed = form.cleaned_data
    handling = {} if typed["handling"] in ("", None) else {"handling": typed["handling"]}
    try:
        photo, _new = attach_photo(
            chunks=file.chunks(),
            file_name=file.name or "",
            specimen=specimen,
            component=component,
            actor=viewer,
            view=typed["view"],
            caption=typed["caption"],
            **handling,
            **form.why(),
        )
    except (PhotoRefused, Refused) as refusal:
        return _("%(file)s: %(sentence)s") % {"file": file.name, "sentence": refusal.sentence}
    except ExaminerFailed:
        log.exception("the examiner of photographs failed")
        return _("%(file)s: photographs cannot be examined at the moment; send it again later.") % {"file": file.name}
    finally:
        file.close()
    return photo


def shown(record, noun):
    """Photographs in force of a specimen, those of its components too, or of one component; the newest first."""
    of = {"specimen": record} if noun == "specimens" else {"component": record}
    found = Photo.objects.filter(**of, voided_at=None).select_related("view", "component", "audience")
    return found.order_by("-id")[:200]
