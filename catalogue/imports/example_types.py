"""Of the example catalogue: sources, organisations, weapon systems, parts, codes and controls."""

from catalogue.actions.parts import hs_code
from catalogue.actions.record import require
from catalogue.markings.dates import parse
from catalogue.markings.letters import slug_of
from catalogue.models import (
    ChplTier,
    Claim,
    ClaimCitation,
    ClaimKind,
    ControlCitation,
    ControlEvent,
    ControlRegime,
    ControlScope,
    Organisation,
    OrganisationCitation,
    OrganisationIdentifier,
    OrganisationName,
    OrganisationRelation,
    Part,
    PartCitation,
    PartNumber,
    RelationCitation,
    Source,
    SystemCitation,
    SystemName,
    WeaponSystem,
)

from .example_shelf import UNDATED, above_first, date_of
from .tables import FileRefused

HS_VERSION = 2022  # the edition of the Harmonised System whose codes the files give


def sources(shelf, files):
    """Documents; one that goes back to another after it."""
    for facts in above_first(files["source"], "key", "derived_from"):
        rows = [
            {
                "slug": fact["key"],
                "title": fact["title"],
                "publisher": fact.get("publisher", ""),
                "kind_id": fact["kind"],
                "url": fact.get("url", ""),
                "published": date_of(fact, "published"),
                "accessed": fact.get("accessed"),
                "reliability": fact["reliability"],
                "rights": fact.get("rights", ""),
                "derived_from_id": shelf.id("source", fact.get("derived_from")),
            }
            for fact in facts
        ]
        shelf.remember("source", [fact["key"] for fact in facts], shelf.add(Source, rows))


def named(facts, ids, field, column):
    """Rows of further names: those in `field` of each fact, of the record with the id beside it."""
    return [
        {column: pk} | {of: name[of] for of in ("text", "language", "script", "kind")}
        for fact, pk in zip(facts, ids, strict=True)
        for name in fact.get(field, [])
    ]


def organisations(shelf, files):
    """Firms and plants with names, numbers and sources, what they are described as, and their relations."""
    facts = files["organisation"]
    rows = [
        {
            "slug": fact["slug"],
            "name": fact["name"],
            "kind_id": fact["kind"],
            "country_id": fact.get("country"),
        }
        for fact in facts
    ]
    ids = shelf.find_or_add(Organisation, rows, "slug")
    shelf.remember("organisation", [fact["slug"] for fact in facts], ids)
    names = named(facts, ids, "names", "organisation_id")
    shelf.find_or_add(OrganisationName, names, "organisation_id", "text", "kind")
    identifiers = [
        {"organisation_id": pk, "scheme_id": n["scheme"], "country_id": n.get("country"), "value": n["value"]}
        for fact, pk in zip(facts, ids, strict=True)
        for n in fact.get("identifiers", [])
    ]
    shelf.find_or_add(OrganisationIdentifier, identifiers, "organisation_id", "scheme_id", "value")
    shelf.cite(OrganisationCitation, facts, ids)
    descriptions(shelf, facts)
    relations(shelf, files)


def descriptions(shelf, facts):
    """What somebody calls a firm: a claim with who says so, resting on the sources of the firm's record."""
    said = [(fact, words) for fact in facts for words in fact.get("described_as", [])]
    rows = [
        {
            "kind": ClaimKind.DESCRIPTION.value,
            "text": words["text"],
            "by": words["by"],
            "organisation_id": shelf.id("organisation", fact["slug"]),
        }
        for fact, words in said
    ]
    shelf.cite(ClaimCitation, [fact for fact, _ in said], shelf.add(Claim, rows))


def relations(shelf, files):
    """Who acquired, merged with, owns whom, and since when."""
    facts = files["relation"]
    rows = [
        {
            "subject_id": shelf.id("organisation", fact["from"]),
            "object_id": shelf.id("organisation", fact["to"]),
            "kind_id": fact["kind"],
            "since": date_of(fact, "date"),
            "note": fact.get("note", ""),
        }
        for fact in facts
    ]
    ids = shelf.find_or_add(OrganisationRelation, rows, "subject_id", "object_id", "kind_id")
    shelf.cite(RelationCitation, facts, ids)


def systems(shelf, files):
    """Weapon systems with their names, parents before variants."""
    for facts in above_first(files["system"], "slug", "parent"):
        rows = [
            {
                "slug": fact["slug"],
                "name": fact["name"],
                "kind_id": fact["kind"],
                "country_id": fact.get("country"),
                "parent_id": shelf.id("system", fact.get("parent")),
                "is_product": fact["product"],
                "description": fact.get("description", ""),
            }
            for fact in facts
        ]
        ids = shelf.find_or_add(WeaponSystem, rows, "slug")
        shelf.remember("system", [fact["slug"] for fact in facts], ids)
        shelf.find_or_add(SystemName, named(facts, ids, "aliases", "system_id"), "system_id", "text", "kind")
        shelf.cite(SystemCitation, facts, ids)


def codes(shelf, files):
    """The Common High Priority List: plain reference rows, of the edition that its source is dated."""
    require(shelf.actor, "reference")
    editions = {fact["key"]: fact.get("published") for fact in files["source"]}
    lines = []
    for fact in files["code"]:
        edition = editions[fact["sources"][0]["source"]]
        if fact["hs_version"] != f"HS {HS_VERSION}" or not edition:
            raise FileRefused(f"Code {fact['hs']} of the example needs HS {HS_VERSION} and a dated source.")
        lines.append(
            ChplTier(
                hs_id=hs_code((HS_VERSION, fact["hs"])),
                edition=parse(edition).earliest,
                tier=fact["tier"],
                description=fact["description"],
            )
        )
    before = ChplTier.objects.count()
    ChplTier.objects.bulk_create(lines, ignore_conflicts=True)
    shelf.counts[ChplTier] += ChplTier.objects.count() - before


def parts(shelf, files):
    """Types that can be ordered. A part is called by its maker's slug and its number."""
    facts = files["part"]
    rows = [
        {
            "manufacturer_id": shelf.id("organisation", fact["manufacturer"]),
            "number": fact["number"],
            "family": fact.get("family", ""),
            "description": fact.get("description", ""),
            "category_id": fact.get("category"),
            "hs_id": hs_code((HS_VERSION, fact["hs_code"])) if "hs_code" in fact else None,
        }
        for fact in facts
    ]
    ids = shelf.find_or_add(Part, rows, "manufacturer_id", "number")
    shelf.remember("part", [(fact["manufacturer"], fact["number"]) for fact in facts], ids)
    numbers = [
        {"part_id": pk, "kind": fact["kind_of_number"], "text": fact["number"]}
        for fact, pk in zip(facts, ids, strict=True)
    ]
    shelf.find_or_add(PartNumber, numbers, "part_id", "kind", "text")
    shelf.cite(PartCitation, facts, ids)


def controls(shelf, files):
    """When what became controlled. Who issued the instrument stands first in the note."""
    facts = files["control"]
    regimes = dict(ControlRegime.objects.values_list("label_en", "code"))
    for fact in facts:
        if fact["regime"] not in regimes:
            raise FileRefused(f"The example names the regime {fact['regime']!r}; the vocabulary has none of that name.")
    rows = [
        {
            "slug": slug_of(f"{fact['jurisdiction']} {fact['effective']} {fact['instrument']}"),
            "regime_id": regimes[fact["regime"]],
            "jurisdiction_id": fact["jurisdiction"],
            "instrument": fact["instrument"],
            "title": fact["title"],
            "kind": fact["kind"],
            "effective": date_of(fact, "effective"),
            "ended": UNDATED,
            "note": f"Issued by {fact['authority']}. {fact.get('note', '')}".strip(),
        }
        for fact in facts
    ]
    ids = shelf.add(ControlEvent, rows)
    scope = [
        {
            "control_id": pk,
            "recorded": line["scope_recorded"],
            "hs_id": hs_code((HS_VERSION, line["hs"])) if "hs" in line else None,
            "text": line.get("text", ""),
        }
        for fact, pk in zip(facts, ids, strict=True)
        for line in fact["scope"]
    ]
    shelf.add(ControlScope, scope)
    shelf.cite(ControlCitation, facts, ids)
