"""Keeping: whole or not at all, never changed, nothing left behind."""

import errno
import hashlib
import os
import stat
import time

import pytest

from catalogue.imaging import PhotoRefused, Shelf, ShelfConflict, store

DATA = b"the bytes of a photograph"
SHA = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path / "media")


def _files(shelf):
    return sorted(str(path.relative_to(shelf.root)) for path in shelf.root.rglob("*") if path.is_file())


def test_an_upload_is_hashed_on_the_way_and_gone_afterwards(shelf):
    with shelf.receive(iter([DATA[:5], b"", DATA[5:]])) as received:
        assert (received.sha256, received.size) == (SHA, len(DATA))
        assert received.path.read_bytes() == DATA
    assert _files(shelf) == []
    assert list(shelf.incoming().iterdir()) == []


def test_an_upload_above_the_limit_is_refused_and_leaves_nothing(shelf):
    def endless():
        while True:
            yield b"x" * 10

    with pytest.raises(PhotoRefused) as refused, shelf.receive(endless(), limit=25):
        pytest.fail("accepted")
    assert refused.value.reason == "too_large"
    assert list(shelf.incoming().iterdir()) == []


def test_an_upload_that_breaks_off_leaves_nothing(shelf):
    def broken():
        yield DATA
        raise ConnectionResetError("the network is gone")

    with pytest.raises(ConnectionResetError), shelf.receive(broken()):
        pytest.fail("accepted")
    assert list(shelf.incoming().iterdir()) == []


def test_a_kept_original_lies_under_its_sha256_bit_for_bit(shelf):
    with shelf.receive([DATA]) as received:
        kept = shelf.keep(received.path, received.sha256, "jpg")
    assert kept.name == f"{SHA[:2]}/{SHA[2:4]}/{SHA}.jpg"
    assert kept.new
    path = shelf.path(kept.name)
    assert path.read_bytes() == DATA
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert path.stat().st_nlink == 1
    assert _files(shelf) == [kept.name]


def test_a_rendition_lies_beside_under_the_originals_sha256(shelf, tmp_path):
    (tmp_path / "view").write_bytes(b"small")
    kept = shelf.keep_rendition(tmp_path / "view", SHA, "view", "jpg")
    assert kept.name == f"renditions/{SHA[:2]}/{SHA[2:4]}/{SHA}-view.jpg"
    assert shelf.path(kept.name).read_bytes() == b"small"


def test_keeping_the_same_bytes_twice_changes_nothing(shelf, tmp_path):
    (tmp_path / "a").write_bytes(DATA)
    first = shelf.keep(tmp_path / "a", SHA, "jpg")
    before = shelf.path(first.name).stat()
    again = shelf.keep(tmp_path / "a", SHA, "jpg")
    after = shelf.path(first.name).stat()
    assert (again.name, again.new) == (first.name, False)
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_an_altered_original_is_reported_and_never_overwritten(shelf, tmp_path):
    (tmp_path / "a").write_bytes(DATA)
    kept = shelf.keep(tmp_path / "a", SHA, "jpg")
    shelf.path(kept.name).write_bytes(b"altered")
    with pytest.raises(ShelfConflict, match="other bytes"):
        shelf.keep(tmp_path / "a", SHA, "jpg")
    assert shelf.path(kept.name).read_bytes() == b"altered"
    assert _files(shelf) == [kept.name]


def test_bytes_with_another_sha256_are_not_kept(shelf, tmp_path):
    (tmp_path / "a").write_bytes(DATA + b"!")
    with pytest.raises(ValueError, match="do not have the SHA-256"):
        shelf.keep(tmp_path / "a", SHA, "jpg")
    assert not [path for path in shelf.root.rglob("*") if path.is_file()]


@pytest.mark.parametrize("failing", ["fsync", "link"])
def test_a_full_disk_leaves_no_half_written_file(shelf, tmp_path, monkeypatch, failing):
    (tmp_path / "a").write_bytes(DATA)
    (shelf.root / SHA[:2] / SHA[2:4]).mkdir(parents=True)

    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(store.os, failing, full)
    with pytest.raises(OSError, match="No space left"):
        shelf.keep(tmp_path / "a", SHA, "jpg")
    assert _files(shelf) == []


def test_a_file_system_without_hard_links_keeps_photographs_too(shelf, tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(errno.EPERM, "no hard links here")

    monkeypatch.setattr(store.os, "link", refuse)
    (tmp_path / "a").write_bytes(DATA)
    kept = shelf.keep(tmp_path / "a", SHA, "jpg")
    assert shelf.path(kept.name).read_bytes() == DATA
    assert _files(shelf) == [kept.name]


def test_only_what_was_put_there_just_now_is_taken_back(shelf, tmp_path):
    (tmp_path / "a").write_bytes(DATA)
    first = shelf.keep(tmp_path / "a", SHA, "jpg")
    shelf.remove(shelf.keep(tmp_path / "a", SHA, "jpg"))
    assert shelf.path(first.name).exists()
    shelf.remove(first)
    assert _files(shelf) == []


def test_what_a_killed_process_left_in_incoming_goes_after_a_day(shelf):
    old, fresh = shelf.incoming() / "old", shelf.incoming() / "fresh"
    old.mkdir()
    (old / "upload").write_bytes(DATA)
    fresh.mkdir()
    os.utime(old, (time.time() - 25 * 3600,) * 2)
    assert [path.name for path in shelf.incoming().iterdir()] == ["fresh"]


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "", "a/../../b", "a\0b"])
def test_no_name_leads_out_of_the_shelf(shelf, name):
    with pytest.raises(ValueError, match="no name of a kept photograph"):
        shelf.path(name)


@pytest.mark.parametrize(
    ("sha256", "extension"), [("../" + SHA[3:], "jpg"), (SHA.upper(), "jpg"), (SHA, "../sh"), (SHA, "")]
)
def test_a_name_is_made_of_checked_parts_only(shelf, sha256, extension):
    with pytest.raises(ValueError, match="cannot be part"):
        shelf.original_name(sha256, extension)
