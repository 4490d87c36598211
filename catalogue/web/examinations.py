"""The page of a specimen's intake and of how far its examination is."""

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalogue.actions.examinations import amend_examination, record_examination
from catalogue.queries.examinations import STEPS, examination_of, step

from .forms.examinations import ExaminationForm
from .recording import attempt, done, own, recording, show

STEP_WORDS = {
    "received": _("Received"),
    "examining": _("Being examined"),
    "in-review": _("In review"),
    "released": _("Released"),
}


def steps(examination):
    """[(words, whether it is there now, whether it lies behind)] of the stages, for the page."""
    now = STEPS.index(step(examination))
    return [(STEP_WORDS[name], n == now, n < now) for n, name in enumerate(STEPS)]


@recording()
def specimen_examination(request, name):
    """The page on which the intake of a specimen is noted and its examination goes on."""
    specimen, viewer = own(request, "specimens", name), request.viewer
    found = examination_of(specimen)
    data = request.POST.copy() if request.method == "POST" else None
    form = ExaminationForm(data, viewer=viewer, record=found)
    if form.is_bound and form.is_valid():
        columns = form.columns()
        if found is None:
            saved = attempt(form, lambda: record_examination(specimen=specimen, actor=viewer, **columns) and True)
        else:
            version = form.cleaned_data["version"]
            saved = attempt(form, lambda: amend_examination(found, columns, actor=viewer, version=version) or True)
        if saved:
            messages.success(request, gettext("The examination of %(name)s is noted.") % {"name": specimen.reference})
            return done(request, reverse("specimen", args=[specimen.reference]), specimen)
        if found is not None:  # sent again, what was typed takes the place of what somebody else noted meanwhile
            data["version"] = str(examination_of(specimen).version)
    context = {
        "title": gettext("Examination of %(name)s") % {"name": specimen.reference},
        "note": gettext("It stays with your agency: others never see consignor, examiner or number."),
        "act": gettext("Save"),
        "record": specimen,
    }
    return show(request, form, noun="specimens", **context)
