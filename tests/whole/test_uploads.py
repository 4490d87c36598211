"""Photographs are sent and rows typed while server and worker are killed: what was acknowledged is there, once."""

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
from pathlib import Path

import pytest
from PIL import Image
from uuid_utils.compat import uuid7

from .conftest import ROOT

PHOTOGRAPHS, AT_ONCE = 200, 3
TUS = {"Tus-Resumable": "1.0.0"}
PATIENCE = 120  # seconds
STATES = """
import json
from collections import Counter
from catalogue.models import Component, Photo, Upload
ours = dict(file_name__startswith="{name}")
states = Counter(Upload.objects.filter(**ours).values_list("state", flat=True))
photos = Photo.objects.filter(voided_at=None, **ours).values_list("sha256", flat=True)
refused = Upload.objects.filter(state="refused", **ours).values_list("why", "said")
rows = [[str(pk), said] for pk, said in Component.objects.filter(note__startswith="{name}").values_list("pk", "note")]
print(json.dumps(dict(uploads=states, photos=list(photos), refused=list(refused), rows=rows)))
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


class Persistent(threading.Thread):
    """Asks again what was not acknowledged, as a browser does."""

    def __init__(self, url, key, headers):
        super().__init__(daemon=True)
        self.url, self.headers = url, {"Authorization": f"Bearer {key}"} | headers
        self.acknowledged, self.wrong = [], []

    def until_done(self, work):
        while True:
            try:
                return work()
            except urllib.error.HTTPError as answer:
                if answer.code < 500:
                    self.wrong.append((answer.code, answer.read()))
                    return None
                time.sleep(0.1)
            except (OSError, http.client.HTTPException):
                time.sleep(0.1)  # it was killed; it will be back

    def ask(self, method, path, headers=None, data=None):
        request = urllib.request.Request(self.url + path, data, self.headers | (headers or {}), method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.headers


class Sender(Persistent):
    """Sends photographs, as {name: bytes}, in two parts each."""

    def __init__(self, url, key, specimen, photographs):
        super().__init__(url, key, TUS)
        self.specimen, self.photographs = specimen, photographs

    def run(self):
        for name, data in self.photographs.items():
            upload = str(uuid.uuid4())
            self.until_done(lambda name=name, data=data, upload=upload: self.send(name, data, upload))
            self.acknowledged.append(hashlib.sha256(data).hexdigest())

    def send(self, name, data, upload):
        told = {"id": upload, "specimen": self.specimen, "filename": name}
        text = ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in told.items())
        self.ask("POST", "/uploads/", {"Upload-Length": str(len(data)), "Upload-Metadata": text})
        offset = int(self.ask("HEAD", f"/uploads/{upload}/")["Upload-Offset"])
        while offset < len(data):
            part = data[offset : offset + len(data) // 2 + 1]
            more = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
            offset = int(self.ask("PATCH", f"/uploads/{upload}/", more, part)["Upload-Offset"])


class Typist(Persistent):
    """Types rows under identifiers of its own, one after the other, until it is told that it is `enough`."""

    def __init__(self, url, key, specimen, name):
        super().__init__(url, key, {"Content-Type": "application/json"})
        self.specimen, self.name, self.enough = specimen, name, threading.Event()

    def run(self):
        while not self.enough.wait(0.05):
            row = {"id": str(uuid7()), "specimen": self.specimen, "note": f"{self.name}{len(self.acknowledged)}"}
            data = json.dumps(row).encode()
            self.until_done(lambda data=data: self.ask("POST", "/api/v1/components/", data=data))
            self.acknowledged.append([row["id"], row["note"]])


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
        """`kill -9` of all processes of the web server or the worker, which is then started again; "requests": of
        those that answer requests, which the server makes anew."""
        if what != "requests":
            self.end(what)
            self.running[what] = self.started(what)
            return
        master = self.running["web"].pid
        for number in Path(f"/proc/{master}/task/{master}/children").read_text().split():
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(number), signal.SIGKILL)

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


def at_work(catalogue, processes, chance, name):
    """Who sends and types, all at the same specimen."""
    key = catalogue.manage("issue_key", "--agency", "laboratory", "--role", "analyst", "--ceiling", "RED")
    specimen = json.loads(catalogue.get("/api/v1/specimens/?page_size=1")[1])["results"][0]["reference"]
    sent = {f"{name}{number}.jpg": picture(chance) for number in range(PHOTOGRAPHS)}
    shares = [dict(list(sent.items())[first::AT_ONCE]) for first in range(AT_ONCE)]
    senders = [Sender(processes.url, key, specimen, share) for share in shares]
    return senders, Typist(processes.url, key, specimen, name)


def killed(processes, senders, moments, chance):
    """Kill at random moments: the whole server once at least, then whatever chance says."""
    whats = [["web", "worker"], *(chance.choice([["requests"], ["worker"], ["web"]]) for _ in range(moments - 1))]
    chance.shuffle(whats)
    for moment, what in zip(sorted(chance.sample(range(PHOTOGRAPHS - 10), moments)), whats, strict=True):
        while sum(len(sender.acknowledged) for sender in senders) < moment and any(one.is_alive() for one in senders):
            time.sleep(0.005)
        time.sleep(chance.random() / 20)
        for one in what:
            processes.kill(one)


def survives(catalogue, moments, seed):
    chance, name = random.Random(seed), f"kill-{seed}-"
    processes = Processes(catalogue)
    try:
        senders, typist = at_work(catalogue, processes, chance, name)
        for one in (*senders, typist):
            one.start()
        killed(processes, senders, moments, chance)
        for sender in senders:
            sender.join(PATIENCE)
        typist.enough.set()
        typist.join(PATIENCE)
        assert [(one.is_alive(), one.wrong) for one in (*senders, typist)] == [(False, [])] * (AT_ONCE + 1)
        found, deadline = asked(catalogue, name), time.monotonic() + PATIENCE
        while found["uploads"].get("waiting") and time.monotonic() < deadline:
            time.sleep(0.5)
            found = asked(catalogue, name)
    finally:
        for what in COMMANDS:
            processes.end(what)
    assert found["uploads"] == {"added": PHOTOGRAPHS}, found["refused"]
    sent = [digest for sender in senders for digest in sender.acknowledged]
    assert sorted(found["photos"]) == sorted(sent), "all that was acknowledged is there, once"
    assert sorted(found["rows"]) == sorted(typist.acknowledged), "all rows that were acknowledged are there, once"
    assert len(typist.acknowledged) > moments, "rows were typed all the while"
    assert "0 missing, 0 altered, 0 orphaned" in catalogue.manage("verify_media")
    assert list((catalogue.state / "media" / "waiting").iterdir()) == [], "nothing is left of what was on its way"


def test_photographs_and_rows_survive_five_kills_of_server_and_worker(catalogue):
    survives(catalogue, 5, seed=20261123)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10))
def test_photographs_and_rows_survive_fifty_kills_of_server_and_worker(catalogue, seed):
    survives(catalogue, 5, seed=seed)
