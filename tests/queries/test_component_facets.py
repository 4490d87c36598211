"""The counts that triggers keep are those that counting components gives, whatever was changed and for everybody."""

import random
import re
from html import unescape
from urllib.parse import parse_qsl

import pytest
from django.db import connection
from django.http import QueryDict

from catalogue.actions.components import amend_component, record_component
from catalogue.actions.identify import identify
from catalogue.actions.organisations import record_organisation
from catalogue.actions.record import amend, record, void
from catalogue.filters.facets import asked, component_counts, summed_components
from catalogue.markings.dates import parse
from catalogue.models import ChplTier, Component, ComponentCount, HsCode, Level, Part, Specimen, WeaponSystem
from catalogue.queries import components
from catalogue.queries.component_facets import ALL, FACETS, MAKERS, SYSTEMS, settle, summed
from catalogue.queries.facets import facets
from catalogue.security.viewing import NOBODY, viewing_as
from tests.conftest import become

READERS = ("olena", "taras", "piet", "sam", None)


def counted(queryset):
    found = facets(queryset, {name: asked(column, {}) for name, column in FACETS.items()}, 1000)
    return {name: [(value, rows) for value, rows in found[name] if value not in (None, "")] for name in FACETS}


def agree(world):
    """Whether sums and counts are equal for every reader: of all, each maker, each system."""
    for reader in READERS:
        with viewing_as(world.viewer(reader) if reader else NOBODY):
            listing = components.SHAPE.listing()
            assert summed(ALL, [], FACETS, 1000) == counted(listing), reader
            for maker in world.firms:
                of_maker = listing.filter(manufacturer=maker)
                assert summed(MAKERS, [maker.pk], FACETS, 1000) == counted(of_maker), (reader, maker)
            for system in world.kites:
                of_system = listing.filter(specimen__system=system)
                assert summed(SYSTEMS, [system.pk], FACETS, 1000) == counted(of_system), (reader, system)


@pytest.fixture
def many(world):
    """Two systems, two makers with a part each, one with a high-priority heading, and some components."""
    with viewing_as(world.viewer("olena")) as olena:
        public = {"actor": olena, "handling": Level.CLEAR}
        other = record(WeaponSystem, [{"slug": "gull", "name": "Gull", "kind_id": "cruise-missile"}], **public)[0]
        tern = record_organisation(name="Tern", country_id="JP", **public)
        become("catalogue_owner")
        heading = HsCode.objects.create(id="2022/854231", version=2022, code="854231")
        ChplTier.objects.create(hs=heading, edition="2024-02-23", tier="1")
        become("catalogue_app")
        part = record(Part, [{"manufacturer": tern, "number": "TRN-7"}], **public)[0]
    world.kites, world.firms, world.types = [world.system, other], [*world.makers.values(), tern], [world.part, part]
    return world


def change(world, pick):
    """One random change by Olena: of a component, its specimen, its part or its identification."""
    olena, things = world.viewer("olena"), list(Component.objects.filter(voided_at=None).order_by("id"))
    specimens = list(Specimen.objects.filter(voided_at=None, owner=olena.agency).order_by("id"))
    one, specimen = pick.choice(things), pick.choice(specimens)
    level = pick.choice([Level.CLEAR, Level.GREEN, Level.AMBER, Level.STRICT])
    what = pick.randrange(9)
    if what <= 1:
        part = pick.choice([None, *world.types])
        record_component(
            specimen=specimen, marking=f"M{pick.random()}", manufacturer=part and part.manufacturer, part=part,
            confidence=part and pick.choice(["low", "high"]), grade=pick.choice(["", "military"]),
            made=parse(pick.choice(["2021", "2022-W03", "2019/2021", "2023-05"])),
            marked_country_id=pick.choice([None, "TW"]),
            actor=olena, handling=level,
        )  # fmt: skip
    elif what == 2 and len(things) > 3:
        void([one], actor=olena, reason="twice")
    elif what == 3:
        amend_component(one, {"grade": pick.choice(["", "military", "automotive"])}, actor=olena, reason="seen anew")
    elif what == 4:
        part = pick.choice(world.types)
        identify(component=one, manufacturer=part.manufacturer, part=part, basis="marking-read",
                 confidence=pick.choice(["low", "moderate"]), actor=olena)  # fmt: skip
    elif what == 5:
        amend(specimen, {}, handling=level, actor=olena, reason="released")
    elif what == 6:
        amend(specimen, {"system": pick.choice(world.kites), "recovered": parse(pick.choice(["2023", "2024-05"]))},
              handling=pick.choice([None, level]), actor=olena, reason="mistaken")  # fmt: skip
    elif what == 7:
        amend(one, {}, handling=level, actor=olena, reason="released")
    else:
        amend(pick.choice(world.types), {"hs_id": pick.choice([None, "2022/854231"])}, actor=olena)


@pytest.mark.parametrize("seed", range(3))
def test_after_any_changes_the_sums_are_the_counts_for_every_reader(many, seed):
    pick = random.Random(seed)
    agree(many)
    for n in range(24):
        with viewing_as(many.viewer("olena")):
            change(many, pick)
            if n % 7 == 3:
                settle()
        if n % 4 == 0:
            agree(many)
    agree(many)
    before = ComponentCount.objects.count()
    become("catalogue_owner")
    with connection.cursor() as cursor:
        cursor.execute("SELECT catalogue_count_again()")
    become("catalogue_app")
    agree(many)
    assert before == 0  # nobody sees a count outside a reader's transaction


def test_settling_leaves_one_row_of_each_count(many):
    with viewing_as(many.viewer("olena")):
        assert settle() > 0
        assert settle() == 0
        rows = list(ComponentCount.objects.values_list("audience", "scope", "record", "facet", "value"))
        assert len(rows) == len(set(rows)) > 0
    agree(many)


def test_what_one_maker_or_system_alone_narrows_is_summed_and_nothing_else(many):
    with viewing_as(many.viewer("taras")):
        for query, known in (
            ("", True), ("manufacturer=tern", True), ("system=kite&system=gull", True), ("system_family=kite", True),
            ("system=kite&manufacturer=tern", False), ("kind=part", False), ("q=acm", False),
        ):  # fmt: skip
            assert (summed_components(QueryDict(query), ["kind"], 8) is not None) == known, query


@pytest.mark.parametrize("reader, seen", [("olena", 5), ("taras", 4), ("piet", 4), ("sam", 2), ("nobody", 1)])
def test_page_and_interface_count_what_the_reader_may_see(world, reader, seen):
    client = world.client(reader)
    for query in ("", "manufacturer=acme-semiconductor", "system=kite&kind=part", "marking=3221"):
        facets = client.get(f"/api/v1/components/facets/?{query}").json()["facets"]
        listed = client.get(f"/api/v1/components/?{query}&count=true").json()["count"]
        assert listed == seen
        for name in ("system", "system_kind", "manufacturer", "maker_country", "confidence", "kind"):
            assert sum(one["count"] for one in facets[name]) == seen, (query, name)
        page = client.get(f"/components/?{query}").content.decode()
        assert f'<span>Acme Semiconductor</span> <span class="num">{seen}</span>' in page


@pytest.mark.parametrize("parameter", FACETS)
def test_choosing_a_value_lists_as_many_as_it_counts(many, parameter):
    with viewing_as(many.viewer("olena")) as olena:
        pick = random.Random(5)
        for _ in range(12):
            change(many, pick)
        assert olena
    client = many.client("olena")
    for one in client.get("/api/v1/components/facets/?kind=part").json()["facets"][parameter]:
        found = client.get("/api/v1/components/", {parameter: one["value"], "kind": "part", "count": "true"}).json()
        assert found["count"] == one["count"], one


@pytest.mark.parametrize("reader", ["olena", "piet", "nobody"])
def test_page_interface_and_file_count_alike_in_every_facet(many, reader):
    """What is counted beside the list, on the page and over REST, is how many rows each list and file holds."""
    with viewing_as(many.viewer("olena")):
        pick = random.Random(7)
        for _ in range(8):
            change(many, pick)
    client = many.client(reader)
    told = client.get("/api/v1/components/facets/?basis=observed").json()["facets"]
    text = unescape(client.get("/components/?basis=observed").content.decode())
    beside = {  # {(parameter, value): what the page says}
        pair: int(number)
        for href, number in re.findall(
            r'href="\?([^"]*)"[^>]*>\s*<span>[^<]*</span> <span class="num">(\d+)</span>', text
        )
        for pair in parse_qsl(href)
        if pair[0] in FACETS
    }
    for name in FACETS:
        sparse = ("source", "grade", "chpl_tier", "category", "recovery_year")  # of few in the world of the tests
        assert told[name] or reader == "nobody" or name in sparse, name
        for one in told[name][:8]:
            chosen = {"basis": "observed", name: one["value"]}
            assert client.get("/api/v1/components/", chosen | {"count": "true"}).json()["count"] == one["count"], one
            file = b"".join(client.get("/api/v1/components/", chosen | {"format": "ndjson"}).streaming_content)
            assert len(file.splitlines()) == one["count"], (name, one)
            file = b"".join(client.get("/api/v1/components/", chosen | {"format": "csv", "columns": "reference"})
                            .streaming_content)  # fmt: skip
            assert len(file.splitlines()) - 1 == one["count"], (name, one)
            assert beside[name, one["value"]] == one["count"], (name, one)


def test_counts_of_the_page_are_those_of_the_interface(many):
    with viewing_as(many.viewer("taras")):
        listing = components.SHAPE.listing()
        found = component_counts(QueryDict("kind=part"), lambda parameters: listing.filter(kind="part"), shown=50)
    told = many.client("taras").get("/api/v1/components/facets/?kind=part").json()["facets"]
    for name in set(FACETS) - {"kind"}:
        assert [[one["value"], one["count"]] for one in told[name]] == [
            [value, rows] for value, rows in found[name] if value not in (None, "")
        ]
