"""Pages of components: what was found."""

from django.db.models import Count, Q
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from catalogue.filters.components import ComponentFilter
from catalogue.filters.facets import COMPONENTS, summed_components
from catalogue.filters.makers import basis_of, owned
from catalogue.models import Organisation, Source, WeaponSystem
from catalogue.queries import components as asked
from catalogue.queries import specimens

from . import candidates, makers
from .cells import link, linked, moment, mono, named, nothing, number, partly, reading, text, tlp
from .choices import Choice
from .custody import remarked
from .details import named_record, photographs, render_detail, shaped
from .lists import HANDLING, Column, Facet, Field, Listing, render_list
from .photographs import shown_on


def reference(row):
    return link("component", row["reference"])


def printed(row):
    return named("countries", row["marked_country"])


def maker(row):
    return linked("organisation", row["manufacturer"])


def owner(row):
    """Who counts as the maker on the basis asked for, where that is another than the one printed."""
    counts = row.get("maker_owner")
    same = counts and row["manufacturer"] and counts["slug"] == row["manufacturer"]["slug"]
    return text(_("itself")) if same else linked("organisation", counts)


def seat(row):
    return named("countries", row["manufacturer"] and row["manufacturer"]["country"])


def specimen(row):
    return link("specimen", row["specimen"]["reference"], style="mono")


def part(row):
    return link("part", row["part"]["id"], row["part"]["number"], "mono") if row["part"] else nothing()


def figures(n):
    """The first line: rows, of how many, and what is missing."""
    yield n["rows"], ngettext("component record", "component records", n["rows"])
    if n.get("all") is not None:
        yield n["all"], gettext("in all")
    yield n["unmarked"], gettext("without a marking read")
    yield n["unidentified"], gettext("without an identified maker")
    yield n["undated"], gettext("undated")


LISTING = Listing(
    noun="components",
    title=_("Components"),
    shape=asked.SHAPE,
    filters=ComponentFilter,
    columns=(
        Column(
            "reference",
            _("Reference"),
            lambda r: link("component", r["reference"]),
            sort="reference",
            style="mono nowrap",
        ),
        Column("marking", _("Marking, or as published"), reading, "marking,marking_state,published_text", style="wide"),
        Column("part", _("Part"), part, sort="part.number"),
        Column("manufacturer", _("Maker"), maker, sort="manufacturer.name"),
        Column("maker_owner", _("Owner of the maker"), owner, when=lambda asked: bool(owned(asked))),
        Column("system", _("Recovered in"), lambda r: linked("system", r["system"]), sort="system.name"),
        Column("made", _("Made"), lambda r: partly(r["made"]), "made,date_code", sort="made.from", style="when"),
        Column("specimen", _("Specimen"), specimen, sort="specimen.reference", shown=False),
        Column("date_code", _("Date code"), lambda r: mono(r["date_code"]), sort="date_code", shown=False),
        Column("kind", _("Kind"), lambda r: named("component-kinds", r["kind"]), sort="kind", shown=False),
        Column("quantity", _("Pieces"), lambda r: number(r["quantity"]), sort="quantity", shown=False, style="num"),
        Column("category", _("Category"), lambda r: named("categories", r["category"]), sort="category", shown=False),
        Column(
            "marked_country", _("Country on the part"), lambda r: named("countries", r["marked_country"]), shown=False
        ),
        Column("seat", _("Maker's seat"), seat, "manufacturer.country", sort="manufacturer.country", shown=False),
        Column("grade", _("Grade"), lambda r: named("grades", r["grade"]), shown=False),
        Column("authenticity", _("Authenticity"), lambda r: named("authenticity", r["authenticity"]), shown=False),
        Column("source_id", _("Published record"), lambda r: text(r["source_id"]), sort="source_id", shown=False),
        Column("updated", _("Updated"), lambda r: moment(r["updated"]), sort="updated", shown=False),
        Column("handling", _("Handling"), lambda r: tlp(r["handling"]), shown=False),
    ),
    facets=(
        Facet("system", _("Weapon system"), COMPONENTS["system"], model=WeaponSystem),
        Facet("system_kind", _("Kind of weapon system"), COMPONENTS["system_kind"], "system-kinds"),
        Facet("manufacturer", _("Maker"), COMPONENTS["manufacturer"], model=Organisation),
        Facet("maker_country", _("Maker's seat"), COMPONENTS["maker_country"], "countries"),
        Facet("marked_country", _("Country on the part"), COMPONENTS["marked_country"], "countries"),
        Facet("category", _("Category"), COMPONENTS["category"], "categories"),
        Facet("chpl_tier", _("CHPL tier"), COMPONENTS["chpl_tier"]),
        Facet("made_year", _("Year made"), COMPONENTS["made_year"]),
        Facet("control_class", _("Control class"), COMPONENTS["control_class"], "control-classes"),
        Facet("recovery_year", _("Year recovered"), COMPONENTS["recovery_year"]),
        Facet("confidence", _("Confidence"), COMPONENTS["confidence"], "confidence"),
        Facet("grade", _("Grade"), COMPONENTS["grade"], "grades"),
        Facet("authenticity", _("Authenticity"), COMPONENTS["authenticity"], "authenticity"),
        Facet("marking_state", _("Marking"), COMPONENTS["marking_state"], "marking-states"),
        Facet("kind", _("Kind"), COMPONENTS["kind"], "component-kinds"),
        Facet("source", _("Source"), COMPONENTS["source"], model=Source, shows="title"),
        HANDLING,
    ),
    fields=(
        Field("q", _("Marking, text, name, part, maker or reference holds")),
        Field("part", _("Part number is"), "STM32F405"),
        Field("made_after", _("Made after"), "2022-02-24"),
        Field("made_before", _("Made before"), "2021"),
        Field("recovered_after", _("Recovered after"), _("July 2022")),
        Field("recovered_before", _("Recovered before"), "2023"),
    ),
    figures={
        "rows": Count("pk"),
        "unmarked": Count("pk", filter=~Q(marking_state="read")),
        "unidentified": Count("pk", filter=Q(manufacturer=None)),
        "undated": Count("pk", filter=Q(made="")),
    },
    said=figures,
    empty=_("No component is recorded that fits."),
    choices=(Choice("makers", makers.LABEL, makers.SAID),),
    beside=owned,
    shape_of=lambda asked_for: asked.with_owner(basis_of(asked_for)),
    summed=summed_components,
    labels={
        "maker": _("Maker is called"),
        "number": _("Part number holds"),
        "system_name": _("Weapon system is called"),
        "manufacturer_group": _("Maker with all it has acquired"),
        "system_family": _("Weapon system with its variants"),
        "specimen": _("Specimen"),
        "parent": _("Sits on"),
        "marking": _("Marking holds"),
        "basis": _("Known by"),
        "source_id": _("Published record"),
        "part_id": _("Part"),
        "specimen_kind": _("Kind of specimen"),
        "date_code": _("Date code"),
        "lot": _("Lot number"),
        "item_category": _("Category, also of the part"),
        "dispatch_country": _("Country of dispatch"),
        "classed": _("Class against controls"),
        "lag": _("Days from manufacture to recovery"),
    },
)


def component_list(request):
    """The components page."""
    return render_list(request, LISTING)


def component_detail(request, name):
    """One component: what was read first, then who says what it is, then what hangs on it."""
    record, row = named_record(request, asked.SHAPE, "reference", name)
    opinions = list(asked.opinions(record))
    children, _more = shaped(asked.SHAPE, asked.SHAPE.listing().filter(parent=record).order_by("id"), 200)
    return render_detail(
        request,
        "component",
        record,
        row,
        opinions=opinions,
        candidates=list(candidates.shown(record, opinions, request.viewer)),
        readings=asked.readings(record),
        identifiers=asked.identifiers(record),
        citations=asked.citations(record),
        children=children,
        **photographs(component=record),
        shown_on=shown_on(record),
        routes=asked.routes_of_part(record),
        # How an event fits is told by the whole chain of its specimen.
        custody=[one for one in remarked(specimens.custody(record.specimen)) if one["event"].component_id == record.pk],
        ours=record.owner_id == request.viewer.agency,
    )
