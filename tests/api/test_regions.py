"""Regions over REST: drawn inside the photograph, linked, moved, and once however often they are sent."""

import io
import math

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from uuid_utils.compat import uuid7

from catalogue.models import PhotoRegion
from catalogue.security.viewing import viewing_as

SQUARE = [[10, 10], [110, 60]]


def photograph(world, reader="olena", size=(640, 480), **fields):
    """The id of a photograph of these pixels."""
    out = io.BytesIO()
    Image.new("RGB", size, "green").save(out, "PNG")
    fields = fields or {"specimen": "KND-2026-AMBER", "handling": "AMBER", "released_to": ["partner"]}
    sent = {"file": SimpleUploadedFile("board.png", out.getvalue()), **fields}
    answer = world.client(reader).post("/api/v1/photos/", sent)
    assert answer.status_code in (200, 201), answer.content
    return answer.json()["id"]


def draw(world, photo, reader="olena", status=201, **region):
    body = {"photo": photo, "points": SQUARE} | region
    return world.send(reader, "post", "/api/v1/regions/", body, status)


def test_a_region_links_a_component_and_is_found_by_both(world):
    photo, component = photograph(world), world.components["amber"].reference
    made = draw(world, photo, component=component, turn=90, note="U7")
    assert (made["photo"], made["component"], made["specimen"]) == (
        photo, {"reference": component}, {"reference": "KND-2026-AMBER"},
    )  # fmt: skip
    assert (made["shape"], made["purpose"], made["points"], made["turn"]) == ("rectangle", "shows", SQUARE, 90)
    for query in (f"photo={photo}", f"component={component}", "specimen=KND-2026-AMBER", "purpose=shows"):
        assert [one["id"] for one in world.get("taras", f"/api/v1/regions/?{query}")["results"]] == [made["id"]]
    assert world.get("taras", "/api/v1/regions/?purpose=mask")["results"] == []


def test_whoever_sees_photograph_and_component_sees_the_region(world):
    photo = photograph(world)
    open_one = draw(world, photo, component=world.components["amber"].reference)
    hidden = draw(world, photo, handling="AMBER+STRICT", note="a word about it")
    assert [one["id"] for one in world.get("piet", f"/api/v1/regions/?photo={photo}")["results"]] == [open_one["id"]]
    world.get("piet", hidden["url"], status=404)
    assert "word" not in str(world.get("piet", f"/api/v1/photos/{photo}/annotations/"))
    for reader in ("sam", "nobody"):
        world.get(reader, open_one["url"], status=404)
        world.get(reader, f"/api/v1/photos/{photo}/annotations/", status=404)


def test_a_mask_stays_with_the_agency(world):
    made = draw(world, photograph(world), purpose="mask", note="a face")
    assert made["handling"] == "AMBER+STRICT"
    world.get("piet", made["url"], status=404)


def test_the_same_region_sent_again_is_one_region(world):
    photo, own = photograph(world), str(uuid7())
    first = draw(world, photo, id=own)
    again = draw(world, photo, id=own, status=200)
    assert first["id"] == own and again["version"] == 1
    assert len(world.get("olena", "/api/v1/regions/")["results"]) == 1
    assert "another region" in draw(world, photo, id=own, points=[[1, 1], [9, 9]], status=400)["detail"]
    assert "another region" in draw(world, photograph(world, size=(99, 99)), id=own, points=[[10, 10], [90, 90]],
                                    status=400)["detail"]  # fmt: skip


def test_an_id_is_a_uuid_of_version_seven(world):
    photo = photograph(world)
    for wrong in ("mine", "7c9e6679-7425-40de-944b-e07fc1f90ae7", 7):
        assert "id" in draw(world, photo, id=wrong, status=400)["errors"]


POLYGON = {"shape": "polygon", "points": [[1, 1], [50, 1], [20, 40]]}
SCALE = {"shape": "line", "purpose": "scale", "points": [[10, 10], [40, 50]], "length_mm": 10}


@pytest.mark.parametrize(
    "wrong, field, said",
    [
        ({"points": []}, "points", "2 to 200 points"),
        ({"points": [[1, 1]]}, "points", "2 to 200 points"),
        ({"points": "1,1 2,2"}, "points", "2 to 200 points"),
        ({"points": {"x": 1}}, "points", "2 to 200 points"),
        ({"points": [[1, 1]] * 201}, "points", "2 to 200 points"),
        ({"points": [[1, 1], [2]]}, "points", "two numbers"),
        ({"points": [[1, 1], ["два", 2]]}, "points", "two numbers"),
        ({"points": [[1, 1], [True, 2]]}, "points", "two numbers"),
        ({"points": [[1, 1], [None, 2]]}, "points", "two numbers"),
        ({"points": [[1, 1], [641, 2]]}, "points", "[641, 2] lies outside the photograph, which has 640 × 480"),
        ({"points": [[1, -0.5], [5, 2]]}, "points", "lies outside"),
        ({"points": [[1, 1], [1e300, 9]]}, "points", "lies outside"),
        ({"points": [[1, 1], [1, 90]]}, "points", "smaller than a pixel"),
        ({"points": [[1, 1], [9, 9], [20, 20]]}, "points", "A rectangle has two points"),
        ({"shape": "polygon"}, "points", "3 points or more"),
        ({"shape": "circle"}, "shape", "circle"),
        ({"purpose": "art"}, "purpose", "art"),
        ({"turn": 45}, "turn", "0, 90, 180 or 270"),
        ({"shape": "line", "length_mm": 5}, "shape", "choose the other shape"),
        ({"purpose": "scale", "length_mm": 5}, "shape", "choose the other shape"),
        (SCALE | {"length_mm": None}, "length_mm", "how long the line is"),
        (SCALE | {"length_mm": -1}, "length_mm", "how long the line is"),
        (SCALE | {"length_mm": 1e9}, "length_mm", "how long the line is"),
        ({"length_mm": 5}, "length_mm", "Only a line"),
        ({"note": "х" * 20_001}, "note", "20,001 characters"),
        ({"colour": "red"}, "colour", "no field 'colour'"),
    ],
)
def test_what_is_no_region_is_refused_in_one_sentence(world, wrong, field, said):
    answer = draw(world, photograph(world), status=400, **wrong)
    assert list(answer["errors"]) == [field] and said in answer["detail"], answer


def test_a_number_that_is_none_is_refused(world):
    photo = photograph(world)
    for wrong in ("NaN", "Infinity"):
        body = f'{{"photo": "{photo}", "points": [[1, 1], [{wrong}, 9]]}}'
        answer = world.client("olena").post("/api/v1/regions/", body, content_type="application/json")
        assert answer.status_code == 400, answer.content


def test_polygons_and_lines_are_kept_as_drawn(world):
    photo = photograph(world)
    assert draw(world, photo, **POLYGON)["points"] == POLYGON["points"]
    assert draw(world, photo, **SCALE)["length_mm"] == 10
    assert draw(world, photo, points=[[1.2345, 1], [9, 9.99]])["points"] == [[1.2, 1], [9, 10]]


def test_a_component_of_another_specimen_is_not_on_this_photograph(world):
    photo = photograph(world)
    answer = draw(world, photo, component=world.components["clear"].reference, status=400)
    assert "another specimen" in answer["errors"]["component"][0]
    masked = draw(world, photo, purpose="mask", component=world.components["amber"].reference, status=400)
    assert "shows no component" in masked["detail"]


def test_only_the_agency_of_the_photograph_draws_on_it(world):
    photo = photograph(world)
    assert "agency that owns the photograph" in draw(world, photo, "piet", status=403)["detail"]
    assert "that you may see" in draw(world, photo, "sam", status=400)["detail"]
    draw(world, photo, "rita", status=403)
    draw(world, photo, "nobody", status=401)
    draw(world, photo, "taras")


def test_a_region_is_moved_and_a_stale_version_is_a_conflict(world):
    made = draw(world, photograph(world))
    moved = world.send("taras", "patch", made["url"], {"points": [[20, 20], [90, 90]], "version": 1}, 200)
    assert (moved["points"], moved["version"]) == ([[20, 20], [90, 90]], 2)
    stale = world.send("olena", "patch", made["url"], {"note": "late", "version": 1}, 409)
    assert stale["current"]["version"] == 2
    world.send("piet", "patch", made["url"], {"note": "mine"}, 403)
    world.send("sam", "patch", made["url"], {"note": "mine"}, 404)
    other = photograph(world, size=(30, 30))
    assert "stays on its photograph" in world.send("olena", "patch", made["url"], {"photo": other}, 400)["detail"]
    outside = world.send("olena", "patch", made["url"], {"points": [[20, 20], [900, 90]]}, 400)
    assert "outside" in outside["errors"]["points"][0]


def test_what_reading_gives_can_be_sent_back(world):
    made = draw(world, photograph(world), component=world.components["amber"].reference)
    changed = world.send("olena", "patch", made["url"], made | {"note": "Нове"}, 200)
    assert (changed["note"], changed["points"], changed["version"]) == ("Нове", SQUARE, 2)


def test_a_region_is_voided_with_a_reason(world):
    made = draw(world, photograph(world))
    world.send("olena", "delete", made["url"], {}, 400)
    world.send("olena", "delete", made["url"], {"reason": "Drawn twice."}, 204)
    assert world.get("olena", "/api/v1/regions/")["results"] == []
    assert world.get("olena", made["url"])["voided"]["reason"] == "Drawn twice."


def test_a_thousand_regions_are_enough(world, monkeypatch):
    from catalogue.actions import regions

    monkeypatch.setattr(regions, "MOST_REGIONS", 2)
    photo = photograph(world)
    draw(world, photo), draw(world, photo)
    assert "void some" in draw(world, photo, status=400)["detail"]


def test_regions_are_given_as_web_annotations(world):
    photo, component = photograph(world), world.components["amber"].reference
    draw(world, photo, component=component, points=[[110, 60], [10, 10]], note="<U7> & co")
    draw(world, photo, **POLYGON)
    draw(world, photo, **SCALE)
    answer = world.client("piet").get(f"/api/v1/photos/{photo}/annotations/")
    assert answer["Content-Type"].startswith("application/ld+json")
    told = answer.json()
    assert (told["@context"], told["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
    one, two, three = told["items"]
    assert one["target"]["selector"]["value"] == "xywh=pixel:10,10,100,50"
    assert {"type": "TextualBody", "purpose": "commenting", "value": "<U7> & co"} in one["body"]
    assert any(str(body.get("source")).endswith(f"/api/v1/components/{component}/") for body in one["body"])
    assert two["target"]["selector"]["type"] == "SvgSelector"
    assert '<polygon points="1,1 50,1 20,40"/>' in two["target"]["selector"]["value"]
    assert "polyline" in three["target"]["selector"]["value"]
    assert one["target"]["source"]["width"] == 640


def test_a_line_of_known_length_gives_the_scale(world):
    from catalogue.queries.regions import pixels_per_mm, regions_of

    photo = photograph(world)
    draw(world, photo, **SCALE)
    with viewing_as(world.viewer("olena")):
        region = PhotoRegion.objects.get()
        assert math.isclose(pixels_per_mm(regions_of(region.photo)), 5)
