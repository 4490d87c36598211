"""Pages on which curators see what may be the same, merge it after a look at what will be read, and take that back."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalogue.actions.handling import may_change
from catalogue.actions.merge import keep_apart, merge, unmerge
from catalogue.actions.refusals import NotThere, Refused
from catalogue.models import Organisation, Part
from catalogue.queries import duplicates, merging
from catalogue.queries.choose import match
from catalogue.queries.named import find

from .forms.merging import INTO, ReasonForm
from .recording import attempt, recording

MOST = 50  # pairs on one page of a merge
NOUNS = {
    "organisations": (Organisation, "organisation", gettext_lazy("Organisations")),
    "parts": (Part, "part", gettext_lazy("Parts")),
}
WHY = {
    "identifier": gettext_lazy("the same number in a register:"),
    "name": gettext_lazy("the same name:"),
    "known": gettext_lazy("names of one known maker:"),
    "close": gettext_lazy("close names, and the same seat:"),
    "number": gettext_lazy("the same number, and makers that are one today:"),
}
COUNTED = {
    "components": gettext_lazy("Component records"),
    "parts": gettext_lazy("Part types"),
    "legs": gettext_lazy("Legs"),
    "names": gettext_lazy("Further names"),
    "relations": gettext_lazy("Relations"),
    "listings": gettext_lazy("Listings"),
    "numbers": gettext_lazy("Further numbers"),
    "goods": gettext_lazy("Goods"),
}


def of_noun(noun):
    """(model, page, title) of a noun that can be merged. Raises Http404 for another."""
    if noun not in NOUNS:
        raise Http404
    return NOUNS[noun]


@recording("merge")
def proposed(request, noun):
    """What may be the same, in pairs with the reasons; sent to, it remembers of a pair that it is not."""
    model, _page, title = of_noun(noun)
    if request.method == "POST":
        (one, other), *_rest = pairs_of(model, request.POST.getlist("apart")) or [(None, None)]
        if one is None:
            raise NotThere("")
        try:
            keep_apart(one=one, other=other, actor=request.viewer)
        except Refused as refusal:
            messages.error(request, refusal.sentence)
        else:
            said = _("%(one)s and %(other)s are proposed no longer.") % {"one": one, "other": other}
            messages.success(request, said)
        return redirect("duplicates", noun)
    found = [beside(pair, request.viewer.agency) for pair in getattr(duplicates, noun)(request.viewer.agency)]
    context = {"noun": noun, "title": title, "pairs": found, "most": duplicates.MOST}
    return render(request, "catalogue/merging/proposed.html", context)


def beside(pair, agency):
    """A pair as the page shows it. The one recorded first stands for the other, where that is of the own agency."""
    one, other = pair.one, pair.other
    if other.owner_id != agency:
        one, other = other, one
    return {
        "into": shown(one, agency),
        "merged": shown(other, agency),
        "why": [(WHY[code], agrees) for code, agrees in pair.reasons],
        "score": round(pair.score * 100),
        "value": f"{other.pk}:{one.pk}",
    }


def shown(record, agency):
    """A record with the words that tell it from others, and its address."""
    said = match(record, agency)
    page = "part" if isinstance(record, Part) else "organisation"
    key = record.pk if isinstance(record, Part) else record.slug
    return {"text": said.text, "note": said.note, "href": reverse(page, args=[key]), "pk": record.pk}


@recording("merge")
def merging_page(request, noun):
    """What would be read after a merge of the pairs `?pair=MERGED:INTO`; sent with a reason, it is done."""
    model, _page, title = of_noun(noun)
    pairs = pairs_of(model, request.GET.getlist("pair"))
    if not pairs:
        return choosing(request, noun)
    for merged, _into in pairs:
        may_change(merged, actor=request.viewer)
    form = ReasonForm(request.POST or None, viewer=request.viewer)
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: merged_all(pairs, reason, request.viewer)):
            back = reverse("separate", args=[noun]) + "?" + urlencode([("record", one.pk) for one, _into in pairs])
            said = ngettext("%(n)s record is merged.", "%(n)s records are merged.", len(pairs)) % {"n": len(pairs)}
            messages.success(request, format_html('{} <a href="{}">{}</a>', said, back, _("Take it back")))
            return redirect(shown(pairs[0][1], request.viewer.agency)["href"])
    looks = [look(pairs, n, request.viewer.agency) for n in range(len(pairs))]
    context = {"noun": noun, "title": title, "form": form, "looks": looks}
    return render(request, "catalogue/merging/preview.html", context)


def merged_all(pairs, reason, actor):
    """Merge each record into the one beside it; all or none."""
    by_into = {}
    for one, into in pairs:
        by_into.setdefault(into, []).append(one)
    return [merge(records=records, into=into, actor=actor, reason=reason) for into, records in by_into.items()]


def look(pairs, n, agency):
    """What the merge of one pair would change: counts of the one, the other, and both together."""
    merged, into = pairs[n]
    (before,), now, then = merging.preview([merged], into)
    turned = [f"{b.pk}:{a.pk}" if k == n else f"{a.pk}:{b.pk}" for k, (a, b) in enumerate(pairs)]
    return {
        "merged": shown(merged, agency),
        "into": shown(into, agency),
        "counts": [(COUNTED[word], before.counts[word], now.counts[word], number) for word, number in then.items()],
        "turned": "?" + urlencode([("pair", pair) for pair in turned]) if into.owner_id == agency else "",
    }


def choosing(request, noun):
    """The page that asks which record stands for `?record=`."""
    model, _page, title = of_noun(noun)
    record = one_of(model, request.GET.get("record", ""))
    may_change(record, actor=request.viewer)
    form = INTO[noun](request.GET if "into" in request.GET else None, viewer=request.viewer)
    if form.is_bound and form.is_valid() and form.cleaned_data["into"] is not None:
        into = form.cleaned_data["into"]
        if into.pk != record.pk:
            return redirect(f"{request.path}?{urlencode({'pair': f'{record.pk}:{into.pk}'})}")
        form.add_error("into", _("A record is not merged into itself; choose another."))
    context = {"noun": noun, "title": title, "form": form, "record": shown(record, request.viewer.agency)}
    return render(request, "catalogue/merging/into.html", context)


@recording("merge")
def separate(request, noun):
    """The page on which merged records, `?record=` repeated, stand for themselves again."""
    model, _page, title = of_noun(noun)
    records = [one_of(model, named) for named in request.GET.getlist("record")[:MOST]]
    if not records:
        raise Http404
    for one in records:
        may_change(one, actor=request.viewer)
    form = ReasonForm(request.POST or None, viewer=request.viewer)
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: unmerge(records=records, actor=request.viewer, reason=reason) or True):
            n = len(records)
            said = ngettext("%(n)s record stands for itself again.", "%(n)s records stand for themselves again.", n)
            messages.success(request, said % {"n": n})
            return redirect(shown(records[0], request.viewer.agency)["href"])
    agency = request.viewer.agency
    both = [(shown(one, agency), shown(one.canonical, agency) if one.canonical else None) for one in records]
    context = {"noun": noun, "title": title, "form": form, "records": both}
    return render(request, "catalogue/merging/separate.html", context)


def pairs_of(model, values):
    """[(merged, into)] of `id:id` texts; a pair of which one is not seen raises NotThere."""
    found = []
    for value in values[:MOST]:
        one, _colon, other = value.partition(":")
        found.append((one_of(model, one), one_of(model, other)))
    return found


def one_of(model, named):
    """The record in force with this id. Raises NotThere."""
    found = find(model, "id", named.replace("\0", ""), None).select_related("owner", "canonical").first()
    if found is None:
        raise NotThere(_("There is no such record here, or you may not see it."))
    return found


def leads(noun):
    """Where curators find what may be the same, from the list of a noun."""

    def of(viewer):
        return [(reverse("duplicates", args=[noun]), _("Duplicates"))] if viewer.may("merge") else []

    return of


def merged_into(record, viewer):
    """[(record merged into this one, the address that takes it back or "")] for its page, one step down."""
    noun = "parts" if isinstance(record, Part) else "organisations"
    rows = type(record).objects.filter(canonical=record, voided_at=None).order_by("id")
    return [(shown(one, viewer.agency), back_of(one, noun, viewer)) for one in rows.select_related("owner")[:MOST]]


def back_of(record, noun, viewer):
    """The address of the page that takes a merge back, for those who may."""
    if record.owner_id != viewer.agency or not viewer.may("merge"):
        return ""
    return f"{reverse('separate', args=[noun])}?{urlencode({'record': record.pk})}"
