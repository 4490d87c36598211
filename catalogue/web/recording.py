"""Recording in the browser: a page that makes, changes or voids a record of any noun.

An answer is a page, or the form alone when asked for with `?in=dialog`; a dialog is told in JSON what came of it.
`?next=` says where to go on, and every field may be given what it begins with.
"""

from functools import wraps

from django.contrib import messages
from django.db import OperationalError, transaction
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from catalogue.actions.handling import may_change
from catalogue.actions.keeping import drop, may_keep
from catalogue.actions.record import require, void
from catalogue.actions.refusals import Conflict, NotAllowed, NotThere, Refused
from catalogue.queries.choose import called, match
from catalogue.queries.recorded import blocks_of

from .forms.components import VoidForm
from .photographs import offered_to
from .recording_conflict import chosen, differences, opened
from .recording_nouns import NOUNS

COLLIDED = ("40P01", "40001")  # SQLSTATE: PostgreSQL ended one of several transactions that waited for each other


def recording(verb="record"):
    """Decorator: a view for those whose role allows `verb`, or, in place of recording and voiding, to keep the noun.

    What they may not do becomes a page that says so.
    """

    def made(view):
        @wraps(view)
        def entered(request, *args, **kwargs):
            try:
                what = NOUNS.get(kwargs.get("noun"))
                require(request.viewer, "keep" if what and what.kept and verb in ("record", "void") else verb)
                return view(request, *args, **kwargs)
            except NotAllowed as refusal:
                return refused(request, refusal.sentence, 403)
            except NotThere as missing:
                raise Http404(missing.sentence) from None
            except OperationalError as error:
                if getattr(error.__cause__, "sqlstate", None) not in COLLIDED:
                    raise
                answer = refused(
                    request, _("Somebody changed the same records at the same moment; send it again."), 503
                )
                answer["Retry-After"] = "1"
                return answer

        return entered

    return made


def refused(request, sentence, status):
    return render(request, "catalogue/forms/refused.html", {"sentence": sentence}, status=status)


# Pages


@recording()
def new(request, noun):
    """The page on which a record is made."""
    what = NOUNS[noun]
    form = what.form(
        request.POST or None, viewer=request.viewer, initial=begun(request, what), auto_id=ids(request, what)
    )
    if form.is_bound and form.is_valid():
        made = attempt(form, lambda: what.record(actor=request.viewer, **form.columns(), **form.seen()))
        if made:
            if request.GET.get("in") != "dialog":  # there it is seen in the field it was made for
                name = match(made, request.viewer.agency).text
                messages.success(request, _("%(name)s is recorded.") % {"name": name})
            return done(request, after(noun, made, request.viewer, new=True), made)
    alone = what.kept and not request.viewer.may("record")
    note = _("It is kept for you alone; nobody else sees it.") if alone else what.note
    return show(request, form, noun=noun, title=what.title, note=note, act=_("Record"))


@recording()
def edit(request, noun, name):
    """The page on which a record is changed; where somebody else has changed it meanwhile, one chooses."""
    what, record = NOUNS[noun], own(request, noun, name)
    saved = form_of(request, what, record)
    form, conflict = saved, []
    if request.method == "POST":
        form = form_of(request, what, record, chosen(request.POST, saved))
        if form.data.get("version") != str(record.version):
            conflict = differences(saved, form)
            form.data["version"] = str(record.version)
        if not conflict and form.is_valid():
            columns, seen = form.columns(), form.seen()
            if attempt(form, lambda: what.amend(record, columns, actor=request.viewer, **seen) or True):
                record.refresh_from_db()
                text = match(record, request.viewer.agency).text
                messages.success(request, _("Your changes to %(name)s are saved.") % {"name": text})
                return done(request, after(noun, record, request.viewer), record)
    title = _("Change %(name)s") % {"name": match(record, request.viewer.agency).text}
    context = {"record": record, "was": opened(saved), "conflict": conflict, "act": _("Save")}
    context["void"] = reverse(f"{what.name}-void", args=[name])
    if request.viewer.may("narrow"):
        context["release"] = reverse(f"{what.name}-handling", args=[name])
    if noun == "components" and not record.marking:
        form.fields["marking"].offers = offered_to(record)
    return show(request, form, noun=noun, title=title, **context)


@recording("void")
def void_record(request, noun, name):
    """The page on which a record is withdrawn, with a reason."""
    what, record = NOUNS[noun], own(request, noun, name)
    form = VoidForm(request.POST or None, viewer=request.viewer, auto_id=ids(request, what))
    text = match(record, request.viewer.agency).text
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: voided(what, record, request.viewer, reason)):
            messages.success(request, gone(noun, record, text, request.viewer))
            return done(request, around(noun, record), record)
    note = _("It leaves every list and count, and stays at its address with your reason. Nothing is deleted.")
    title = _("Void %(name)s") % {"name": text}
    return show(request, form, noun=noun, title=title, note=note, act=_("Void"), record=record, danger=True)


def voided(what, record, viewer, reason):
    """Void it, by the rule of its noun; true."""
    drop(record, actor=viewer, reason=reason) if what.kept else void([record], actor=viewer, reason=reason)
    return True


# What they share


def own(request, noun, name):
    """The record called `name`, to be written. Raises NotThere when it is not seen, NotAllowed when it is another's."""
    model, agency = NOUNS[noun].model, request.viewer.agency
    record = called(model, name, agency)
    if record is None and called(model, name, agency, voided=True):
        raise NotAllowed(_("This record is voided; it stays at its address as it was, and is changed no longer."))
    if record is None:
        raise NotThere(_("There is no such record here, or you may not see it."))
    (may_keep if NOUNS[noun].kept else may_change)(record, actor=request.viewer)
    return record


def form_of(request, what, record, data=None):
    """The form of a record as it is, or with `data` that was sent."""
    initial = what.form.of(record)
    for name, rows in blocks_of(record).items():
        initial[name] = [what.form.blocks[name].form.of(row) for row in rows]
    return what.form(data, viewer=request.viewer, record=record, initial=initial, auto_id=ids(request, what))


def begun(request, what):
    """What the fields of a new record begin with, out of the address; `text` is what was searched for in vain."""
    found = {name: value for name, value in request.GET.items() if name in what.form.base_fields}
    if text := request.GET.get("text"):
        found.setdefault(what.said, text)
    return found


def ids(request, what):
    """The pattern of the fields' ids: a dialog's differ from those of the page below it."""
    return f"{what.name}_%s" if request.GET.get("in") == "dialog" else "id_%s"


def attempt(form, act):
    """What `act` returns; None when it is refused, which the form then says. Of a refused act nothing is kept."""
    try:
        with transaction.atomic():
            return act()
    except Conflict:
        form.add_error(None, _("Somebody changed this record at the same moment; send it again to see both versions."))
    except Refused as refusal:
        form.refuse(refusal)
    return None


def done(request, to, record):
    """Go on: to `?next=` or `to`. A dialog is told where, and which record it made."""
    asked = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(asked, request.get_host()):
        to = asked
    if request.GET.get("in") == "dialog":
        found = match(record, request.viewer.agency)
        return JsonResponse({"to": to, "value": found.value, "text": found.text, "note": found.note})
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": to})
    return redirect(to)


def show(request, form, template="page", **context):
    """The page of a form, or the form alone."""
    within = "dialog" if request.GET.get("in") == "dialog" else template
    context |= {"form": form, "within": within, "action": request.get_full_path(), "back": back(request, context)}
    return render(request, f"catalogue/forms/{within}.html", context)


def back(request, context):
    """Where “Cancel” leads."""
    asked = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(asked, request.get_host()):
        return asked
    record = context.get("record")
    return after(context["noun"], record, request.viewer) if record is not None else around(context["noun"])


def after(noun, record, viewer, *, new=False):
    """The page to see a record on; of a new specimen the one on which its components are recorded."""
    name = match(record, viewer.agency).value
    if noun == "photos":
        return photographs_of(record)
    if noun == "files":
        return reverse("specimen-files", args=[record.specimen.reference])
    if NOUNS[noun].within:
        return within(noun, record)
    if noun == "specimens" and new:
        return reverse("specimen-inventory", args=[name])
    if noun == "legs":
        return reverse("leg-edit", args=[name])
    return reverse(NOUNS[noun].name, args=[name])


def around(noun, record=None):
    """The list, or the inventory, in which a record stands or stood."""
    if noun == "photos":
        return photographs_of(record)
    if noun == "files":
        return reverse("specimen-files", args=[record.specimen.reference])
    if NOUNS[noun].within:
        return within(noun, record)
    if noun == "components" and record is not None:
        return reverse("specimen-inventory", args=[record.specimen.reference])
    return reverse("routes" if noun == "legs" else noun)


def within(noun, record):
    """Where a record without a page of its own stands on that of its specimen."""
    return f"{reverse('specimen', args=[record.specimen.reference])}#{NOUNS[noun].within}"


def photographs_of(photo):
    if photo.component_id is not None:
        return reverse("component-photographs", args=[photo.component.reference])
    return reverse("specimen-photographs", args=[photo.specimen.reference])


def gone(noun, record, text, viewer):
    """What is said of a record that was voided, and where it is to be seen."""
    said = _("%(name)s is voided; it stays at its address with your reason.") % {"name": text}
    if noun in ("legs", "photos", "files") or NOUNS[noun].within:
        return said
    return format_html('{} <a href="{}">{}</a>', said, after(noun, record, viewer), _("Look at it"))
