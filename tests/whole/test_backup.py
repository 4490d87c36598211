"""A backup of a whole catalogue, put back into an empty state, is that catalogue."""

import hashlib
import io
import json
import urllib.request

from PIL import Image

from forensics.cluster import Cluster

from .contents import everything


def database(state):
    """Everything in the database of the catalogue in `state`."""
    cluster = Cluster(state)
    with cluster.shared(), cluster.connect("catalogue", "postgres") as connection:
        return everything(connection)


def files(folder):
    """{name: SHA-256} of all photographs kept."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_backup_restored_into_an_empty_state_is_the_same_catalogue(catalogue, empty, tmp_path):
    photograph(catalogue)
    saved = catalogue.backup("save")
    assert saved.returncode == 0, saved.stderr
    (file,) = (catalogue.state / "backups").iterdir()
    restored = empty.backup("restore", str(file))
    assert restored.returncode == 0, restored.stdout + restored.stderr
    before, after = database(catalogue.state), database(empty.state)
    assert before.keys() == after.keys()
    assert {name for name in before if before[name] != after[name]} == set()
    assert before["catalogue_component"][0] >= 60 and len(before["leakproof"]) > 5
    assert files(catalogue.state / "media") == files(empty.state / "media") != {}


def photograph(catalogue):
    """One photograph, so that the backup has files too."""
    key = catalogue.manage("issue_key", "--agency", "laboratory", "--role", "curator")
    picture = io.BytesIO()
    Image.effect_noise((640, 480), 50).convert("RGB").save(picture, "JPEG")
    _, page = catalogue.get("/api/v1/specimens/?page_size=1")
    specimen = json.loads(page)["results"][0]["reference"]
    edge = "edge-of-the-form"
    parts = [("specimen", "", specimen.encode()), ("file", '; filename="a.jpg"', picture.getvalue())]
    body = b"".join(
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode() + value + b"\r\n"
        for name, more, value in parts
    )
    request = urllib.request.Request(
        f"{catalogue.url}/api/v1/photos/",
        body + f"--{edge}--\r\n".encode(),
        {"Authorization": f"Bearer {key}", "Content-Type": f"multipart/form-data; boundary={edge}"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        assert answer.status == 201
