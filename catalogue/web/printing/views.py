"""Pages and files for print: of a specimen its report, custody form and labels; of a maker its dossier."""

from contextlib import nullcontext

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from catalogue.exports.labels import MOST, SHEETS, labels
from catalogue.models import Component
from catalogue.queries import organisations, specimens
from catalogue.web.details import named_record

from .chain import custody_form
from .dossier import Dossier, as_pdf, as_xlsx
from .people import People, as_released
from .report import report
from .words import newest

LANGUAGES = dict(settings.LANGUAGES)
PDF, XLSX = "application/pdf", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OFFERED = 1000  # components that may be chosen for labels


def printed(view):
    """Decorator: a view that gives (file name, type, bytes), in the language asked for; nothing of it is kept."""

    def made(request, name):
        known = {"language", *view.takes}
        for parameter in request.GET:
            if parameter not in known:
                return wrong(_("There is no parameter %(name)s here.") % {"name": repr(parameter)})
        language = request.GET.get("language", translation.get_language() or "en")
        if language not in LANGUAGES:
            return wrong(_("language is one of: %(codes)s.") % {"codes": ", ".join(LANGUAGES)})
        with translation.override(language):
            try:
                file_name, media_type, content = view(request, name)
            except ValueError as problem:
                return wrong(str(problem))
        response = HttpResponse(content, content_type=media_type)
        response["Content-Disposition"] = f'{"inline" if media_type == PDF else "attachment"}; filename="{file_name}"'
        response["Cache-Control"] = "private, no-store"
        return response

    made.__doc__ = view.__doc__
    return made


def taking(*names):
    """Decorator: the parameters that a printed view takes beside the language."""

    def mark(view):
        view.takes = names
        return view

    return mark


def wrong(sentence):
    return HttpResponse(sentence, status=400, content_type="text/plain; charset=utf-8")


def specimen_of(request, name):
    return named_record(request, specimens.SHAPE, "reference", name)


def readers(request, record):
    """(the people as they are named, the view in which it is made): another agency gets its version in any case."""
    asked = request.GET.get("for", "")
    if asked not in ("", "agencies"):
        raise ValueError(_("for is “agencies”, or left out."))
    ours = record.owner_id == request.viewer.agency
    people = People.known(outside=bool(asked) or not ours)
    return people, as_released(record) if asked and ours else nullcontext()


@printed
@taking("for")
def specimen_report(request, name):
    """The report of a teardown."""
    record, _row = specimen_of(request, name)
    people, view = readers(request, record)
    with view:
        content = report(record, people, viewer=request.viewer)
    ending = "-agencies" if people.outside else ""
    return f"{record.reference}{ending}-{translation.get_language()}.pdf", PDF, content


@printed
@taking("for", "blank")
def specimen_custody(request, name):
    """The chain of custody as a form, filled in or blank."""
    record, row = specimen_of(request, name)
    people, view = readers(request, record)
    with view:
        content = custody_form(record, row, people, blank=request.GET.get("blank") == "1")
    return f"{record.reference}-custody.pdf", PDF, content


@printed
@taking("sheet", "start", "item")
def specimen_labels(request, name):
    """Labels of a specimen and of components of it."""
    record, row = specimen_of(request, name)
    sheet = request.GET.get("sheet", "3x8")
    if sheet not in SHEETS:
        raise ValueError(_("sheet is one of: %(names)s.") % {"names": ", ".join(SHEETS)})
    places = SHEETS[sheet]["columns"] * SHEETS[sheet]["rows"]
    start = request.GET.get("start", "1")
    if not start.isascii() or not start.isdigit() or not 1 <= int(start) <= places:
        raise ValueError(_("start is the place of the first label on its sheet, 1 to %(n)d.") % {"n": places})
    chosen = list(dict.fromkeys(request.GET.getlist("item"))) or [record.reference]
    if len(chosen) > MOST:
        raise ValueError(_("At most %(n)d labels at once.") % {"n": MOST})
    parts = {
        one.reference: one
        for one in Component.objects.filter(specimen=record, voided_at=None, reference__in=chosen)
        .select_related("audience")
    }  # fmt: skip
    items = []
    for reference in chosen:
        if reference == record.reference:
            items.append(label_of(request, "specimen", record, [row["system"]["name"], row["title"]], row["handling"]))
        elif reference in parts:
            one = parts[reference]
            said = [one.label, one.designator, one.name, one.marking.partition("\n")[0]]
            items.append(label_of(request, "component", one, said, one.audience.name))
        else:
            raise ValueError(_("There is no %(name)s in this specimen that you may see.") % {"name": repr(reference)})
    moment = newest(row["updated"], *(one.updated_at for one in parts.values()))
    content = labels(items, sheet, moment=moment, start=int(start))
    return f"{record.reference}-labels.pdf", PDF, content


def label_of(request, noun, record, said, handling):
    return {
        "address": request.build_absolute_uri(reverse(noun, args=[record.reference])),
        "reference": record.reference,
        "lines": [line for line in said if line][:3],
        "handling": handling,
    }


def specimen_print(request, name):
    """The page on which is chosen what to print of a specimen."""
    record, row = specimen_of(request, name)
    found = Component.objects.filter(specimen=record, voided_at=None).order_by("id")
    offered = list(found.values("reference", "label", "designator", "name", "marking")[: OFFERED + 1])
    context = {
        "record": record,
        "row": row,
        "ours": record.owner_id == request.viewer.agency,
        "components": offered[:OFFERED],
        "more": len(offered) > OFFERED,
        "sheets": SHEETS.items(),
        "languages": settings.LANGUAGES,
    }
    return render(request, "catalogue/print.html", context)


def maker(request, name):
    """(its release dictionary, People): a dossier crosses agencies, so people stand by their codes."""
    _record, row = named_record(request, organisations.SHAPE, "slug", name)
    return row, People.known(outside=True)


@printed
@taking()
def organisation_dossier(request, name):
    """The dossier of a maker as PDF."""
    row, people = maker(request, name)
    return f"{row['slug']}-dossier.pdf", PDF, as_pdf(Dossier(row, people, viewer=request.viewer))


@printed
@taking()
def organisation_sheet(request, name):
    """The dossier of a maker as XLSX."""
    row, people = maker(request, name)
    gathered = Dossier(row, people, viewer=request.viewer, pictures=0)
    return f"{row['slug']}-dossier.xlsx", XLSX, as_xlsx(gathered, request.build_absolute_uri)
