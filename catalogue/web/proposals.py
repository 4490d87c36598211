"""What rules propose after an import: looked through, accepted or rejected many at once, and taken back."""

from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.actions.proposals import MOST, accept_proposals, reject_proposals, take_back
from catalogue.actions.refusals import Refused
from catalogue.models import Confidence
from catalogue.queries import proposals as asked
from catalogue.queries.named import as_uuid

from .recording import recording, refused

PAGE = 50
JOINED = ("component__specimen__system", "manufacturer", "part")


@recording("import")
def proposed(request):
    """The proposals that wait, `?imported=` of one import, `?confidence=` of one level; sent to, it acts on them."""
    found, narrowed = narrowing(request.GET, request.viewer.agency)
    if request.method == "POST":
        return sent(request, found)
    edge = as_uuid(request.GET.get("before", ""))
    rows = found.filter(pk__lt=edge) if edge else found
    rows = list(rows.select_related(*JOINED)[: PAGE + 1])
    context = {
        "rows": [shown(row) for row in rows[:PAGE]],
        "more": rows[PAGE - 1].pk if len(rows) > PAGE else None,
        "count": found.count(),
        "most": MOST,
        "narrowed": narrowed,
        "levels": [(level.value, level.value == narrowed.get("confidence")) for level in Confidence][:2],
        "back": as_uuid(request.GET.get("back", "")),
    }
    return render(request, "catalogue/imports/proposals.html", context)


def narrowing(parameters, agency):
    """(the proposals that the parameters ask for, {parameter: value} of those that are understood)."""
    found, narrowed = asked.proposals(agency), {}
    if run := as_uuid(parameters.get("imported", "")):
        found, narrowed["imported"] = asked.of_import(found, run), str(run)
    if parameters.get("confidence") in Confidence.values:
        narrowed["confidence"] = parameters["confidence"]
        found = found.filter(confidence=narrowed["confidence"])
    return found, narrowed


def shown(proposal):
    """A proposal as the page shows it: what the publisher wrote, what is quoted, what it is read as."""
    component = proposal.component
    read, _dot, why = proposal.reasons.partition(" · ")
    return {
        "one": proposal,
        "component": component,
        "system": component.specimen.system,
        "read": read.removeprefix("read as "),
        "why": why,
    }


def sent(request, found):
    """Accept or reject what was chosen, or all that is listed; or take back what was done last."""
    here, viewer = request.get_full_path(), request.viewer
    try:
        if "back" in request.POST:
            said = taken_back(as_uuid(request.POST["back"]), viewer)
            messages.success(request, said)
            return redirect(reverse("proposals"))
        ids = found.values_list("pk", flat=True)[:MOST] if "all" in request.POST else chosen(request.POST)
        act = reject_proposals if request.POST.get("act") == "reject" else accept_proposals
        done = act(list(ids), actor=viewer)
    except Refused as refusal:
        return refused(request, refusal.sentence, 400)
    if not done.proposals:
        messages.error(request, _("Nothing was chosen that still waits; choose at least one row."))
        return redirect(here)
    messages.success(request, told(done, rejected=act is reject_proposals))
    return redirect(f"{reverse('proposals')}?back={done.batch}")


def chosen(posted):
    """The ids that were ticked; what is no id is passed over."""
    found = (as_uuid(value) for value in posted.getlist("one")[:MOST])
    return [one for one in found if isinstance(one, UUID)]


def told(done, rejected):
    """What was done, in a sentence."""
    n = done.proposals
    if rejected:
        return ngettext("%(n)s proposal is rejected.", "%(n)s proposals are rejected.", n) % {"n": n}
    said = ngettext("%(n)s proposal is accepted.", "%(n)s proposals are accepted.", n) % {"n": n}
    if done.parts:
        parts = ngettext("%(n)s part type was recorded for it.", "%(n)s part types were recorded for it.", done.parts)
        said = f"{said} {parts % {'n': done.parts}}"
    if done.dated:
        dated = ngettext("%(n)s piece is dated by its code.", "%(n)s pieces are dated by their codes.", done.dated)
        said = f"{said} {dated % {'n': done.dated}}"
    return said


def taken_back(batch, viewer):
    """Take a step back; the sentence that says so."""
    if batch is None:
        raise Refused(_("There is nothing to take back at this address."), "back")
    n, stay = take_back(batch, actor=viewer)
    said = ngettext("%(n)s proposal waits again.", "%(n)s proposals wait again.", n) % {"n": n}
    if stay:
        more = ngettext("%(n)s was changed since and stays.", "%(n)s were changed since and stay.", stay)
        said = f"{said} {more % {'n': stay}}"
    return said
