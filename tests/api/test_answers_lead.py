"""Every number of an answer leads to the list that holds exactly what it counts, whoever counts as the maker."""

import re
from html import unescape

import pytest

from catalogue.actions.components import record_component
from catalogue.actions.merge import merge, unmerge
from catalogue.actions.record import amend, record
from catalogue.markings.dates import parse
from catalogue.models import (
    Category,
    ChplTier,
    ComponentIdentifier,
    ControlEvent,
    ControlRegime,
    ControlScope,
    HsCode,
    Level,
    OrganisationRelation,
    Part,
    RouteLeg,
)
from catalogue.security.viewing import viewing_as

ASKED = [
    ("shares", ""), ("shares", "makers=made"), ("shares", "makers=today&per=system"), ("shares", "per=specimen"),
    ("shares", "by=country"), ("shares", "by=country&makers=made"), ("shares", "by=country&country=marked"),
    ("shares", "by=country&country=dispatch"), ("shares", "by=category"), ("shares", "by=tier"),
    ("dating", ""), ("dating", "per=system"), ("timeline", ""), ("timeline", "period=month"), ("assembly", ""),
    ("lag", ""), ("lag", "by=system"), ("lag", "by=half"),
    ("seen", ""), ("seen", "makers=made"), ("seen", "makers=today"), ("seen", "by=part"),
    ("substitution", ""), ("substitution", "makers=made&period=year"), ("substitution", "country=marked"),
    ("makers", ""), ("makers", "makers=made"), ("makers", "makers=today"),
    ("commonality", ""), ("commonality", "what=parts"), ("commonality", "what=lots"),
    ("beside", "a=KND-2026-CLEAR&b=KND-2026-GREEN"), ("beside", "a=KND-2026-CLEAR&b=kite&what=parts"),
]  # fmt: skip
NARROWED = (
    "",
    "made_before=2022-05-15&system=kite",
    "manufacturer=acme-semiconductor&recovered_after=2022",
)


def fill(world):
    """Parts of two makers, one of which bought the other, with dates, countries, lots, a shipment and a control."""
    olena, clear = world.viewer("olena"), Level.CLEAR
    heading = HsCode.objects.create(id="2022/854232", version=2022, code="854232")
    ChplTier.objects.create(hs=heading, edition="2024-02-23", tier="1")
    with viewing_as(olena):
        shelf = {"actor": olena, "handling": clear}
        record(
            OrganisationRelation,
            [{"subject": world.makers["acme"], "object": world.makers["volta"], "kind_id": "acquired",
              "since": parse("2020-01-01")}],
            **shelf,
        )  # fmt: skip
        rare = record(
            Part,
            [{"manufacturer": world.makers["volta"], "number": "VE-9", "category_id": Category.objects.first().pk,
              "hs": heading}],
            **shelf,
        )[0]  # fmt: skip
        control = record(
            ControlEvent,
            [{"slug": "xx-1", "regime_id": ControlRegime.objects.first().pk, "jurisdiction_id": "DE",
              "instrument": "XX-1", "title": "XX-1", "effective": parse("2022-09-01")}],
            **shelf,
        )[0]  # fmt: skip
        record(ControlScope, [{"control": control, "part": rare}], **shelf)
        for name, day in (("clear", "2023-04-01"), ("green", "2023-02"), ("strict", "2024")):
            amend(world.specimens[name], {"recovered": parse(day)}, actor=olena)
        RouteLeg.objects.filter(pk=world.legs["sold"].pk).update(dispatch_country_id="HK")
        rows = [
            ("acme", None, "2019-03", "1910", "MX"), ("acme", None, "2021-W07", "2107", ""), ("acme", None, "", "", ""),
            ("volta", rare, "2022-04-03", "2213", "DE"), ("volta", rare, "2022-10", "2240", "DE"),
            (None, None, "", "", ""),
        ]  # fmt: skip
        for maker, part, made, code, marked in rows:
            for where in ("clear", "green"):
                one = record_component(
                    specimen=world.specimens[where], date_code=code, **shelf, quantity=1,
                    **({"made": parse(made)} if made else {}), **({"marked_country_id": marked} if marked else {}),
                    **({"manufacturer": world.makers[maker], "confidence": "high"} if maker else {}),
                    **({"part": part} if part else {}),
                )  # fmt: skip
                if part:
                    record(ComponentIdentifier, [{"component": one, "kind_id": "lot", "text": f"L-{code}"}], **shelf)
    return rare


def led(world, reader, name, query):
    """[(column, number, what the list that it leads to holds)] of every number of an answer."""
    told = world.get(reader, f"/api/v1/research/{name}/?{query}")
    page = world.client(reader).get(f"/research/{name}/?{query}")
    assert page.status_code == 200
    body = unescape(page.content.decode())
    found = []
    for row, lists in zip(told["results"], told["records"], strict=True):
        for column, address in lists.items():
            listed = world.get(reader, f"{address}&count=true")["count"]
            assert f'href="/components/?{address.split("?")[1]}"' in body
            found.append((column, row[column], listed))
    return found


@pytest.mark.parametrize("name", sorted({name for name, _query in ASKED}))
def test_a_number_leads_to_exactly_what_it_counts(world, name):
    fill(world)
    for query in [query for one, query in ASKED if one == name]:
        assert led(world, "olena", name, query) != [], query
        for narrowed in NARROWED:
            for column, number, listed in led(world, "olena", name, f"{query}&{narrowed}"):
                assert number == listed, (query, narrowed, column)
        for column, number, listed in led(world, "piet", name, query):
            assert number == listed, (query, column)


@pytest.mark.parametrize("basis", ["printed", "made", "today"])
@pytest.mark.parametrize("name", ["shares", "seen", "makers"])
def test_merged_makers_are_one_on_every_basis_until_that_is_taken_back(world, name, basis):
    fill(world)
    olena = world.viewer("olena")
    query = f"makers={basis}"

    def rows():
        told = world.get("olena", f"/api/v1/research/{name}/?{query}")
        assert {row["makers"] for row in told["results"]} == {basis} and told["asked"]["makers"] == basis
        value = basis if name == "makers" else "count"
        return {row["name"]: row[value] for row in told["results"]}, told["totals"]

    before, totals = rows()
    with viewing_as(olena):
        merge(records=[world.makers["acme"]], into=world.makers["volta"], actor=olena, reason="One firm.")
    after, since = rows()
    assert after == {"Volta Elektronik": sum(before.values())} and since["denominator"] == totals["denominator"]
    for _column, number, listed in led(world, "olena", name, query):
        assert number == listed
    with viewing_as(olena):
        unmerge(records=[world.makers["acme"]], actor=olena, reason="Two after all.")
    assert rows() == (before, totals)


def test_a_merged_maker_has_the_seat_of_the_record_that_stands_for_it(world):
    fill(world)
    olena = world.viewer("olena")
    with viewing_as(olena):
        merge(records=[world.makers["acme"]], into=world.makers["volta"], actor=olena, reason="One firm.")
    for name, query in (("shares", "by=country"), ("substitution", "period=year"), ("dating", "")):
        for column, number, listed in led(world, "olena", name, query):
            assert number == listed, (name, column)
    told = world.get("olena", "/api/v1/research/shares/?by=country")["results"]
    assert [row["country"] for row in told] == ["DE"]
    assert world.get("olena", "/api/v1/components/?maker_country=US&count=true")["count"] == 0


def test_page_and_file_say_which_maker_is_meant(world):
    fill(world)
    body = world.client("olena").get("/research/shares/?makers=made").content.decode()
    assert re.search(r"The maker is: [^·]*as owned when made", body) and "Makers as owned when made:" in body
    told = world.client("olena").get("/api/v1/research/shares/?makers=made&format=csv").content.decode().splitlines()
    assert told[0].endswith(",makers") and all(line.endswith(",made") for line in told[1:])


@pytest.mark.parametrize(
    ("parameter", "value"),
    [("classed", "late"), ("classed", "candidate:luck"), ("lag", "soon"), ("dispatch_country", "XX"), ("part_id", "1")],
)
def test_what_no_answer_divides_by_is_refused_with_its_name(world, parameter, value):
    told = world.get("olena", f"/api/v1/components/?{parameter}={value}", 400)
    assert parameter in told["errors"]


def test_a_list_and_the_pages_of_records_lead_to_their_answers(world):
    fill(world)
    olena = world.client("olena")
    listed = olena.get("/components/?manufacturer=acme-semiconductor&sort=reference").content.decode()
    assert 'href="/research/?manufacturer=acme-semiconductor' in unescape(listed)
    asked = olena.get("/research/?manufacturer=acme-semiconductor&sort=reference").content.decode()
    count = world.get("olena", "/api/v1/components/?manufacturer=acme-semiconductor&count=true")["count"]
    assert f'Answers about these <b class="num">{count}</b> component records' in asked
    assert 'href="/research/timeline/?manufacturer=acme-semiconductor"' in asked
    assert olena.get("/research/?manufacturer=hidden").status_code == 400
    for page, query in (
        ("/systems/kite/", "system=kite"),
        ("/specimens/KND-2026-CLEAR/", "specimen=KND-2026-CLEAR"),
        ("/organisations/acme-semiconductor/", "manufacturer=acme-semiconductor"),
        (f"/parts/{world.part.pk}/", f"part_id={world.part.pk}"),
    ):
        assert f'href="/research/?{query}"' in olena.get(page).content.decode()
        assert olena.get(f"/research/?{query}").status_code == 200
