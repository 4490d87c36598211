"""The review of a specimen: sent in, taken back, found right or sent back by a second person."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalogue.actions.review import first_persons, may_review, review, send_back, send_to_review, take_back

from .forms.review import ReviewForm
from .recording import attempt, own, recording

# What can be done: (action, whether it takes the remark, what is said of it).
STEPS = {
    "send": (send_to_review, False, _("%(name)s is sent to review; a second person of your agency goes on.")),
    "take": (take_back, False, _("%(name)s is a draft again.")),
    "pass": (review, True, _("%(name)s is reviewed. From here on it changes only by amendments.")),
    "return": (send_back, True, _("%(name)s is sent back with your remark.")),
}


@recording("review")
def specimen_review(request, name):
    """The page on which a specimen is sent to review, and on which a second person says what came of it."""
    record = own(request, "specimens", name)
    step = STEPS.get(request.POST.get("step"))
    form = ReviewForm(request.POST or None, viewer=request.viewer, initial={"version": record.version})
    if step and form.is_valid():
        action, remarked, said = step
        told = {"version": form.cleaned_data["version"]}
        if remarked:
            told["remark"] = form.cleaned_data["remark"]
        if attempt(form, lambda: action(record, actor=request.viewer, **told) or True):
            messages.success(request, said % {"name": record.reference})
            return redirect(reverse("specimen", args=[record.reference]))
    context = {
        "record": record,
        "form": form,
        "second": may_review(record, actor=request.viewer),
        "sender": record.sent_by_id == request.viewer.user,
        "first": request.viewer.user in first_persons(record),
    }
    return render(request, "catalogue/forms/review.html", context)
