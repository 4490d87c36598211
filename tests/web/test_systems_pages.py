"""The pages of weapon systems: what was recovered of a type, whose parts were in it, and nothing hidden."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.actions.components import record_component
from catalogue.actions.record import record
from catalogue.models import Claim, ClaimCitation, Level, Specimen, WeaponSystem
from catalogue.security.viewing import viewing_as

from .reading import page


@pytest.fixture
def told(world):
    """Kite with names, a variant, a group, a record of the type alone, a denial, and a source against it."""
    names = [{"text": "Повітряний змій", "language": "uk", "kind": "alias"}, {"text": "KT-1", "kind": "abbreviation"}]
    cited = [{"source": "harbour-report", "locator": "p. 9", "stance": "contradicts"}]
    change = {"names": names, "citations": cited, "country": "RU", "maker": "volta-elektronik", "handling": "CLEAR"}
    world.send("olena", "patch", "/api/v1/systems/kite/", change | {"reason": "Told."}, 200)
    public = {"handling": "CLEAR"}
    world.send("olena", "post", "/api/v1/systems/", {"name": "Kite 2", "parent": "kite", **public}, 201)
    world.send("olena", "post", "/api/v1/specimens/", {"system": "kite", "kind": "group", "count": 3, **public}, 201)
    world.send("olena", "post", "/api/v1/specimens/", {"system": "kite", "kind": "unspecified", **public}, 201)
    claim = {"kind": "denial", "text": "We never sold to them.", "by": "Volta's spokesman", "system": world.system}
    with viewing_as(world.viewer("olena")) as olena:
        said = record(Claim, [claim], actor=olena, handling=Level.CLEAR)[0]
        cited = {"record": said, "source": world.source, "locator": "p. 12"}
        record(ClaimCitation, [cited], actor=olena, handling=Level.CLEAR)
    return world


def stats(text):
    """{words: number} of the figures at the top."""
    return {
        words: number
        for number, words in re.findall(r'class="stat"[^>]*><strong>([^<]*)</strong> <span>([^<]*)</span>', text)
    }


@pytest.mark.parametrize("reader, seen", [("olena", 5), ("piet", 4), ("sam", 2), ("nobody", 1)])
def test_only_single_specimens_are_counted_as_specimens_and_only_those_one_may_see(told, reader, seen):
    found = stats(page(told, reader, "/systems/kite/"))
    assert list(found.values()) == [str(seen), "1", "1", str(seen)]
    for kind, number in (("single", seen), ("group", 1), ("unspecified", 1)):
        answer = told.get(reader, f"/api/v1/specimens/?system=kite&kind={kind}&count=true")
        assert answer["count"] == number
    assert told.get(reader, "/api/v1/components/?system=kite&count=true")["count"] == seen


def test_a_type_shows_its_names_its_variants_and_who_is_said_to_make_it(told):
    text = page(told, "nobody", "/systems/kite/")
    assert '<td lang="uk">Повітряний змій</td>' in text and "KT-1" in text
    assert '<a href="/systems/kite-2/">Kite 2</a>' in text
    assert 'href="/organisations/volta-elektronik/">Volta Elektronik</a>' in text
    assert '<a href="/systems/kite/">Kite</a>' in page(told, "nobody", "/systems/kite-2/")


def test_what_speaks_against_a_record_stands_beside_it(told):
    text = page(told, "nobody", "/systems/kite/")
    assert "Contradicts" in text and "p. 9" in text
    assert "We never sold to them." in text and "Denial" in text and "p. 12" in text


def test_the_makers_of_most_records_are_counted_as_the_list_counts_them(told):
    text = page(told, "olena", "/systems/kite/")
    link, number = re.search(r'href="(/components/\?system=kite&manufacturer=[^"]*)">(\d+)</a>', text).groups()
    assert number == "5" and f'<b class="num">{number}</b> component records' in page(told, "olena", link)
    assert "shows neither knowledge nor breach" in text


def test_more_records_than_are_counted_are_left_to_the_list(told, monkeypatch):
    monkeypatch.setattr("catalogue.queries.systems.SORTED_AT_MOST", 3)
    text = page(told, "olena", "/systems/kite/")
    assert set(stats(text).values()) == {"over 10,000"}
    assert 'href="/components/?system=kite&count=true"' in text and "Acme Semiconductor" not in text


def test_routes_are_suspected_and_hidden_ones_are_not_there(told):
    assert {"Kite by sea", "Kite by rail"} <= set(routes(page(told, "olena", "/systems/kite/")))
    assert routes(page(told, "nobody", "/systems/kite/")) == ["Kite by sea"]


def routes(text):
    return re.findall(r'<a href="/routes/kite-by-[a-z]+/">([^<]*)</a>', text)


@pytest.mark.parametrize("reader", ["taras", "sam", "nobody"])
def test_a_hidden_type_is_not_there(world, reader):
    world.send("olena", "post", "/api/v1/systems/", {"name": "Secret", "handling": "RED"}, 201)
    assert "Secret" in page(world, "olena", "/systems/")
    assert "Secret" not in page(world, reader, "/systems/")
    page(world, reader, "/systems/secret/", 404)


def test_a_merged_type_leads_to_the_one_it_became(told):
    kite = WeaponSystem.objects
    with viewing_as(told.viewer("olena")):
        kite.filter(slug="kite-2").update(canonical=kite.get(slug="kite"))
    text = page(told, "nobody", "/systems/kite-2/")
    assert "was merged into another" in text and '<a href="/systems/kite/">kite</a>' in text


def test_the_list_says_what_it_counts_and_narrows_by_maker(told):
    text = page(told, "nobody", "/systems/")
    assert '<b class="num">2</b> weapon systems' in text and '<b class="num">1</b> without a named maker' in text
    assert ">Volta Elektronik</a>" in text and ">Kite</a>" in text  # the maker, and what Kite 2 is a variant of
    narrowed = page(told, "nobody", "/systems/?maker=volta-elektronik")
    assert "Kite 2" not in narrowed.partition("<tbody>")[2] and "Повітряний змій" in narrowed
    assert '<a class="chip" href="?"><span>Said to be made by</span> Volta Elektronik' in narrowed


def test_a_type_asks_the_database_as_often_for_few_records_as_for_many(told):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            page(told, "olena", "/systems/kite/")
            return len(captured)

    asked()
    few = asked()
    with viewing_as(told.viewer("olena")) as olena:
        rows = [{"system": told.system, "reference": f"KND-{n}"} for n in range(20)]
        for specimen in record(Specimen, rows, actor=olena, handling=Level.CLEAR):
            record_component(specimen=specimen, manufacturer=told.makers["volta"], confidence="low", actor=olena)
    assert asked() == few
