"""Pages of parts: types that can be ordered, with where they were found and how they may have come there."""

from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from catalogue.filters.base import key_of
from catalogue.filters.makers import maker, owned
from catalogue.filters.parts import PartFilter
from catalogue.models import Organisation
from catalogue.queries import components
from catalogue.queries import parts as asked
from catalogue.queries.named import as_uuid

from . import makers
from .cells import link, linked, moment, mono, named, nothing, text, tlp
from .choices import Choice
from .details import MOST, named_record, render_detail, shaped
from .lists import HANDLING, Column, Facet, Field, Listing, render_list
from .merging import leads, merged_into


def seat(row):
    return named("countries", row["manufacturer"]["country"])


def further(row):
    """Every further number it is known by."""
    return mono("\n".join(one["text"] for one in row["numbers"]))


def heading(row):
    """The HS code; the edition whose text it is stands in the tooltip."""
    hs = row["hs"]
    return format_html('<span title="HS {}">{}</span>', hs["version"], hs["code"]) if hs else nothing()


def figures(n):
    """The first line: rows, of how many, and what is missing."""
    yield n["rows"], ngettext("part type", "part types", n["rows"])
    if n.get("all") is not None:
        yield n["all"], gettext("in all")
    yield n["unsorted"], gettext("without a category")
    yield n["uncoded"], gettext("without an HS code")


LISTING = Listing(
    noun="parts",
    title=_("Parts"),
    shape=asked.SHAPE,
    filters=PartFilter,
    columns=(
        Column(
            "number", _("Number"), lambda r: link("part", r["id"], r["number"]), "number,id", "number", style="mono"
        ),
        Column("description", _("Description"), lambda r: text(r["description"]), sort="description", style="wide"),
        Column(
            "manufacturer", _("Maker"), lambda r: linked("organisation", r["manufacturer"]), sort="manufacturer.name"
        ),
        Column("family", _("Family"), lambda r: mono(r["family"]), sort="family"),
        Column("category", _("Category"), lambda r: named("categories", r["category"]), sort="category"),
        Column("grade", _("Grade"), lambda r: named("grades", r["grade"])),
        Column("hs", _("HS code"), heading, sort="hs.code"),
        Column("chpl_tier", _("Priority list tier"), lambda r: text(r["chpl_tier"])),
        Column("eccn", _("ECCN"), lambda r: mono(r["eccn"]), sort="eccn", shown=False),
        Column("numbers", _("Further numbers"), further, shown=False),
        Column("seat", _("Maker's seat"), seat, "manufacturer.country", sort="manufacturer.country", shown=False),
        Column("updated", _("Updated"), lambda r: moment(r["updated"]), sort="updated", shown=False),
        Column("handling", _("Handling"), lambda r: tlp(r["handling"]), shown=False),
    ),
    choices=(Choice("makers", makers.LABEL, makers.OF_PARTS),),
    leads=leads("parts"),
    beside=owned,
    facets=(
        Facet("manufacturer", _("Maker"), maker("slug"), model=Organisation),
        Facet("category", _("Category"), "category_id", "categories"),
        Facet("chpl_tier", _("Priority list tier"), asked.TIER),
        Facet("grade", _("Grade"), "grade", "grades"),
        HANDLING,
    ),
    fields=(
        Field("q", _("A number holds")),
        Field("number", _("A number is"), "STM32F405"),
        Field("hs", _("HS code begins with"), "854231"),
        Field("eccn", _("ECCN is"), "3A001"),
    ),
    figures={
        "rows": Count("pk"),
        "unsorted": Count("pk", filter=Q(category=None)),
        "uncoded": Count("pk", filter=Q(hs=None)),
    },
    said=figures,
    empty=_("No part is recorded that fits."),
    labels={
        "manufacturer_group": _("Maker with all it has acquired"),
        "route": _("On the suspected supply route"),
    },
)


def part_list(request):
    """The parts page."""
    return render_list(request, LISTING)


def part_detail(request, name):
    """One part type: its numbers and codes, where it was found, the suspected routes it hangs on.

    A number leads to the one part that has it, or to the list of those that do.
    """
    if not as_uuid(name):
        return numbered(name)
    record, row = named_record(request, asked.SHAPE, "id", name)
    latest, _more = shaped(components.SHAPE, asked.latest(record), 12)
    found = asked.found(record)
    return render_detail(
        request,
        "part",
        record,
        row,
        numbers=[one for one in row["numbers"] if one["text"] != row["number"]],
        found=found,
        systems=asked.systems_of(record) if found else [],
        latest=latest,
        # The number alone may be another maker's too.
        merged_here=merged_into(record, request.viewer),
        narrowed=urlencode({"part": row["number"], "manufacturer": row["manufacturer"]["slug"]}),
        routes=asked.suspected_routes(record)[:MOST],
        controls=asked.controls(record)[:MOST],
        undecided=asked.undecided_controls(record),
        claims=asked.claims(record),
        citations=components.citations(record),
    )


def numbered(number):
    """To the part with this number. Raises Http404 when there is none."""
    found = list(asked.numbered("" if "\0" in number else key_of(number))[:2])
    if not found:
        raise Http404(gettext("There is no such record here, or you may not see it."))
    if len(found) > 1:
        return redirect(f"{reverse('parts')}?{urlencode({'number': number})}")
    return redirect("part", found[0].pk)
