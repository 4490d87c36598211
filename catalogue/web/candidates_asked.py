"""What a form or the bench asks while a marking is typed there: what rules read in it, with the records they name."""

import json

from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalogue.actions.candidates import spanned
from catalogue.queries.candidates import proposed
from catalogue.queries.choose import match

from .candidates import belief_in
from .dates import said
from .labels import label

MOST = 50  # markings at once
LONGEST = 2_000  # characters that are read of each


@require_POST
def readings(request):
    """Of each marking that is sent the readings with a number or a family, best first. Nothing is kept.

    Takes {"markings": [{"marking": "…", "maker": "…"}]}; what is no such thing is answered with 400.
    """
    try:
        markings = [texts(one) for one in json.loads(request.body)["markings"]]
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"detail": _("Send markings as texts.")}, status=400)
    if len(markings) > MOST:
        return JsonResponse({"detail": _("Send %(n)s markings at most at once.") % {"n": MOST}}, status=400)
    agency = request.viewer.agency
    results = [{"readings": [offered(one, agency) for one in found if one.plausible]} for found in proposed(markings)]
    return JsonResponse({"results": results})


def texts(one):
    """A marking and its maker's name. Raises TypeError for what is no text."""
    marking, maker = one["marking"], one.get("maker") or ""
    if not isinstance(marking, str) or not isinstance(maker, str):
        raise TypeError
    return marking[:LONGEST].replace("\0", ""), maker[:300].replace("\0", "")


def offered(candidate, agency):
    """A reading as it fills a form: `value`, `text` and `note` of records, as a search gives them, or null."""
    reading = candidate.reading
    chosen = next((one for one in reading.date_readings if one.chosen), None)
    made = spanned(chosen.first, chosen.last).edtf if chosen else ""
    maker, part = (one and vars(match(one, agency)) for one in (candidate.manufacturer, candidate.part))
    number = reading.mpn or reading.base_part
    dated = reading.date_code and (f"{reading.date_code}: {said(made)}" if made else reading.date_code)
    country = reading.marked_country and label("countries", reading.marked_country)
    words = [" ".join(filter(None, [candidate.maker, number])), str(belief_in(reading)), dated, country]
    return {
        "mpn": reading.mpn,
        "number": number,
        "maker": candidate.maker,
        "manufacturer": maker,
        "part": part,
        "date_code": reading.date_code,
        "made": made,
        "marked_country": reading.marked_country,
        "said": " · ".join(filter(None, words)),
    }
