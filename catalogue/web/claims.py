"""Claims have no page of their own: they stand on that of what they concern, and beside our count."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from catalogue.models import Claim
from catalogue.queries.choose import match
from catalogue.queries.named import find

CONCERNED = ("system", "organisation", "specimen", "part", "route")


def claim_list(request):
    """All claims, beside what the catalogue counts for the same."""
    return redirect("research-page", "claims")


def claim_detail(request, name):
    """The page of what a claim concerns."""
    claim = find(Claim, "id", name).select_related(*CONCERNED).first() or find(Claim, "id", name, voided=True).first()
    if claim is None:
        raise Http404(_("There is no such record here, or you may not see it."))
    for noun in CONCERNED:
        record = getattr(claim, noun)
        if record is not None:
            return redirect(noun, match(record, request.viewer.agency).value)
    return redirect("research-page", "claims")
