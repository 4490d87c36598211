"""Pages of suspected supply routes: where what was found may have come from, and how each leg is known."""

from itertools import pairwise

from django.db.models import Count, Q
from django.utils.formats import number_format
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from catalogue.filters.routes import RouteFilter
from catalogue.models import EvidenceStatus, Organisation, WeaponSystem
from catalogue.queries import legs
from catalogue.queries import routes as asked
from catalogue.queries.components import citations

from .cells import link, linked, moment, mono, named, nothing, number, text, tlp
from .details import named_record, render_detail
from .labels import label
from .lists import HANDLING, Column, Facet, Field, Listing, render_list

SHOWN = 100
BREAK = mark_safe("<br>")


def titled(row):
    return link("route", row["slug"], row["title"])


def statuses(row):
    """How its legs are known, the firmest first: "2 documented, 1 inferred"."""
    known = [leg["status"] for leg in row["legs"]]
    said = [(known.count(s), label("evidence-status", s).lower()) for s in EvidenceStatus.values if s in known]
    return format_html_join(", ", "{} {}", said) if said else nothing()


def goal(row):
    """What it is suspected to lead to: a weapon system, or a plant."""
    ends = [(linked(page, end),) for page, end in (("system", row["system"]), ("organisation", row["plant"])) if end]
    return format_html_join(BREAK, "{}", ends) if ends else nothing()


def parts(row):
    """Numbers of the part types that hang on it."""
    said = [(link("part", part["id"], part["number"], "mono"),) for part in row["parts"]]
    return format_html_join(BREAK, "{}", said) if said else nothing()


def figures(n):
    """The first line: routes, of how many, and what is missing."""
    yield n["rows"], ngettext("suspected supply route", "suspected supply routes", n["rows"])
    if n.get("all") is not None:
        yield n["all"], gettext("in all")
    yield n["unjudged"], gettext("without a stated confidence")
    yield n["aimless"], gettext("without a weapon system or plant")


LISTING = Listing(
    noun="routes",
    title=_("Suspected supply routes"),
    shape=asked.SHAPE,
    filters=RouteFilter,
    columns=(
        Column("title", _("Route"), titled, "slug,title", sort="title", style="wide"),
        Column("goal", _("Leads to"), goal, "system,plant", sort="system.name"),
        Column("legs", _("Legs"), lambda r: number(len(r["legs"])), "legs", style="num"),
        Column("status", _("How they are known"), statuses, "legs"),
        Column("confidence", _("Confidence"), lambda r: named("confidence", r["confidence"]), style="when"),
        Column("parts", _("Parts on it"), parts),
        Column("summary", _("Summary"), lambda r: text(r["summary"]), sort="summary", shown=False, style="wide"),
        Column("alternative", _("What else could explain it"), lambda r: text(r["alternative"]), shown=False),
        Column("slug", _("Short name"), lambda r: mono(r["slug"]), sort="slug", shown=False),
        Column("updated", _("Updated"), lambda r: moment(r["updated"]), sort="updated", shown=False),
        Column("handling", _("Handling"), lambda r: tlp(r["handling"]), shown=False),
    ),
    facets=(
        Facet("system", _("Weapon system"), "system__slug", model=WeaponSystem),
        Facet("plant", _("Plant"), "plant__slug", model=Organisation),
        Facet("confidence", _("Confidence"), "confidence", "confidence"),
        HANDLING,
    ),
    fields=(
        Field("q", _("Title holds")),
        Field("part", _("Part number is"), "STM32F405"),
        Field("organisation", _("Organisation, by its short name")),
        Field("status", _("Has a leg that is"), ", ".join(EvidenceStatus.values)),
    ),
    figures={
        "rows": Count("pk"),
        "unjudged": Count("pk", filter=Q(confidence="")),
        "aimless": Count("pk", filter=Q(system=None, plant=None)),
    },
    said=figures,
    empty=_("No suspected supply route is recorded that fits."),
    labels={"component": _("Component on it")},
)


def route_list(request):
    """The supply routes page."""
    return render_list(request, LISTING)


def route_detail(request, name):
    """One route: what is suspected, its legs in order, what they carried, what hangs on it, who denies it."""
    record, row = named_record(request, asked.SHAPE, "slug", name)
    steps = asked.steps_of(record)
    found = [legs.SHAPE.nested(leg) for leg in legs.SHAPE.rows([leg for leg, *_rest in steps[:SHOWN]])]
    for leg, (_id, position, *_ends) in zip(found, steps, strict=False):
        leg["position"] = position
        leg["paid"] = money(leg["amount"], leg["currency"])
        leg["goods"] = [line | measured(line) for line in leg["goods"]]
    return render_detail(
        request,
        "route",
        record,
        row,
        legs=found,
        runs=runs(found, steps),
        beyond=len(steps) - len(found),
        carried=[(leg, line) for leg in found for line in leg["goods"]],
        evidence=asked.evidence_of(record),
        claims=asked.claims(record, [leg for leg, *_rest in steps]),
        citations=citations(record),
    )


def runs(found, steps):
    """Legs in order, parted where nothing recorded joins one to the next: a known firm received and then sent."""
    parted = [found[:1]] if found else []
    for (before, after), leg in zip(pairwise(steps), found[1:], strict=False):
        joined = before[1] != after[1] and before[3] is not None and before[3] == after[2]
        parted[-1].append(leg) if joined else parted.append([leg])
    return parted


def measured(line):
    """Quantity with its unit and value with its currency, of a goods line, as people read them."""
    unit = label("units", line["unit"]) if line["unit"] else ""
    return {"measure": f"{plain(line['quantity'])} {unit}".strip(), "worth": money(line["value"], line["currency"])}


def money(amount, currency):
    return f"{plain(amount)} {currency}" if amount is not None else ""


def plain(amount):
    """A number with the reader's separators and without zeros that say nothing."""
    if amount is None:
        return ""
    return number_format(f"{amount:.3f}".rstrip("0").rstrip("."), use_l10n=True, force_grouping=True)
