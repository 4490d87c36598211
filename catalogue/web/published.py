"""Pages of other people's published entries, verbatim, and of what was recorded from them."""

import json

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from catalogue.filters.published import PublishedFilter
from catalogue.models import Import, Source
from catalogue.queries import components
from catalogue.queries import published as asked
from catalogue.queries.named import as_uuid

from .cells import link, moment, mono, nothing, text, tlp
from .details import named_record, render_detail, shaped
from .lists import HANDLING, Column, Facet, Field, Listing, render_list


def source(row):
    return link("source", row["source"]["slug"], row["source"]["title"])


def recorded(row):
    """The components that were recorded from it."""
    said = [(link("component", component["reference"], style="mono"),) for component in row["components"]]
    return format_html_join(" ", "{}", said) if said else nothing()


def files(numbers):
    """{number of an import: the file it took}."""
    found = Import.objects.filter(pk__in=filter(None, map(as_uuid, numbers))).values_list("pk", "file_name")
    return {str(number): name for number, name in found}


def figures(n):
    """The first line: entries, of how many, and what is missing."""
    yield n["rows"], ngettext("published record", "published records", n["rows"])
    if n.get("all") is not None:
        yield n["all"], gettext("in all")
    yield n["textless"], gettext("without a text")
    yield n["makerless"], gettext("without a published maker")
    yield n["unused"], gettext("with no component recorded from it")


def leads(viewer):
    """Who may import them finds the imports here."""
    return [(reverse("imports"), gettext("Imports"))] if viewer.may("import") else []


LISTING = Listing(
    noun="published-records",
    title=_("Published records"),
    shape=asked.SHAPE,
    filters=PublishedFilter,
    columns=(
        Column(
            "source_id",
            _("Entry"),
            lambda r: link("published-record", r["id"], r["source_id"]),
            "id,source_id",
            sort="source_id",
            style="mono nowrap",
        ),
        Column("text", _("Text as published"), lambda r: mono(r["text"]), sort="text", style="wide"),
        Column("manufacturer", _("Maker as published"), lambda r: text(r["manufacturer"]), sort="manufacturer"),
        Column("recovered_in", _("Recovered in, as published"), lambda r: text(r["recovered_in"]), sort="recovered_in"),
        Column("source", _("Source"), source, sort="source.title"),
        Column(
            "last_verified",
            _("Last verified"),
            lambda r: text(r["last_verified"], "nowrap"),
            sort="last_verified",
            style="when",
        ),
        Column("components", _("Component recorded from it"), recorded, shown=False),
        Column("country", _("Country as published"), lambda r: text(r["country"]), sort="country", shown=False),
        Column("source_url", _("Address of the entry"), lambda r: mono(r["source_url"]), shown=False),
        Column("photo_url", _("Address of its photograph"), lambda r: mono(r["photo_url"]), shown=False),
        Column("updated", _("Updated"), lambda r: moment(r["updated"]), sort="updated", shown=False),
        Column("handling", _("Handling"), lambda r: tlp(r["handling"]), shown=False),
    ),
    facets=(Facet("source", _("Source"), "source__slug", model=Source, shows="title"), HANDLING),
    fields=(
        Field("q", _("Text or maker holds")),
        Field("recovered_in", _("Recovered in, as published, holds")),
        Field("source_id", _("Identifier of the entry")),
        Field("updated_since", _("Updated since"), "2026-01-01T00:00:00Z"),
    ),
    figures={
        "rows": Count("pk"),
        "textless": Count("pk", filter=Q(text="")),
        "makerless": Count("pk", filter=Q(manufacturer="")),
        "unused": Count("pk", filter=asked.UNUSED),
    },
    said=figures,
    empty=_("No published record is kept that fits."),
    labels={"imported": _("Import")},
    called={"imported": files},
    leads=leads,
)


def published_list(request):
    """The published records page."""
    return render_list(request, LISTING)


def published_detail(request, name):
    """One entry: its cells word for word, where they stand, and the components that came from it."""
    record, row = named_record(request, asked.SHAPE, "id", name)
    found, more = shaped(components.SHAPE, asked.found_in(record))
    return render_detail(
        request,
        "published-record",
        record,
        row,
        cells=[(column, verbatim(cell)) for column, cell in record.row.items()],
        source=record.source,
        components=found,
        more=more,
    )


def verbatim(cell):
    """A cell as it was read; what is no text as JSON."""
    return cell if isinstance(cell, str) else json.dumps(cell, ensure_ascii=False)
