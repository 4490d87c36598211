"""The report of a teardown: what was found, who had it, what it is said to be, by whom, and what it rests on."""

from collections import Counter

from django.db.models import F, Func, TextField
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.exports.pdf import pdf
from catalogue.models import Identification, Photo
from catalogue.queries import components, photos, specimens
from catalogue.queries.absences import absences_of
from catalogue.queries.examinations import examination_of
from catalogue.queries.history import amended
from catalogue.web.history_words import record_called

from .chain import chain
from .pictures import Pictures, shown_by
from .words import handling_note, language, limits, named, newest, partly, state_of, strictest

ROWS, PHOTOS, PICTURES = 2000, 500, 600


def report(record, people, *, viewer):
    """PDF of the report of a specimen as the reader sees it; for other agencies its photographs are masked."""
    row = specimens.SHAPE.nested(specimens.SHAPE.rows([record.pk])[0])
    pictures = Pictures(PICTURES, viewer, released=people.outside)
    found, more = inventory(record, row, pictures, people)
    opinions = identifications(found, people)
    shots, further = photographs(record, row, pictures, people)
    events, looked_for = chain(record, people), absent(record, people)
    changes, intake = amended(record), None if people.outside else examination_of(record)
    moment = newest(
        row["updated"], *(one.pop("updated") for one in (*found, *opinions, *shots, *looked_for)),
        *(event.updated_at for event, _row in events), *(change.at for change in changes),
        intake and intake.updated_at,
    )  # fmt: skip
    levels = {row["handling"], *(event.audience.name for event, _row in events)}
    levels |= {intake.audience.name} if intake else set()
    levels |= {one.pop("level") for one in (*found, *opinions, *shots, *looked_for)}
    data = {
        "language": language(),
        "title": _("Teardown report: %(name)s") % {"name": record.reference},
        "subtitle": people.text(" · ".join(filter(None, [row["system"]["name"], row["title"]]))),
        "reference": record.reference,
        "handling": strictest(levels),
        "handling-note": handling_note(strictest(levels)),
        "state": state_of(moment),
        "facts": facts(record, row, people) + noted(intake),
        "notes": list(notes(people, row, more, further)),
        "custody": [made for _event, made in events],
        "counted": counted(record, found, more),
        "inventory": found,
        "absent": looked_for,
        "identifications": opinions,
        "photographs": shots,
        "sources": sources(row, people),
        "review": reviewed(record, row, people),
        "amendments": [amendment(change, people) for change in changes],
        "words": words(),
        "limits": limits(),
    }  # fmt: skip
    return pdf("report", data, pictures.made, moment=moment)


def amendment(change, people):
    """A change of what was reviewed."""
    return {
        "when": f"{change.at:%Y-%m-%d}",
        "who": change.who or "",
        "what": str(record_called(change.what)),
        "reason": people.text(change.reason),
    }


def facts(record, row, people):
    """[[name, value]] of the specimen itself."""
    numbers = "\n".join(f"{named('specimen-number-kinds', one['kind'])}: {one['text']}" for one in row["numbers"])
    found = [
        [_("Weapon system"), row["system"]["name"]],
        [_("Kind"), named("specimen-kinds", row["kind"])],
        [_("Serial number"), row["serial_number"]],
        [_("Numbers on it"), numbers],
        [_("Recovered"), partly(row["recovered"])],
        [_("Country of recovery"), named("countries", row["country"])],
        [_("Region or town"), row["place"]],
        [_("Condition"), named("conditions", row["condition"])],
        [_("Produced"), partly(row["produced"])],
        [_("Examined"), partly(row["examined"])],
        [_("Recorded by"), record.owner.name],
        [_("Review"), named("review", row["review"])],
    ]
    return [[name, people.text(value)] for name, value in found if value]


def noted(intake):
    """[[name, value]] of the intake, which its own agency alone is told."""
    if intake is None:
        return []
    who = f"{intake.examiner} · {intake.examiner.examiner}" if intake.examiner else ""
    found = [
        [_("Examination number"), intake.reference],
        [_("Received on"), partly(intake.received)],
        [_("Consignor"), intake.consignor],
        [_("Seals on arrival"), intake.seals],
        [_("Examiner"), who],
    ]
    return [[name, value] for name, value in found if value]


def notes(people, row, more, further):
    """What is said before the first table."""
    if people.outside:
        yield _("Version for other agencies: people stand as agency and examiner code.")
    if row["note"]:
        yield people.text(row["note"])
    if more:
        yield _("The inventory is longer than is printed: here are its first %(n)s records.") % {"n": grouped(ROWS)}
    if further:
        yield _("More photographs are recorded than are printed: here are the first %(n)s.") % {"n": grouped(PHOTOS)}


def inventory(record, row, pictures, people):
    """(rows of the inventory, each after what it sits on; whether there are more than ROWS)."""
    tree = specimens.inventory(record, ROWS + 1)
    more, ids = len(tree) > ROWS, [identifier for identifier, _depth in tree[:ROWS]]
    rows = {one[0]: components.SHAPE.nested(one) for one in components.SHAPE.rows(ids)}
    opinions, seen = specimens.opinions(ids), shown_by(ids)
    found = []
    for identifier, depth in tree[:ROWS]:
        one = rows[identifier]
        confidence, basis = opinions.get(identifier, ("", ""))
        photo, region = seen.get(identifier, (None, None))
        found.append(
            observed(one, people)
            | {
                "depth": depth,
                "picture": pictures.of(photo, region) if photo else None,
                "maker": one["manufacturer"]["name"] if one["manufacturer"] else "",
                "part": one["part"]["number"] if one["part"] else "",
                "confidence": confidence,
                "confidence-word": named("confidence", confidence),
                "basis": named("identification-bases", basis),
                "handling": one["handling"] if one["handling"] != row["handling"] else "",
                "level": one["handling"],
                "updated": one["updated"],
                "id": str(identifier),
            }
        )
    return found, more


def observed(one, people):
    """What was seen of a component, out of its release dictionary."""
    kind = named("component-kinds", one["kind"]) if one["kind"] != "part" else ""
    name, pieces = " · ".join(filter(None, [one["name"], kind])), one["quantity"]
    many = pieces not in (None, 1)
    return {
        "reference": one["reference"],
        "designator": " · ".join(filter(None, [one["designator"], one["label"]])),
        "pieces": ngettext("%(n)s piece", "%(n)s pieces", pieces) % {"n": grouped(pieces)} if many else "",
        "name": people.text(name),
        "marking": one["marking"],
        "published": one["published_text"] if not one["marking"] else "",
        "marking-state": named("marking-states", one["marking_state"]),
        "made": partly(one["made"]),
        "date-code": one["date_code"],
    }


def absent(record, people):
    """What an earlier teardown had, was looked for in this one and not found."""
    return [
        {
            "reference": one.expected.reference,
            "designator": one.expected.designator,
            "name": people.text(one.expected.name),
            "maker": one.expected.manufacturer.name if one.expected.manufacturer else "",
            "part": one.expected.part.number if one.expected.part else "",
            "from": _("expected from teardown %(name)s") % {"name": one.expected.specimen.reference},
            "note": people.text(one.note),
            "level": one.audience.name,
            "updated": one.updated_at,
        }
        for one in absences_of(record)
    ]


def counted(record, found, more):
    """What the inventory counts: records are not pieces."""
    if more:
        return ""
    stated = Counter(one["marking"] != "" for one in found)
    unknown = sum(one["maker"] == "" for one in found)
    return _("%(rows)s component records: %(read)s with a marking that was read, %(unknown)s not identified.") % {
        "rows": grouped(len(found)), "read": grouped(stated[True]), "unknown": grouped(unknown),
    }  # fmt: skip


def identifications(found, people):
    """Every opinion in force on what is in the inventory, those accepted and those not."""
    by_id = {one.pop("id"): one["reference"] for one in found}
    opinions = (
        Identification.objects.filter(component__in=list(by_id), voided_at=None)
        .select_related("manufacturer", "part", "made_by", "marked_as", "owner", "audience")
        .annotate(code=Func(F("identified_by_id"), function="catalogue_examiner", output_field=TextField()))
    )
    order = {identifier: n for n, identifier in enumerate(by_id)}
    return [
        {
            "component": by_id[str(one.component_id)],
            "maker": one.manufacturer.name,
            "part": one.part.number if one.part else one.family,
            "counterfeit": _("in fact made by %(maker)s") % {"maker": one.made_by.name} if one.made_by else "",
            "basis": named("identification-bases", one.basis_id),
            "confidence": one.confidence,
            "confidence-word": named("confidence", one.confidence),
            "state": named("identification-states", one.state),
            "who": " · ".join(filter(None, [one.owner.name, said_by(one, people)])),
            "reasons": people.text(one.reasons),
            "level": one.audience.name,
            "updated": one.updated_at,
        }
        for one in sorted(opinions, key=lambda one: (order[str(one.component_id)], one.state != "accepted", one.pk))
    ]


def said_by(opinion, people):
    """Who is of an opinion; nobody of what is only proposed."""
    if opinion.identified_by_id is None and opinion.state == "proposed":
        return _("by rules, asserted by nobody")
    return people.who(opinion.identified_by_id, opinion.code)


def photographs(record, row, pictures, people):
    """(rows of the list of photographs, whether there are more than PHOTOS)."""
    found = photos.SHAPE.listing().filter(specimen=record).order_by("position", "id")
    ids = list(found.values_list("pk", flat=True)[: PHOTOS + 1])
    records = Photo.objects.in_bulk(ids[:PHOTOS])
    rows = [photos.SHAPE.nested(one) for one in photos.SHAPE.rows(ids[:PHOTOS])]
    return [
        {
            "n": n,
            "picture": pictures.of(records[one["id"]]),
            "view": named("photo-views", one["view"]),
            "caption": people.text(one["caption"]),
            "of": one["component"]["reference"] if one["component"] else row["reference"],
            "measures": _("%(width)s × %(height)s pixels, %(size)s bytes") % {
                name: grouped(one[name]) for name in ("width", "height", "size")
            },
            "sha256": one["sha256"],
            "handling": one["handling"] if one["handling"] != row["handling"] else "",
            "level": one["handling"],
            "updated": one["updated"],
        }
        for n, one in enumerate(rows, 1)
    ], len(ids) > PHOTOS  # fmt: skip


def sources(row, people):
    """What the record of the specimen rests on, and what contradicts it."""
    return [
        {
            "title": one["title"],
            "place": one["locator"],
            "stance": named("stance", one["stance"]),
            "credibility": _("credibility %(code)s") % {"code": one["credibility"]},
            "quote": people.text(one["quote"]),
            "url": one["url"],
        }
        for one in row["citations"]
    ]


def reviewed(record, row, people):
    """Who looked at it as a second person, and when."""
    if not row["reviewed"]:
        return _("No second person has reviewed this record: its state is “%(state)s”.") % {
            "state": named("review", row["review"])
        }
    who = people.who(record.reviewed_by_id, row["reviewed"]["by"])
    day = partly(row["reviewed"]["at"][:10])
    return _("Reviewed by %(who)s on %(day)s; since then it changes only by amendments.") % {"who": who, "day": day}


def grouped(number):
    return number_format(number, use_l10n=True, force_grouping=True)


def words():
    """The headings of the report."""
    return {
        "page": _("page"), "custody": _("Custody"), "no-custody": _("No event of its custody is recorded."),
        "what": _("What happened"), "when": _("When, in which zone"), "from": _("From"), "to": _("To"),
        "seals": _("Seals"), "place": _("Place and purpose"), "inventory": _("Inventory"),
        "no-inventory": _("No component is recorded."), "picture": _("Picture"), "reference": _("Reference"),
        "absent": _("Looked for and not found"), "expected": _("Expected"), "note": _("Note"),
        "read": _("As found"), "identified": _("Accepted identification"), "made": _("Made"),
        "as-published": _("as published"), "unidentified": _("not identified"),
        "identifications": _("Identifications"),
        "opinion": _("Opinions: who says what a component is, on what basis, how sure. Other opinions stand beside the "
                     "accepted one."),
        "no-identifications": _("Nobody has said yet what the components are."), "component": _("Component"),
        "what-it-is": _("Maker and part"), "basis": _("Basis"), "confidence": _("Confidence"), "state": _("State"),
        "who": _("Who"), "photographs": _("Photographs"), "no-photographs": _("No photograph is recorded."),
        "number": _("No."), "shows": _("Shows"), "file-missing": _("not printed"), "sources": _("Sources"),
        "no-sources": _("No source is cited."), "review": _("Review"), "amended": _("Amended"),
        "what-changed": _("What"), "reason": _("Reason"), "limits": _("What this document does not show"),
    }  # fmt: skip
