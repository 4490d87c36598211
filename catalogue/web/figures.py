"""Pages of cited figures: what was answered then beside what is answered now, and how to cite it. Corrections."""

from django.contrib import messages
from django.core.exceptions import FieldDoesNotExist
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalogue.actions.figures import cite_figure
from catalogue.actions.handling import level_of
from catalogue.actions.refusals import NotAllowed, NotThere, Refused
from catalogue.filters.base import BadParameter
from catalogue.filters.figures import taken, today
from catalogue.models import CitedFigure
from catalogue.queries.corrections import corrections
from catalogue.queries.figures import differences
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
    """The figures that were cited, newest first."""
    figures = CitedFigure.objects.filter(voided_at=None).select_related("audience", "owner").order_by("-id")[:SHOWN]
    rows = [(figure, ANSWERS.get(figure.answer)) for figure in figures]
    return render(request, "catalogue/research/cited_list.html", {"rows": rows})


def cited_figure(request, pk):
    """One cited figure beside today's answer."""
    figure = find(CitedFigure, "id", str(pk)).select_related("audience", "owner").first()
    figure = figure or find(CitedFigure, "id", str(pk), voided=True).select_related("audience", "owner").first()
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
