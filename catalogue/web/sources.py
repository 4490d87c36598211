"""Pages of sources: the documents that records rest on."""

from django.db.models import Count, Q
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from catalogue.filters.sources import SourceFilter
from catalogue.models import Source
from catalogue.queries import published
from catalogue.queries import sources as asked
from catalogue.queries.paging import SORTED_AT_MOST, counted

from .cells import link, moment, named, nothing, partly, text, tlp
from .details import MOST, named_record, render_detail, shaped
from .lists import HANDLING, Column, Facet, Field, Listing, render_list

# What a source is cited for: its name and the page that shows a record of it, where there is one.
CITED = {
    "systems": (_("Weapon systems"), "system"),
    "specimens": (_("Specimen records"), "specimen"),
    "components": (_("Component records"), "component"),
    "identifications": (_("Identifications of components"), "component"),
    "parts": (_("Parts"), "part"),
    "organisations": (_("Organisations"), "organisation"),
    "relations": (_("Relations between organisations"), "organisation"),
    "routes": (_("Suspected supply routes"), "route"),
    "legs": (_("Legs of routes"), ""),
    "listings": (_("List entries"), "organisation"),
    "vessels": (_("Vessels"), ""),
    "controls": (_("Controls"), ""),
    "claims": (_("Claims"), ""),
}


def address(url):
    """A link, when it is one that a browser may follow; else the text."""
    if not url.lower().startswith(("https://", "http://")):
        return text(url, "mono")
    return format_html('<a href="{}" rel="noreferrer">{}</a>', url, url)


def repeated(row):
    other = row["derived_from"]
    return link("source", other["slug"], other["title"]) if other else nothing()


def reliability(row):
    """The Admiralty letter with its word."""
    return format_html("{} · {}", row["reliability"], named("reliability", row["reliability"]))


def figures(n):
    """The first line: rows, of how many, and what is missing."""
    yield n["rows"], ngettext("source", "sources", n["rows"])
    if n.get("all") is not None:
        yield n["all"], gettext("in all")
    yield n["repeating"], gettext("that repeat another and count with it")
    yield n["unjudged"], gettext("whose reliability cannot be judged")
    yield n["undated"], gettext("undated")


LISTING = Listing(
    noun="sources",
    title=_("Sources"),
    shape=asked.SHAPE,
    filters=SourceFilter,
    columns=(
        Column(
            "title", _("Title"), lambda r: link("source", r["slug"], r["title"]), "title,slug", "title", style="wide"
        ),
        Column("publisher", _("Publisher"), lambda r: text(r["publisher"]), sort="publisher"),
        Column("kind", _("Kind"), lambda r: named("source-kinds", r["kind"]), sort="kind"),
        Column("reliability", _("Reliability"), reliability, sort="reliability"),
        Column("published", _("Published"), lambda r: partly(r["published"]), sort="published.from", style="when"),
        Column("language", _("Language"), lambda r: text(r["language"]), sort="language", shown=False),
        Column("accessed", _("Read on"), lambda r: moment(r["accessed"]), sort="accessed", shown=False),
        Column("source_url", _("Address"), lambda r: address(r["source_url"]), sort="source_url", shown=False),
        Column("archive_url", _("Stored copy"), lambda r: address(r["archive_url"]), shown=False),
        Column("derived_from", _("Repeats"), repeated, shown=False),
        Column("rights", _("Rights"), lambda r: text(r["rights"]), shown=False),
        Column("updated", _("Updated"), lambda r: moment(r["updated"]), sort="updated", shown=False),
        Column("handling", _("Handling"), lambda r: tlp(r["handling"]), shown=False),
    ),
    facets=(
        Facet("kind", _("Kind"), "kind_id", "source-kinds"),
        Facet("reliability", _("Reliability"), "reliability", "reliability"),
        Facet("derived_from", _("Repeats"), "derived_from__slug", model=Source, shows="title"),
        HANDLING,
    ),
    fields=(
        Field("q", _("Title, publisher or address holds")),
        Field("publisher", _("Publisher is")),
        Field("published_after", _("Published after"), _("July 2022")),
        Field("published_before", _("Published before"), "2023"),
    ),
    figures={
        "rows": Count("pk"),
        "repeating": Count("pk", filter=Q(derived_from__isnull=False)),
        "unjudged": Count("pk", filter=Q(reliability="F")),
        "undated": Count("pk", filter=Q(published="")),
    },
    said=figures,
    empty=_("No source is recorded that fits."),
)


def source_list(request):
    """The sources page."""
    return render_list(request, LISTING)


def source_detail(request, name):
    """One document: how far it is to be trusted, where it can be read, and all that rests on it."""
    record, row = named_record(request, asked.SHAPE, "slug", name)
    entries, more = shaped(published.SHAPE, asked.published_in(record), 8)
    return render_detail(
        request,
        "source",
        record,
        row,
        addresses=[address(url) for url in (row["source_url"], row["archive_url"]) if url],
        citing=[{"noun": CITED[noun], "records": n, "first": first} for noun, n, first in asked.citing(record)],
        entries=entries,
        more=more,
        published=counted(asked.published_in(record), SORTED_AT_MOST),
        repeats=asked.repeats(record)[:MOST],
    )
