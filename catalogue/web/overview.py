"""The first page: what is here with its units, what is new, where to go."""

from datetime import UTC, timedelta
from urllib.parse import quote

from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.models import Organisation, WeaponSystem
from catalogue.queries import overview as asked

from .charts import Bars

SHOWN = 8
# Who comes back within it is still on the same visit.
VISIT = timedelta(minutes=30)
KEPT = 90 * 24 * 3600


def overview(request):
    """Counts with their units, two charts, the latest specimens, what is new since the last visit."""
    latest = list(asked.latest())
    highest = max((specimen.audience for specimen in latest), key=lambda audience: audience.level, default=None)
    context = {"latest": latest, "highest": highest.name if highest else ""}
    context["mixed"] = len({specimen.audience.level for specimen in latest}) > 1
    counts = request.headers.get("HX-Target") == "counts"
    if counts or not asked.large():
        context |= counted()
    if counts:
        return render(request, "catalogue/_overview_counts.html", context)
    last, now = visit(request)
    if last:
        context |= {"last": last, "new": asked.new_since(last)}
    if request.viewer.may("review"):
        context["waiting"] = asked.waiting_for_review(request.viewer)
    response = render(request, "catalogue/overview.html", context)
    if now:
        response.set_cookie("visit", now, max_age=KEPT, samesite="Lax", httponly=True)
    return response


def visit(request):
    """(when the visit before this one ended or None, the cookie to set or None): "end of the last | latest page"."""
    before, _bar, latest = request.COOKIES.get("visit", "").partition("|")
    before, latest, now = moment(before), moment(latest), timezone.now()
    if latest is None or now - latest > VISIT:
        before = latest
    return before, f"{before.isoformat() if before else ''}|{now.isoformat()}"


def moment(text):
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found.astimezone(UTC).replace(microsecond=0) if found and found.tzinfo else None


def counted():
    """The figures and the charts, which read every component."""
    figures, found = asked.figures(), asked.distribution()
    components = figures["components"]
    return {"figures": figures, "charts": [of_systems(found, components), of_years(found, components)]} | makers(found)


def of_systems(found, components):
    values = [(slug, n) for slug, n in found["system"] if slug][:SHOWN]
    names = asked.names(WeaponSystem, [slug for slug, _n in values])
    shown = sum(n for _slug, n in values)
    return Bars(
        _("Where they were found"),
        _("%(shown)s of %(all)s component records, the most frequent weapon systems")
        % {"shown": grouped(shown), "all": grouped(components["rows"])},
        _("component records"),
        [(names.get(slug, slug), n, f"/components/?system={quote(slug)}") for slug, n in values],
    )


def of_years(found, components):
    years = sorted((year, n) for year, n in found["year"] if year)[-SHOWN:]
    return Bars(
        _("When they were made"),
        ngettext(
            "first year that the date code allows, the last %(years)s years; %(undated)s record is undated",
            "first year that the date code allows, the last %(years)s years; %(undated)s records are undated",
            components["rows"] - components["dated"],
        )
        % {"years": SHOWN, "undated": grouped(components["rows"] - components["dated"])},
        _("component records"),
        [(year, n, f"/components/?made_after={int(year) - 1}&made_before={int(year) + 1}") for year, n in years],
    )


def grouped(number):
    return number_format(number, use_l10n=True, force_grouping=True)


def makers(found):
    values = [(slug, n) for slug, n in found["maker"] if slug][:10]
    rows = {o.slug: o for o in Organisation.objects.filter(slug__in=[slug for slug, _n in values])}
    return {"makers": [(rows[slug], n) for slug, n in values if slug in rows]}
