"""Pages of weapon systems: the types of which examples were recovered."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from catalogue.filters.systems import SystemFilter
from catalogue.models import Organisation, WeaponSystem
from catalogue.queries import specimens
from catalogue.queries import systems as asked
from catalogue.queries.components import citations

from .cells import link, linked, moment, named, nothing, text, tlp
from .details import MOST, named_record, render_detail, shaped
from .lists import HANDLING, Column, Facet, Field, Listing, render_list
from .specimens import kind


def aliases(row):
    """Further names, each with its language in the tooltip."""
    names = [(name["language"], name["text"]) for name in row["names"]]
    return format_html_join(" · ", '<span title="{}">{}</span>', names) or nothing()


def product(row):
    return text(gettext("yes")) if row["is_product"] else nothing()


def figures(n):
    """The first line: rows, of how many, and what is missing."""
    yield n["rows"], ngettext("weapon system", "weapon systems", n["rows"])
    if n.get("all") is not None:
        yield n["all"], gettext("in all")
    yield n["products"], gettext("sold on the market")
    yield n["unattributed"], gettext("without a country of manufacture")
    yield n["unmade"], gettext("without a named maker")


LISTING = Listing(
    noun="systems",
    title=_("Weapon systems"),
    shape=asked.SHAPE,
    filters=SystemFilter,
    columns=(
        Column("name", _("Name"), lambda r: link("system", r["slug"], r["name"]), "name,slug", sort="name"),
        Column("names", _("Also known as"), aliases, style="wide"),
        Column("kind", _("Kind"), lambda r: named("system-kinds", r["kind"]), sort="kind"),
        Column("parent", _("Variant of"), lambda r: linked("system", r["parent"]), sort="parent"),
        Column("country", _("Country of manufacture"), lambda r: named("countries", r["country"]), sort="country"),
        Column("maker", _("Said to be made by"), lambda r: linked("organisation", r["maker"]), sort="maker"),
        Column("is_product", _("Sold on the market"), product, shown=False),
        Column("description", _("Description"), lambda r: text(r["description"]), shown=False, style="wide"),
        Column("updated", _("Updated"), lambda r: moment(r["updated"]), sort="updated", shown=False),
        Column("handling", _("Handling"), lambda r: tlp(r["handling"]), shown=False),
    ),
    facets=(
        Facet("kind", _("Kind"), "kind_id", "system-kinds"),
        Facet("country", _("Country of manufacture"), "country_id", "countries"),
        Facet("maker", _("Said to be made by"), "maker__slug", model=Organisation),
        Facet("parent", _("Variant of"), "parent__slug", model=WeaponSystem),
        HANDLING,
    ),
    fields=(Field("q", _("Name or alias holds")),),
    figures={
        "rows": Count("pk"),
        "products": Count("pk", filter=Q(is_product=True)),
        "unattributed": Count("pk", filter=Q(country=None)),
        "unmade": Count("pk", filter=Q(maker=None)),
    },
    said=figures,
    empty=_("No weapon system is recorded that fits."),
    labels={
        "family": _("With its variants"),
        "is_product": _("Sold on the market"),
    },
)


def system_list(request):
    """The page of weapon systems."""
    return render_list(request, LISTING)


def system_detail(request, name):
    """One type: what was recovered of it, whose parts were found in it, by which routes they may have come."""
    record, row = named_record(request, asked.SHAPE, "slug", name)
    latest, more = shaped(specimens.SHAPE, specimens.SHAPE.listing().filter(system=record), 12)
    components, makers = asked.makers(record)
    return render_detail(
        request,
        "system",
        record,
        row,
        specimens_here=f"{reverse('specimens')}?system={row['slug']}",
        components_here=f"{reverse('components')}?system={row['slug']}",
        kinds=asked.specimens_by_kind(record),
        components=components,
        makers=makers,
        latest=[one | {"said": kind(one)} for one in latest],
        more=more,
        variants=asked.variants(record)[:MOST],
        routes=asked.routes(record)[:MOST],
        claims=asked.claims(record),
        citations=citations(record),
    )
