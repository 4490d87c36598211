"""One box over everything with a number or a name: the page of what was found, and suggestions while one types."""

from dataclasses import dataclass

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalogue.filters.base import BadParameter
from catalogue.filters.question import LONGEST, Question
from catalogue.filters.reasons import reasons
from catalogue.filters.search import answer
from catalogue.models import Level
from catalogue.queries import search as asked

from .labels import label

SUGGESTED = 8


@dataclass(frozen=True)
class Noun:
    """How records of a noun are shown: under which heading, on which page; one of them in words."""

    title: str
    one: str
    page: str
    kinds: str = ""


NOUNS = {
    "systems": Noun(_("Weapon systems"), _("weapon system"), "system", "system-kinds"),
    "organisations": Noun(_("Makers and other organisations"), _("organisation"), "organisation", "organisation-kinds"),
    "parts": Noun(_("Part types"), _("part type"), "part"),
    "components": Noun(_("Component records, by what is written on them"), _("component record"), "component"),
    "specimens": Noun(_("Specimens"), _("specimen"), "specimen"),
    "routes": Noun(_("Suspected supply routes"), _("suspected supply route"), "route"),
    "published-records": Noun(_("Published records"), _("published record"), "published-record"),
}


def search(request):
    """What fits, a few of each noun; a specimen's or component's reference leads to its page."""
    text = request.GET.get("q", "").replace("\0", "").strip()
    if not text:
        return render(request, "catalogue/search.html")
    try:
        found = answer(text)
    except BadParameter as bad:
        refused = bad.sentence.removeprefix("q: ")
        shown_of = {"asked": text[:LONGEST], "refused": refused[:1].upper() + refused[1:]}
        return render(request, "catalogue/search.html", shown_of, status=400)
    if found.reference:
        return redirect(*found.reference)
    levels = {hit.level for group in found.groups for hit in group.hits}
    context = {
        "asked": text,
        "short": found.short,
        "groups": [shown_group(group, found.question) for group in found.groups],
        "highest": max(levels, key=[level.label for level in Level].index) if levels else "",
    }
    return render(request, "catalogue/search.html", context)


def suggest(request):
    """Options for the box, the best matches first, whatever their noun."""
    text = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    groups = asked.found(asked.aim(text)) if text else {}
    hits = sorted((hit for hits in groups.values() for hit in hits), key=lambda hit: hit.rank)
    return render(request, "catalogue/_search_options.html", {"hits": [shown(hit) for hit in hits[:SUGGESTED]]})


def shown_group(group, question):
    """A heading with its first records, whether there are more, and the list that holds all."""
    return {
        "title": NOUNS[group.noun].title,
        "hits": [shown(hit, question) for hit in group.hits],
        "more": group.more,
        "all": f"{reverse(group.noun)}?{group.query}",
        "components": f"{reverse('components')}?{group.components}" if group.components else "",
    }


def shown(hit, question: Question | None = None):
    """A record found, with its address, what tells it from others of its name, and why it was found."""
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
        "why": " · ".join(sentence for _code, sentence in reasons(hit, question)) if question else "",
    }
