"""Every door and who may pass: URL × reader → status; and nothing above a reader's audience behind any of them.

A new URL needs a row in DOORS. Rows are read with GET; WRITES adds what is sent.
"""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models
from django.urls import get_resolver
from PIL import Image

from catalogue.actions.renditions import make_tiles
from catalogue.models import Apart, CollectionItem, Photo, PhotoRegion, RouteLeg, RouteStep
from catalogue.security.viewing import NOBODY, viewing_as

from .doors import INTERFACE, NOUNS, READERS, WRITES
from .page_doors import PAGES, READ, WRITTEN
from .security.rows import HANDLED, make

DOORS = INTERFACE | PAGES
OF_PHOTOGRAPHS = re.compile("(photos|regions|files)/<")


def routes(patterns, before=""):
    """Every route of the resolver, as it is written there."""
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern.url_patterns, before + str(pattern.pattern))
        else:
            yield before + str(pattern.pattern)


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def with_photo(world):
    """The AMBER component with a photograph and its tiles and a region on it, seen by those who see the component."""
    out = io.BytesIO()
    Image.new("RGB", (1_700, 24), "green").save(out, "PNG")
    sent = {"file": SimpleUploadedFile("chip.png", out.getvalue()), "handling": "AMBER", "released_to": ["partner"]}
    sent["component"] = world.components["amber"].reference
    answer = world.client("olena").post("/api/v1/photos/", sent)
    assert answer.status_code == 201, answer.content
    world.photo = answer.json()["id"]
    region = {"photo": world.photo, "points": [[2, 2], [20, 20]], "component": world.components["amber"].reference}
    world.region = world.send("olena", "post", "/api/v1/regions/", region, 201)["id"]
    with viewing_as(world.viewer("olena")):
        make_tiles(Photo.objects.get(pk=world.photo), actor=world.viewer("olena"))
    sent |= {"file": SimpleUploadedFile("report.pdf", b"%PDF-1.7"), "kind": "laboratory-report"}
    answer = world.client("olena").post("/api/v1/files/", sent)
    assert answer.status_code == 201, answer.content
    world.file = answer.json()["id"]
    return world


def test_every_url_has_a_row_here():
    known = set(routes(get_resolver().url_patterns))
    assert known - DOORS.keys() == set(), "write these URLs into DOORS, with who may see them"
    assert DOORS.keys() - known == set(), "these rows stand for no URL"


@pytest.mark.parametrize("route", [r for r in DOORS if not OF_PHOTOGRAPHS.search(r)])
def test_a_door_opens_for_those_it_should(world, route):
    pass_through(world, DOORS[route])


@pytest.mark.parametrize("route", [r for r in DOORS if OF_PHOTOGRAPHS.search(r)])
def test_a_photograph_is_shown_to_those_it_should(world, route):
    pass_through(with_photo(world), DOORS[route])


def pass_through(world, rows):
    found, wanted = {}, {}
    for address, who in rows:
        address = address.format(**vars(world)) if "{" in address else address
        for reader, status in who.items():
            response = world.client(reader).get(address)
            body(response)
            found[address, reader], wanted[address, reader] = response.status_code, status
    assert found == wanted


@pytest.mark.parametrize("method, address, who", WRITES, ids=[f"{m} {a}" for m, a, _ in WRITES])
def test_only_those_who_may_write_pass(world, method, address, who):
    address = address.format(**vars(world))
    found = {
        reader: getattr(world.client(reader), method)(address, {}, content_type="application/json").status_code
        for reader in READERS
    }
    assert found == dict(who.items())


@pytest.mark.parametrize("reader", ["piet", "sam"])
def test_another_agencys_record_is_neither_voided_nor_changed(world, reader):
    address = f"/api/v1/components/{world.components['clear'].reference}/"
    for method, sent in (("delete", {"reason": "mine"}), ("patch", {"note": "mine"})):
        world.send(reader, method, address, sent, 403)
    found = world.get("olena", address)
    assert (found["voided"], found["note"], found["version"]) == (None, "", 2)


# Nothing above a reader's audience: every hidden text holds a word that must not be heard


CIRCLES = {
    "qzclear": (0, None, None),
    "qzamber": (2, ("laboratory", "partner"), None),
    "qzstrict": (3, ("laboratory",), None),
    "qzred": (4, None, ("olena", "piet")),
}
HEARD = {
    "olena": set(CIRCLES), "taras": {"qzclear", "qzamber", "qzstrict"}, "rita": {"qzclear", "qzamber", "qzstrict"},
    "ada": {"qzclear", "qzamber", "qzstrict"}, "piet": {"qzclear", "qzamber", "qzred"}, "sam": {"qzclear"},
    "nobody": {"qzclear"},
}  # fmt: skip
EXACT = {"zone", "cas", "imo", "mmsi", "sha256", "row_sha256", "extension", "media_type", "marking_state", "noun"}


def spoken(model, word):
    """Every free text of `model` that can hold `word`."""
    found = {"marking_state": "read"} if model.__name__ == "Component" else {}
    for field in model._meta.local_fields:
        free = isinstance(field, (models.TextField, models.CharField)) and not field.choices and not field.generated
        if free and field.name not in EXACT and (field.max_length or 99) > 20:
            found[field.name] = f"{word}-{field.name}"
        if isinstance(field, models.JSONField):
            found[field.name] = {"word": word}
    return found


@pytest.fixture
def secrets(world):
    """A row of every table in each circle: hung on the clear records of the world where they fit."""
    beneath = {
        "organisation": world.makers["acme"], "manufacturer": world.makers["acme"], "system": world.system,
        "specimen": world.specimens["clear"], "component": world.components["clear"], "part": world.part,
        "route": world.routes["sea"], "leg": world.legs["sold"], "source": world.source,
        "subject": world.makers["acme"],
        "sender": world.makers["acme"], "record": None,
    }  # fmt: skip
    cited = {
        "SpecimenCitation": world.specimens["clear"], "ComponentCitation": world.components["clear"],
        "PartCitation": world.part, "OrganisationCitation": world.makers["acme"], "SystemCitation": world.system,
        "RouteCitation": world.routes["sea"], "LegCitation": world.legs["sold"], "ListingCitation": world.listing,
    }  # fmt: skip
    world.hidden = {}
    with viewing_as(world.viewer("olena")):
        for word, (level, agencies, people) in CIRCLES.items():
            declared = circle(world, level, agencies, people)
            for model in HANDLED:
                ends = {
                    name: record
                    for name, record in (beneath | {"record": cited.get(model.__name__)}).items()
                    if record is not None and fits(model, name, record)
                }
                if model.__name__ in ("RouteEvidence", "ComponentIdentifier"):
                    ends.pop("component")  # a part is named already; of a single piece only
                if model is Apart:
                    ends.pop("part")  # two organisations
                if model is CollectionItem:
                    ends = {"component": ends["component"]}  # one record each
                if model is RouteStep:
                    ends["leg"] = world.hidden[word, RouteLeg]
                owner = world.agencies["laboratory"]
                world.hidden[word, model] = make(model, owner=owner, declared=declared, **spoken(model, word), **ends)
    return world


def fits(model, name, record):
    names = {field.name: field.related_model for field in model._meta.local_fields if field.related_model}
    return names.get(name) is type(record)


def circle(world, level, agencies, people):
    of = sorted(world.agencies[a].pk for a in agencies) if agencies else None
    named = sorted(world.users[p].pk for p in people) if people else None
    with connection.cursor() as cursor:
        cursor.execute("SELECT catalogue_audience(%s, %s::int[], %s::int[])", [level, of, named])
        return cursor.fetchone()[0]


def addresses(world):
    """Every list in every form, and every record under every name it goes by that holds no marker word."""
    yield from ("/", "/sign-in/", "/api/v1/schema/", "/api/v1/vocabularies/")
    for noun in NOUNS:
        yield from (f"/api/v1/{noun}/?page_size=1000{more}" for more in ("&count=true", "&q=qz" if has_q(noun) else ""))
        yield from (f"/api/v1/{noun}/?format={form}" for form in ("csv", "ndjson", "json"))
    yield from (
        "/search/?q=qz",
        "/search/suggest/?q=qz",
        *(f"/{page}" for page in ("search/?q=maker:qz", "components/?q=qz", "saved-searches/", "collections/")),
        *(f"/api/v1/{asked}" for asked in ("search/?q=qz", "search/?q=name:qz+qz", "components/facets/")),
        *(f"/api/v1/components/facets/?{narrow}" for narrow in ("system=kite", "kind=part", "q=qz")),
        *(f"/choose/{noun}/?q=qz" for noun in WRITTEN if has_q(noun) or noun == "legs"),
    )
    yield from (f"/{noun}/" for noun in READ)
    for (_, model), record in world.hidden.items():
        if noun := NOUN_OF.get(model.__name__):
            yield f"/api/v1/{noun}/{record.pk}/"
            if noun in READ:
                yield from (f"/{noun}/{record.pk}/{page}" for page in ("", "history/", "edit/"))
        if isinstance(record, Photo | PhotoRegion):
            yield f"/photos/{getattr(record, 'photo_id', record.pk)}/"
    for noun, names in NOUNS.items():
        if noun not in ("photos", "files", "regions"):
            yield from (f"/api/v1/{noun}/{name.format(**vars(world))}/" for name, _ in names)
        if noun in READ:
            yield from (
                f"/{noun}/{name.format(**vars(world))}/{page}" for name, _ in names for page in ("", "history/")
            )


NOUN_OF = {
    "SavedSearch": "saved-searches", "Collection": "collections", "CollectionItem": "collection-items",
    "WeaponSystem": "systems", "Specimen": "specimens", "Component": "components", "Part": "parts",
    "Organisation": "organisations", "SupplyRoute": "routes", "RouteLeg": "legs", "Source": "sources",
    "Listing": "listings", "PublishedRecord": "published-records", "Photo": "photos", "EvidenceFile": "files",
    "CustodyEvent": "custody", "PhotoRegion": "regions", "Examination": "examinations", "Absence": "absences",
    "CitedFigure": "figures",
}  # fmt: skip


def has_q(noun):
    return noun not in ("legs", "listings", "photos", "files", "custody", "regions", "examinations", "absences",
                        "collection-items")  # fmt: skip


@pytest.mark.parametrize("reader", READERS)
def test_no_answer_holds_a_word_of_a_record_the_reader_may_not_see(secrets, reader):
    client, heard = secrets.client(reader), {}
    for address in addresses(secrets):
        response = client.get(address)
        assert response.status_code < 500, (address, body(response))
        text = body(response).decode().lower() + str(response.headers).lower()
        for word in CIRCLES:
            if word in text:
                heard.setdefault(word, address)
    assert {word: address for word, address in heard.items() if word not in HEARD[reader]} == {}
    assert heard.keys() == HEARD[reader], "a word that the reader should hear is missing: the test hears nothing"


@pytest.mark.parametrize("reader", ["taras", "sam", "nobody"])
def test_a_hidden_name_is_answered_like_a_name_that_does_not_exist(secrets, reader):
    """In addresses, in filters and in what is sent."""
    client = secrets.client(reader)
    pairs = [
        ("specimens", "specimen", "qzred-reference", "components"),
        ("components", "component", "qzred-reference", "photos"),
        ("organisations", "manufacturer", "qzred-slug", "components"),
        ("systems", "system", "qzred-slug", "specimens"),
        ("routes", "route", "qzred-slug", "parts"),
        ("sources", "source", "qzred-slug", "published-records"),
    ]
    for noun, parameter, name, others in pairs:
        for ask in (
            lambda n, noun=noun: client.get(f"/api/v1/{noun}/{n}/"),
            lambda n, others=others, parameter=parameter: client.get(f"/api/v1/{others}/?{parameter}={n}"),
            lambda n, others=others, parameter=parameter: client.post(
                f"/api/v1/{others}/", {parameter: n}, content_type="application/json"
            ),
            lambda n, noun=noun: client.patch(f"/api/v1/{noun}/{n}/", {"note": "x"}, content_type="application/json"),
            lambda n, noun=noun: client.delete(f"/api/v1/{noun}/{n}/"),
        ):
            hidden, absent = ask(name), ask("nothing-" + name[6:])
            assert hidden.status_code == absent.status_code
            assert body(hidden).decode().replace(name, "…") == body(absent).decode().replace("nothing-" + name[6:], "…")


def test_a_hidden_name_of_another_agency_can_be_taken(secrets):
    """`qzstrict-slug` is a firm of the laboratory that Piet may not see."""
    made = secrets.send("piet", "post", "/api/v1/organisations/", {"name": "Mine", "slug": "qzstrict-slug"}, 201)
    assert made["slug"] == "qzstrict-slug"


def test_counts_are_those_of_what_is_listed(secrets):
    for noun in NOUNS:
        for reader in ("olena", "piet", "nobody"):
            answer = secrets.get(reader, f"/api/v1/{noun}/?count=true&page_size=1000")
            assert answer["count"] == len(answer["results"]) > 0 or noun in ("photos", "files")


def test_a_photograph_that_is_hidden_is_not_told_by_its_digest(secrets):
    hidden = secrets.hidden["qzstrict", Photo]
    for reader, seen in (("rita", 1), ("piet", 0), ("nobody", 0)):
        assert secrets.get(reader, f"/api/v1/photos/?sha256={hidden.sha256}&count=true")["count"] == seen


def test_nobody_hears_the_words_outside_a_request(secrets):
    with viewing_as(NOBODY):
        seen = {word for (word, model), record in secrets.hidden.items() if model.objects.filter(pk=record.pk).exists()}
    assert seen == {"qzclear"}
