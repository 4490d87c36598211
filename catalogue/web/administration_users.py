"""The administrators' pages of people and agencies."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalogue.actions.accounts import add_person, change_person, forget_factors, give_password
from catalogue.actions.agencies import add_agency, change_agency
from catalogue.actions.refusals import Refused
from catalogue.models import Agency, Role, User
from catalogue.queries import administration as asked

from .account import beside
from .administration import administrator, at_home
from .administration_forms import AgencyForm, ChangeForm, FirstPersonForm, NameForm, PersonForm


@administrator
def user_list(request):
    """The people of the agency."""
    return render(request, "catalogue/administration/users.html", {"people": asked.people(request.viewer.agency)})


@administrator
@reauthentication_required
def user_new(request):
    """A new account; the one-time password is shown with the answer."""
    form = PersonForm(request.POST or None)
    if form.is_valid():
        try:
            user, password = add_person(agency=request.user.agency, actor=request.viewer, **form.cleaned_data)
            return one_time(request, user, password, new=True)
        except Refused as refused:
            beside(form, refused)
    return render(request, "catalogue/administration/user_new.html", {"form": form})


def one_time(request, user, password, *, new=False):
    """The page that shows a one-time password, this once."""
    context = {"person": user, "password": password, "new": new, "address": request.build_absolute_uri("/sign-in/")}
    return render(request, "catalogue/administration/password_shown.html", context)


def person_of(request, number):
    """The person of the viewer's agency with this number, or 404."""
    return get_object_or_404(asked.people(request.viewer.agency), pk=number)


@administrator
def user_detail(request, number):
    """One account, and what may be decided of it."""
    person = person_of(request, number)
    initial = {name: getattr(person, name) for name in ChangeForm.base_fields}
    form = ChangeForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            change_person(person=person, actor=request.viewer, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("administration-user", number)
        except Refused as refused:
            beside(form, refused)
            person.refresh_from_db()
    return render(request, "catalogue/administration/user.html", {"person": person, "form": form})


@require_POST
@administrator
@reauthentication_required
def user_password(request, number):
    """A one-time password in place of the present one."""
    person = person_of(request, number)
    try:
        return one_time(request, person, give_password(person=person, actor=request.viewer))
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("administration-user", number)


@require_POST
@administrator
@reauthentication_required
def user_factors(request, number):
    """Take the second factors off a person who has lost them."""
    try:
        forget_factors(person=person_of(request, number), actor=request.viewer)
        messages.success(request, _("The second factors are taken off; the person signs in with the password alone."))
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("administration-user", number)


@administrator
def agency_list(request):
    """All agencies of this catalogue."""
    agencies = list(asked.agencies())
    context = {"agencies": agencies, "unattended": asked.unattended(agencies), "home": request.user.agency.is_home}
    return render(request, "catalogue/administration/agencies.html", context)


@at_home
@reauthentication_required
def agency_new(request):
    """Another agency."""
    form = AgencyForm(request.POST or None)
    if form.is_valid():
        try:
            agency = add_agency(actor=request.viewer, **form.cleaned_data)
            messages.success(request, _("The agency is added. Give it its first administrator, or a key."))
            return redirect("administration-agency", agency.slug)
        except Refused as refused:
            beside(form, refused)
    return render(request, "catalogue/administration/agency_new.html", {"form": form})


@administrator
def agency_detail(request, slug):
    """One agency; its name, and while nobody has signed in there its first administrator."""
    agency = get_object_or_404(asked.agencies(), slug=slug)
    own, waits = agency.pk == request.viewer.agency, agency.pk in asked.unattended([agency])
    keeps = own or (request.user.agency.is_home and waits)
    form = NameForm(request.POST or None, initial={"name": agency.name})
    if keeps and form.is_valid():
        try:
            change_agency(agency=agency, name=form.cleaned_data["name"], actor=request.viewer)
            messages.success(request, _("Saved."))
            return redirect("administration-agency", slug)
        except Refused as refused:
            beside(form, refused)
    people = asked.people(agency) if keeps and not own else User.objects.none()
    context = {"agency": agency, "form": form, "own": own, "keeps": keeps, "people": people}
    return render(request, "catalogue/administration/agency.html", context)


@at_home
@reauthentication_required
def agency_administrator(request, slug):
    """The first administrator of an agency in which nobody has signed in yet."""
    agency = get_object_or_404(Agency, slug=slug)
    form = FirstPersonForm(request.POST or None)
    if form.is_valid():
        try:
            user, password = add_person(
                agency=agency, role=Role.ADMINISTRATOR, actor=request.viewer, **form.cleaned_data
            )
            return one_time(request, user, password, new=True)
        except Refused as refused:
            beside(form, refused)
    return render(request, "catalogue/administration/agency_administrator.html", {"form": form, "agency": agency})


@require_POST
@at_home
@reauthentication_required
def agency_password(request, slug, number):
    """Another one-time password for somebody of an agency in which nobody has signed in yet."""
    person = User.objects.filter(agency__slug=slug, pk=number, is_service=False).first()
    if person is None:
        raise Http404
    try:
        return one_time(request, person, give_password(person=person, actor=request.viewer))
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("administration-agency", slug)
