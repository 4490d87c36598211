"""One box over everything with a number or a name: the page of what was found, and suggestions while one types."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalogue.models import Level
from catalogue.queries import search as asked

from .labels import label

LONGEST = 200
SUGGESTED = 8


@dataclass(frozen=True)
class Noun:
    """How records of a noun are shown: under which heading, on which page, in which list; one of them in words."""

    title: str
    one: str
    page: str
    kinds: str = ""
    parameter: str = "q"


NOUNS = {
    "systems": Noun(_("Weapon systems"), _("weapon system"), "system", "system-kinds"),
    "organisations": Noun(_("Makers and other organisations"), _("organisation"), "organisation", "organisation-kinds"),
    "parts": Noun(_("Part types"), _("part type"), "part"),
    "components": Noun(_("Component records, by what is written on them"), _("component record"), "component"),
    "specimens": Noun(_("Specimens"), _("specimen"), "specimen"),
    "routes": Noun(_("Suspected supply routes"), _("suspected supply route"), "route"),
    "published-records": Noun(_("Published records"), _("published record"), "published-record", parameter="source_id"),
}


def search(request):
    """What fits, a few of each noun; a specimen's or component's reference leads to its page."""
    text = asked_for(request)
    if not text:
        return render(request, "catalogue/search.html")
    aim = asked.aim(text)
    for noun, reference in (("specimen", aim.specimen), ("component", aim.component)):
        if reference:
            return redirect(noun, reference)
    groups = asked.found(aim)
    levels = {hit.level for hits in groups.values() for hit in hits}
    context = {
        "asked": text,
        "short": 0 < len(aim.key) < asked.SHORTEST,
        "groups": [group(noun, hits, text) for noun, hits in groups.items()],
        "highest": max(levels, key=[level.label for level in Level].index) if levels else "",
    }
    return render(request, "catalogue/search.html", context)


def suggest(request):
    """Options for the box, the best matches first, whatever their noun."""
    text = asked_for(request)
    groups = asked.found(asked.aim(text)) if text else {}
    hits = sorted((hit for hits in groups.values() for hit in hits), key=lambda hit: hit.rank)
    return render(request, "catalogue/_search_options.html", {"hits": [shown(hit) for hit in hits[:SUGGESTED]]})


def asked_for(request):
    return request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]


def group(noun, hits, text):
    """A heading with its first records, whether there are more, and the list that holds all."""
    said = NOUNS[noun]
    return {
        "title": said.title,
        "hits": [shown(hit) for hit in hits[: asked.SHOWN]],
        "more": len(hits) > asked.SHOWN,
        "all": f"{reverse(noun)}?{urlencode({said.parameter: text})}",
    }


def shown(hit):
    """A record found, with its address and what tells it from others of its name."""
    said = NOUNS[hit.noun]
    beside = [
        hit.maker,
        hit.system,
        str(label(said.kinds, hit.term)) if hit.term else "",
        str(label("countries", hit.country)) if hit.country else "",
    ]
    return {
        "href": reverse(said.page, args=[hit.key]),
        "noun": said.one,
        "hit": hit,
        "beside": " · ".join(filter(None, beside)),
    }
