"""What the marking of a component may say: read by rules, on its page, and accepted there as somebody's opinion."""

from urllib.parse import urlencode

from django.contrib import messages
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.actions.candidates import accept_reading, dateless, spanned
from catalogue.actions.refusals import NotThere
from catalogue.markings.reading import CONFIDENT
from catalogue.models import Component, Review
from catalogue.queries.candidates import of_component
from catalogue.queries.choose import called, match

from .forms.candidates import SCHEMES, AcceptForm
from .marking_reasons import told
from .recording import attempt, done, recording, show

BELIEF = (
    (CONFIDENT, "high", gettext_lazy("fits well")),
    (0.7, "moderate", gettext_lazy("likely")),
    (0.0, "low", gettext_lazy("possible")),
)


def shown(component, opinions, viewer):
    """The readings of a component's marking as its page shows them."""
    may = viewer.may("identify") and component.voided_at is None
    accepted = {
        (one.manufacturer_id, one.part_id)
        for one in opinions
        if one.state == "accepted" and one.basis_id == "marking-read" and one.owner_id == viewer.agency
    }
    address = reverse("component-readings-accept", args=[match(component, viewer.agency).value]) if may else ""
    for one in of_component(component):
        yield read(one) | {
            "accept": f"{address}?{asked(one.reading)}" if may and one.plausible else "",
            "accepted": one.manufacturer is not None
            and (one.manufacturer.pk, one.part.pk if one.part else None) in accepted,
        }


def asked(reading):
    """What names a reading in an address."""
    return urlencode({"mpn": reading.mpn, "base": reading.base_part})


def read(candidate):
    """A reading in words."""
    reading = candidate.reading
    level, belief = graded(reading)
    dates = [
        {"made": spanned(one.first, one.last).edtf, "scheme": SCHEMES.get(one.scheme, one.scheme), "chosen": one.chosen}
        for one in reading.date_readings
    ]
    return {
        "reading": reading,
        "plausible": candidate.plausible,
        "manufacturer": candidate.manufacturer,
        "maker": candidate.maker,
        "part": candidate.part,
        "level": level,
        "belief": belief,
        "score": round(reading.score * 100),
        "dates": dates,
        "leftover": [text for text in reading.leftover if text != reading.lot],
        "reasons": [told(reason) for reason in reading.reasons],
    }


def graded(reading):
    """(how many bars, the word) of how far rules believe a reading."""
    return next((level, word) for least, level, word in BELIEF if reading.score >= least)


def belief_in(reading):
    return graded(reading)[1]


@recording("identify")
def accept(request, name):
    """A reading becomes an identification: at one press where all it names is recorded, else as one agrees to it.

    Also of another agency's component, as any identification; its date stays its agency's own.
    """
    component = called(Component, name, request.viewer.agency)
    if component is None:
        raise NotThere(_("There is no such record here, or you may not see it."))
    candidate = asked_for(request, component)
    reading, viewer = candidate.reading, request.viewer
    takes = dateless(component, reading, "for the form", actor=viewer)
    to = reverse("component", args=[match(component, viewer.agency).value])
    at_once = request.method == "POST" and "at_once" in request.POST
    data = request.POST if request.method == "POST" and not at_once else None
    form = AcceptForm(data, viewer=viewer, candidate=candidate, component=component, takes_date=takes)
    named = {"component": component, "mpn": reading.mpn, "base_part": reading.base_part, "actor": viewer}
    if at_once and is_plain(component, candidate, takes):
        opinion = attempt(form, lambda: accept_reading(**named))
    else:
        sent = form.is_bound and form.is_valid()
        opinion = attempt(form, lambda: accept_reading(**named, **form.told())) if sent else None
    if opinion is not None:
        messages.success(request, said(component, *opinion, viewer))
        return done(request, to, component)
    title = _("Accept the reading %(number)s") % {"number": reading.mpn or reading.base_part}
    note = _("It becomes your agency's identification of %(name)s, on the basis of the marking as read.")
    context = {"title": title, "note": note % {"name": component.reference}, "act": _("Accept the reading")}
    return show(request, form, noun="components", record=component, observed=True, **context)


def asked_for(request, component):
    """The Candidate that the address names, else the likeliest. Raises NotThere where the marking is not read so."""
    found = [one for one in of_component(component) if one.plausible]
    if "mpn" in request.GET or "base" in request.GET:
        wanted = (request.GET.get("mpn", ""), request.GET.get("base", ""))
        found = [one for one in found if (one.reading.mpn, one.reading.base_part) == wanted]
    if not found:
        raise NotThere(_("The marking is not read so; look at its readings again."))
    return found[0]


def is_plain(component, candidate, takes_date):
    """Whether nothing is left to decide: all it names is recorded, and its date needs no reason."""
    if candidate.manufacturer is None or (candidate.part is None and candidate.reading.mpn):
        return False
    dated = takes_date and candidate.reading.date_code
    return not (dated and component.specimen.review == Review.REVIEWED)


def said(component, opinion, new, viewer):
    """What came of it, and where it is taken back."""
    number = opinion.part.number if opinion.part else opinion.family
    named = {"name": component.reference, "what": f"{opinion.manufacturer.name} {number}".strip()}
    if new:
        words = _("%(name)s is identified as %(what)s, as its marking is read.") % named
    else:
        words = _("%(name)s was identified as %(what)s already.") % named
    back = reverse("component-identify", args=[match(component, viewer.agency).value])
    return format_html('{} <a href="{}">{}</a>', words, back, _("Look at it, or take it back"))
