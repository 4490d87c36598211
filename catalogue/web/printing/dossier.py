"""The dossier of a maker: all components of its make that the reader may see, with photographs, dates, specimens."""

from collections import Counter

from django.http import QueryDict
from django.utils.translation import gettext as _

from catalogue.exports.pdf import pdf
from catalogue.exports.sheet import xlsx
from catalogue.filters.components import ComponentFilter
from catalogue.models import Specimen
from catalogue.queries import components, specimens

from .pictures import Pictures, shown_by
from .report import grouped, observed
from .words import handling_note, language, limits, named, newest, partly, state_of, strictest

ROWS, PICTURES = 2000, 400


class Dossier:
    """What is known of one maker's make, gathered once for either form. `row` is its release dictionary."""

    def __init__(self, row, people, *, viewer, pictures=PICTURES):
        self.row, self.people = row, people
        asked = QueryDict(mutable=True)
        asked["manufacturer"] = row["slug"]
        all_ids = ComponentFilter(asked, components.SHAPE.listing()).found().order_by("-id")
        ids = list(all_ids.values_list("pk", flat=True)[: ROWS + 1])
        self.more, ids = len(ids) > ROWS, ids[:ROWS]
        self.rows = [components.SHAPE.nested(one) for one in components.SHAPE.rows(ids)]
        self.opinions, self.seen = specimens.opinions(ids), shown_by(ids)
        wanted = {one["specimen"]["reference"] for one in self.rows}
        found = Specimen.objects.filter(components__in=ids).distinct()
        self.specimens = {one.reference: one for one in found if one.reference in wanted}
        self.pictures = Pictures(pictures, viewer, released=people.outside)
        self.moment = newest(row["updated"], *(one["updated"] for one in self.rows))
        self.level = strictest({row["handling"], *(one["handling"] for one in self.rows)})

    def counts(self):
        """[[what is counted, number]], each saying what it counts."""
        kinds = Counter(one.kind for one in self.specimens.values())
        stated = [one["quantity"] for one in self.rows if one["quantity"] is not None]
        return [
            [_("Component records of its make, by accepted identification"), grouped(len(self.rows))],
            [_("Pieces, at least, in the records that state a number"), grouped(sum(stated))],
            [_("Records that state no number of pieces"), grouped(len(self.rows) - len(stated))],
            [_("Single specimens in which they were found"), grouped(kinds["single"])],
            [_("Groups of wrecks recorded as one; not counted as specimens"), grouped(kinds["group"])],
            [_("Published records that name a type only; not counted as specimens"), grouped(kinds["unspecified"])],
            [_("Different part types"), grouped(len({one["part"]["id"] for one in self.rows if one["part"]}))],
            [_("Records without an identified part type"), grouped(sum(not one["part"] for one in self.rows))],
            [_("Records without a date of manufacture"), grouped(sum(not one["made"] for one in self.rows))],
        ]

    def note(self):
        """What is said where not everything is here."""
        if not self.more:
            return []
        return [_("There are more than %(n)s records; here are the newest %(n)s, and the counts are of these alone.")
                % {"n": grouped(ROWS)}]  # fmt: skip

    def systems(self):
        """[[weapon system, number of component records]], the most frequent first."""
        found = Counter(one["system"]["name"] for one in self.rows)
        return [[name, grouped(n)] for name, n in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))]

    def facts(self):
        names = "\n".join(one["text"] for one in self.row["names"])
        found = [
            [_("Kind"), named("organisation-kinds", self.row["kind"])],
            [_("Seat"), named("countries", self.row["country"])],
            [_("Also known as"), names],
            [_("Founded"), partly(self.row["founded"])],
        ]
        return [[name, value] for name, value in found if value]

    def components(self):
        """The rows as they are printed."""
        for one in self.rows:
            confidence, basis = self.opinions.get(one["id"], ("", ""))
            photo, region = self.seen.get(one["id"], (None, None))
            specimen = self.specimens.get(one["specimen"]["reference"])
            yield observed(one, self.people) | {
                "picture": self.pictures.of(photo, region) if photo else None,
                "sha256": photo.sha256 if photo else "",
                "part": one["part"]["number"] if one["part"] else "",
                "confidence": confidence,
                "confidence-word": named("confidence", confidence),
                "basis": named("identification-bases", basis),
                "system": one["system"]["name"],
                "specimen": one["specimen"]["reference"],
                "recovered": partly(specimen.recovered) if specimen else "",
                "handling": one["handling"] if one["handling"] != self.level else "",
            }


def disclaimer():
    return _("A maker's part in a weapon shows neither knowledge nor breach.")


def as_pdf(found):
    """The dossier as PDF."""
    rows = list(found.components())
    data = {
        "language": language(),
        "title": _("Maker dossier: %(name)s") % {"name": found.row["name"]},
        "subtitle": found.people.text(found.row["description"]),
        "reference": found.row["slug"],
        "handling": found.level,
        "handling-note": handling_note(found.level),
        "state": state_of(found.moment),
        "facts": found.facts(),
        "counts": found.counts(),
        "systems": found.systems(),
        "notes": found.note(),
        "components": rows,
        "limits": limits(),
        "words": {
            "page": _("page"), "disclaimer": disclaimer(), "counts": _("What is counted"), "counted": _("What"),
            "number": _("Number"), "systems": _("Weapon systems"), "system": _("Weapon system"),
            "records": _("Component records"), "components": _("Components"), "none": _("None that you may see."),
            "picture": _("Picture"), "read": _("As found"), "part": _("Part and basis"), "found": _("Found in"),
            "made": _("Made"), "as-published": _("as published"), "limits": _("What this document does not show"),
        },
    }  # fmt: skip
    return pdf("dossier", data, found.pictures.made, moment=found.moment)


def as_xlsx(found, address):
    """The dossier as XLSX; `address(path)` makes an address absolute."""
    head = [
        _("Maker dossier: %(name)s") % {"name": found.row["name"]},
        f"TLP:{found.level}. {handling_note(found.level)}",
        state_of(found.moment),
        disclaimer(),
        *found.note(),
        *limits()[1:3],
    ]
    columns = [
        (_("Component"), 24), (_("Weapon system"), 24), (_("Specimen"), 18), (_("Recovered"), 16), (_("Marking"), 30),
        (_("As published"), 30), (_("Part"), 20), (_("Confidence"), 12), (_("Basis"), 22), (_("Made"), 18),
        (_("Date code"), 12), (_("Pieces"), 9), (_("Designator"), 12), (_("Handling"), 16), (_("Photograph"), 44),
        ("SHA-256", 68),
    ]  # fmt: skip
    return xlsx(
        [
            (_("Components"), head, columns, list(cells(found, address))),
            (_("What is counted"), [disclaimer(), *found.note()], [(_("What"), 60), (_("Number"), 12)], found.counts()),
            (_("Weapon systems"), [], [(_("Weapon system"), 40), (_("Component records"), 20)], found.systems()),
        ],
        moment=found.moment,
    )


def cells(found, address):
    """The rows of the table of components."""
    for one in found.rows:
        confidence, basis = found.opinions.get(one["id"], ("", ""))
        photo, _region = found.seen.get(one["id"], (None, None))
        specimen = found.specimens.get(one["specimen"]["reference"])
        yield [
            one["reference"], one["system"]["name"], one["specimen"]["reference"],
            partly(specimen.recovered) if specimen else "", one["marking"], one["published_text"],
            one["part"]["number"] if one["part"] else "", named("confidence", confidence),
            named("identification-bases", basis), partly(one["made"]), one["date_code"], one["quantity"],
            one["designator"], f"TLP:{one['handling']}",
            address(f"/api/v1/photos/{photo.pk}/view/") if photo else "", photo.sha256 if photo else "",
        ]  # fmt: skip
