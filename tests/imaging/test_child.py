"""The decoding process: a hostile file can only kill itself, and nobody is left waiting."""

import io
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from PIL import Image

from catalogue.imaging import ExaminerFailed, PhotoRefused, child

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def own():
    """A decoding process of this test's own, since it will be harmed."""
    examiner = child.Examiner()
    yield examiner
    examiner.close()


@pytest.fixture
def photograph(tmp_path, pictures):
    path = tmp_path / "photograph"
    path.write_bytes(pictures.file())
    return path


def _slow(tmp_path, edge=10_000):
    """A picture that takes about a second to decode: 100 megapixels of PNG."""
    path, out = tmp_path / "slow", io.BytesIO()
    Image.new("RGB", (edge, edge), (1, 2, 3)).save(out, "PNG", compress_level=1)
    path.write_bytes(out.getvalue())
    return path


def _gone(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return True


def _wait_until(condition, seconds=10):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return condition()


def test_a_picture_that_takes_too_long_is_refused_and_the_next_one_is_served(own, tmp_path, photograph):
    slow = _slow(tmp_path, edge=14_000)
    for limits in ({"timeout": 0.3}, {"cpu_seconds": 1, "timeout": 30}):
        with pytest.raises(PhotoRefused) as refused:
            own.examine(slow, **limits)
        assert refused.value.reason == "took_too_long"
    assert own.examine(photograph).verified.width == 64


def test_a_picture_that_needs_more_memory_than_given_is_refused(own, tmp_path, photograph):
    with pytest.raises(PhotoRefused) as refused:
        own.examine(_slow(tmp_path), memory=200 * 1024**2)
    assert refused.value.reason == "too_many_pixels"
    assert own.examine(photograph).verified.width == 64


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds the fork through /proc, which only Linux has")
def test_a_decoder_killed_by_its_picture_refuses_only_that_picture(own, tmp_path, photograph):
    own.examine(photograph)
    server, slow = own._process.pid, _slow(tmp_path)
    children = Path(f"/proc/{server}/task/{server}/children")

    def kill_the_fork():
        _wait_until(lambda: children.read_text().split())
        os.kill(int(children.read_text().split()[0]), signal.SIGSEGV)

    killer = threading.Thread(target=kill_the_fork)
    killer.start()
    with pytest.raises(PhotoRefused) as refused:
        own.examine(slow)
    killer.join()
    assert refused.value.reason == "decoder_crashed"
    assert own.examine(photograph).verified.width == 64
    assert own._process.pid == server


def test_a_decoding_process_that_was_killed_is_started_again(own, photograph):
    own.examine(photograph)
    killed = own._process.pid
    os.kill(killed, signal.SIGKILL)
    assert own.examine(photograph).verified.width == 64
    assert own._process.pid != killed


def test_threads_get_each_their_own_answer(own, tmp_path, pictures):
    found = {}

    def examine(width):
        path = tmp_path / str(width)
        path.write_bytes(pictures.file(width=width))
        found[width] = own.examine(path).verified.width

    threads = [threading.Thread(target=examine, args=(10 * n,)) for n in range(1, 13)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {10 * n: 10 * n for n in range(1, 13)}


def test_a_file_that_is_not_there_is_this_machines_fault_not_the_pictures(own, tmp_path):
    with pytest.raises(ExaminerFailed, match="No such file"):
        own.examine(tmp_path / "missing")


def test_a_folder_that_cannot_be_written_is_this_machines_fault_too(own, tmp_path, photograph):
    with pytest.raises(ExaminerFailed, match="No such file"):
        own.examine(photograph, tmp_path / "missing")


def test_without_a_folder_no_rendition_is_made(own, tmp_path, photograph):
    before = sorted(tmp_path.iterdir())
    assert own.examine(photograph).renditions == {}
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="reads the environment through /proc, which only Linux has")
def test_the_decoding_process_is_not_given_the_callers_secrets(own, photograph, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://user:password@host/db")
    own.examine(photograph)
    assert b"password" not in Path(f"/proc/{own._process.pid}/environ").read_bytes()


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks processes up in /proc, which only Linux has")
def test_the_decoding_process_ends_with_its_parent_even_when_that_is_killed(tmp_path, photograph):
    script = (
        "import sys, threading, time\n"
        "from catalogue.imaging import child\n"
        "child.examine(sys.argv[1])\n"
        "print(child._examiner._process.pid, flush=True)\n"
        "child.examine(sys.argv[2])\n"
    )
    slow = _slow(tmp_path)
    command = [sys.executable, "-c", script, str(photograph), str(slow)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        server = int(parent.stdout.readline())
        children = Path(f"/proc/{server}/task/{server}/children")
        assert _wait_until(lambda: children.read_text().split())
        fork = int(children.read_text().split()[0])
        parent.kill()
    assert _wait_until(lambda: _gone(server))
    assert _wait_until(lambda: _gone(fork))


def test_a_forked_copy_of_the_caller_uses_a_decoding_process_of_its_own(tmp_path, photograph):
    script = (
        "import os, sys\n"
        "from catalogue.imaging import child\n"
        "child.examine(sys.argv[1])\n"
        "theirs = child._examiner._process.pid\n"
        "pid = os.fork()\n"
        "ok = child.examine(sys.argv[1]).verified.width == 64\n"
        "ok = ok and (child._examiner._process.pid != theirs) == (pid == 0)\n"
        "if pid == 0: os._exit(0 if ok else 1)\n"
        "sys.exit(os.waitpid(pid, 0)[1] or not ok)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(photograph)], cwd=ROOT, timeout=60, check=False)
    assert done.returncode == 0
