"""Random small catalogues, and who may see which of their rows: worked out in plain Python from what was declared."""

from dataclasses import dataclass, field
from uuid import UUID

from hypothesis import strategies as st

from catalogue.models import (
    CitedFigure,
    Collection,
    CollectionItem,
    Component,
    ComponentCitation,
    Goods,
    GoodsLine,
    Identification,
    LegCitation,
    Listing,
    Organisation,
    OrganisationName,
    OrganisationRelation,
    Part,
    PartNumber,
    Photo,
    PublishedRecord,
    RouteEvidence,
    RouteLeg,
    RouteStep,
    SavedSearch,
    Source,
    Specimen,
    SpecimenNumber,
    SupplyRoute,
    SystemName,
    WeaponSystem,
    new_id,
)  # fmt: skip
from catalogue.models.base import Handled

# Circles of readers: TLP level, agencies, people. Olena is in all of them, so that no two exclude each other.
CIRCLES = {
    "clear": (0, None, None),
    "green": (1, None, None),
    "amber": (2, ("laboratory",), None),
    "amber to the partner": (2, ("laboratory", "partner"), None),
    "strict": (3, ("laboratory",), None),
    "strict to the stranger": (3, ("laboratory", "stranger"), None),
    "red": (4, None, ("olena",)),
    "red with Piet": (4, None, ("olena", "piet")),
    "red with Rita and Sam": (4, None, ("olena", "rita", "sam")),
}
AGENCY_OF = {
    "olena": "laboratory", "taras": "laboratory", "rita": "laboratory", "ada": "laboratory", "piet": "partner",
    "sam": "stranger", "nobody": None,
}  # fmt: skip


def within(circle, reader, ceiling):
    """Whether a reader (name, highest level of the key) is in a circle."""
    level, agencies, people = CIRCLES[circle]
    return (
        level <= ceiling
        and (level == 0 or reader != "nobody")
        and (agencies is None or AGENCY_OF[reader] in agencies)
        and (people is None or reader in people)
    )


@dataclass(eq=False)
class Row:
    """One record to be made. `ends` are the records that bound it, `loose` those it only points at."""

    model: type[Handled]
    circle: str
    facts: dict
    ends: dict = field(default_factory=dict)
    loose: dict = field(default_factory=dict)
    owner: str = "laboratory"
    id: object = field(default_factory=new_id)

    def _repr_pretty_(self, printer, cycle):
        printer.text(f"{self.model.__name__}({next(iter(self.facts.values()), '')}: {self.circle})")

    def seen(self, reader, ceiling):
        """Whether the reader may see it: within its own circle, and seeing every end."""
        ends = (end.seen(reader, ceiling) for end in self.ends.values() if end is not None)
        return within(self.circle, reader, ceiling) and all(ends)

    def made(self, people, circles, present):
        """The unsaved record, in a catalogue that holds only the rows `present`."""
        links = {f"{name}_id": end and end.id for name, end in self.ends.items()}
        links |= {f"{name}_id": to.id for name, to in self.loose.items() if to is not None and to in present}
        return self.model(
            id=self.id, owner_id=people.agencies[self.owner].pk, declared_id=circles[self.circle], **self.facts, **links
        )


class Drawn:
    """Draws the rows of one catalogue, in an order in which each finds what it points at."""

    def __init__(self, draw):
        self.draw, self.rows = draw, []

    def several(self, model, most, least=0):
        return range(self.draw(st.integers(least, most)))

    def one(self, model):
        """One of the rows of `model`, or None when there is none."""
        rows = [row for row in self.rows if row.model is model]
        return self.draw(st.sampled_from(rows)) if rows else None

    def perhaps(self, model):
        return self.one(model) if self.draw(st.booleans()) else None

    def add(self, model, facts, ends=None, loose=None, circles=tuple(CIRCLES), **more):
        """A row in a random circle."""
        row = Row(model, self.draw(st.sampled_from(circles)), facts, ends or {}, loose or {}, **more)
        self.rows.append(row)
        return row

    def everything(self):
        self.types()
        self.finds()
        self.routes()
        self.kept()
        return self.rows

    def types(self):
        for n in self.several(Source, 2):
            self.add(Source, {"slug": f"s{n}", "title": f"Report {n}", "kind_id": "press"},
                     {"derived_from": self.perhaps(Source)})  # fmt: skip
        for n in self.several(Organisation, 4, least=2):
            self.add(Organisation, {"slug": f"o{n}", "name": f"Maker {n}", "country_id": "US"},
                     loose={"canonical": self.perhaps(Organisation)})  # fmt: skip
        for n in self.several(OrganisationName, 2):
            if maker := self.one(Organisation):
                self.add(OrganisationName, {"text": f"Alias {n}", "kind": "alias"}, {"organisation": maker})
        for _ in self.several(OrganisationRelation, 2):
            subject, other = self.one(Organisation), self.one(Organisation)
            if subject is not other:
                self.add(OrganisationRelation, {"kind_id": "acquired"}, {"subject": subject, "object": other})
        for n in self.several(Part, 3, least=1):
            if maker := self.one(Organisation):
                number = "STM32F405RGT6" if n == 2 else f"PN-{n}"
                self.add(Part, {"number": number}, {"manufacturer": maker}, {"canonical": self.perhaps(Part)})
        for n in self.several(PartNumber, 2):
            if part := self.one(Part):
                self.add(PartNumber, {"text": f"NSN-{n}", "kind": "nsn"}, {"part": part})
        for n in self.several(WeaponSystem, 3, least=1):
            ends = {"parent": self.perhaps(WeaponSystem), "maker": self.perhaps(Organisation)}
            self.add(WeaponSystem, {"slug": f"w{n}", "name": f"Kite {n}", "kind_id": "uav"}, ends,
                     {"canonical": self.perhaps(WeaponSystem)})  # fmt: skip
        for n in self.several(SystemName, 1):
            if system := self.one(WeaponSystem):
                self.add(SystemName, {"text": f"Dragon {n}", "kind": "alias"}, {"system": system})

    def finds(self):
        for n in self.several(Specimen, 3, least=1):
            if system := self.one(WeaponSystem):
                self.add(Specimen, {"reference": f"KND-{n}", "title": f"Wreck {n}"}, {"system": system})
        for n in self.several(SpecimenNumber, 2):
            if specimen := self.one(Specimen):
                self.add(SpecimenNumber, {"kind": "serial", "text": f"SN-{n}"}, {"specimen": specimen})
        for n in self.several(PublishedRecord, 2):
            if source := self.one(Source):
                facts = {"entry_id": f"E{n}", "text": f"Entry {n}", "row": {}, "row_sha256": "0" * 64}
                self.add(PublishedRecord, facts, {"source": source})
        for n in self.several(Component, 6, least=2):
            if specimen := self.one(Specimen):
                beside = [r for r in self.rows if r.model is Component and r.ends["specimen"] is specimen]
                parent = self.draw(st.sampled_from([None, *beside]))
                ends = {"specimen": specimen, "parent": parent, "published_record": self.perhaps(PublishedRecord)}
                facts = {"reference": f"KND-{n}-C", "marking": f"XC7K{n}", "marking_state": "read", "quantity": n + 1}
                self.add(Component, facts, ends)
        for component in [row for row in self.rows if row.model is Component]:
            self.opinions(component)
        for n in self.several(Photo, 2):
            if component := self.one(Component):
                facts = {"sha256": f"{n:064x}", "media_type": "image/png", "extension": "png", "size": 1, "width": 1,
                         "height": 1, "caption": f"Picture {n}"}  # fmt: skip
                self.add(Photo, facts, {"component": component, "specimen": component.ends["specimen"]})
        for _ in self.several(ComponentCitation, 1):
            if (component := self.one(Component)) and (source := self.one(Source)):
                self.add(ComponentCitation, {}, {"record": component, "source": source})

    def opinions(self, component):
        """Accepted identifications by two agencies, of one several, in whatever circles; Piet's of what he sees."""
        for owner, writer in (("laboratory", "olena"), ("laboratory", "olena"), ("partner", "piet")):
            part = self.perhaps(Part)
            maker = part.ends["manufacturer"] if part else self.perhaps(Organisation)
            ends = {"component": component, "manufacturer": maker, "part": part}
            if maker is None or not all(end.seen(writer, 4) for end in ends.values() if end):
                continue
            circles = (
                tuple(CIRCLES) if owner == "laboratory" else ("clear", "green", "amber to the partner", "red with Piet")
            )
            facts = {"basis_id": "marking-read", "confidence": "high"}
            for state in self.draw(st.sampled_from((("accepted",), ("accepted", "proposed"), ("proposed",)))):
                self.add(Identification, facts | {"state": state}, ends, circles=circles, owner=owner)

    def routes(self):
        for n in self.several(SupplyRoute, 2, least=1):
            ends = {"system": self.perhaps(WeaponSystem), "plant": self.perhaps(Organisation)}
            self.add(SupplyRoute, {"slug": f"r{n}", "title": f"Path {n}"}, ends)
        for n in self.several(RouteLeg, 3, least=1):
            ends = {name: self.perhaps(Organisation) for name in ("sender", "receiver", "carrier")}
            self.add(RouteLeg, {"reference": f"KND-L-{n}", "status": "reported", "sender_known": f"trader {n}"}, ends)
        steps = {(self.one(SupplyRoute), self.one(RouteLeg)) for _ in self.several(RouteStep, 3)}
        for route, leg in sorted((s for s in steps if None not in s), key=lambda s: (s[0].id, s[1].id)):
            self.add(RouteStep, {}, {"route": route, "leg": leg})
        for n in self.several(Goods, 2):
            self.add(Goods, {"kind": "part", "name": f"Chips {n}"}, {"part": self.perhaps(Part)})
        for n in self.several(GoodsLine, 3):
            if leg := self.one(RouteLeg):
                self.add(GoodsLine, {"text": f"boxes {n}"}, {"leg": leg, "goods": self.perhaps(Goods)})
        for n in self.several(RouteEvidence, 2):
            part, component = self.perhaps(Part), self.one(Component)
            if (route := self.one(SupplyRoute)) and (part or component):
                ends = {"route": route, "part": part, "component": None if part else component}
                self.add(RouteEvidence, {"why": f"because {n}"}, ends)
        for _ in self.several(LegCitation, 1):
            if (leg := self.one(RouteLeg)) and (source := self.one(Source)):
                self.add(LegCitation, {}, {"record": leg, "source": source})
        for n in self.several(Listing, 2):
            if firm := self.one(Organisation):
                self.add(Listing, {"authority": f"Ministry {n}", "list": "Control"}, {"organisation": firm})

    def kept(self):
        """Searches, collections and what is in them, cited figures."""
        self.add(SavedSearch, {"name": "Makers", "noun": "components", "query": "q=xc7k"}, id=KEPT["search"])
        self.add(Collection, {"name": "Of one batch"}, id=KEPT["collection"])
        for model in (Component, Part, Organisation, Specimen, SupplyRoute):
            if record := self.one(model):
                noun = {"supplyroute": "route"}.get(model._meta.model_name, model._meta.model_name)
                ends = {"collection": next(row for row in self.rows if row.model is Collection), noun: record}
                self.add(CollectionItem, {"note": "see"}, ends)
        figures = {"columns": [], "rows": [], "totals": {}, "unit": "components"}
        facts = {"answer": "shares", "figures": figures, "counted": 1, "records_sha256": "0" * 64}
        self.add(CitedFigure, facts, id=KEPT["figure"])


KEPT = {
    name: UUID(f"01890000-0000-7000-8000-00000000000{n}") for n, name in enumerate(("search", "collection", "figure"))
}


@st.composite
def catalogues(draw):
    """The rows of a random catalogue."""
    return Drawn(draw).everything()
