"""Photographs over REST: taken in whole or refused with the reason, and shown only as the handling allows."""

import hashlib
import io

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from catalogue.models import Photo, PhotoCapture


def picture(form="JPEG", size=(640, 480), **options):
    out = io.BytesIO()
    Image.effect_noise(size, 40).convert("RGB").save(out, form, **options)
    return out.getvalue()


def with_position():
    exif = Image.Exif()
    exif[271], exif[272] = "Kamera", "X100"
    exif.get_ifd(0x8825).update({1: "N", 2: (50.0, 27.0, 0.0), 3: "E", 4: (30.0, 31.0, 0.0)})
    return picture(exif=exif.tobytes())


def upload(world, reader, data, status=201, name="board.jpg", **fields):
    body = {"file": SimpleUploadedFile(name, data), **fields}
    response = world.client(reader).post("/api/v1/photos/", body)
    assert response.status_code == status, response.content
    return response.json()


def on_shelf():
    return sorted(p for p in settings.MEDIA_ROOT.rglob("*") if p.is_file()) if settings.MEDIA_ROOT.exists() else []


def body(response):
    return b"".join(response.streaming_content)


def test_a_photograph_of_a_component_answers_with_its_digest_and_the_addresses_of_its_files(world):
    data = picture()
    sent = upload(
        world,
        "olena",
        data,
        component=world.components["strict"].reference,
        view="marking",
        caption="Мікросхема",
    )
    assert sent["sha256"] == hashlib.sha256(data).hexdigest()
    assert (sent["width"], sent["height"], sent["view"], sent["caption"]) == (640, 480, "marking", "Мікросхема")
    assert sent["specimen"]["reference"] == "KND-2026-STRICT"
    client = world.client("olena")
    assert body(client.get(sent["original"])) == data
    for address in sent["renditions"].values():
        answer = client.get(address)
        assert answer["Content-Type"] == "image/jpeg"
        assert Image.open(io.BytesIO(body(answer))).format == "JPEG"


@pytest.mark.parametrize("form, media_type", [("PNG", "image/png"), ("WEBP", "image/webp"), ("TIFF", "image/tiff")])
def test_the_bytes_decide_the_type_and_not_the_name(world, form, media_type):
    sent = upload(world, "olena", picture(form), name="wrong.jpg", specimen="KND-2026-STRICT")
    assert sent["media_type"] == media_type


def test_the_renditions_carry_no_position_and_the_position_stays_with_the_agency(world):
    sent = upload(world, "olena", with_position(), specimen="KND-2026-CLEAR", handling="CLEAR")
    for address in sent["renditions"].values():
        assert not Image.open(io.BytesIO(body(world.client("nobody").get(address)))).getexif()
    capture = PhotoCapture.objects.none()
    from catalogue.security.viewing import viewing_as

    with viewing_as(world.viewer("olena")):
        capture = PhotoCapture.objects.get()
        assert (str(capture.latitude), capture.camera, capture.audience.name) == (
            "50.450000",
            "Kamera X100",
            "AMBER+STRICT",
        )
    with viewing_as(world.viewer("sam")):
        assert Photo.objects.count() == 1 and not PhotoCapture.objects.exists()


def test_only_the_owning_agency_is_given_the_original(world):
    sent = upload(world, "olena", with_position(), specimen="KND-2026-CLEAR", handling="CLEAR")
    assert world.client("sam").get(sent["original"]).status_code == 403
    assert world.client("taras").get(sent["original"]).status_code == 200


def test_a_photograph_one_may_not_see_is_not_there_under_any_address(world):
    sent = upload(world, "olena", picture(), specimen="KND-2026-STRICT")
    for address in (sent["url"], sent["original"], *sent["renditions"].values()):
        assert world.client("sam").get(address).status_code == 404
        assert world.client("nobody").get(address).status_code == 404


def test_a_photograph_starts_with_its_agency_however_wide_its_specimen(world):
    assert upload(world, "olena", picture(), specimen="KND-2026-CLEAR")["handling"] == "AMBER+STRICT"


def test_the_same_bytes_sent_twice_are_one_photograph(world):
    data = picture()
    first = upload(world, "olena", data, specimen="KND-2026-STRICT")
    again = upload(world, "olena", data, specimen="KND-2026-STRICT", status=200)
    assert again["id"] == first["id"]


@pytest.mark.parametrize(
    "data, reason",
    [
        (b"", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "not_a_photograph"),
        (b"MZ" + bytes(600), "not_a_photograph"),
        (b"%PDF-1.7\n" + bytes(600), "not_a_photograph"),
        (picture()[:3000], "truncated"),
        (picture() + b"PK\x03\x04" + bytes(100), "polyglot"),
    ],
)
def test_what_is_no_sound_photograph_is_refused_with_the_reason_and_leaves_nothing(world, data, reason):
    answer = upload(world, "olena", data, status=400, specimen="KND-2026-STRICT")
    assert "file" in answer["errors"]
    if reason:
        assert answer["reason"] == reason, answer
    assert on_shelf() == []


def test_a_photograph_that_may_not_be_recorded_leaves_no_file(world):
    upload(world, "sam", picture(), status=403, specimen="KND-2026-CLEAR")
    upload(world, "rita", picture(), status=403, specimen="KND-2026-STRICT")
    assert on_shelf() == []


def test_exactly_one_object_must_be_named(world):
    both = {"specimen": "KND-2026-STRICT", "component": world.components["strict"].reference}
    assert "one of specimen and component" in upload(world, "olena", picture(), status=400)["detail"]
    assert "one of specimen and component" in upload(world, "olena", picture(), status=400, **both)["detail"]
    assert on_shelf() == []
