"""Photographs and files in bulk: received in parts, examined by a worker, each with what came of it."""

import base64
import hashlib
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from catalogue.actions.photos import shelf
from catalogue.imports import uploaded
from catalogue.models import Photo, Specimen, Upload
from catalogue.security.viewing import viewing_as

from .sending import (
    HERE,
    TUS,
    begin,
    committed,
    encoded,
    offset_of,
    on_disk,
    patch,
    photos,
    picture,
    send,
    uploads,
    work,
)
from .typed import said

# Receiving


def test_a_file_comes_in_parts_and_goes_on_where_it_stopped(world):
    data = picture(1)
    address = begin(world, data)["Location"]
    assert offset_of(world, address) == 0
    assert patch(world, address, data[:100], 0)["Upload-Offset"] == "100"
    assert patch(world, address, data[200:], 200).status_code == 409, "a part that does not follow changes nothing"
    assert offset_of(world, address) == 100
    assert patch(world, address, data[100:], 100)["Upload-Offset"] == str(len(data))
    work(world)
    (photo,) = photos(world)
    assert (photo.file_name, photo.size, photo.dhash is not None) == ("board.jpg", len(data), True)
    assert shelf().path(shelf().original_name(photo.sha256, "jpg")).read_bytes() == data
    assert not [name for name in on_disk() if name.startswith("waiting")]


def test_how_much_is_there_is_the_length_of_the_file_whatever_was_killed(world):
    data = picture(1)
    address = begin(world, data)["Location"]
    with viewing_as(world.viewer("taras")):
        waiting = shelf().waiting(Upload.objects.get().pk)
    with waiting.path.open("ab") as file:
        file.write(data[:77])  # the server wrote this and was killed before it could say so
    assert offset_of(world, address) == 77
    with waiting.path.open("ab") as file:
        file.write(data[77:])  # and again, just before the end
    assert offset_of(world, address) == len(data)
    work(world)
    assert len(photos(world)) == 1


def test_the_same_upload_begun_twice_is_one(world):
    data, number = picture(1), str(uuid.uuid4())
    first, second = (begin(world, data, id=number)["Location"] for _ in range(2))
    assert first == second == f"/uploads/{number}/"
    begin(world, data + b"x", id=number, status=400)
    assert len(uploads(world)) == 1


def test_nobody_else_sees_an_upload_or_may_add_to_it(world):
    data = picture(1)
    address = begin(world, data)["Location"]
    for reader in ("olena", "ada", "piet", "sam"):
        assert offset_of(world, address, reader) == 404
        assert patch(world, address, data, 0, reader).status_code in (403, 404)
        assert world.client(reader).delete(address, headers=TUS).status_code in (403, 404)
        assert uploads(world, reader) == []
    assert offset_of(world, address, "nobody") == 403
    begin(world, data, reader="olena", id=address.split("/")[2], status=400)


@pytest.mark.parametrize(
    ("reader", "specimen", "status"),
    [("rita", "KND-2026-STRICT", 403), ("piet", "KND-2026-AMBER", 403), ("sam", "KND-2026-STRICT", 404),
     ("nobody", "KND-2026-CLEAR", 403), ("taras", "NO-SUCH", 404)],
)  # fmt: skip
def test_files_are_sent_by_who_may_record_about_what_is_theirs(world, reader, specimen, status):
    begin(world, picture(1), reader=reader, specimen=specimen, status=status)


@pytest.mark.parametrize(
    ("told", "status", "sentence"),
    [
        ({"size": 0}, 400, "This file is empty"),
        ({"size": 101 * 1024**2}, 413, "A photograph may have 100 MB"),
        ({"size": 9 * 1024**3, "kind": "video"}, 413, "A file may have 8,192 MB"),
        ({"size": 10**15}, 400, "Say in Upload-Length"),
        ({"view": "sideways"}, 400, "no such view"),
        ({"kind": "poem"}, 400, "no such kind"),
        ({"handling": "9"}, 400, "no such level"),
        ({"component": "NO-SUCH"}, 400, "no such component"),
        ({"id": "seven"}, 400, "is a UUID"),
    ],
)
def test_what_is_never_taken_is_refused_before_it_is_sent(world, told, status, sentence):
    answer = begin(world, b"x", status=status, **told)
    assert sentence in answer.json()["detail"]
    assert uploads(world) == [] and on_disk() == []


def test_a_full_disk_is_said_and_nothing_received_is_lost(world, monkeypatch):
    data = picture(1)
    address = begin(world, data)["Location"]
    patch(world, address, data[:50], 0)
    monkeypatch.setattr("catalogue.imaging.store._write", full)
    answer = patch(world, address, data[50:], 50)
    assert answer.status_code == 507 and "disk of the catalogue is full" in answer.json()["detail"]
    monkeypatch.undo()
    assert offset_of(world, address) == 50
    assert patch(world, address, data[50:], 50).status_code == 204


def checksum(data, name="sha256"):
    return {"Upload-Checksum": f"{name} {base64.b64encode(hashlib.new(name, data).digest()).decode()}"}


def test_a_part_that_arrives_altered_is_not_counted_and_is_sent_again(world):
    data = picture(1)
    address = begin(world, data)["Location"]
    altered = patch(world, address, b"\0" + data[1:200], 0, **checksum(data[:200]))
    assert altered.status_code == 460 and "send it again" in altered.json()["detail"]
    assert offset_of(world, address) == 0
    assert patch(world, address, data[:200], 0, **checksum(data[:200], "sha1")).status_code == 204
    assert patch(world, address, data[200:300], 200, **checksum(data[:200])).status_code == 460
    assert patch(world, address, data[200:], 200, **checksum(data[200:])).status_code == 204
    work(world)
    with viewing_as(world.viewer("taras")):
        assert Photo.objects.filter(sha256=hashlib.sha256(data).hexdigest()).count() == 1


@pytest.mark.parametrize("said", ["md5 AAAA", "sha256", "", "sha256 Ω=", "sha256 " + "A" * 43 + "=", "SHA256 x"])
def test_a_checksum_that_is_none_or_wrong_changes_nothing(world, said):
    address = begin(world, b"abc")["Location"]
    said = said.encode().decode("latin-1")
    known = said.startswith("sha256")
    assert patch(world, address, b"abc", 0, **{"Upload-Checksum": said}).status_code == (460 if known else 400)
    assert offset_of(world, address) == 0


def full(file, chunk):
    raise OSError(28, "No space left on device")


def test_the_protocol_is_answered_as_it_is_written(world):
    client = world.client("taras")
    asked = client.options("/uploads/")
    assert (asked.status_code, asked["Tus-Version"]) == (204, "1.0.0")
    assert asked["Tus-Extension"] == "creation,termination,checksum"
    assert asked["Tus-Checksum-Algorithm"] == "sha1,sha256"
    assert client.post("/uploads/").status_code == 412
    address = begin(world, b"abc")["Location"]
    assert client.patch(address, b"abc", headers=TUS | {"Upload-Offset": "0"}).status_code == 415
    head = client.head(address, headers=TUS)
    assert (head["Upload-Length"], head["Cache-Control"], head["Tus-Resumable"]) == ("3", "no-store", "1.0.0")
    with committed():
        assert client.delete(address, headers=TUS).status_code == 204
    assert client.head(address, headers=TUS).status_code == 404 and on_disk() == []


def test_a_browser_sends_a_token_against_forged_requests(world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.users["taras"], backend="django.contrib.auth.backends.ModelBackend")
    headers = TUS | {"Upload-Length": "3", "Upload-Metadata": encoded(specimen="KND-2026-STRICT", filename="a.jpg")}
    assert client.post("/uploads/", headers=headers).status_code == 403


# What came of it


def test_the_same_file_again_is_there_already(world):
    assert send(world, picture(1)).state == "added"
    again = send(world, picture(1), "copy.jpg")
    assert (again.state, again.photo.file_name) == ("there", "board.jpg")
    assert len(photos(world)) == 1


def test_a_photograph_that_looks_like_another_is_decided_by_a_person(world):
    send(world, picture(1, quality=95))
    like = send(world, picture(1, quality=40), "again.jpg")
    assert (like.state, like.photo.file_name) == ("alike", "board.jpg")
    assert len(photos(world)) == 1
    page = world.client("taras").get(HERE)
    assert "It looks like a photograph that is there." in said(page)
    address = f"/uploads/{like.pk}/thumbnail/"
    assert address in page.content.decode()
    assert world.client("taras").get(address)["Content-Type"] == "image/jpeg"
    assert world.client("olena").get(address).status_code == 404
    world.client("taras").post(HERE + "decide/", {"act": "keep", "upload": [str(like.pk)]})
    work(world)
    assert [photo.file_name for photo in photos(world)] == ["board.jpg", "again.jpg"]


def test_a_photograph_that_is_discarded_leaves_nothing(world):
    send(world, picture(1, quality=95))
    before = on_disk()
    like = send(world, picture(1, quality=40), "again.jpg")
    with committed():
        world.client("taras").post(HERE + "decide/", {"act": "discard", "upload": [str(like.pk)]})
    assert uploads(world)[-1].state == "discarded" and len(photos(world)) == 1
    assert [name for name in on_disk() if "waiting" not in name] == before


def test_the_same_file_of_another_specimen_is_shown_and_asked_about(world):
    with viewing_as(world.viewer("taras")):
        other = Specimen.objects.get(reference="KND-2026-GREEN")
    send(world, picture(1), specimen=other.reference)
    like = send(world, picture(1))
    assert (like.state, like.why, like.photo.specimen_id) == ("alike", "same", other.pk)


def test_photographs_recorded_before_are_compared_too_without_a_change_of_theirs(world):
    send(world, picture(1, quality=95))
    with viewing_as(world.viewer("taras"), reason="Made as an earlier release recorded it."):
        Photo.objects.update(dhash=None)
        before = Photo.objects.get()
    assert send(world, picture(1, quality=40), "again.jpg").state == "alike"
    with viewing_as(world.viewer("taras")):
        after = Photo.objects.get()
        assert (after.dhash is not None, after.version, after.updated_at) == (True, 1, before.updated_at)
        assert Photo.pgh_event_model.objects.count() == 1


def test_a_reviewed_specimen_takes_files_with_a_reason_alone(world):
    with viewing_as(world.viewer("olena"), reason="Reviewed."):
        Specimen.objects.filter(reference="KND-2026-STRICT").update(
            review="reviewed", reviewed_at="2026-01-01T00:00Z", reviewed_by=world.users["rita"]
        )
    assert "changes only by an amendment" in send(world, picture(1)).said
    assert "changes only by an amendment" in send(world, b"x", kind="other").said
    assert send(world, picture(1), reason="Found in the archive").state == "added"
    assert send(world, b"x", kind="other", reason="Found in the archive").state == "added"


def test_a_hidden_photograph_is_not_told_of(world):
    """Of the RED specimen Taras is not told, whatever he sends."""
    send(world, picture(1), reader="olena", specimen="KND-2026-RED", handling="4")
    assert send(world, picture(1)).state == "added"


@pytest.mark.parametrize(
    ("data", "why"),
    [(b"Dear Sir", "not_a_photograph"), (b"%PDF-1.7 report", "not_a_photograph"), (picture(1)[:-40], "truncated"),
     (picture(1) + b"PK\x03\x04evil", "polyglot")],
)  # fmt: skip
def test_what_is_no_sound_photograph_is_refused_with_its_reason(world, data, why):
    found = send(world, data)
    assert (found.state, found.why) == ("refused", why) and found.said
    assert photos(world) == [] and on_disk() == []


def test_a_name_says_which_component_and_view(world):
    with viewing_as(world.viewer("taras")):
        component = world.components["strict"]
        type(component).objects.filter(pk=component.pk).update(designator="U1", label="Пакет 7")
    assert send(world, picture(1), "U1_top.jpg").component == component
    assert photos(world)[0].view_id == "top"
    assert send(world, picture(2), "U12_top.jpg").component is None, "U12 is not U1"
    assert send(world, picture(3), "ПАКЕТ 7 маркування.jpg").component == component
    assert send(world, picture(4), "U1.jpg", match="0").component is None
    assert [photo.view_id for photo in photos(world)] == ["top", "top", "marking", "overview"]


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.jpg", "..\\..\\boot.jpg", "\u202egpj.exe", "a\nb\x00c.jpg", "ж" * 400 + ".jpg", ".", ""]
)
def test_a_hostile_name_is_shown_and_nothing_else(world, name):
    found = send(world, picture(1), name)
    assert found.state == "added"
    assert "/" not in found.file_name and "\\" not in found.file_name and found.file_name.isprintable()
    assert len(found.file_name) <= 255
    assert world.client("taras").get(HERE).status_code == 200


def test_without_a_script_the_form_sends_files_whole(world):
    files = [SimpleUploadedFile(f"{n}.jpg", picture(n)) for n in (1, 2)] + [SimpleUploadedFile("none.jpg", b"")]
    page = {"files": files, "view": "marking", "kind": "", "handling": "3", "match": "on"}
    answer = world.client("taras").post(HERE, page)
    assert "none.jpg: This file is empty" in answer.content.decode()
    work(world)
    assert [photo.view_id for photo in photos(world)] == ["marking", "marking"]


def test_an_examination_that_was_done_is_not_done_again(world):
    found = send(world, picture(1))
    uploaded.take(found.pk, world.viewer("taras"))
    assert len(photos(world)) == 1


def test_what_a_killed_worker_had_settled_is_cleared_away_by_the_next(world):
    """It died after its commit and before it removed the bytes that had waited."""
    found = send(world, picture(32))
    waiting = shelf().waiting(found.pk)
    waiting.begin()
    uploaded.take(found.pk, world.viewer("taras"))
    assert not waiting.folder.exists()
    assert len(photos(world)) == 1
