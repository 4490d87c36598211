"""Pages of specimens: the recovered examples, with what was found in them and who had them."""

from django.db.models import Count, Q
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from catalogue.actions.review import may_review
from catalogue.filters.specimens import SpecimenFilter
from catalogue.models import WeaponSystem
from catalogue.queries import components
from catalogue.queries import specimens as asked
from catalogue.queries.absences import absences_of
from catalogue.queries.examinations import examination_of
from catalogue.queries.files import files_of
from catalogue.queries.history import amended
from catalogue.queries.paging import SORTED_AT_MOST, counted

from .cells import link, linked, moment, mono, named, number, partly, reading, text, tlp
from .custody import in_force, remarked
from .details import named_record, photographs, render_detail
from .examinations import steps
from .labels import label
from .lists import HANDLING, Column, Facet, Field, Listing, render_list
from .photographs import crops

INVENTORY = 100  # rows of the tree on the page: each costs a sixth of a millisecond
CUSTODY = 200
FILES = 200
DEEPEST = 6  # levels that are indented


def kind(row):
    """What may be counted, in short words."""
    if row["kind"] == "group" and row["count"]:
        return text(ngettext("group of %(count)s wreck", "group of %(count)s wrecks", row["count"]) % row)
    words = {"single": gettext("single"), "group": gettext("group of wrecks"), "unspecified": gettext("type only")}
    return format_html('<span title="{}">{}</span>', row["kind"], words[row["kind"]])


def numbers(row):
    """Every number read on it."""
    return mono("\n".join(one["text"] for one in row["numbers"]))


def figures(n):
    """The first line: only single specimens are counted as specimens."""
    yield n["single"], ngettext("single specimen", "single specimens", n["single"])
    yield n["group"], ngettext("group of wrecks", "groups of wrecks", n["group"])
    yield n["unspecified"], ngettext("record of a type only", "records of a type only", n["unspecified"])
    if n.get("all") is not None:
        yield n["all"], gettext("records in all")
    yield n["undated"], gettext("without a date of recovery")
    yield n["placeless"], gettext("without a country of recovery")


LISTING = Listing(
    noun="specimens",
    title=_("Specimens"),
    shape=asked.SHAPE,
    filters=SpecimenFilter,
    columns=(
        Column(
            "reference",
            _("Reference"),
            lambda r: link("specimen", r["reference"]),
            sort="reference",
            style="mono nowrap",
        ),
        Column("title", _("As published or found"), lambda r: text(r["title"]), sort="title", style="wide"),
        Column("system", _("Weapon system"), lambda r: linked("system", r["system"]), sort="system.name"),
        Column("kind", _("Kind"), kind, "kind,count", sort="kind", style="nowrap"),
        Column("numbers", _("Numbers on it"), numbers),
        Column("recovered", _("Recovered"), lambda r: partly(r["recovered"]), sort="recovered.from", style="when"),
        Column("country", _("Country of recovery"), lambda r: named("countries", r["country"]), sort="country"),
        Column("review", _("Review"), lambda r: named("review", r["review"]), sort="review"),
        Column("place", _("Region or town"), lambda r: text(r["place"]), sort="place", shown=False),
        Column("condition", _("Condition"), lambda r: named("conditions", r["condition"]), shown=False),
        Column("produced", _("Produced"), lambda r: partly(r["produced"]), sort="produced.from", shown=False),
        Column("used", _("Used"), lambda r: partly(r["used"]), sort="used.from", shown=False),
        Column("examined", _("Examined"), lambda r: partly(r["examined"]), sort="examined.from", shown=False),
        Column("count", _("Wrecks in the group"), lambda r: number(r["count"]), sort="count", shown=False, style="num"),
        Column("updated", _("Updated"), lambda r: moment(r["updated"]), sort="updated", shown=False),
        Column("handling", _("Handling"), lambda r: tlp(r["handling"]), shown=False),
    ),
    facets=(
        Facet("system", _("Weapon system"), "system__slug", model=WeaponSystem),
        Facet("kind", _("Kind"), "kind", "specimen-kinds"),
        Facet("country", _("Country of recovery"), "country_id", "countries"),
        Facet("condition", _("Condition"), "condition", "conditions"),
        Facet("review", _("Review"), "review", "review"),
        HANDLING,
    ),
    fields=(
        Field("q", _("Reference, title, number or weapon system holds")),
        Field("recovered_after", _("Recovered after"), _("July 2022")),
        Field("recovered_before", _("Recovered before"), "2023"),
        Field("produced_after", _("Produced after"), "2022-02-24"),
        Field("produced_before", _("Produced before"), "2021"),
    ),
    figures={
        "single": Count("pk", filter=Q(kind="single")),
        "group": Count("pk", filter=Q(kind="group")),
        "unspecified": Count("pk", filter=Q(kind="unspecified")),
        "undated": Count("pk", filter=Q(recovered="")),
        "placeless": Count("pk", filter=Q(country=None)),
    },
    said=figures,
    empty=_("No specimen is recorded that fits."),
    labels={"system_family": _("Weapon system with its variants")},
)


def specimen_list(request):
    """The specimens page."""
    return render_list(request, LISTING)


def specimen_detail(request, name):
    """One specimen: what was found in it as a tree, its photographs, who had it, what its record rests on."""
    record, row = named_record(request, asked.SHAPE, "reference", name)
    chain = list(asked.custody(record)[: CUSTODY + 1])
    custody = remarked(chain[:CUSTODY])
    inventory = tree(record, row["handling"])
    examination = examination_of(record)
    return render_detail(
        request,
        "specimen",
        record,
        row,
        inventory=inventory,
        crops=any(crop for _style, _reference, crop, *_more in inventory),
        held=counted(asked.components_of(record), SORTED_AT_MOST),
        newest=asked.newest_made(record) if record.kind == "single" else None,
        **photographs(specimen=record),
        kept=files_of(record)[:FILES],
        custody=custody,
        custody_in_force=in_force(custody),
        absences=absences_of(record),
        custody_more=len(chain) > CUSTODY,
        exact=asked.places(record),
        claims=asked.claims(record),
        citations=components.citations(record),
        amendments=amended(record),
        ours=record.owner_id == request.viewer.agency,
        examination=examination,
        stages=steps(examination) if examination else [],
        second=may_review(record, actor=request.viewer),
    )


def tree(specimen, handling):
    """[(style, cells)] of the first component records, each after what it sits on; observation before opinion.

    Handling is said where it differs from the specimen's.
    """
    found = asked.inventory(specimen, INVENTORY)
    ids = [identifier for identifier, _depth in found]
    rows = {row[0]: components.SHAPE.nested(row) for row in components.SHAPE.rows(ids)}
    opinions, crop_of = asked.opinions(ids), crops(ids)
    sure = {opinion: sureness(*opinion) for opinion in set(opinions.values())}
    return [
        (f"{row['kind']} in-{min(depth, DEEPEST)}", place(row, handling), picture(crop_of.get(identifier)), what(row),
         maker_and_part(row, sure.get(opinions.get(identifier), "")), partly(row["made"]))
        for identifier, depth in found
        if (row := rows.get(identifier))
    ]  # fmt: skip


def place(row, handling):
    """The reference, with what it sits on for those who do not see how far it stands in."""
    name = link("component", row["reference"])
    if row["parent"]:
        name += format_html('<span class="visually-hidden"> {}</span>', gettext("on %(parent)s") % row)
    return name if row["handling"] == handling else format_html("{} {}", name, tlp(row["handling"]))


def picture(crop):
    """The part of a photograph that shows it."""
    if crop is None:
        return ""
    picture_of = '<a href="{}"><img class="crop-of" src="{}" alt="{}" loading="lazy" width="60" height="45"></a>'
    return format_html(picture_of, *crop)


def what(row):
    """What was read; of an assembly, a board or a material first what it is."""
    if row["kind"] == "part":
        return reading(row)
    read = format_html("<br>{}", reading(row)) if row["marking"] or row["published_text"] else ""
    kind_of = label("component-kinds", row["kind"])
    return format_html('<b>{}</b> <span class="dim">{}</span>{}', row["name"], kind_of, read)


def maker_and_part(row, sure):
    """The accepted identification, under it how sure and on what basis."""
    if not row["manufacturer"]:
        return format_html('<span class="dim">{}</span>', gettext("not identified"))
    maker = linked("organisation", row["manufacturer"])
    if row["part"]:
        maker += format_html(" {}", link("part", row["part"]["id"], row["part"]["number"], "mono"))
    return format_html("{}<br>{}", maker, sure)


def sureness(confidence, basis):
    """Confidence as a word with bars, and the basis."""
    bars = render_to_string("catalogue/_confidence.html", {"level": confidence})
    return format_html('{} <span class="dim">{}</span>', bars, label("identification-bases", basis))
