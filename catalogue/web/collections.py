"""Pages of collections: records gathered by hand, with notes."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from catalogue.actions.collections import MOST, gather, record_collection
from catalogue.actions.keeping import bring_back, drop, keeps
from catalogue.filters.base import BadParameter
from catalogue.filters.collections import CollectionFilter
from catalogue.filters.searches import found
from catalogue.models import GATHERED, Collection, CollectionItem, Level
from catalogue.queries import collections
from catalogue.queries.choose import called, match
from catalogue.queries.named import find

from .citing import bibtex
from .details import named_record
from .forms.searches import GatherForm
from .recording import attempt, done, own, recording, show

LISTED = 100
NOUN_OF = {"component": "components", "part": "parts", "organisation": "organisations", "specimen": "specimens",
           "route": "routes"}  # fmt: skip


def collection_list(request):
    """The collections that the reader sees."""
    listed = CollectionFilter(request.GET, collections.SHAPE.listing()).found()
    listed = list(listed.select_related("audience", "owner")[:LISTED])
    sizes = collections.sizes(listed)
    rows = [(one, sizes.get(one.pk, 0), keeps(one, request.viewer)) for one in listed]
    alone = None if request.viewer.may("record") else request.viewer.user
    gone = collections.deleted(request.viewer.agency, alone) if request.viewer.may("keep") else []
    return render(request, "catalogue/collections/list.html", {"rows": rows, "gone": gone})


def collection_detail(request, name):
    """One collection: its records in the order in which they were gathered, with what is noted of each."""
    collection, _row = named_record(request, collections.SHAPE, "id", name)
    items = [row(item, request.viewer) for item in collections.items(collection)]
    ours = keeps(collection, request.viewer) and collection.voided_at is None
    levels = [item["item"].audience.level for item in items] + [collection.audience.level]
    context = {
        "collection": collection,
        "items": items,
        "ours": ours,
        "taken": [row(item, request.viewer) for item in collections.items(collection, voided=True)[:20]]
        if ours
        else [],
        "highest": Level(max(levels)).label,
        "files": f"{reverse('collection-items-list')}?{urlencode({'collection': collection.pk})}",
        "may_share": request.viewer.may("narrow"),
        "cites": citations(request, collection, len(items)),
        "may_restore": collection.voided_at is not None and keeps(collection, request.viewer),
    }
    return render(request, "catalogue/collections/detail.html", context)


def citations(request, collection, records):
    """(text of a footnote, BibTeX) that cite the collection as the reader sees it today: `records` of its records."""
    address = request.build_absolute_uri(reverse("collection", args=[collection.pk]))
    day = timezone.now().date().isoformat()
    held = f"{records} record{'' if records == 1 else 's'}"
    footnote = (
        f"{collection.owner.name}, “{collection.name}”. Collection of {held}. Forensic catalogue, {day}. {address}."
    )
    entry = bibtex(
        f"collection-{str(collection.pk)[-8:]}",
        author=collection.owner.name,
        title=collection.name,
        note=f"Collection, as seen on {day}; {held}",
        day=day,
        url=address,
    )
    return footnote, entry


def row(item, viewer):
    """An item as the page shows it: what kind of record, its name and address."""
    kind = next(name for name in GATHERED if getattr(item, f"{name}_id") is not None)
    record = getattr(item, kind)
    said = match(record, viewer.agency)
    return {"item": item, "kind": KINDS[kind], "href": reverse(kind, args=[said.value]), "said": said}


KINDS = {
    "component": gettext_lazy("component record"),
    "part": gettext_lazy("part type"),
    "organisation": gettext_lazy("organisation"),
    "specimen": gettext_lazy("specimen"),
    "route": gettext_lazy("suspected supply route"),
}


@recording("keep")
def collect(request):
    """The page on which one record, or all of a list as it is narrowed, is gathered in a collection."""
    records = asked_for(request)
    form = GatherForm(request.POST or None, viewer=request.viewer)
    title = ngettext("Gather %(n)d record", "Gather %(n)d records", len(records)) % {"n": len(records)}
    if form.is_bound and form.is_valid():
        made = attempt(form, lambda: gathered(form.cleaned_data, records, request.viewer))
        if made:
            collection, new, there = made
            said = ngettext("%(n)d record is gathered", "%(n)d records are gathered", new) % {"n": new}
            if there:
                said += ngettext(", %(n)d was there.", ", %(n)d were there.", there) % {"n": there}
            messages.success(request, said)
            return done(request, reverse("collection", args=[collection.pk]), collection)
    named = [match(record, request.viewer.agency) for record in records[:20]]
    note = ", ".join(one.text for one in named) + (" …" if len(records) > len(named) else "")
    return show(request, form, noun="collections", title=title, note=note, act=_("Gather"))


def gathered(asked, records, viewer):
    """(the collection, records that are new in it, records that were there)."""
    if asked["collection"]:
        collection = find(Collection, "id", asked["collection"]).first()
    else:
        collection = record_collection(name=asked["name"], actor=viewer)
    made, there = gather(collection=collection, records=records, note=asked["note"], actor=viewer)
    return collection, len(made), there


def asked_for(request):
    """The records that the address names: one (`component=REFERENCE`), or a list (`noun=components&query=…`)."""
    for kind in GATHERED:
        if name := request.GET.get(kind):
            record = called(CollectionItem._meta.get_field(kind).related_model, name, request.viewer.agency)
            if record is not None:
                return [record]
    noun = request.GET.get("noun")
    if noun in NOUN_OF.values():
        try:
            return list(found(noun, request.GET.get("query", "")).order_by("-id")[: MOST + 1])
        except BadParameter:
            pass
    raise Http404(_("There is no such record here, or you may not see it."))


@require_POST
@recording("keep")
def item(request, name, pk):
    """Take one record out of a collection, or (`back`) put it in again."""
    collection = own(request, "collections", name)
    back = "back" in request.POST
    one = find(CollectionItem, "id", str(pk), voided=back).filter(collection=collection).first()
    if one is None:
        raise Http404(_("There is no such record here, or you may not see it."))
    if back:
        bring_back(one, actor=request.viewer)
    else:
        drop(one, actor=request.viewer, reason="Taken out of the collection.")
    return redirect("collection", collection.pk)
