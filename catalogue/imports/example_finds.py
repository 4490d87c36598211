"""Of the example catalogue: specimens and what was found in them."""

import hashlib
import json
import re

from django.utils import timezone

from catalogue.actions.record import require
from catalogue.actions.references import of_agency, references
from catalogue.models import (
    Agency,
    Basis,
    Component,
    ComponentCitation,
    ComponentIdentifier,
    DateReading,
    Identification,
    IdentificationCitation,
    IdentificationState,
    PublishedRecord,
    Specimen,
    SpecimenCitation,
    SpecimenNumber,
    SpecimenNumberKind,
)

from .example_shelf import above_first, date_of
from .tables import FileRefused

PORTAL = "war-sanctions-gur-gov-ua"  # the source whose entries `source_id` numbers
SERIAL = SpecimenNumberKind.SERIAL.value


def specimens(shelf, files):
    """Recovered examples under new references, with numbers and sources."""
    facts = files["specimen"]
    prefix = of_agency(Agency.objects.get(pk=shelf.actor.agency))
    names = references(Specimen, [prefix] * len(facts))
    rows = [
        {
            "reference": reference,
            "system_id": shelf.id("system", fact["system"]),
            "kind": fact["kind"],
            "count": fact.get("count"),
            "title": fact["title"],
            "serial_number": only_serial(fact),
            **{name: date_of(fact, name) for name in ("recovered", "produced", "used", "examined")},
            "place": fact.get("place", ""),
            "note": fact.get("note", ""),
        }
        for fact, reference in zip(facts, names, strict=True)
    ]
    ids = shelf.add(Specimen, rows)
    shelf.remember("specimen", [fact["key"] for fact in facts], ids)
    shelf.remember("reference of specimen", [fact["key"] for fact in facts], names)
    numbers = [
        {"specimen_id": pk, "kind": number["kind"], "text": number["text"]}
        for fact, pk in zip(facts, ids, strict=True)
        for number in fact.get("numbers", [])
    ]
    shelf.add(SpecimenNumber, numbers)
    shelf.cite(SpecimenCitation, facts, ids)


def only_serial(fact):
    """The serial number of a specimen that has one; a group has several and so none of its own."""
    serials = [number["text"] for number in fact.get("numbers", []) if number["kind"] == SERIAL]
    return serials[0] if len(serials) == 1 and fact["kind"] == "single" else ""


def published_records(shelf, files):
    """The published entries that components restate, with the fields that the example states."""
    titles = {fact["key"]: fact["title"] for fact in files["specimen"]}
    facts = [fact for fact in files["component"] if "source_id" in fact]
    rows = []
    for fact in facts:
        entry = {
            "source_id": fact["source_id"],
            "marking": fact["published_text"],
            "manufacturer": fact.get("manufacturer_published", ""),
            "recovered_in": titles[fact["specimen"]],
            "source_url": address(fact),
        }
        told = json.dumps(entry, sort_keys=True, ensure_ascii=False).encode()
        rows.append(
            {
                "source_id": shelf.id("source", PORTAL),
                "entry_id": entry["source_id"],
                "text": entry["marking"],
                "manufacturer": entry["manufacturer"],
                "recovered_in": entry["recovered_in"],
                "url": entry["source_url"],
                "row": entry,
                "row_sha256": hashlib.sha256(told).hexdigest(),
            }
        )
    ids = shelf.add(PublishedRecord, rows)
    shelf.remember("published record", [fact["source_id"] for fact in facts], ids)


def address(fact):
    """The address of the entry on the portal: where its citation of the portal points."""
    for citation in fact["sources"]:
        if citation["source"] == PORTAL and citation.get("locator"):
            return citation["locator"]
    raise FileRefused(f"Component {fact['key']!r} of the example needs its address on the portal.")


def components(shelf, files):
    """What was found, assemblies and boards before what lies in them; then what is said of it."""
    for facts in above_first(files["component"], "key", "parent"):
        prefixes = [shelf.id("reference of specimen", fact["specimen"]) for fact in facts]
        names = references(Component, prefixes)
        rows = [found(shelf, fact, name) for fact, name in zip(facts, names, strict=True)]
        shelf.remember("component", [fact["key"] for fact in facts], shelf.add(Component, rows))
    facts = files["component"]
    ids = [shelf.id("component", fact["key"]) for fact in facts]
    shelf.cite(ComponentCitation, facts, ids)
    identifiers(shelf, facts)
    readings(shelf, facts)
    identifications(shelf, facts)


def found(shelf, fact, reference):
    """A component as columns. Nobody here examined a piece, so all are of basis "reported"."""
    return {
        "reference": reference,
        "specimen_id": shelf.id("specimen", fact["specimen"]),
        "parent_id": shelf.id("component", fact.get("parent")),
        "published_record_id": shelf.id("published record", fact.get("source_id")),
        "basis": Basis.REPORTED.value,
        "kind": fact["kind"],
        "name": fact["name"],
        "marking": "\n".join(fact.get("marking", [])),
        "marking_state": fact["marking_state"],
        "published_text": fact.get("published_text", ""),
        "quantity": fact.get("quantity"),
        "date_code": fact.get("date_code", ""),
        "made": date_of(fact, "made"),
        "note": fact.get("note", ""),
    }


def identifiers(shelf, facts):
    """Serial numbers, each of a single piece."""
    rows = [
        {"component_id": shelf.id("component", fact["key"]), "kind_id": "serial", "text": fact["serial"]}
        for fact in facts
        if "serial" in fact
    ]
    shelf.add(ComponentIdentifier, rows)


def readings(shelf, facts):
    """The one plain reading of a date code, chosen: year and week in four digits. A week is an interval."""
    rows = [
        {
            "component_id": shelf.id("component", fact["key"]),
            "scheme": "YYWW",
            "made": date_of(fact, "made"),
            "reason": "The reading as year and week is plain; a note says where another is possible.",
            "chosen_at": timezone.now(),
            "chosen_by_id": shelf.actor.user,
        }
        for fact in facts
        if year_and_week(fact)
    ]
    shelf.add(DateReading, rows)


def year_and_week(fact):
    """Whether `made` is the week that the four digits of the date code name."""
    code = re.search(r"\d{4}", fact.get("date_code", ""))
    made = re.fullmatch(r"20(\d\d)-W(\d\d)", fact.get("made", ""))
    return bool(code and made and code[0] == made[1] + made[2])


def identifications(shelf, facts):
    """Who made a piece and which part it is: the agency's accepted opinion, with basis and sources."""
    require(shelf.actor, "identify")
    facts = [fact for fact in facts if "manufacturer" in fact]
    ids = shelf.add(Identification, [opinion(shelf, fact) for fact in facts])
    shelf.cite(IdentificationCitation, facts, ids)


def opinion(shelf, fact):
    part = fact.get("part", {})
    published = fact.get("manufacturer_published")
    return {
        "component_id": shelf.id("component", fact["key"]),
        "manufacturer_id": shelf.id("organisation", fact["manufacturer"]),
        "part_id": shelf.id("part", (fact["manufacturer"], part["number"])) if part else None,
        "family": part.get("family", ""),
        "basis_id": fact["basis"],
        "confidence": fact["confidence"],
        "state": IdentificationState.ACCEPTED.value,
        "identified_by_id": shelf.actor.user,
        "reasons": f"Maker as published: “{published}”." if published else "",
    }
