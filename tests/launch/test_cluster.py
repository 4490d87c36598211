"""The embedded PostgreSQL: one server, no network, no password, and a start after every kind of kill."""

import contextlib
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import time

import psycopg
import pytest

from forensics import postgres, processes
from forensics.cluster import Cluster, wheel_folder

from .conftest import ROOT, answer, server_processes, until

USE = """
import sys
from forensics import postgres
with postgres.serving():
    print("ready", flush=True)
    sys.stdin.readline()
"""
FORK = """
import os, signal
from forensics import postgres
with postgres.serving():
    if os.fork() == 0:
        signal.pause()
    print("ready", flush=True)
    signal.pause()
"""
LEAKPROOF = {
    "textlike",
    "texticlike",
    "upper",
    "lower",
    "similarity_op",
    "word_similarity_op",
    "ts_match_vq",
}


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_an_empty_folder_becomes_a_running_catalogue_and_nothing_is_left_running_after(cluster):
    with cluster.shared():
        assert answer(cluster, "catalogue_app") == "catalogue_app"
        assert answer(cluster, "catalogue_owner") == "catalogue_owner"
        assert server_processes(cluster)
    assert server_processes(cluster) == []
    assert not cluster.running()


def test_what_is_on_disk_is_closed_to_other_accounts(cluster):
    with cluster.shared():
        assert mode(cluster.state) == 0o711
        assert mode(cluster.data) == mode(cluster.socket) == mode(cluster.home / "log") == 0o700


def test_the_server_listens_on_no_tcp_port_and_trusts_nobody(cluster):
    with cluster.shared(), cluster.connect() as connection:
        assert connection.execute("SHOW listen_addresses").fetchone()[0] == ""
        rules = connection.execute("SELECT type, auth_method FROM pg_hba_file_rules").fetchall()
        assert rules == [("local", "peer")]
        inodes = {os.readlink(f"/proc/{pid}/fd/{fd}") for pid, fd in open_files(cluster)}
        listening = [line.split() for line in read("/proc/net/tcp", "/proc/net/tcp6")]
        assert [line for line in listening if line[3] == "0A" and f"socket:[{line[9]}]" in inodes] == []


def open_files(cluster):
    return [(pid, fd) for pid in server_processes(cluster) for fd in os.listdir(f"/proc/{pid}/fd")]


def read(*files):
    for name in files:
        if os.path.exists(name):
            with open(name) as lines:
                yield from list(lines)[1:]


@pytest.mark.skipif(os.geteuid() != 0, reason="Only root can become another account to try.")
def test_another_account_cannot_connect_even_when_it_can_reach_the_socket(cluster):
    with cluster.shared():
        other = pwd.getpwnam("daemon")
        command = [cluster.programs() / "psql", "-h", cluster.socket, "-U", "postgres", "-c", "SELECT 1"]
        closed = subprocess.run(command, user=other.pw_uid, capture_output=True, text=True)
        assert closed.returncode != 0
        assert "Permission denied" in closed.stderr
        server = subprocess.run(command, user=cluster.user.pw_uid, capture_output=True, text=True)
        assert server.returncode != 0
        assert "Peer authentication failed" in server.stderr


def test_roles_own_and_may_what_they_should(cluster):
    question = """
        SELECT rolsuper, rolbypassrls, rolinherit, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = %s
    """
    with cluster.shared(), cluster.connect() as connection:
        assert connection.execute(question, ["catalogue_app"]).fetchone() == (
            False,
            False,
            False,
            False,
            False,
        )
        assert connection.execute(question, ["catalogue_owner"]).fetchone() == (
            False,
            False,
            True,
            True,
            False,
        )
        owner = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'catalogue'"
        assert connection.execute(owner).fetchone()[0] == "catalogue_owner"


def test_a_new_test_database_has_the_extensions_and_exactly_the_leakproof_marks(cluster):
    marked = "SELECT oid::regprocedure::text, proname FROM pg_proc WHERE proleakproof"
    with cluster.shared():
        with cluster.connect("postgres") as connection:  # as initdb left it
            before = set(connection.execute(marked).fetchall())
        with cluster.connect("postgres", "catalogue_owner") as connection:
            connection.execute("CREATE DATABASE test_catalogue")
        with cluster.connect("test_catalogue") as connection:
            extensions = {row[0] for row in connection.execute("SELECT extname FROM pg_extension")}
            added = {name for signature, name in set(connection.execute(marked).fetchall()) - before}
        assert extensions >= {"pg_trgm", "unaccent", "btree_gin"}
        assert added == LEAKPROOF


def test_running_the_administrators_statements_again_changes_nothing(cluster):
    with cluster.shared():
        cluster.administer(again=True)
        assert answer(cluster) == "catalogue_app"


def test_two_processes_share_one_server_and_the_last_stops_it(cluster, program):
    first, second = program(USE), program(USE)
    assert first.stdout.readline() == second.stdout.readline() == "ready\n"
    servers = server_processes(cluster)
    first.communicate("\n", timeout=20)
    assert answer(cluster) == "catalogue_app"
    assert set(server_processes(cluster)) & set(servers)
    second.communicate("\n", timeout=20)
    assert server_processes(cluster) == []


def test_a_forked_child_does_not_keep_the_server_when_its_parent_is_killed(cluster, program):
    parent = program(FORK)
    assert parent.stdout.readline() == "ready\n"
    parent.kill()
    parent.wait()
    with cluster.shared():
        assert answer(cluster) == "catalogue_app"
    assert server_processes(cluster) == []


def test_a_killed_server_is_replaced_by_the_next_start(cluster):
    with cluster.shared():
        with cluster.connect(role="catalogue_owner") as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
        postmaster = int((cluster.data / "postmaster.pid").read_text().split()[0])
        os.kill(postmaster, signal.SIGKILL)
        with cluster.shared(), cluster.connect(role="catalogue_owner") as connection:
            assert connection.execute("SELECT number FROM kept").fetchone()[0] == 7


def test_every_process_of_the_server_may_be_killed_at_once(cluster):
    with cluster.shared():
        for pid in server_processes(cluster):
            with contextlib.suppress(ProcessLookupError):  # children go by themselves once the first is dead
                os.kill(pid, signal.SIGKILL)
        with cluster.shared():
            assert answer(cluster) == "catalogue_app"


def test_a_killed_user_leaves_a_server_that_the_next_one_takes_over_and_stops(cluster, program):
    killed = program(USE)
    assert killed.stdout.readline() == "ready\n"
    killed.kill()
    killed.wait()
    with cluster.shared():
        assert answer(cluster) == "catalogue_app"
    assert server_processes(cluster) == []


def test_a_user_killed_while_starting_does_no_harm(cluster, program):
    killed = program(USE)
    assert until(lambda: cluster.home.exists() and any(cluster.home.glob("initdb/*")))
    killed.kill()
    killed.wait()
    with cluster.shared():
        assert answer(cluster) == "catalogue_app"


def test_a_killed_initdb_is_begun_anew(cluster, program):
    started = program(USE)
    assert until(lambda: kill_initdb(cluster))
    output = started.communicate("\n", timeout=20)[0]
    assert "PostgreSQL's initdb failed" in output
    assert not cluster.data.exists()
    with cluster.shared():
        assert answer(cluster) == "catalogue_app"


def kill_initdb(cluster):
    """Kill the initdb that works on this cluster, if there is one; the answer is whether there was."""
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                with open(f"/proc/{entry.name}/cmdline", "rb") as file:
                    words = file.read().split(b"\0")
                if words[0].endswith(b"/initdb") and os.fsencode(cluster.home / "initdb") in words:
                    os.kill(int(entry.name), signal.SIGKILL)
                    return True
            except OSError:
                continue
    return False


def test_lock_files_of_a_dead_server_do_not_stop_a_start(cluster):
    with cluster.shared():
        pass
    # The number of a living process, which PostgreSQL itself would take for its own.
    (cluster.data / "postmaster.pid").write_text(f"{os.getpid()}\n{cluster.data}\n0\n5432\n{cluster.socket}\n\n")
    (cluster.socket / ".s.PGSQL.5432.lock").write_text(f"{os.getpid()}\n")
    with cluster.shared():
        assert answer(cluster) == "catalogue_app"


def test_sigterm_to_a_command_stops_the_server_it_started(cluster):
    sleep = [sys.executable, "manage.py", "postgres", "run", "--", "sleep", "60"]
    command = subprocess.Popen(sleep, cwd=ROOT, start_new_session=True)
    assert until(cluster.running)
    assert until(lambda: (cluster.home / "administered").exists())
    time.sleep(0.2)
    os.killpg(command.pid, signal.SIGTERM)
    assert command.wait(20) == 143
    assert server_processes(cluster) == []


def test_a_state_path_too_long_for_a_socket_is_refused_with_how_much_to_cut(place):
    with pytest.raises(SystemExit, match=r"STATE is too long a path for a Unix socket .* bytes shorter"):
        Cluster(place / ("x" * 100))


@pytest.mark.skipif(os.geteuid() != 0, reason="Only root's server runs under another account.")
def test_root_keeps_data_elsewhere_when_the_servers_account_cannot_reach_the_state_folder(place, monkeypatch, capfd):
    closed = place / "closed"
    closed.mkdir(0o700)
    cluster = Cluster(closed / "state")
    try:
        with cluster.shared():
            assert answer(cluster) == "catalogue_app"
            assert str(cluster.home).startswith("/var/lib/forensics-catalogue/")
            assert Cluster(closed / "state").home == cluster.home
        assert mode(closed) == 0o700
        assert f"PostgreSQL's data will lie in {cluster.home}" in capfd.readouterr().err
    finally:
        shutil.rmtree(cluster.home)


@pytest.mark.skipif(os.geteuid() != 0, reason="Only root's server runs under another account.")
def test_programs_that_the_servers_account_cannot_reach_are_copied(cluster, monkeypatch, capfd):
    wheel = wheel_folder()
    monkeypatch.setattr(processes, "can_enter", lambda folder, user: not folder.is_relative_to(wheel))
    with cluster.shared():
        assert answer(cluster) == "catalogue_app"
        assert cluster.programs().is_relative_to(cluster.home)
    assert "Copying PostgreSQL's programs to" in capfd.readouterr().err


def test_a_database_address_that_cannot_be_read_is_refused_without_repeating_the_password(state, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:s3cret@host:port/x?nonsense")
    with pytest.raises(SystemExit) as refusal, postgres.serving():
        pass
    assert "DATABASE_URL cannot be read" in str(refusal.value)
    assert "s3cret" not in str(refusal.value)


def test_a_server_that_does_not_answer_is_named(state, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://me@127.0.0.1:1/catalogue")
    sentence = r"DATABASE_URL \(127.0.0.1, database catalogue\) cannot be used: Connection refused; start that server"
    with pytest.raises(SystemExit, match=sentence), postgres.serving():
        pass


def test_a_server_without_our_roles_says_what_its_administrator_does(cluster, monkeypatch):
    with cluster.shared():
        with cluster.connect("postgres") as connection:
            connection.execute("ALTER ROLE catalogue_app RENAME TO something_else")
        monkeypatch.setenv("DATABASE_URL", f"postgresql://catalogue_owner@/catalogue?host={cluster.socket}")
        sentence = "has no role catalogue_app: its administrator runs"
        with pytest.raises(SystemExit, match=sentence), postgres.serving():
            pass


def test_an_account_of_ones_own_server_acts_as_the_role_it_is_asked_for(cluster, monkeypatch):
    with cluster.shared():
        monkeypatch.setenv("DATABASE_URL", f"postgresql://postgres@/catalogue?host={cluster.socket}")
        with postgres.serving(), psycopg.connect(**postgres.parameters("catalogue_app")) as connection:
            assert connection.execute("SELECT current_user").fetchone()[0] == "catalogue_app"
        entry = postgres.database("catalogue_app")
        assert entry["OPTIONS"]["options"].startswith("-c role=catalogue_app -c ")
        assert (entry["NAME"], entry["HOST"]) == ("catalogue", str(cluster.socket))


@pytest.mark.soak
def test_twenty_starts_killed_at_any_moment_never_spoil_the_folder(cluster, program):
    for attempt in range(20):
        killed = program(USE)
        time.sleep(0.15 * attempt)
        for pid in (killed.pid, *server_processes(cluster)):
            os.kill(pid, signal.SIGKILL)
        killed.wait()
    with cluster.shared():
        assert answer(cluster) == "catalogue_app"
    assert server_processes(cluster) == []
