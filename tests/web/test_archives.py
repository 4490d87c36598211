"""ZIPs of photographs with or without a manifest, and files that are no photographs."""

import io
import zipfile

import pytest

from catalogue.actions.photos import shelf
from catalogue.models import EvidenceFile
from catalogue.security.viewing import viewing_as

from .sending import on_disk, photos, picture, send, uploads
from .typed import said


def packed(*files, **options):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", **options) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return out.getvalue()


def outcomes(world):
    return {one.file_name: one.state for one in uploads(world) if one.archive_id or one.why == "manifest"}


def test_an_archive_is_taken_apart_and_each_file_examined(world):
    data = packed(("a/1.jpg", picture(1)), ("a/2.png", picture(2, "PNG")), ("a/letter.txt", b"Dear Sir"), ("a/", b""))
    send(world, data, "photos.zip")
    assert outcomes(world) == {"1.jpg": "added", "2.png": "added", "letter.txt": "refused"}
    assert not [name for name in on_disk() if name.startswith("waiting")]


def test_a_manifest_says_what_each_photograph_shows(world):
    with viewing_as(world.viewer("taras")):
        component = world.components["strict"]
        type(component).objects.filter(pk=component.pk).update(label="BAG-7")
    manifest = (
        "file;specimen;item label;view;caption\n1.jpg;;bag-7;Marking;Верх плати\n2.jpg;KND-2026-GREEN;;;\n"
        "3.jpg;NO-SUCH;;;\n4.jpg;;BAG-9;;\n5.jpg;;;sideways;\n6.jpg;;;;\n"
    )
    files = [(f"{n}.jpg", picture(n)) for n in range(1, 6)]
    send(world, packed(*files, ("manifest.csv", manifest.encode("utf-8-sig"))), "photos.zip")
    assert outcomes(world) == {
        "1.jpg": "added", "2.jpg": "added", "3.jpg": "refused", "4.jpg": "refused", "5.jpg": "refused",
        "6.jpg": "refused",
    }  # fmt: skip
    first, second = photos(world)
    if first.component is None:
        first, second = second, first
    assert (first.component, first.view_id, first.caption) == (component, "marking", "Верх плати")
    assert second.specimen_id == world.specimens["green"].pk
    told = {one.file_name: one.said for one in uploads(world)}
    assert "NO-SUCH: there is none, or you may not see it" in told["3.jpg"]
    assert "BAG-9" in told["4.jpg"] and "sideways" in told["5.jpg"] and "not there" in told["6.jpg"]


def test_names_in_an_archive_are_read_as_they_were_written_and_lead_nowhere(world):
    data = packed(("../../../evil.jpg", picture(1)), ("/etc/abs.jpg", picture(2)), ("плата.jpg", picture(3)))
    raw = bytearray(packed(("XXXXX.jpg", picture(4))))
    data_866 = bytes(raw.replace(b"XXXXX.jpg", "плата".encode("cp866") + b".jpg"))
    send(world, data, "a.zip")
    send(world, data_866, "b.zip")
    names = sorted(one.file_name for one in uploads(world) if one.archive_id)
    assert names == ["abs.jpg", "evil.jpg", "плата.jpg", "плата.jpg"]
    assert not (shelf().root.parent / "evil.jpg").exists()


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: packed(("bomb.tif", bytes(30_000_000)), compression=zipfile.ZIP_DEFLATED), "far more than it holds"),
        (lambda: packed(*[(f"{n}.jpg", b"x") for n in range(2001)]), "more than 2,000 entries"),
        (lambda: packed(), "holds no file"),
        (lambda: packed(("1.jpg", picture(1)))[:-30], "list of entries"),
        (lambda: encrypted(packed(("1.jpg", picture(1)))), "is encrypted"),
        (lambda: packed(("1.jpg", picture(1)), ("manifest.csv", b"name\n1.jpg")), "lacks the column"),
    ],
)
def test_an_archive_that_may_not_be_unpacked_is_refused_whole(world, make, sentence):
    found = send(world, make(), "photos.zip")
    assert found.state == "refused" and sentence in found.said
    assert photos(world) == [] and on_disk() == []


def encrypted(data):
    data = bytearray(data)
    data[6] |= 1
    at = data.rfind(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


def test_an_archive_within_an_archive_is_refused(world):
    send(world, packed(("inner.zip", packed(("1.jpg", picture(1)))), ("2.jpg", picture(2))), "outer.zip")
    assert outcomes(world) == {"inner.zip": "refused", "2.jpg": "added"}


# Other files


def test_another_file_is_kept_as_it_is_and_only_downloaded(world):
    found = send(world, b"%PDF-1.7 <script>alert(1)</script>", "звіт.pdf", kind="laboratory-report", caption="Report")
    assert (found.state, found.file.media_type, found.file.kind) == ("added", "application/pdf", "laboratory-report")
    address = f"/api/v1/files/{found.file.pk}/content/"
    answer = world.client("rita").get(address)
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 <script>alert(1)</script>"
    assert answer["Content-Type"] == "application/octet-stream" and answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment;") and "sandbox" in answer["Content-Security-Policy"]
    for reader in ("piet", "sam", "nobody"):
        assert world.client(reader).get(address).status_code == 404
    assert "Report" in said(world.client("rita").get("/specimens/KND-2026-STRICT/"))


@pytest.mark.parametrize("data", [packed(("a.dcm", b"x")), b"\x7fELF" + bytes(64), b"<html><script>", picture(1)])
def test_other_files_are_never_opened(world, data):
    found = send(world, data, "image.bin", kind="firmware-image")
    assert found.state == "added" and photos(world) == []
    with viewing_as(world.viewer("taras")):
        assert EvidenceFile.objects.get().size == len(data)


def test_the_same_other_file_is_there_already(world):
    assert [send(world, b"firmware", "a.bin", kind="other").state for _ in range(2)] == ["added", "there"]
