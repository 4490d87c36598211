"""The administrators' pages of keys."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalogue.actions.agencies import issue_key, revoke_key
from catalogue.actions.refusals import Refused
from catalogue.queries import administration as asked

from .account import beside
from .administration import administrator
from .administration_forms import KeyForm


@administrator
def key_list(request):
    """The keys of machines and people."""
    return render(request, "catalogue/administration/keys.html", {"keys": asked.keys(), "now": timezone.now()})


def agencies_kept(request):
    """The agencies for which the viewer may issue keys, the own one first."""
    agencies = [agency for agency in asked.agencies() if agency.pk != request.viewer.agency]
    others = asked.unattended(agencies) if request.user.agency.is_home else ()
    return [request.user.agency, *(agency for agency in agencies if agency.pk in others)]


@administrator
@reauthentication_required
def key_new(request):
    """A key for a machine, shown this once."""
    agencies = agencies_kept(request)
    form = KeyForm(request.POST or None, agencies=agencies, initial={"agency": request.GET.get("agency")})
    if form.is_valid():
        given = form.cleaned_data
        given["agency"] = next(agency for agency in agencies if agency.slug == given["agency"])
        try:
            text = issue_key(actor=request.viewer, **given)
            shown = {"text": text, "name": given["name"], "back": "administration-keys"}
            return render(request, "catalogue/account/key_shown.html", shown)
        except Refused as refused:
            beside(form, refused)
    return render(request, "catalogue/administration/key_new.html", {"form": form})


@require_POST
@administrator
def key_revoke(request, number):
    """End a key at once."""
    revoke_key(key=get_object_or_404(asked.keys(), pk=number), actor=request.viewer)
    messages.success(request, _("The key is revoked; nothing can be done with it any more."))
    return redirect("administration-keys")
