"""The administrators' pages: where to go, the levels in plain words, what was changed, how the machine does."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from catalogue.models import Level
from catalogue.queries import administration as asked

from . import administration_status
from .administration_changes import told

PAGE = 50
NOUNS = {
    "specimens": _("Specimens"),
    "components": _("Components"),
    "photos": _("Photographs"),
    "files": _("Files"),
    "systems": _("Weapon systems"),
    "parts": _("Parts"),
    "organisations": _("Organisations"),
    "routes": _("Routes"),
    "legs": _("Legs"),
    "sources": _("Sources"),
    "published-records": _("Published records"),
}


def administrator(view):
    """`view` for administrators who have signed in; keys and other people are told why not."""

    @wraps(view)
    @never_cache
    @login_required
    def kept(request, *arguments, **named):
        if not request.viewer.may("administer"):
            return render(request, "catalogue/administration/refused.html", status=403)
        return view(request, *arguments, **named)

    return kept


def at_home(view):
    """`view` for administrators of the agency that runs the installation."""

    @wraps(view)
    def kept(request, *arguments, **named):
        if not request.user.agency.is_home:
            return render(request, "catalogue/administration/refused.html", {"home": True}, status=403)
        return view(request, *arguments, **named)

    return administrator(kept)


@administrator
def administration(request):
    """Where to go, with what waits there."""
    people = asked.people(request.viewer.agency)
    context = {
        "open": people.filter(is_active=True).count(),
        "without": sum(not set(p.factors) & {"totp", "webauthn"} for p in people if p.is_active),
        "keys": asked.keys().filter(revoked_at=None).count(),
        "agencies": asked.agencies().count(),
        "home": request.user.agency.is_home,
    }
    if context["home"]:
        context |= {"ill": [row for row in administration_status.health() if not row[1]], "jobs": asked.jobs()}
    return render(request, "catalogue/administration/administration.html", context)


@administrator
def audiences(request):
    """Each TLP level in plain words, with how many of the agency's records it holds."""
    found = asked.records_per_level(request.viewer.agency)
    levels = [(level.label, counted(found.get(level, {}))) for level in Level]
    totals = counted({noun: sum(of_level.get(noun, 0) for of_level in found.values()) for noun in NOUNS})
    context = {"nouns": NOUNS.values(), "levels": levels, "totals": totals}
    return render(request, "catalogue/administration/audiences.html", context)


def counted(of_level):
    """(what it counts, number) for each noun, in order."""
    return [(said, of_level.get(noun, 0)) for noun, said in NOUNS.items()]


@administrator
def changes(request):
    """What was changed of accounts, agencies and keys: who, when, what."""
    try:
        page = max(1, int(request.GET.get("page", 1)))
    except ValueError:
        page = 1
    found = asked.changes(PAGE + 1, (page - 1) * PAGE)
    context = {"changes": [told(change) for change in found[:PAGE]], "page": page, "more": len(found) > PAGE}
    return render(request, "catalogue/administration/changes.html", context)


@at_home
def status(request):
    """Versions, health, jobs, the last backup; with ?look=access also the look at the locks, which takes a second."""
    context = {
        "versions": administration_status.versions(),
        "health": administration_status.health(),
        "jobs": asked.jobs(),
        "failed": asked.failed_jobs(),
    }
    if request.GET.get("look") == "access":
        context["wrong"], context["slower"] = administration_status.access()
        context["looked"] = True
    return render(request, "catalogue/administration/status.html", context)
