"""Pages of lists that are kept by name: what they find, and what is new in those one watches."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalogue.actions.keeping import bring_back, drop, keeps
from catalogue.actions.searches import look_at, watch_no_more
from catalogue.filters.base import BadParameter
from catalogue.filters.searches import SavedSearchFilter, count, found, query_since
from catalogue.models import Collection, SavedSearch
from catalogue.queries import searches
from catalogue.queries.choose import match
from catalogue.queries.named import find
from catalogue.queries.search import described

from .details import named_record
from .labels import label
from .recording import own, recording
from .search import NOUNS, shown

MOST, NEWEST = 100, 20
MODELS = {"saved-searches": SavedSearch, "collections": Collection}


def search_list(request):
    """The saved searches that the reader sees; of those one watches how many matches are new."""
    listed = list(SavedSearchFilter(request.GET, searches.SHAPE.listing()).found().select_related("audience")[:MOST])
    seen = searches.watched(request.viewer.user, listed) if request.viewer.is_authenticated else {}
    rows = [told(search, seen.get(search.pk), request.viewer) for search in listed]
    alone = None if request.viewer.may("record") else request.viewer.user
    gone = searches.deleted(request.viewer.agency, alone) if request.viewer.may("keep") else []
    return render(request, "catalogue/searches/list.html", {"rows": rows, "gone": gone})


def told(search, seen, viewer):
    """A search as the pages say it: its list, how many it finds, and since the reader last looked."""
    address = reverse(search.noun)
    row = {
        "search": search,
        "list": label("searched-nouns", search.noun),
        "address": f"{address}?{search.query}",
        "seen": seen,
        "ours": keeps(search, viewer),
    }
    try:
        row["count"] = count(search.noun, search.query)
        if seen:
            row |= {"new": count(search.noun, search.query, seen)}
            row["news"] = f"{address}?{query_since(search.query, seen)}"
    except BadParameter as bad:  # what it names is no longer there, or not for this reader
        row["refused"] = bad.sentence
    return row


def search_detail(request, name):
    """One saved search: how many it finds, and the newest of what is new."""
    search, _row = named_record(request, searches.SHAPE, "id", name)
    seen = searches.watched(request.viewer.user, [search]).get(search.pk) if request.viewer.is_authenticated else None
    row = told(search, seen, request.viewer)
    if seen and row.get("new") != 0 and "refused" not in row and search.noun in NOUNS:
        new = found(search.noun, search.query, seen).order_by("-id").values_list("pk", flat=True)[:NEWEST]
        row["first"] = [shown(hit) for hit in described(search.noun, list(new))]
    return render(
        request,
        "catalogue/searches/detail.html",
        {"row": row, "search": search, "may_share": request.viewer.may("narrow")},
    )


@require_POST
def look(request, name):
    """Say that its matches were looked at, which also begins to watch it; `stop` ends that."""
    search = find(SavedSearch, "id", name).first()
    if search is None or not request.viewer.is_authenticated:
        raise Http404(_("There is no such record here, or you may not see it."))
    if "stop" in request.POST:
        watch_no_more(search, actor=request.viewer)
        messages.success(request, _("You no longer watch %(name)s.") % {"name": search.name})
    else:
        look_at(search, actor=request.viewer)
        messages.success(request, _("What is new in %(name)s from now on is counted.") % {"name": search.name})
    return redirect("saved-searches")


@require_POST
@recording("void")
def delete(request, noun, name):
    """Delete a saved search or a collection; it can be brought back."""
    record = own(request, noun, name)
    drop(record, actor=request.viewer, reason="Deleted on its page.")
    said = _("%(name)s is deleted.") % {"name": match(record, request.viewer.agency).text}
    messages.success(request, format_html("{} {}", said, _("It can be brought back below.")))
    return redirect(noun)


@require_POST
@recording("void")
def restore(request, noun, name):
    """Bring back what was deleted."""
    record = find(MODELS[noun], "id", name, voided=True).first()
    if record is None:
        raise Http404(_("There is no such record here, or you may not see it."))
    bring_back(record, actor=request.viewer)
    messages.success(request, _("%(name)s is back.") % {"name": record})
    return redirect(noun)
