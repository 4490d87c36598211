"""Of the example catalogue: supply routes with their legs and what hangs on them; listings and claims."""

from catalogue.actions.record import require
from catalogue.actions.references import of_agency, references
from catalogue.models import (
    Agency,
    Claim,
    ClaimCitation,
    ClaimKind,
    Goods,
    GoodsLine,
    LegCitation,
    Listing,
    ListingCitation,
    RouteCitation,
    RouteEvidence,
    RouteLeg,
    RouteStep,
    SupplyRoute,
)

from .example_shelf import UNDATED, date_of
from .tables import FileRefused

COUNTED = ("quantity", "unit", "value", "currency")


def routes(shelf, files):
    """Suspected routes, the legs that serve them, and the parts and components that hang on them."""
    facts = files["route"]
    rows = [
        {
            "slug": fact["key"].lower(),
            "title": fact["title"],
            "summary": fact.get("summary", ""),
            "system_id": shelf.id("system", fact.get("system")),
            "plant_id": shelf.id("organisation", fact.get("plant")),
            "confidence": fact.get("confidence", ""),
            "alternative": fact.get("alternative", ""),
        }
        for fact in facts
    ]
    ids = shelf.find_or_add(SupplyRoute, rows, "slug")
    shelf.remember("route", [fact["key"] for fact in facts], ids)
    shelf.cite(RouteCitation, facts, ids)
    evidence(shelf, facts)
    legs(shelf, files)


def evidence(shelf, facts):
    """Parts and components that connect a route with a weapon, and why."""
    shelf.add(
        RouteEvidence,
        [
            {
                "route_id": shelf.id("route", fact["key"]),
                "part_id": part_of(shelf, piece),
                "component_id": shelf.id("component", piece.get("component")),
                "why": piece["why"],
            }
            for fact in facts
            for piece in fact.get("evidence", [])
        ],
    )


def part_of(shelf, fact):
    """The id of the part that a fact names by maker and number, or None."""
    part = fact.get("part")
    return shelf.id("part", (part["manufacturer"], part["number"])) if part else None


# Legs


def legs(shelf, files):
    """Each leg under a new reference, in all the routes it serves, with goods lines and sources."""
    facts = [leg for fact in files["leg"] for leg in apart(fact, shelf, files)]
    prefix = "-L-".join(of_agency(Agency.objects.get(pk=shelf.actor.agency)).rsplit("-", 1))
    names = references(RouteLeg, [prefix] * len(facts))
    ids = shelf.add(RouteLeg, [edge(shelf, fact, name) for fact, name in zip(facts, names, strict=True)])
    steps = [
        {"route_id": shelf.id("route", route), "leg_id": pk, "position": fact["position"]}
        for fact, pk in zip(facts, ids, strict=True)
        for route in fact["routes"]
    ]
    shelf.add(RouteStep, steps)
    goods(shelf, facts, ids)
    shelf.cite(LegCitation, facts, ids)


def apart(fact, shelf, files):
    """The leg, and one more for each further firm that the source names at one of its ends.

    A firm that stood in a note only would not be found by its legs. The further leg repeats no quantity and
    no value, so that nothing is counted twice, and its note says that nobody told who did which part.
    """
    yield fact
    names = {organisation["slug"]: organisation["name"] for organisation in files["organisation"]}
    for end in ("from", "to"):
        for further in fact.get(f"{end}_also", []):
            note = (
                f"Named together with {names[fact[end]]}, whose leg stands beside this one; "
                "the source does not say who did which part."
            )
            lines = [{k: v for k, v in line.items() if k not in COUNTED} for line in fact["goods"]]
            yield {**fact, end: further, "note": f"{note} {fact.get('note', '')}".strip(), "goods": lines}


def edge(shelf, fact, reference):
    """A leg as columns."""
    return {
        "reference": reference,
        "kind": fact["kind"],
        "status": fact["status"],
        "sender_id": shelf.id("organisation", fact.get("from")),
        "sender_known": fact.get("from_unknown", ""),
        "sender_role_id": fact.get("from_role"),
        "receiver_id": shelf.id("organisation", fact.get("to")),
        "receiver_known": fact.get("to_unknown", ""),
        "receiver_role_id": fact.get("to_role"),
        "dispatch_country_id": fact.get("dispatch_country"),
        "destination_country_id": fact.get("destination_country"),
        "moved": date_of(fact, "date"),
        "moved_text": fact.get("date_text", ""),
        "note": fact.get("note", ""),
    }


def goods(shelf, facts, ids):
    """What each leg carried: in words, and as goods where the files name a part, or a kind and a name."""
    lines = [(line, leg) for fact, leg in zip(facts, ids, strict=True) for line in fact["goods"]]
    which = [kind_and_name(shelf, line) for line, _ in lines]
    found = iter(shelf.find_or_add(Goods, [row for row in which if row], "kind", "name", "part_id"))
    shelf.add(
        GoodsLine,
        [
            {
                "leg_id": leg,
                "goods_id": next(found) if named else None,
                "text": line.get("description", ""),
                "declared_as": line.get("declared_as", ""),
                "quantity": line.get("quantity"),
                "unit_id": line.get("unit"),
                "value": line.get("value"),
                "currency_id": line.get("currency"),
            }
            for (line, leg), named in zip(lines, which, strict=True)
        ],
    )


def kind_and_name(shelf, line):
    """The goods that a line names, as columns; None where it has words only."""
    if "part" in line:
        return {"kind": "part", "name": line["part"]["number"], "part_id": part_of(shelf, line)}
    return {"kind": line["kind"], "name": line["name"], "part_id": None} if "kind" in line else None


# What is said of firms and weapons


def listings(shelf, files):
    """List entries that were seen, confirmed as those of the firm by the actor."""
    require(shelf.actor, "confirm")
    facts = files["listing"]
    for fact in facts:
        if fact["status"] != "listed":
            raise FileRefused(f"The example says {fact['status']!r} of a listing; only “listed” can be recorded.")
    rows = [
        {
            "organisation_id": shelf.id("organisation", fact["organisation"]),
            "authority": fact["authority"],
            "list": fact["list"],
            "programme": fact.get("programme", ""),
            "number": fact.get("list_id", ""),
            "listed": date_of(fact, "listed"),
            "delisted": UNDATED,
            "confirmed_by_id": shelf.actor.user,
            "note": fact.get("note", ""),
        }
        for fact in facts
    ]
    shelf.cite(ListingCitation, facts, shelf.add(Listing, rows))


def claims(shelf, files):
    """Published figures with what they count and by whom."""
    facts = files["claim"]
    rows = [
        {
            "kind": fact.get("kind", ClaimKind.FIGURE.value),
            "text": fact["text"],
            "by": fact["by"],
            "country_id": fact.get("country"),
            "made": date_of(fact, "date"),
            "numerator": str(fact.get("numerator", "")),
            "denominator": str(fact.get("denominator", "")),
            "unit": fact.get("unit", ""),
            "counted_by": fact.get("basis", ""),
            "system_id": shelf.id("system", fact.get("system")),
        }
        for fact in facts
    ]
    shelf.cite(ClaimCitation, facts, shelf.add(Claim, rows))
