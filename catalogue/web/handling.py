"""The page on which is decided who may read a record: narrowed at once, widened after a look at what will be seen."""

import hashlib

from django.contrib import messages
from django.utils.translation import gettext as _

from catalogue.actions.handling import audience
from catalogue.actions.refusals import NotAllowed, Refused
from catalogue.actions.release import preview, release, widens
from catalogue.models import (
    Absence,
    Audience,
    Collection,
    Component,
    CustodyEvent,
    EvidenceFile,
    Level,
    Organisation,
    Part,
    Photo,
    Review,
    RouteLeg,
    SavedSearch,
    Source,
    Specimen,
    SupplyRoute,
    WeaponSystem,
)
from catalogue.queries import (
    absences,
    collections,
    components,
    custody,
    files,
    legs,
    organisations,
    parts,
    photos,
    routes,
    searches,
    sources,
    specimens,
    systems,
)
from catalogue.queries.choose import match
from catalogue.queries.regions import pictures

from .forms.handling import HandlingForm
from .recording import after, attempt, done, own, recording, show

SHAPES = {
    WeaponSystem: systems.SHAPE,
    Specimen: specimens.SHAPE,
    Component: components.SHAPE,
    Part: parts.SHAPE,
    Organisation: organisations.SHAPE,
    Source: sources.SHAPE,
    SupplyRoute: routes.SHAPE,
    RouteLeg: legs.SHAPE,
    Photo: photos.SHAPE,
    EvidenceFile: files.SHAPE,
    CustodyEvent: custody.SHAPE,
    Absence: absences.SHAPE,
    SavedSearch: searches.SHAPE,
    Collection: collections.SHAPE,
}


@recording("narrow")
def handling(request, noun, name):
    """Who may read a record. What lets anybody in is shown first, and asks for a reason."""
    record, viewer = own(request, noun, name), request.viewer
    form = HandlingForm(request.POST or None, viewer=viewer, record=record, whole=noun == "specimens")
    context = {"noun": noun, "record": record, "act": _("Go on")}
    if form.is_bound and form.is_valid():
        declared = attempt(form, lambda: audience(actor=viewer, **form.audience()))
        if declared is not None:
            asked = {"declared": declared, "whole": form.cleaned_data.get("whole", False), "actor": viewer}
            if not widens(record, **asked) or looked_at(form, record, asked, context):
                reason, version = form.cleaned_data["reason"], form.cleaned_data["version"]
                if attempt(form, lambda: release(record, reason=reason, version=version, **asked) or True):
                    said = _("The handling of %(name)s is changed.") % {"name": match(record, viewer.agency).text}
                    messages.success(request, said)
                    return done(request, after(noun, record, viewer), record)
    text = match(record, viewer.agency).text
    return show(request, form, template="handling", title=_("Handling of %(name)s") % {"name": text}, **context)


def looked_at(form, record, asked, context):
    """Whether the form was sent from a page that showed what the change does; else it is put on the page.

    Raises NotAllowed for who may not widen.
    """
    try:
        found = preview(record, SHAPES[type(record)], **asked)
    except NotAllowed:
        raise
    except Refused as refusal:
        form.refuse(refusal)
        return False
    mark = hashlib.sha256(repr((asked["declared"], asked["whole"], found)).encode()).hexdigest()
    if form.data.get("seen") == mark:
        return True
    context |= {
        "preview": found,
        "mark": mark,
        "changed": bool(form.data.get("seen")),
        "unreviewed": unreviewed(record, asked["declared"]),
        "pictures": pictures(record),
        "exact": record.place if isinstance(record, Specimen) else "",
        "act": _("Let them read it"),
    }
    return False


def unreviewed(record, declared):
    """Whether the evidence leaves the agency before a second person has looked at it."""
    specimen = record if isinstance(record, Specimen) else getattr(record, "specimen", None)
    new = Audience.objects.get(pk=declared)
    outside = new.level <= Level.GREEN or len(new.agencies or ()) > 1
    return specimen is not None and outside and specimen.review != Review.REVIEWED
