"""A backup restores as what it was, and a damaged one is refused before anything changes."""

import hashlib
import io
import json
import tarfile

import pytest

from forensics import backup, dump, stamps
from forensics.cluster import Cluster

SCHEMA = """
CREATE TABLE finding (id int PRIMARY KEY, marking text, audience int NOT NULL);
INSERT INTO finding SELECT n, 'Маркування ' || n, n % 3 FROM generate_series(1, 500) n;
CREATE TABLE remark (id int PRIMARY KEY, finding int REFERENCES finding, said text);
INSERT INTO remark SELECT n, n, 'said' FROM generate_series(1, 100) n;
CREATE INDEX finding_marking ON finding USING gin (upper(marking) gin_trgm_ops);
ALTER TABLE finding ENABLE ROW LEVEL SECURITY;
ALTER TABLE finding FORCE ROW LEVEL SECURITY;
CREATE POLICY keeping ON finding TO catalogue_owner USING (true) WITH CHECK (true);
CREATE POLICY reading ON finding FOR SELECT TO catalogue_app USING (audience = 1);
GRANT SELECT ON finding TO catalogue_app;
"""
DESCRIBED = """
SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity, pg_get_userbyid(c.relowner), c.relacl::text,
  (SELECT json_agg(p ORDER BY policyname) FROM pg_policies p WHERE p.tablename = c.relname)::text,
  (SELECT json_agg(i.indexdef ORDER BY indexname) FROM pg_indexes i WHERE i.tablename = c.relname)::text
FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' ORDER BY 1
"""
MARKS = "SELECT oid::regprocedure::text FROM pg_proc WHERE proleakproof ORDER BY 1"


@pytest.fixture
def saved(cluster, place):
    """A catalogue with rows, policies and two photographs, and its backup."""
    photos = place / "media" / "ab"
    photos.mkdir(parents=True)
    (photos / "abc.jpg").write_bytes(b"\xff\xd8 first")
    (photos / "abd.jpg").write_bytes(bytes(3_000_000))
    with cluster.shared():
        with cluster.connect(role="catalogue_owner") as connection:
            connection.execute(SCHEMA)
        return backup.save()


def move(monkeypatch, place, name):
    """Go on in another state and media folder."""
    monkeypatch.setenv("STATE", str(place / name))
    monkeypatch.setenv("MEDIA", str(place / f"{name}-media"))
    return Cluster(place / name)


def described(cluster):
    """Everything a restore must bring back."""
    with cluster.shared(), cluster.connect() as connection:
        tables = connection.execute(DESCRIBED).fetchall()
        rows = [connection.execute(f"SELECT * FROM {table} ORDER BY id").fetchall() for table in ("finding", "remark")]
        marks = connection.execute(MARKS).fetchall()
        owner = connection.execute(
            "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    return tables, rows, marks, owner


def test_a_restored_catalogue_equals_the_one_that_was_saved(saved, cluster, place, monkeypatch, capsys):
    before = described(cluster)
    restored = move(monkeypatch, place, "other")
    try:
        rows = backup.restore(saved)
        assert rows == {"finding": 500, "remark": 100}
        assert "Restored 600 rows and 2 photographs" in capsys.readouterr().out
        assert described(restored) == before
        with restored.shared(), restored.connect(role="catalogue_app") as connection:
            assert connection.execute("SELECT count(*) FROM finding").fetchone()[0] == 167
            assert stamps.done("example", stamps.this_database())
        for name in ("ab/abc.jpg", "ab/abd.jpg"):
            assert (place / "other-media" / name).read_bytes() == (place / "media" / name).read_bytes()
    finally:
        restored.stop()


def test_the_manifest_names_every_file_with_its_digest_and_every_table_with_its_rows(saved, place):
    with tarfile.open(saved) as tar:
        manifest = json.loads(tar.extractfile("manifest.json").read())
    assert manifest["rows"] == {"finding": 500, "remark": 100}
    content = (place / "media" / "ab" / "abc.jpg").read_bytes()
    assert manifest["files"]["media/ab/abc.jpg"] == {
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    assert set(manifest["files"]) == {"database.dump", "media/ab/abc.jpg", "media/ab/abd.jpg"}


def test_a_catalogue_that_is_there_is_replaced_only_when_that_is_wanted(saved, cluster):
    with cluster.shared(), cluster.connect(role="catalogue_owner") as connection:
        connection.execute("DELETE FROM remark")
    with pytest.raises(SystemExit, match=r"There is a catalogue already \(2 tables, 2 photographs\)"):
        backup.restore(saved)
    assert backup.restore(saved, force=True)["remark"] == 100
    with cluster.shared(), cluster.connect() as connection:
        assert connection.execute("SELECT count(*) FROM remark").fetchone()[0] == 100


def test_a_running_catalogue_is_not_replaced_under_its_readers(saved, cluster):
    with (
        cluster.shared(),
        cluster.connect(role="catalogue_app"),
        pytest.raises(SystemExit, match="The catalogue is running"),
    ):
        backup.restore(saved, force=True)


def test_a_catalogue_on_a_server_of_ones_own_is_saved_and_restored_as_its_owner(saved, cluster, monkeypatch):
    with cluster.shared():
        monkeypatch.setenv("DATABASE_URL", f"postgresql://catalogue_owner@/catalogue?host={cluster.socket}")
        file = backup.save()
        with cluster.connect(role="catalogue_owner") as connection:
            connection.execute("DELETE FROM remark; CREATE TABLE later (id int)")
        assert backup.restore(file, force=True) == {"finding": 500, "remark": 100}
        with cluster.connect() as connection:
            assert connection.execute("SELECT to_regclass('later')").fetchone()[0] is None


def test_a_dump_that_cannot_be_loaded_leaves_the_database_as_it_was(saved, cluster, place, monkeypatch):
    (place / "broken").write_bytes(b"PGDMP and no more")
    with cluster.shared():
        with pytest.raises(SystemExit, match="pg_restore failed"):
            dump.load(place / "broken", {})
        monkeypatch.setenv("DATABASE_URL", f"postgresql://catalogue_owner@/catalogue?host={cluster.socket}")
        with pytest.raises(SystemExit, match="was not restored and is as before"):
            dump.load(place / "broken", {})
        with cluster.connect() as connection:
            assert connection.execute("SELECT count(*) FROM remark").fetchone()[0] == 100


def test_one_wrong_byte_is_found_before_anything_is_restored(saved, place, monkeypatch):
    content = bytearray(saved.read_bytes())
    content[content.index(b"\xff\xd8 first") + 3] ^= 1
    saved.write_bytes(content)
    move(monkeypatch, place, "other")
    with pytest.raises(SystemExit, match=r"is damaged: media/ab/abc\.jpg is not what the manifest says"):
        backup.restore(saved)
    assert not (place / "other").exists()


def test_a_backup_that_was_cut_off_is_refused(saved, place, monkeypatch):
    content = saved.read_bytes()
    saved.write_bytes(content[: len(content) // 2])
    move(monkeypatch, place, "other")
    with pytest.raises(SystemExit, match=r"could not be read|no manifest"):
        backup.restore(saved)
    assert not (place / "other").exists()


@pytest.mark.parametrize("name", ["../outside", "media/../../outside", "/etc/outside", "other.txt"])
def test_a_file_that_would_land_elsewhere_is_refused(place, name):
    file = place / "forged.tar"
    with tarfile.open(file, "w") as tar:
        entry = tarfile.TarInfo(name)
        entry.size = 1
        tar.addfile(entry, io.BytesIO(b"x"))
    with pytest.raises(SystemExit, match="which no backup of this catalogue would"):
        backup.verify(file)
