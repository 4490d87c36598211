"""The inventory of a specimen: its components as a tree, added, moved and split in place; and what they are."""

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.actions.components import amend_component, record_component
from catalogue.actions.identify import identify, withdraw_identification
from catalogue.actions.refusals import NotThere
from catalogue.actions.split import split
from catalogue.models import Component, IdentificationState
from catalogue.queries.choose import called, match
from catalogue.queries.components import opinions
from catalogue.queries.inventory import MOST, inventory

from .forms.components import ComponentForm, MoveForm, SplitForm
from .forms.identification import IdentificationForm
from .photographs import crops
from .recording import attempt, done, own, recording, show


@recording()
def tree(request, name):
    """A specimen's components as a tree. `?add=REFERENCE` opens a form inside that one, `?add=` one at the top."""
    specimen = own(request, "specimens", name)
    here, form = reverse("specimen-inventory", args=[specimen.reference]), None
    if "add" in request.GET:
        form = adding(request, specimen)
        if form.is_bound and form.is_valid():
            made = attempt(form, lambda: record_component(actor=request.viewer, **form.columns(), **form.seen()))
            if made:
                messages.success(request, _("%(name)s is recorded.") % {"name": made.reference})
                on = made.parent.reference if made.parent else ""
                return done(request, here + (f"?add={on}" if "again" in request.POST else f"#{made.reference}"), made)
    nodes, rows, more = inventory(specimen)
    crop_of = crops([row.pk for row in rows])
    for row in rows:
        row.crop = crop_of.get(row.pk)
    context = {"specimen": specimen, "nodes": nodes, "form": form, "add": request.GET.get("add"), "here": here}
    context |= {"rows": len(rows), "unidentified": sum(row.manufacturer_id is None for row in rows)}
    return render(request, "catalogue/forms/inventory.html", context | {"most": MOST if more else 0})


def adding(request, specimen):
    """The form of a new component of this specimen, inside the one that the address names."""
    parent = called(Component, request.GET["add"], request.viewer.agency) if request.GET["add"] else None
    initial = {"specimen": specimen, "parent": parent, "handling": specimen.audience.level}
    form = ComponentForm(request.POST or None, viewer=request.viewer, initial=initial)
    for name in ("specimen", "parent"):
        form.fields[name].disabled = True
    return form


@recording()
def move(request, name):
    """A component is put inside another of the same specimen, or at the top."""
    record = own(request, "components", name)
    initial = {"parent": record.parent, "specimen": record.specimen.reference, "version": record.version}
    form = MoveForm(
        request.POST or None, viewer=request.viewer, specimen=record.specimen, initial=initial, auto_id="move_%s"
    )
    if form.is_bound and form.is_valid():
        seen = {"version": form.cleaned_data["version"], **form.why()}
        changes = {"parent": form.cleaned_data["parent"]}
        if attempt(form, lambda: amend_component(record, changes, actor=request.viewer, **seen) or True):
            messages.success(request, _("%(name)s is moved.") % {"name": record.reference})
            return done(request, placed(record), record)
    return act_on(request, form, record, _("Move %(name)s"), _("Move"))


@recording()
def split_row(request, name):
    """A row of several pieces becomes two rows."""
    record = own(request, "components", name)
    initial = {"keep": (record.quantity or 0) - 1 or None, "version": record.version}
    form = SplitForm(
        request.POST or None, viewer=request.viewer, specimen=record.specimen, initial=initial, auto_id="split_%s"
    )
    if form.is_bound and form.is_valid():
        told = {"keep": form.cleaned_data["keep"], "version": form.cleaned_data["version"], **form.why()}
        made = attempt(form, lambda: split(record, actor=request.viewer, **told))
        if made:
            told = {"name": record.reference, "n": made.quantity, "made": made.reference}
            text = ngettext(
                "%(name)s is split: %(n)d piece is now %(made)s.",
                "%(name)s is split: %(n)d pieces are now %(made)s.",
                made.quantity,
            )
            messages.success(request, text % told)
            return done(request, placed(made), made)
    note = _("The rest becomes a row of its own with the same facts. What lies inside, and photographs, stay here.")
    if record.quantity is None:
        note = _("It is not stated how many pieces this row stands for; change the component and say so first.")
    return act_on(request, form, record, _("Split %(name)s"), _("Split"), note=note)


def act_on(request, form, record, title, act, **context):
    title %= {"name": record.reference}
    return show(request, form, noun="components", record=record, title=title, act=act, **context)


def placed(component):
    """Its place in the inventory."""
    return reverse("specimen-inventory", args=[component.specimen.reference]) + f"#{component.reference}"


@recording("identify")
def identification(request, name):
    """Who says what a component is: the observation above, the opinion below. Also of another agency's component."""
    component = called(Component, name, request.viewer.agency)
    if component is None:
        raise NotThere(_("There is no such record here, or you may not see it."))
    said = list(opinions(component))
    form = IdentificationForm(request.POST or None, viewer=request.viewer, initial=last(said, request.viewer))
    to = reverse("component", args=[match(component, request.viewer.agency).value])
    if request.method == "POST" and "withdraw" in request.POST:
        withdraw_identification(component=component, actor=request.viewer)
        messages.success(request, _("The identification of %(name)s is withdrawn.") % {"name": component.reference})
        return done(request, to, component)
    if form.is_bound and form.is_valid() and attempt(form, lambda: say(component, form, request.viewer)):
        messages.success(request, _("The identification of %(name)s is recorded.") % {"name": component.reference})
        return done(request, to, component)
    title = _("Identify %(name)s") % {"name": component.reference}
    context = {"record": component, "observed": True, "opinions": said, "act": _("Record the identification")}
    return show(request, form, noun="components", title=title, **context)


def last(said, viewer):
    """What the form begins with: the opinion that the writer's agency holds."""
    for opinion in said:
        if opinion.state == IdentificationState.ACCEPTED and opinion.owner_id == viewer.agency:
            return IdentificationForm.of(opinion)
    return {}


def say(component, form, viewer):
    """Record the opinion in a form."""
    return identify(component=component, actor=viewer, **form.cleaned_data)
