"""A catalogue that really runs: its own state, its own server, the web server and worker as `make run` starts them."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

from forensics.cluster import Cluster

from .browsing import chromium, open_page, signed_in  # noqa: F401 (fixtures)
from .people import employ

ROOT = Path(__file__).resolve().parents[2]
START = 240  # seconds; a first start migrates and loads the example catalogue


class Running:
    """A started catalogue: where it answers, and how to run its commands. `settings` are environment variables."""

    def __init__(self, state, **settings):
        self.state = state
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        given = {name: value for name, value in os.environ.items() if name not in ("FORENSICS_ROLE", "DATABASE_URL")}
        self.environment = given | {"STATE": str(state), "MEDIA": str(state / "media"), "PORT": str(self.port)}
        self.environment |= settings
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self):
        with (self.state / "log").open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "forensics.run"],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        deadline = time.monotonic() + START
        while time.monotonic() < deadline and self.process.poll() is None:
            if f"The catalogue is at {self.url}" in self.said():
                return
            time.sleep(0.2)
        raise AssertionError(f"the catalogue did not start:\n{self.said()[-3000:]}")

    def said(self):
        return (self.state / "log").read_text(errors="replace")

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)

    def manage(self, *command):
        found = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return found.stdout.strip()

    def backup(self, *command):
        """What `python -m forensics.backup` did, finished."""
        return subprocess.run(
            [sys.executable, "-m", "forensics.backup", *command],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
        )

    def get(self, path):
        with urllib.request.urlopen(self.url + path, timeout=30) as answer:
            return answer.status, answer.read()


@contextmanager
def new_state():
    """A state folder in which every account may reach a server; one that runs there ends with it."""
    state = Path(tempfile.mkdtemp(prefix="whole-", dir="/tmp"))
    state.chmod(0o711)
    try:
        yield state
    finally:
        Cluster(state).stop()
        shutil.rmtree(state, ignore_errors=True)


@contextmanager
def started(**settings):
    """A running catalogue in a state folder of its own, asked to stop at the end."""
    with new_state() as state:
        running = Running(state, **settings)
        try:
            running.start()
            yield running
            assert running.stop() == 0, running.said()[-3000:]
        finally:
            running.stop()


@pytest.fixture(scope="session")
def catalogue():
    """One running catalogue for the stories of this folder. Print on photographs is read, by a stand-in."""
    with started(OCR="1", OCR_READER=str(Path(__file__).with_name("reader_stand_in.py"))) as running:
        employ(running)
        yield running


@pytest.fixture
def empty():
    """Another state, with nothing in it."""
    with new_state() as state:
        yield Running(state)
