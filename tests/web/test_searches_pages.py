"""Lists that are kept by name and watched, and records that are gathered by hand: on pages and over the interface."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from catalogue.actions.components import record_component
from catalogue.actions.handling import audience
from catalogue.actions.identify import identify
from catalogue.models import Collection, CollectionItem, Component, Level, SavedSearch, Watch
from catalogue.security.viewing import viewing_as
from tests.actions.ageing import a_day_older

from .reading import page


def found(world, reader, search):
    return world.get(reader, f"/api/v1/saved-searches/{search}/matches/")


def earlier(world, reader, moment):
    with viewing_as(world.viewer(reader)):
        Watch.objects.update(seen_at=moment)


def another(world, **columns):
    with viewing_as(world.viewer("olena")) as olena:
        return record_component(specimen=world.specimens["clear"], actor=olena, handling=Level.CLEAR, **columns)


def test_a_list_is_saved_under_a_name_as_it_is_narrowed_and_shared_within_the_agency(world):
    client = world.client("olena")
    text = page(world, "olena", "/components/?manufacturer=acme-semiconductor&kind=part")
    address = re.search(r'href="(/saved-searches/new/[^"]*)"', text)[1].replace("&amp;", "&")
    assert parse_qs(urlsplit(address).query)["query"] == ["manufacturer=acme-semiconductor&kind=part"]
    assert "manufacturer=acme-semiconductor" in client.get(address).content.decode()
    sent = {"name": "Chips of Acme", "noun": "components", "query": "manufacturer=acme-semiconductor&kind=part"}
    client.post("/saved-searches/new/", sent | {"handling": "3"})
    for reader, there in (("taras", True), ("rita", True), ("piet", False), ("nobody", False)):
        assert ("Chips of Acme" in page(world, reader, "/saved-searches/")) == there


def test_what_is_new_since_one_looked_is_counted_and_listed_for_each_watcher(world):
    search = world.search.pk
    assert found(world, "rita", search) | {"all": ""} == {
        "count": 4, "all": "", "seen": None, "new": None, "new_list": None,
    }  # fmt: skip
    world.send("rita", "post", f"/api/v1/saved-searches/{search}/matches/", {}, 200)
    a_day_older(Component)
    earlier(world, "rita", timezone.now() - timedelta(hours=1))  # a test's records all have the time it began
    assert found(world, "rita", search)["new"] == 0
    mine = another(world, marking="NEW 1", manufacturer=world.makers["acme"])
    later = another(world, marking="NEW 2")
    assert found(world, "rita", search)["new"] == 1
    with viewing_as(world.viewer("olena")) as olena:  # identified later, and only then a match
        identify(
            component=later, manufacturer=world.makers["acme"], basis="marking-read", confidence="low", actor=olena
        )
    told = found(world, "rita", search)
    assert (told["count"], told["new"]) == (6, 2)
    listed = world.get("rita", told["new_list"])["results"]
    assert {one["reference"] for one in listed} == {mine.reference, later.reference}
    assert "2 of them are new or changed" in page(world, "rita", f"/saved-searches/{search}/")
    assert mine.reference in page(world, "rita", f"/saved-searches/{search}/")
    assert found(world, "taras", search)["seen"] is None  # whose mark is whose
    world.client("rita").post(f"/saved-searches/{search}/look/")
    assert found(world, "rita", search)["new"] == 0


def test_a_deleted_search_is_brought_back(world):
    search, client = world.search.pk, world.client("olena")
    client.post(f"/saved-searches/{search}/delete/")
    assert "Bring back" in page(world, "olena", "/saved-searches/")
    assert str(search) not in page(world, "rita", "/saved-searches/")
    client.post(f"/saved-searches/{search}/restore/")
    assert found(world, "rita", search)["count"] == 4
    world.send("olena", "delete", f"/api/v1/saved-searches/{search}/", {"reason": "old"}, 204)
    world.send("olena", "post", f"/api/v1/saved-searches/{search}/restore/", {}, 204)
    with viewing_as(world.viewer("olena")):
        assert SavedSearch.objects.get(pk=search).voided_at is None


@pytest.mark.parametrize(
    "noun, query, said",
    [("components", "colour=red", "no parameter 'colour'"), ("components", "q=makr:ti", "write maker:"),
     ("secrets", "", "secrets"), ("parts", "manufacturer=nobody-knows", "nobody-knows")],
)  # fmt: skip
def test_a_search_that_its_list_cannot_answer_is_not_saved(world, noun, query, said):
    sent = {"name": "Odd", "noun": noun, "query": query}
    answer = world.client("olena").post("/api/v1/saved-searches/", sent, content_type="application/json")
    assert answer.status_code == 400 and said in answer.json()["detail"]
    assert said in world.client("olena").post("/saved-searches/new/", sent).content.decode().replace("&#x27;", "'")


def test_a_search_that_names_what_a_reader_may_not_see_says_so_and_no_more(world):
    with viewing_as(world.viewer("olena")) as olena:
        from catalogue.actions.organisations import record_organisation
        from catalogue.actions.searches import save_search

        record_organisation(name="Quiet Trading", actor=olena)
        save_search(name="Of a firm", noun="components", query="manufacturer=quiet-trading", actor=olena,
                    handling=Level.GREEN)  # fmt: skip
    assert "that you may see" in page(world, "sam", "/saved-searches/")
    assert "Quiet Trading" not in page(world, "sam", "/saved-searches/")


def test_records_are_gathered_from_a_page_and_from_a_list_each_once(world):
    client = world.client("olena")
    assert "/collections/gather/?part=" in page(world, "olena", f"/parts/{world.part.pk}/")
    client.post(f"/collections/gather/?part={world.part.pk}", {"name": "A batch", "note": "the same"})
    with viewing_as(world.viewer("olena")):
        batch = Collection.objects.get(name="A batch")
    for _ in range(2):
        client.post("/collections/gather/?noun=components&query=kind%3Dpart", {"collection": batch.pk})
    text = page(world, "olena", f"/collections/{batch.pk}/")
    assert text.count("Take out") == 6 and "ACM-3221" in text and "the same" in text
    csv = b"".join(client.get(f"/api/v1/collection-items/?collection={batch.pk}&format=csv").streaming_content)
    assert csv.decode().count("A batch") == 6
    listed = world.get("olena", f"/api/v1/collection-items/?collection={batch.pk}&count=true")
    assert listed["count"] == 6 and {one["kind"] for one in listed["results"]} == {"component", "part"}


@pytest.mark.parametrize("reader, seen", [("olena", 5), ("taras", 4), ("piet", 4), ("sam", 2), ("nobody", 1)])
def test_of_a_shared_collection_everybody_sees_the_records_they_may_see(world, reader, seen):
    whole = world.send("olena", "post", "/api/v1/collections/", {"name": "All", "handling": "CLEAR"}, 201)["id"]
    for component in world.components.values():
        sent = {"collection": whole, "component": component.reference}
        assert world.send("olena", "post", "/api/v1/collection-items/", sent, 201)["component"] == component.reference
        world.send("olena", "post", "/api/v1/collection-items/", sent, 200)
    listed = world.get(reader, f"/api/v1/collection-items/?collection={whole}&count=true")
    assert listed["count"] == len(listed["results"]) == seen
    text = page(world, reader, f"/collections/{whole}/")
    assert len(re.findall(r'<td class="nowrap"><a href="/components/', text)) == seen
    assert f'<td class="num" data-label="Records">{seen}</td>' in page(world, reader, "/collections/")


def test_what_was_taken_out_is_put_in_again(world):
    client, item = world.client("olena"), world.item.pk
    address = f"/collections/{world.collection.pk}/items/{item}/"
    client.post(address)
    text = page(world, "olena", f"/collections/{world.collection.pk}/")
    assert "Taken out" in text and "Nothing that you may see is gathered" in text
    client.post(address, {"back": "1"})
    with viewing_as(world.viewer("olena")):
        assert CollectionItem.objects.get(pk=item).voided_at is None


def test_an_item_names_one_record_and_keeps_it(world):
    both = {"collection": str(world.collection.pk), "part": str(world.part.pk), "organisation": "acme-semiconductor"}
    for sent in (both, {"collection": str(world.collection.pk)}):
        answer = world.client("olena").post("/api/v1/collection-items/", sent, content_type="application/json")
        assert answer.status_code == 400 and "Name one record" in answer.json()["detail"]
    answer = world.client("olena").patch(
        f"/api/v1/collection-items/{world.item.pk}/", {"part": str(world.part.pk)}, content_type="application/json"
    )
    assert answer.status_code == 400 and "stays" in answer.json()["detail"]
    told = world.send("olena", "patch", f"/api/v1/collection-items/{world.item.pk}/", {"note": "Seen again."}, 200)
    assert told["note"] == "Seen again."


def test_nobody_gathers_into_anothers_collection_or_more_than_five_hundred(world):
    shared = world.send("olena", "post", "/api/v1/collections/", {"name": "All", "handling": "CLEAR"}, 201)["id"]
    sent = {"collection": shared, "part": str(world.part.pk)}
    assert (
        world.client("piet").post("/api/v1/collection-items/", sent, content_type="application/json").status_code == 403
    )


# What a role that may not record keeps for itself alone


@pytest.mark.parametrize("reader", ["rita", "ada"])
def test_a_reader_keeps_a_search_and_a_collection_for_itself_alone(world, reader):
    client = world.client(reader)
    listed = page(world, reader, "/components/?kind=part")
    assert "Save this search" in listed and "Gather" in listed
    assert "nobody else sees it" in page(world, reader, "/saved-searches/new/?noun=components&query=kind%3Dpart")
    client.post("/saved-searches/new/", {"name": "My parts", "noun": "components", "query": "kind=part"})
    client.post(f"/collections/gather/?component={world.components['strict'].reference}", {"name": "My pile"})
    for address, name in (("/saved-searches/", "My parts"), ("/collections/", "My pile")):
        for other in ("olena", "taras", "rita", "ada", "piet"):
            assert (name in page(world, other, address)) == (other == reader), (address, other)
    pile = world.get(reader, "/api/v1/collections/?q=My+pile")["results"][0]
    assert pile["handling"] == "RED"
    listed = world.get(reader, f"/api/v1/collection-items/?collection={pile['id']}")["results"]
    assert [one["component"] for one in listed] == [world.components["strict"].reference]
    # It is changed, taken back and put in force again like any other.
    told = world.send(reader, "patch", f"/api/v1/collections/{pile['id']}/", {"name": "My heap"}, 200)
    assert told["name"] == "My heap"
    item = f"/collections/{pile['id']}/items/{listed[0]['id']}/"
    client.post(item)
    assert "Taken out" in page(world, reader, f"/collections/{pile['id']}/")
    client.post(item, {"back": "1"})
    client.post(f"/collections/{pile['id']}/delete/")
    assert "Bring back" in page(world, reader, "/collections/")
    assert "Withdrawn on" in page(world, reader, f"/collections/{pile['id']}/")
    world.send(reader, "post", f"/api/v1/collections/{pile['id']}/restore/", {}, 204)
    assert "My heap" in page(world, reader, "/collections/")


def test_a_reader_neither_shares_what_it_keeps_nor_changes_what_its_agency_keeps(world):
    world.send("rita", "post", "/api/v1/collections/", {"name": "For all", "handling": "AMBER+STRICT"}, 403)
    pile = world.send("rita", "post", "/api/v1/collections/", {"name": "Mine"}, 201)["id"]
    world.send("rita", "patch", f"/api/v1/collections/{pile}/", {"handling": "AMBER"}, 403)
    assert world.client("rita").get(f"/collections/{pile}/handling/").status_code == 403
    shared = world.collection.pk
    for method, address, sent in (
        ("patch", f"/api/v1/collections/{shared}/", {"name": "Taken over"}),
        ("delete", f"/api/v1/collections/{shared}/", {"reason": "old"}),
        ("post", "/api/v1/collection-items/", {"collection": str(shared), "part": str(world.part.pk)}),
        ("patch", f"/api/v1/saved-searches/{world.search.pk}/", {"name": "Taken over"}),
        ("delete", f"/api/v1/collection-items/{world.item.pk}/", {"reason": "old"}),
    ):
        world.send("rita", method, address, sent, 403)
    assert world.client("rita").post(f"/saved-searches/{world.search.pk}/delete/").status_code == 403
    assert world.client("rita").post(f"/collections/{shared}/items/{world.item.pk}/").status_code == 403
    assert "Taken over" not in page(world, "olena", "/collections/") + page(world, "olena", "/saved-searches/")
    assert "Of one batch" not in page(world, "rita", f"/collections/gather/?part={world.part.pk}")
    world.send("rita", "post", "/api/v1/parts/", {"manufacturer": "acme-semiconductor", "number": "X-1"}, 403)


def test_the_database_lets_a_reader_write_only_what_that_reader_alone_sees(world):
    with viewing_as(world.viewer("rita")) as rita:
        strict = audience(level=Level.STRICT, actor=rita)
        mine = audience(level=Level.RED, actor=rita)
        both = audience(level=Level.RED, actor=rita, readers=[world.users["taras"].pk])
        for declared, refused in ((strict, True), (both, True), (mine, False)):
            row = SavedSearch(name="Raw", noun="parts", owner_id=rita.agency, declared_id=declared)
            try:
                with transaction.atomic():
                    row.save(force_insert=True)
            except ProgrammingError as error:
                assert refused and error.__cause__.sqlstate == "42501"
            else:
                assert not refused
        assert SavedSearch.objects.filter(name="Of Acme").update(name="Raw") == 0
        with pytest.raises(ProgrammingError), transaction.atomic():
            SavedSearch.objects.filter(name="Raw").update(declared_id=strict)


def test_history_tells_what_became_of_a_search_and_of_a_collection(world):
    client = world.client("olena")
    client.post(f"/saved-searches/{world.search.pk}/delete/")
    client.post(f"/saved-searches/{world.search.pk}/restore/")
    client.post(f"/collections/{world.collection.pk}/items/{world.item.pk}/")
    text = page(world, "olena", f"/saved-searches/{world.search.pk}/history/")
    assert "Deleted on its page." in text and "Brought back." in text
    text = page(world, "olena", f"/collections/{world.collection.pk}/history/")
    assert "Record in a collection" in text and "Taken out of the collection." in text
    assert f'href="/collections/{world.collection.pk}/history/"' in page(
        world, "olena", f"/collections/{world.collection.pk}/"
    )


def test_a_collection_is_cited_with_its_address_and_the_day_and_only_with_what_the_reader_sees(world):
    whole = world.send("olena", "post", "/api/v1/collections/", {"name": "All 5% & {more}", "handling": "CLEAR"}, 201)
    for component in world.components.values():
        sent = {"collection": whole["id"], "component": component.reference, "note": "one of them"}
        world.send("olena", "post", "/api/v1/collection-items/", sent, 201)
    address, day = f"/collections/{whole['id']}/", timezone.now().date().isoformat()
    for reader, seen in (("olena", 5), ("sam", 2), ("nobody", 1)):
        text = page(world, reader, address)
        assert f"Collection of {seen} record" in text
        assert f"@misc{{collection-{whole['id'][-8:]}," in text
        assert f"url = {{http://testserver{address}}}" in text and f"as seen on {day}; {seen} record" in text
        assert "title = {All 5\\% \\& more}" in text
        for form in ("csv", "ndjson"):
            got = world.client(reader).get(f"/api/v1/collection-items/?collection={whole['id']}&format={form}")
            rows = b"".join(got.streaming_content).decode().strip().splitlines()
            rows = [row for row in rows if "one of them" in row]
            assert len(rows) == seen, (reader, form)
            assert f"format={form}" in text
