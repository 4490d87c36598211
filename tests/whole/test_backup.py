"""A backup of a whole catalogue, put back into an empty state, is that catalogue."""

import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

import pytest
from PIL import Image

from forensics.cluster import Cluster

from .conftest import ROOT, Running

# The dump is taken while the catalogue runs; what only tells how it ran may differ.
OF_THE_RUN = ("procrastinate_", "django_session")
CONTENT = "SELECT count(*), md5(coalesce(string_agg(md5(t::text), '' ORDER BY md5(t::text)), '')) FROM {} t"
# Brackets and casts of a CHECK are written anew when it is read back: (a AND b) AND c comes out as a AND b AND c.
PUBLIC = "'public'::regnamespace"
RULES = {
    "policies": "SELECT tablename, policyname, roles::text, cmd, qual, with_check FROM pg_policies ORDER BY 1, 2",
    "locked": "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class"
    " WHERE relname LIKE 'catalogue%' ORDER BY 1",
    "triggers": "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger"
    " WHERE NOT tgisinternal ORDER BY 1, 2",
    "functions": f"SELECT oid::regprocedure::text, prosrc FROM pg_proc WHERE pronamespace = {PUBLIC} ORDER BY 1",
    "leakproof": "SELECT oid::regprocedure::text FROM pg_proc WHERE proleakproof ORDER BY 1",
    "grants": "SELECT table_name, grantee, privilege_type FROM information_schema.role_table_grants"
    " WHERE table_schema = 'public' ORDER BY 1, 2, 3",
    "constraints": "SELECT conrelid::regclass::text, conname,"
    " regexp_replace(pg_get_constraintdef(oid), '::[a-z ]+|[][() ]', '', 'g')"
    f" FROM pg_constraint WHERE connamespace = {PUBLIC} ORDER BY 1, 2",
    "indexes": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
    "roles": "SELECT rolname, rolsuper, rolbypassrls, rolcanlogin FROM pg_roles"
    " WHERE rolname LIKE 'catalogue%' ORDER BY 1",
}


def everything(state):
    """Digest of every table and all rules of the catalogue in `state`."""
    cluster = Cluster(state)
    with cluster.shared(), cluster.connect("catalogue", "postgres") as connection:
        tables = [row[0] for row in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        found = {
            table: connection.execute(CONTENT.format(f'"{table}"')).fetchone()
            for table in tables
            if not table.startswith(OF_THE_RUN)
        }
        return found | {name: connection.execute(query).fetchall() for name, query in RULES.items()}


def files(folder):
    """{name: SHA-256} of all photographs kept."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def empty():
    """Another state, with nothing in it."""
    state = Path(tempfile.mkdtemp(prefix="whole-", dir="/tmp"))
    state.chmod(0o711)
    yield Running(state)
    environment = os.environ | {"STATE": str(state)}
    subprocess.run([sys.executable, "manage.py", "postgres", "stop"], cwd=ROOT, env=environment, check=False)
    shutil.rmtree(state, ignore_errors=True)


def backup(running, *command):
    return subprocess.run(
        [sys.executable, "-m", "forensics.backup", *command],
        cwd=ROOT,
        env=running.environment,
        capture_output=True,
        text=True,
    )


def test_a_backup_restored_into_an_empty_state_is_the_same_catalogue(catalogue, empty, tmp_path):
    photograph(catalogue)
    saved = backup(catalogue, "save")
    assert saved.returncode == 0, saved.stderr
    (file,) = (catalogue.state / "backups").iterdir()
    restored = backup(empty, "restore", str(file))
    assert restored.returncode == 0, restored.stdout + restored.stderr
    before, after = everything(catalogue.state), everything(empty.state)
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
