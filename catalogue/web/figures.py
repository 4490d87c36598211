"""Pages of cited figures: what was answered then beside what is answered now, and how to cite it. Corrections."""

from django.contrib import messages
from django.core.exceptions import FieldDoesNotExist
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalogue.actions.figures import cite_figure, restore_figure, withdraw_figure
from catalogue.actions.handling import level_of, may_change
from catalogue.actions.refusals import NotAllowed, NotThere, Refused
from catalogue.filters.base import BadParameter
from catalogue.filters.figures import taken, today
from catalogue.models import CitedFigure
from catalogue.queries.corrections import corrections
from catalogue.queries.figures import differences
from catalogue.queries.history import history
from catalogue.queries.named import find
from catalogue.queries.research import ANSWERS
from catalogue.queries.research.frame import SAID, TOTALS

from .citing import bibtex
from .history_words import column_called
from .recording import recording, refused

SHOWN = 200


@require_POST
@recording("record")
def cite(request, name):
    """Keep the answer as it is now, for those whom the handling lets read it, and show it."""
    if name not in ANSWERS:
        raise Http404
    sent = request.POST
    try:
        level = level_of(sent.get("handling", "AMBER+STRICT"))
        found = taken(name, sent.get("query", ""), viewer=request.viewer, level=level)
        figure = cite_figure(**found, note=sent.get("note", ""), handling=level, actor=request.viewer)
    except (NotAllowed, NotThere):
        raise
    except (BadParameter, Refused) as refusal:
        return refused(request, refusal.sentence, 400)
    messages.success(request, _("The figure is kept as it is now; its address shows what becomes of it."))
    return redirect("cited-figure", figure.pk)


def cited(request):
    """The figures that were cited, newest first; with `agency` those that it keeps."""
    figures = CitedFigure.objects.filter(voided_at=None).select_related("audience", "owner").order_by("-id")
    agency = request.GET.get("agency", "").replace("\0", "")
    rows = figures.filter(owner__slug=agency) if agency else figures
    context = {"rows": [(figure, ANSWERS.get(figure.answer)) for figure in rows[:SHOWN]], "agency": agency}
    return render(request, "catalogue/research/cited_list.html", context)


@require_POST
@recording("void")
def withdraw(request, pk):
    """Withdraw a figure of the own agency with a reason, or with `back` put it in force again."""
    figure, reason = seen_figure(pk), request.POST.get("reason", "")
    if figure is None:
        raise NotThere(_("There is no such record here, or you may not see it."))
    may_change(figure, actor=request.viewer)
    try:
        if "back" in request.POST:
            restore_figure(figure, actor=request.viewer, reason=reason)
        elif figure.voided_at is None:
            withdraw_figure(figure, actor=request.viewer, reason=reason)
    except NotAllowed:
        raise
    except Refused as refusal:
        return refused(request, refusal.sentence, 400)
    return redirect("cited-figure", figure.pk)


def figure_history(request, pk):
    """The history of one cited figure."""
    figure = seen_figure(pk)
    if figure is None or figure.answer not in ANSWERS:
        raise Http404
    called = ANSWERS[figure.answer].title
    return render(request, "catalogue/history.html", {
        "record": called, "key": called, "back": reverse("cited-figure", args=[figure.pk]),
        "handling": figure.audience.name, "changes": history(figure, {}),
    })  # fmt: skip


def seen_figure(pk):
    """The figure in force or withdrawn with this id, None where there is none that the reader may see."""
    figures = [find(CitedFigure, "id", str(pk), voided=voided) for voided in (False, True)]
    return next((found for one in figures if (found := one.select_related("audience", "owner").first())), None)


def cited_figure(request, pk):
    """One cited figure beside today's answer."""
    figure = seen_figure(pk)
    if figure is None or figure.answer not in ANSWERS:
        raise Http404
    then, now, gone = figure.figures, None, ""
    try:
        now, counted, digest = today(figure, viewer=request.viewer)
    except BadParameter as bad:
        gone = bad.sentence
    context = {"figure": figure, "answer": ANSWERS[figure.answer], "gone": gone, "unit": SAID[then["unit"]]}
    address = reverse("research-page", args=[figure.answer])
    context["question"] = f"{address}?{figure.query}" if figure.query else address
    context["cites"] = citations(request, figure)
    context["ours"] = figure.owner_id == request.viewer.agency and request.viewer.may("void")
    if now:
        rows = [(key, *values, change(*values)) for key, *values in differences(then, now)]
        totals = [
            (said, then["totals"][name], now["totals"].get(name), change(then["totals"][name], now["totals"].get(name)))
            for name, said in TOTALS.items()
            if name in then["totals"]
        ]
        context |= {
            "rows": rows,
            "totals": totals,
            "same": digest == figure.records_sha256,
            "counted": counted,
            "changed": sum(bool(row[-1]) for row in rows) + sum(bool(row[-1]) for row in totals),
        }
    return render(request, "catalogue/research/cited.html", context)


def change(then, now):
    """The difference with its sign; empty where there is none."""
    if then == now:
        return ""
    if then is None or now is None:
        return _("new") if then is None else _("gone")
    return f"{round(now - then, 2):+}"


def citations(request, figure):
    """(text of a footnote, BibTeX) that cite the figure."""
    address = request.build_absolute_uri(reverse("cited-figure", args=[figure.pk]))
    title, day = str(ANSWERS[figure.answer].title), figure.created_at.date().isoformat()
    asked = f" ({figure.query})" if figure.query else ""
    footnote = (
        f"{figure.owner.name}, “{title}”{asked}: {figure.figures['totals'].get('denominator', figure.counted)} "
        f"{SAID[figure.figures['unit']]}. Forensic catalogue, {day}. {address}. "
        f"Records: {figure.counted}, SHA-256 {figure.records_sha256}."
    )
    entry = bibtex(
        f"figure-{str(figure.pk)[-8:]}",
        author=figure.owner.name,
        title=title + asked,
        note=f"As answered on {day}; {figure.counted} records, SHA-256 {figure.records_sha256}",
        day=day,
        url=address,
    )
    return footnote, entry


def corrected(request):
    """What was corrected, with the reason given."""
    rows = [(one, [called(one.model, column) for column in one.columns]) for one in corrections()]
    return render(request, "catalogue/research/corrections.html", {"rows": rows})


def called(model, column):
    """What a database column is called; one end of a date as the date."""
    for name in (column, column.removesuffix("_id"), column.removesuffix("_from"), column.removesuffix("_to")):
        try:
            return column_called(model._meta.get_field(name))
        except FieldDoesNotExist:
            continue
    return column
