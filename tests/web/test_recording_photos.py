"""Photographs: taken into evidence several at once, described, voided."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from catalogue.models import Photo
from catalogue.security.viewing import viewing_as

from .typed import problems, said, send

HERE = "/specimens/KND-2026-STRICT/photographs/"


def picture(name, colour):
    out = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue())


def take(world, *files, reader="taras", path=HERE, **typed):
    sent = {"files": list(files), "view": "overview", "caption": "", "handling": "3"} | typed
    return world.client(reader).post(path, sent)


def recorded(world, reader="taras"):
    with viewing_as(world.viewer(reader)):
        return list(Photo.objects.filter(voided_at=None).order_by("id").select_related("component", "audience"))


def test_several_photographs_are_taken_at_once(world):
    response = take(world, picture("a.png", "green"), picture("b.png", "red"), view="marking", caption="The board")
    assert response.status_code == 302
    assert [(photo.file_name, photo.view_id, photo.caption) for photo in recorded(world)] == [
        ("a.png", "marking", "The board"), ("b.png", "marking", "The board"),
    ]  # fmt: skip
    page = world.client("taras").get(HERE)
    assert page.content.decode().count("/thumbnail/") == 2
    assert "Marking" in said(page)


def test_what_is_no_photograph_is_named_and_the_others_are_kept(world):
    response = take(world, picture("a.png", "green"), SimpleUploadedFile("letter.txt", b"Dear Sir"))
    assert response.status_code == 200
    assert "letter.txt: The bytes of this file are of no known photograph format." in said(response)
    assert [photo.file_name for photo in recorded(world)] == ["a.png"]


def test_a_component_has_photographs_of_its_own(world):
    component = world.components["strict"]
    path = f"/components/{component.reference}/photographs/"
    assert take(world, picture("a.png", "green"), path=path).status_code == 302
    assert recorded(world)[0].component == component
    assert component.reference[-4:] in said(world.client("taras").get(HERE)), "it is shown with the specimen's too"


def test_choosing_no_file_is_an_error_of_the_field(world):
    assert problems(take(world)) == ["Photographs: Fill in “Photographs”; it is needed."]


def test_view_and_caption_are_changed_and_the_bytes_stay(world):
    take(world, picture("a.png", "green"))
    (photo,) = recorded(world)
    typed = {"view": "marking", "caption": "Turned by 90°", "component": world.components["strict"].reference}
    response = send(world, "taras", f"/photos/{photo.pk}/edit/", typed)
    assert response["Location"] == f"/components/{world.components['strict'].reference}/photographs/"
    (again,) = recorded(world)
    assert (again.view_id, again.caption, again.sha256) == ("marking", "Turned by 90°", photo.sha256)


def test_a_photograph_is_voided_with_a_reason(world):
    take(world, picture("a.png", "green"))
    (photo,) = recorded(world)
    assert send(world, "taras", f"/photos/{photo.pk}/void/", {"reason": "Another wreck."})["Location"] == HERE
    assert recorded(world) == []
    assert "No photograph yet." in said(world.client("taras").get(HERE))


@pytest.mark.parametrize("reader, status", [("olena", 302), ("rita", 403), ("piet", 404), ("nobody", 403)])
def test_only_the_agency_of_the_specimen_adds_photographs(world, reader, status):
    assert take(world, picture("a.png", "green"), reader=reader).status_code == status
    assert len(recorded(world)) == (status == 302)
