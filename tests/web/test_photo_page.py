"""The page of a photograph: looked at closely by whoever may, and masked for every other agency."""

import io
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from catalogue import tasks
from catalogue.actions import renditions
from catalogue.actions.erase import ask_to_erase, erase
from catalogue.imaging import ExaminerFailed
from catalogue.models import Photo, Role, User
from catalogue.security.viewing import viewing_as
from tests.conftest import become

WHITE, RED = (255, 255, 255), (220, 30, 30)
FACE = [[100, 100], [500, 400]]  # where the red is


def board(size=(2_000, 1_200)):
    """A white board with something red on it, with EXIF."""
    image = Image.new("RGB", size, WHITE)
    image.paste(RED, (*FACE[0], *FACE[1]))
    exif = Image.Exif()
    exif[271] = "Kamera"
    out = io.BytesIO()
    image.save(out, "JPEG", quality=95, exif=exif.tobytes())
    return out.getvalue()


def photograph(world, specimen="KND-2026-AMBER", size=(2_000, 1_200), **fields):
    fields = fields or {"handling": "AMBER", "released_to": ["partner"]}
    sent = {"file": SimpleUploadedFile("board.jpg", board(size)), "specimen": specimen, **fields}
    answer = world.client("olena").post("/api/v1/photos/", sent)
    assert answer.status_code in (200, 201), answer.content
    return answer.json()["id"]


def draw(world, photo, **region):
    body = {"photo": photo, "points": FACE} | region
    return world.send("olena", "post", "/api/v1/regions/", body, 201)


def mask(world, photo):
    return draw(world, photo, purpose="mask")


def make_tiles(world, photo, reader="olena"):
    """What the worker does."""
    with viewing_as(world.viewer(reader)):
        renditions.make_tiles(Photo.objects.get(pk=photo), actor=world.viewer(reader))


def fetch(world, reader, address, status=200):
    answer = world.client(reader).get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def colour(data, at):
    """The colour at this place, given in parts of the picture."""
    image = Image.open(io.BytesIO(data)).convert("RGB")
    return image.getpixel((int(image.width * at[0]), int(image.height * at[1])))


def near(one, other):
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) < 40


def addresses(photo, region=None):
    """{address: where in it the red is}."""
    found = {
        f"/api/v1/photos/{photo}/view/": (0.15, 0.2),
        f"/api/v1/photos/{photo}/thumbnail/": (0.15, 0.2),
        f"/photos/{photo}/tiles/0/0_0.jpg": (0.15, 0.2),
        f"/photos/{photo}/tiles/2/0_0.jpg": (0.5, 0.5),
    }
    return found | ({f"/photos/{photo}/regions/{region}.jpg": (0.5, 0.5)} if region else {})


def shown(world, reader, photo, more=""):
    """What the page hands to the viewer."""
    page = fetch(world, reader, f"/photos/{photo}/{more}").decode()
    return page, json.loads(re.search(r'id="photograph-data"[^>]*>(.*?)</script>', page, re.S)[1])


# The page


def test_the_page_says_what_the_photograph_is_and_what_is_on_it(world):
    photo, component = photograph(world, caption="Плата"), world.components["amber"]
    draw(world, photo, component=component.reference, note="the <b>chip</b>")
    draw(world, photo, shape="line", purpose="scale", points=[[0, 0], [300, 400]], length_mm=50)
    page, data = shown(world, "olena", photo)
    for text in ("Плата", "KND-2026-AMBER", component.reference, "board.jpg", "2,000 × 1,200", "the &lt;b&gt;chip",
                 "10.0 pixels to a millimetre"):  # fmt: skip
        assert text in page, text
    with viewing_as(world.viewer("olena")):
        assert Photo.objects.get().sha256 in page
    assert [region["named"] for region in data["regions"]] == [component.reference, ""]
    assert data["pixelsPerMm"] == 10 and data["tiles"] is None


def test_tiles_are_in_the_page_as_soon_as_they_are_made(world):
    photo = photograph(world)
    fetch(world, "olena", f"/photos/{photo}/tiles/0/0_0.jpg", 503)
    make_tiles(world, photo)
    _page, data = shown(world, "olena", photo)
    assert data["tiles"] == {"url": f"/photos/{photo}/tiles/{{level}}/{{x}}_{{y}}.jpg", "size": 512, "levels": 3}
    assert Image.open(io.BytesIO(fetch(world, "olena", f"/photos/{photo}/tiles/2/3_2.jpg"))).size == (464, 176)
    for beside in ("2/4_0", "3/0_0", "99999999999/0_0"):
        fetch(world, "olena", f"/photos/{photo}/tiles/{beside}.jpg", 404)


def test_the_job_makes_them_for_whoever_asked_and_for_nobody_else(world):
    photo = photograph(world)
    sam, olena = world.viewer("sam"), world.viewer("olena")
    tasks.make_tiles(photo=photo, user=sam.user, ceiling=sam.ceiling)
    tasks.make_tiles(photo=photo, user=None, ceiling=0)
    fetch(world, "olena", f"/photos/{photo}/tiles/0/0_0.jpg", 503)
    tasks.make_tiles(photo=photo, user=olena.user, ceiling=olena.ceiling)
    fetch(world, "olena", f"/photos/{photo}/tiles/0/0_0.jpg")


def test_a_page_that_turns_photographs_is_told_of_each_what_its_own_page_is_told(world):
    photo, component = photograph(world), world.components["amber"]
    draw(world, photo, component=component.reference)
    hidden = draw(world, photo, handling="AMBER+STRICT")["id"]
    for reader in ("olena", "piet"):
        answer = world.client(reader).get(f"/photos/{photo}/viewer/")
        assert answer["Cache-Control"] == "private, no-store"
        assert answer.json() == shown(world, reader, photo)[1]
    assert hidden not in answer.content.decode()


def test_a_small_photograph_needs_no_tiles(world):
    photo = photograph(world, size=(900, 700))
    assert shown(world, "olena", photo)[1]["tiles"] is None
    fetch(world, "olena", f"/photos/{photo}/tiles/0/0_0.jpg", 404)


@pytest.mark.parametrize("reader", ["sam", "nobody"])
def test_whoever_may_not_see_the_photograph_finds_nothing_of_it(world, reader):
    photo = photograph(world)
    region = draw(world, photo)["id"]
    make_tiles(world, photo)
    for address in (f"/photos/{photo}/", *addresses(photo, region)):
        fetch(world, reader, address, 404)


def test_a_region_one_may_not_see_has_no_crop_and_no_place_in_the_page(world):
    photo = photograph(world)
    hidden = draw(world, photo, handling="AMBER+STRICT", note="qzword")["id"]
    page, data = shown(world, "piet", photo)
    assert data["regions"] == [] and "qzword" not in page and hidden not in page
    fetch(world, "piet", f"/photos/{photo}/regions/{hidden}.jpg", 404)
    fetch(world, "piet", f"/photos/{photo}/regions/{photo}.jpg", 404)


def test_photographs_of_a_specimen_lead_to_each_other(world):
    one, two = photograph(world), photograph(world, size=(800, 600))
    assert shown(world, "olena", one)[1]["next"] == f"/photos/{two}/"
    assert shown(world, "olena", two)[1]["previous"] == f"/photos/{one}/"
    strict = photograph(world, size=(810, 600), handling="AMBER+STRICT")
    assert shown(world, "olena", two)[1]["next"] == f"/photos/{strict}/"
    assert shown(world, "piet", two)[1]["next"] is None


def test_tiles_and_crops_are_answered_from_the_browsers_own_copy_while_they_are_the_same(world):
    photo = photograph(world)
    region = draw(world, photo)["id"]
    make_tiles(world, photo)
    for address in addresses(photo, region):
        if "/api/" in address:
            continue
        first = world.client("olena").get(address)
        assert first["Cache-Control"] == "private, no-cache"
        again = world.client("olena").get(address, headers={"If-None-Match": first["ETag"]})
        assert again.status_code == 304, address


# Masks


def test_what_is_masked_is_black_for_another_agency_under_every_address(world):
    photo = photograph(world)
    region = draw(world, photo)["id"]
    before = {address: world.client("piet").get(address).headers.get("ETag") for address in addresses(photo, region)}
    mask(world, photo)
    make_tiles(world, photo)
    for address, at in addresses(photo, region).items():
        assert near(colour(fetch(world, "piet", address), at), (0, 0, 0)), address
        assert near(colour(fetch(world, "taras", address), at), RED), address
        assert near(colour(fetch(world, "olena", f"{address}?released=true"), at), (0, 0, 0)), address
        assert near(colour(fetch(world, "piet", f"{address}?released=false&size=900"), at), (0, 0, 0)), address
        marks = [world.client(reader).get(address)["ETag"] for reader in ("piet", "taras")]
        assert len({*marks, before[address]} - {None}) >= 2 and marks[0] not in (marks[1], before[address])
        mark = {"If-None-Match": marks[1]}
        assert world.client("piet").get(address, headers=mark).status_code == 200, (
            "the unmasked one's name opens nothing"
        )


def test_a_mask_binds_at_once_before_anything_is_made_anew(world):
    photo = photograph(world)
    make_tiles(world, photo)
    make_tiles(world, photo, "piet")
    assert near(colour(fetch(world, "piet", f"/photos/{photo}/tiles/0/0_0.jpg"), (0.15, 0.2)), RED)
    mask(world, photo)
    fetch(world, "piet", f"/photos/{photo}/tiles/0/0_0.jpg", 503)
    assert shown(world, "piet", photo)[1]["tiles"] is None
    assert near(colour(fetch(world, "piet", f"/api/v1/photos/{photo}/view/"), (0.15, 0.2)), (0, 0, 0))


def test_while_nothing_can_be_masked_others_are_given_nothing(world, monkeypatch):
    photo = photograph(world)
    region = draw(world, photo)["id"]
    mask(world, photo)

    def fails(*_args, **_what):
        raise ExaminerFailed("no memory")

    monkeypatch.setattr(renditions, "derive", fails)
    for address in addresses(photo, region):
        fetch(world, "piet", address, 503)


def test_a_mask_that_is_moved_or_voided_is_followed(world):
    photo = photograph(world)
    made = mask(world, photo)
    view = f"/api/v1/photos/{photo}/view/"
    world.send("olena", "patch", made["url"], {"points": [[1_200, 700], [1_900, 1_100]]}, 200)
    assert near(colour(fetch(world, "piet", view), (0.15, 0.2)), RED)
    assert near(colour(fetch(world, "piet", view), (0.8, 0.75)), (0, 0, 0))
    world.send("olena", "patch", made["url"], {"purpose": "shows"}, 200)
    assert near(colour(fetch(world, "piet", view), (0.8, 0.75)), WHITE)
    world.send("olena", "patch", made["url"], {"purpose": "mask"}, 200)
    world.send("olena", "delete", made["url"], {"reason": "No face."}, 204)
    assert near(colour(fetch(world, "piet", view), (0.8, 0.75)), WHITE)


def test_nothing_made_under_earlier_masks_stays_on_the_shelf(world, django_capture_on_commit_callbacks):
    photo = photograph(world)
    region = draw(world, photo, points=[[600, 600], [900, 900]])["id"]

    def masked_files():
        """What other agencies were shown so far, and how its files are called."""
        make_tiles(world, photo, "piet")
        for address in addresses(photo, region):
            fetch(world, "piet", address)
        return {path.name for path in renditions.shelf().root.rglob("*-[mc]*") if path.is_file()}

    changes = (
        lambda: mask(world, photo),
        lambda: mask(world, photo),
        lambda: world.send("olena", "patch", made["url"], {"points": [[1_200, 700], [1_900, 1_100]]}, 200),
        lambda: world.send("olena", "delete", made["url"], {"reason": "No face."}, 204),
    )
    before, made = masked_files(), None
    for change in changes:
        with django_capture_on_commit_callbacks(execute=True):
            made = change() or made
        left = {path.name for path in renditions.shelf().root.rglob("*-[mc]*") if path.is_file()}
        assert not before & left, "what was made under the masks of before is gone"
        before = masked_files()
        assert before
    with django_capture_on_commit_callbacks(execute=True):
        make_tiles(world, photo, "piet")
    plain = {path.name.partition("-")[2] for path in renditions.shelf().root.rglob("renditions/**/*-*.*")}
    assert {"view.jpg", "thumbnail.jpg", "tiles.tiles"} <= plain


def test_a_mask_binds_those_who_may_not_read_it_and_is_no_secret_of_the_page(world):
    photo = photograph(world)
    mask(world, photo)
    page, data = shown(world, "piet", photo)
    assert data["regions"] == [] and "The agency has masked a part of it." in page
    assert "As released" not in page and "Original" in page
    draw(world, photo, note="for all who see it")
    page, data = shown(world, "olena", photo, "?released=true")
    assert [region["note"] for region in data["regions"]] == ["for all who see it"]
    assert "This is what other agencies are shown" in page and data["view"].endswith("?released=true")
    assert "This is what other agencies are shown" not in shown(world, "piet", photo, "?released=true")[0]


def test_the_original_is_untouched_and_not_given_to_others(world):
    photo = photograph(world)
    mask(world, photo)
    make_tiles(world, photo)
    assert fetch(world, "olena", f"/api/v1/photos/{photo}/original/") == board()
    fetch(world, "piet", f"/api/v1/photos/{photo}/original/", 403)


def test_nothing_that_is_made_of_it_carries_what_the_camera_wrote(world):
    photo = photograph(world)
    region = draw(world, photo)["id"]
    mask(world, photo)
    make_tiles(world, photo)
    for reader in ("olena", "piet"):
        for address in addresses(photo, region):
            image = Image.open(io.BytesIO(fetch(world, reader, address)))
            assert not image.getexif() and not ({"exif", "xmp", "icc_profile", "comment"} & image.info.keys()), address


def test_erasing_a_photograph_takes_all_that_was_made_of_it(world):
    become("catalogue_owner")
    User.objects.filter(username="taras").update(role=Role.CURATOR)
    world.users["taras"].refresh_from_db()
    become("catalogue_app")
    photo = photograph(world)
    fetch(world, "olena", f"/photos/{photo}/regions/{draw(world, photo)['id']}.jpg")
    mask(world, photo)
    make_tiles(world, photo)
    fetch(world, "piet", f"/api/v1/photos/{photo}/view/")
    with viewing_as(world.viewer("olena")) as olena:
        found = Photo.objects.get()
        erasure = ask_to_erase(found=found, columns=["file_name"], reason="court order", actor=olena)
    assert len(renditions.shelf().derived_of(found.sha256)) == 6
    with viewing_as(world.viewer("taras")) as taras:
        erase(erasure=erasure, actor=taras, shelf=renditions.shelf())
    assert renditions.shelf().derived_of(found.sha256) == []
    fetch(world, "olena", f"/photos/{photo}/tiles/0/0_0.jpg", 503)


# Crops


def test_the_crop_of_a_region_stands_for_the_component(world):
    photo, component = photograph(world), world.components["amber"]
    region = draw(world, photo, component=component.reference, turn=90)
    crop = f"/photos/{photo}/regions/{region['id']}.jpg"
    assert Image.open(io.BytesIO(fetch(world, "olena", crop))).size == (240, 320)
    assert Image.open(io.BytesIO(fetch(world, "olena", f"{crop}?size=80"))).size == (60, 80)
    html = fetch(world, "olena", "/specimens/KND-2026-AMBER/inventory/").decode()
    assert f'src="{crop}"' in html and f'href="/photos/{photo}/#{region["id"]}"' in html
    for page in (f"/components/{component.reference}/", "/specimens/KND-2026-AMBER/"):
        html = fetch(world, "piet", page).decode()
        assert f'src="{crop}"' in html and f'alt="{component.reference} on the photograph"' in html, page


def test_a_scale_has_no_crop(world):
    photo = photograph(world)
    made = draw(world, photo, shape="line", purpose="scale", points=[[0, 0], [300, 400]], length_mm=50)
    fetch(world, "olena", f"/photos/{photo}/regions/{made['id']}.jpg", 404)


def test_who_releases_it_is_told_what_is_masked(world):
    photo = photograph(world, handling="AMBER+STRICT")
    typed = {"handling": "2", "released_to": [world.agencies["partner"].pk]}
    said = world.client("olena").post(f"/photos/{photo}/handling/", typed).content.decode()
    assert "It has 1 photograph, of which 0 is masked" in said
    mask(world, photo)
    said = world.client("olena").post(f"/photos/{photo}/handling/", typed).content.decode()
    assert "of which 1 is masked" in said and f'href="/photos/{photo}/?released=true"' in said
    said = world.client("olena").post("/specimens/KND-2026-AMBER/handling/", {"handling": "1"}).content.decode()
    assert "mask faces, documents" in said


def test_a_public_photograph_is_looked_at_closely_without_signing_in(world):
    photo = photograph(world, "KND-2026-CLEAR", handling="CLEAR")
    assert shown(world, "nobody", photo)[1]["tiles"] is None
    tasks.make_tiles(photo=photo, user=None, ceiling=0)
    assert shown(world, "nobody", photo)[1]["tiles"]["levels"] == 3
    assert near(colour(fetch(world, "nobody", f"/photos/{photo}/tiles/0/0_0.jpg"), (0.15, 0.2)), RED)
    mask(world, photo)
    fetch(world, "nobody", f"/photos/{photo}/tiles/0/0_0.jpg", 503)
    tasks.make_tiles(photo=photo, user=None, ceiling=0)
    assert near(colour(fetch(world, "nobody", f"/photos/{photo}/tiles/0/0_0.jpg"), (0.15, 0.2)), (0, 0, 0))


def test_tiles_are_asked_for_once_however_often_the_page_is_opened(world):
    photo = photograph(world)
    for _ in range(3):
        shown(world, "olena", photo)
        shown(world, "piet", photo)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args FROM procrastinate_jobs WHERE task_name = 'catalogue.make_tiles' AND args ->> 'photo' = %s",
            [photo],
        )
        asked = [row[0] for row in cursor.fetchall()]
    asked = [json.loads(one) if isinstance(one, str) else one for one in asked]
    assert [sorted(one) for one in asked] == [["ceiling", "photo", "user"]] * 2, "once for each agency, ids only"


def test_many_regions_are_read_with_as_many_queries_as_one(world):
    photo, component = photograph(world), world.components["amber"].reference
    pages = (f"/photos/{photo}/", "/specimens/KND-2026-AMBER/", f"/api/v1/regions/?photo={photo}")
    draw(world, photo, component=component)
    counts = [asked(world, pages) for _ in range(2)][-1]
    for n in range(5):
        draw(world, photo, component=component, points=[[n, n], [n + 9, n + 9]])
    assert asked(world, pages) == counts


def asked(world, pages):
    """How many queries each of these pages takes."""
    found = []
    for page in pages:
        with CaptureQueriesContext(connection) as captured:
            fetch(world, "olena", page)
        found.append(len(captured))
    return found
