"""State folders of their own for the tests of the launcher; nothing here needs Django."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import pytest

from forensics import processes
from forensics.cluster import Cluster

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = (
    "DATABASE_URL",
    "FORENSICS_ROLE",
    "HOST",
    "INSECURE",
    "LIFELINE",
    "MEDIA",
    "PORT",
    "TLS",
    "WORKERS",
)


@pytest.fixture
def place():
    """A short path that every account may pass through; pytest's own folders are closed to the server's."""
    folder = Path(tempfile.mkdtemp(prefix="catalogue-"))
    folder.chmod(0o755)
    yield folder
    home = Cluster(folder / "state").home
    shutil.rmtree(folder)
    if folder not in home.parents:
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def state(place, monkeypatch):
    """An unused state folder, in the environment as STATE; a server left there ends with the test."""
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("STATE", str(place / "state"))
    monkeypatch.setenv("MEDIA", str(place / "media"))
    yield place / "state"
    if (place / "state").exists():
        Cluster(place / "state").stop()


@pytest.fixture
def cluster(state):
    """The embedded server of that state folder, not started."""
    return Cluster(state)


@pytest.fixture
def program(state):
    """Start a Python program of the test in a process of its own; all are ended with the test."""
    started = []

    def start(text, *arguments):
        child = subprocess.Popen(
            [sys.executable, "-c", text, *arguments],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        started.append(child)
        return child

    yield start
    for child in started:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)  # with whatever it has started itself
        child.wait()
        child.stdin.close()
        child.stdout.close()


def answer(connection_source, role="catalogue_app"):
    """One query as the application."""
    with connection_source.connect(role=role) as connection:
        return connection.execute("SELECT current_user").fetchone()[0]


def server_processes(cluster):
    """Process ids of the server."""
    return processes.living(cluster.data)


def until(condition, seconds=20):
    """Wait for something to become true; the answer is whether it did."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return False
