"""`manage.py verify_media`: what lies on the shelf against what the records say."""

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from PIL import Image

from catalogue.actions.photos import shelf


@pytest.fixture
def shelved(world):
    """A photograph and a file: {what: path on the shelf}; the command runs as the owner, as `manage.py` does."""
    out = io.BytesIO()
    Image.new("RGB", (32, 24), "green").save(out, "PNG")
    specimen = {"specimen": "KND-2026-STRICT"}
    client = world.client("taras")
    photo = client.post("/api/v1/photos/", specimen | {"file": SimpleUploadedFile("a.png", out.getvalue())}).json()
    file = client.post("/api/v1/files/", specimen | {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7")}).json()
    keeper = shelf()
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE catalogue_owner")
    yield {
        "photo": keeper.path(keeper.original_name(photo["sha256"], "png")),
        "view": keeper.path(keeper.rendition_name(photo["sha256"], "view", "jpg")),
        "file": keeper.path(keeper.original_name(file["sha256"], "bin")),
    }
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE catalogue_app")


def said():
    """(exit code, what the command printed)."""
    out = io.StringIO()
    try:
        call_command("verify_media", stdout=out, stderr=io.StringIO())
    except SystemExit as end:
        return end.code, out.getvalue()
    return 0, out.getvalue()


def test_a_sound_shelf_is_said_to_be_sound(shelved):
    code, text = said()
    assert (code, text) == (
        0, "4 files were expected and looked at: 0 missing, 0 altered, 0 orphaned. Nothing was changed.\n",
    )  # fmt: skip


@pytest.mark.parametrize("which", ["photo", "file"])
def test_a_bit_that_turned_is_found_and_left_as_it_is(shelved, which):
    path = shelved[which]
    path.chmod(0o600)
    turned = bytearray(path.read_bytes())
    turned[3] ^= 1
    path.write_bytes(turned)
    code, text = said()
    assert code == 1 and text.startswith(f"altered: {path.relative_to(shelf().root)} (") and "1 altered" in text
    assert path.read_bytes() == bytes(turned)


@pytest.mark.parametrize("which", ["photo", "view", "file"])
def test_a_file_that_is_gone_is_missed(shelved, which):
    shelved[which].unlink()
    code, text = said()
    assert code == 1 and f"missing: {shelved[which].relative_to(shelf().root)}" in text


def test_a_file_that_nobody_stands_for_is_named(shelved):
    for name in ("ab/cd/" + "ab" * 32 + ".jpg", "renditions/ab/cd/" + "ab" * 32 + "-view.jpg", "notes.txt"):
        path = shelf().path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    code, text = said()
    assert code == 1 and text.count("orphaned: ") == 3 and "notes.txt" in text


def test_what_is_on_its_way_or_made_of_an_original_is_no_orphan(shelved):
    waiting = shelf().waiting(uuid.uuid4())
    waiting.begin()
    digest = shelved["photo"].stem
    tile = shelf().path(f"tiles/{digest[:2]}/{digest[2:4]}/{digest}/0/0_0.jpg")
    tile.parent.mkdir(parents=True)
    tile.write_bytes(b"x")
    assert said()[0] == 0
