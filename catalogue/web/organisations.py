"""Pages of organisations: firms, plants, banks, state bodies, and what is recorded of them."""

from urllib.parse import urlencode

from django.db.models import Count, Q
from django.http import QueryDict
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from catalogue.filters.components import ComponentFilter
from catalogue.filters.makers import basis_of
from catalogue.filters.organisations import OrganisationFilter
from catalogue.filters.parts import PartFilter
from catalogue.filters.routes import RouteFilter
from catalogue.models import Part, WeaponSystem
from catalogue.queries import components, legs, ownership, parts, routes
from catalogue.queries import organisations as asked
from catalogue.queries.components import citations
from catalogue.queries.facets import facets
from catalogue.queries.paging import SORTED_AT_MOST, counted, hinted

from . import makers
from .cells import link, moment, mono, named, nothing, partly, text, tlp
from .choices import Choice
from .details import named_record, render_detail, shaped
from .labels import label
from .lists import HANDLING, Column, Facet, Field, Listing, render_list
from .merging import leads, merged_into

LEGS = 24
BREAK = mark_safe("<br>")


def called(row):
    return link("organisation", row["slug"], row["name"])


def names(row):
    """Its further names, one a line."""
    return text("\n".join(name["text"] for name in row["names"]), "lines")


def relations(row):
    """What it is to others, one a line: "Was acquired by Texas Instruments"."""
    said = [
        (label("relation-kinds", r["kind"]), link("organisation", r["object"], r["object_name"], "within"))
        for r in row["relations"]
    ]
    return format_html_join(BREAK, "{} {}", said) if said else nothing()


def figures(n):
    """The first line: rows, of how many, and what is missing."""
    yield n["rows"], ngettext("organisation", "organisations", n["rows"])
    if n.get("all") is not None:
        yield n["all"], gettext("in all")
    yield n["seatless"], gettext("without a recorded seat")
    yield n["unknown"], gettext("of unknown kind")


LISTING = Listing(
    noun="organisations",
    title=_("Organisations"),
    shape=asked.SHAPE,
    filters=OrganisationFilter,
    columns=(
        Column("name", _("Name"), called, "slug,name", sort="name", style="wide"),
        Column("names", _("Also known as"), names),
        Column("kind", _("Kind"), lambda r: named("organisation-kinds", r["kind"]), sort="kind"),
        Column("country", _("Seat"), lambda r: named("countries", r["country"]), sort="country"),
        Column("relations", _("Relations"), relations),
        Column("founded", _("Founded"), lambda r: partly(r["founded"]), sort="founded.from", shown=False),
        Column("dissolved", _("Dissolved"), lambda r: partly(r["dissolved"]), sort="dissolved.from", shown=False),
        Column("description", _("Description"), lambda r: text(r["description"]), shown=False, style="wide"),
        Column("slug", _("Short name"), lambda r: mono(r["slug"]), sort="slug", shown=False),
        Column("updated", _("Updated"), lambda r: moment(r["updated"]), sort="updated", shown=False, style="when"),
        Column("handling", _("Handling"), lambda r: tlp(r["handling"]), shown=False),
    ),
    choices=(Choice("makers", makers.LABEL, makers.OF_FIRMS),),
    leads=leads("organisations"),
    facets=(
        Facet("kind", _("Kind"), "kind_id", "organisation-kinds"),
        Facet("country", _("Seat"), "country_id", "countries"),
        HANDLING,
    ),
    fields=(
        Field("q", _("A name holds")),
        Field("updated_since", _("Updated since"), "2026-01-01T00:00:00Z"),
    ),
    figures={
        "rows": Count("pk"),
        "seatless": Count("pk", filter=Q(country=None)),
        "unknown": Count("pk", filter=Q(kind="unknown")),
    },
    said=figures,
    empty=_("No organisation is recorded that fits."),
)


def organisation_list(request):
    """The organisations page."""
    return render_list(request, LISTING)


def organisation_detail(request, name):
    """One organisation: what it is called, what it was to others, where it is listed, made, and stands in routes."""
    record, row = named_record(request, asked.SHAPE, "slug", name)
    stands, more = shaped(legs.SHAPE, asked.legs(record), LEGS)
    beside = asked.BESIDE.nested(asked.BESIDE.rows([record.pk])[0])
    return render_detail(
        request,
        "organisation",
        record,
        row,
        **beside,
        legs=[(leg, roles(leg, row["slug"])) for leg in stands],
        more_legs=more,
        made=made(row["slug"], basis_of(request.GET)),
        makers=makers.switch(request.GET),
        merged_here=merged_into(record, request.viewer),
        owner_today=asked.owner_today(record),
        claims=asked.claims(record),
        citations=citations(record),
        routes=counted(of(RouteFilter, routes.SHAPE, organisation=row["slug"]), SORTED_AT_MOST),
    )


def of(filters, shape, **asked_for):
    """What the list page of a noun shows for these parameters, so that a number here is the number there."""
    parameters = QueryDict(mutable=True)
    parameters.update(asked_for)
    return filters(parameters, shape.listing()).found()


def made(slug, basis):
    """What was found of its make, on a basis: component records, the weapon systems and parts most frequent among them.

    Beyond SORTED_AT_MOST records nothing is counted: `components` is None then, and no system or part is named.
    """
    asked_for = {"manufacturer": slug} | ({} if basis == ownership.PRINTED else {"makers": basis})
    # A part type has no day on which it was made.
    of_parts = asked_for if basis != ownership.MADE else {"manufacturer": slug}
    found = hinted(of(ComponentFilter, components.SHAPE, **asked_for))
    number = counted(found, SORTED_AT_MOST)
    divided = facets(found, {"system": "specimen__system__slug", "part": "part_id"}) if number else {}
    by_system = [(value, n) for value, n in divided.get("system", ()) if value]
    by_part = [(value, n) for value, n in divided.get("part", ()) if value]
    called = dict(WeaponSystem.objects.filter(slug__in=[s for s, _n in by_system]).values_list("slug", "name"))
    numbers = {str(p.pk): p.number for p in Part.objects.filter(pk__in=[p for p, _n in by_part])}
    return {
        "query": urlencode(asked_for),
        "query_parts": urlencode(of_parts),
        "basis": basis,
        "components": number,
        "parts": counted(of(PartFilter, parts.SHAPE, **of_parts), SORTED_AT_MOST),
        "systems": [(s, called[s], n) for s, n in by_system if s in called],
        "by_part": [(p, numbers[p], n) for p, n in by_part if p in numbers],
    }


def roles(leg, slug):
    """What the organisation called `slug` does in a leg: its role at either end, carrier, bank."""
    said = []
    for side, word in (("from", gettext("Sender")), ("to", gettext("Receiver"))):
        if leg[side]["slug"] == slug:
            said.append(label("leg-roles", leg[side]["role"]) if leg[side]["role"] else word)
    for side, word in (("carrier", gettext("Carrier")), ("bank", gettext("Bank"))):
        if leg[side] and leg[side]["slug"] == slug:
            said.append(word)
    return said
