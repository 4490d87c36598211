"""Two hundred photographs are sent while server and worker are killed: what was acknowledged is there, once."""

import base64
import contextlib
import hashlib
import http.client
import io
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import uuid

import pytest
from PIL import Image

from .conftest import ROOT

PHOTOGRAPHS = 200
TUS = {"Tus-Resumable": "1.0.0"}
PATIENCE = 120  # seconds
STATES = """
import json
from collections import Counter
from catalogue.models import Photo, Upload
ours = dict(file_name__startswith="{name}")
states = Counter(Upload.objects.filter(**ours).values_list("state", flat=True))
photos = Photo.objects.filter(voided_at=None, **ours).values_list("sha256", flat=True)
refused = Upload.objects.filter(state="refused", **ours).values_list("why", "said")
print(json.dumps(dict(uploads=states, photos=list(photos), refused=list(refused))))
"""
COMMANDS = {
    "web": ["gunicorn", "-c", "python:forensics.gunicorn_conf"],
    "worker": ["forensics.worker"],
}


def picture(chance):
    """A small photograph that looks like no other."""
    tiles = Image.frombytes("L", (9, 8), chance.randbytes(72)).resize((72, 64), Image.Resampling.NEAREST)
    out = io.BytesIO()
    tiles.convert("RGB").save(out, "JPEG", quality=70)
    return out.getvalue()


class Sender(threading.Thread):
    """Sends photographs in two parts each, and again what was not acknowledged, as a browser does."""

    def __init__(self, url, key, specimen, name, photographs):
        super().__init__(daemon=True)
        self.url, self.specimen, self.name, self.photographs = url, specimen, name, photographs
        self.headers = TUS | {"Authorization": f"Bearer {key}"}
        self.acknowledged, self.wrong = [], []

    def run(self):
        for number, data in enumerate(self.photographs):
            self.send(f"{self.name}{number}.jpg", data, str(uuid.uuid4()))
            self.acknowledged.append(hashlib.sha256(data).hexdigest())

    def send(self, name, data, upload):
        while True:
            try:
                told = {"id": upload, "specimen": self.specimen, "filename": name}
                text = ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in told.items())
                self.ask("POST", "/uploads/", {"Upload-Length": str(len(data)), "Upload-Metadata": text})
                offset = int(self.ask("HEAD", f"/uploads/{upload}/")["Upload-Offset"])
                while offset < len(data):
                    part = data[offset : offset + len(data) // 2 + 1]
                    more = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
                    offset = int(self.ask("PATCH", f"/uploads/{upload}/", more, part)["Upload-Offset"])
                return
            except urllib.error.HTTPError as answer:
                if answer.code < 500:
                    self.wrong.append((answer.code, answer.read()))
                    return
                time.sleep(0.1)
            except (OSError, http.client.HTTPException):
                time.sleep(0.1)  # it was killed; it will be back

    def ask(self, method, path, headers=None, data=None):
        request = urllib.request.Request(
            self.url + path, data, self.headers | (headers or {}), method=method
        )  # fmt: skip
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.headers


class Processes:
    """A second web server and a second worker of a running catalogue, to be killed."""

    def __init__(self, catalogue):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        own = {"PORT": str(port), "FORENSICS_ROLE": "catalogue_app", "DJANGO_SETTINGS_MODULE": "forensics.settings"}
        self.environment = catalogue.environment | own
        self.running = {what: self.started(what) for what in COMMANDS}

    def started(self, what):
        return subprocess.Popen(
            [sys.executable, "-m", *COMMANDS[what]],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def kill(self, what):
        """`kill -9` of all processes of the web server or the worker, which is then started again."""
        self.end(what)
        self.running[what] = self.started(what)

    def end(self, what):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.running[what].pid, signal.SIGKILL)
        self.running[what].wait(30)


def asked(catalogue, name):
    """States of the uploads called so and digests of their photographs, past every rule of who sees what."""
    found = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", STATES.format(name=name)],
        cwd=ROOT,
        env=catalogue.environment | {"FORENSICS_ROLE": "catalogue_owner"},
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(found.stdout.splitlines()[-1])


def survives(catalogue, moments, seed):
    chance, name = random.Random(seed), f"kill-{seed}-"
    key = catalogue.manage("issue_key", "--agency", "laboratory", "--role", "analyst", "--ceiling", "RED")
    specimen = json.loads(catalogue.get("/api/v1/specimens/?page_size=1")[1])["results"][0]["reference"]
    processes = Processes(catalogue)
    try:
        sender = Sender(processes.url, key, specimen, name, [picture(chance) for _ in range(PHOTOGRAPHS)])
        sender.start()
        for moment in sorted(chance.sample(range(PHOTOGRAPHS - 10), moments)):
            while len(sender.acknowledged) < moment and sender.is_alive():
                time.sleep(0.005)
            time.sleep(chance.random() / 20)
            for what in chance.choice([["web"], ["worker"], ["web", "worker"]]):
                processes.kill(what)
        sender.join(PATIENCE)
        assert not sender.is_alive() and sender.wrong == []
        found, deadline = asked(catalogue, name), time.monotonic() + PATIENCE
        while found["uploads"].get("waiting") and time.monotonic() < deadline:
            time.sleep(0.5)
            found = asked(catalogue, name)
    finally:
        for what in COMMANDS:
            processes.end(what)
    assert found["uploads"] == {"added": PHOTOGRAPHS}, found["refused"]
    assert sorted(found["photos"]) == sorted(sender.acknowledged), "all that was acknowledged is there, once"
    assert "0 missing, 0 altered, 0 orphaned" in catalogue.manage("verify_media")
    assert list((catalogue.state / "media" / "waiting").iterdir()) == [], "nothing is left of what was on its way"


def test_photographs_survive_five_kills_of_server_and_worker(catalogue):
    survives(catalogue, 5, seed=20261123)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10))
def test_photographs_survive_fifty_kills_of_server_and_worker(catalogue, seed):
    survives(catalogue, 5, seed=seed)
