"""What `make run` starts, it ends; and what it refuses before anything starts."""

import os
import signal
import socket
import subprocess
import sys

import pytest

from forensics import run

from .conftest import ROOT, until

CHILD = """
import os, sys, time
from forensics import lifeline
lifeline.hold()
os.write(1, f"child {os.getpid()}\\n".encode())
time.sleep(float(sys.argv[1]))
"""
SUPERVISE = """
import sys
from forensics.supervisor import Failed, Stopped, Supervisor
child, seconds = sys.argv[1:]
supervisor = Supervisor()
supervisor.start("The patient one", [sys.executable, "-c", child, "60"])
supervisor.start("The other", [sys.executable, "-c", child, seconds])
try:
    supervisor.watch()
except Stopped:
    print("stopped", flush=True)
except Failed as problem:
    print(problem, flush=True)
    sys.exit(1)
finally:
    supervisor.end()
"""


def supervise(program, seconds="60"):
    """A supervisor with two children; returns it and their process ids."""
    supervisor = program(SUPERVISE, CHILD, seconds)
    children = [int(supervisor.stdout.readline().split()[1]) for _ in range(2)]
    return supervisor, children


def gone(pids):
    """No such process, or a dead one that nobody has asked about."""
    for pid in pids:
        try:
            with open(f"/proc/{pid}/stat") as file:
                if file.read().rpartition(")")[2].split()[0] != "Z":
                    return False
        except FileNotFoundError:
            continue
    return True


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_asked_to_stop_it_ends_its_children_and_leaves_with_zero(program, asked):
    supervisor, children = supervise(program)
    supervisor.send_signal(asked)
    assert supervisor.communicate(timeout=20)[0] == "stopped\n"
    assert supervisor.returncode == 0
    assert gone(children)


def test_when_a_child_dies_it_says_which_and_ends_the_others(program):
    supervisor, children = supervise(program, "0.3")
    assert "The other has ended (exit code 0)" in supervisor.communicate(timeout=20)[0]
    assert supervisor.returncode == 1
    assert gone(children)


def test_killed_it_still_takes_its_children_along(program):
    supervisor, children = supervise(program)
    supervisor.kill()
    assert until(lambda: gone(children))


def test_a_port_that_is_taken_is_said_in_one_sentence_before_anything_starts(state, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        tried = subprocess.run(
            [sys.executable, "-m", "forensics.run"],
            cwd=ROOT,
            env={**os.environ, "PORT": str(port)},
            capture_output=True,
            text=True,
        )
    assert tried.returncode == 1
    assert (
        tried.stderr.strip()
        == f"Cannot serve at 127.0.0.1 port {port} (Address already in use): choose another PORT or HOST."
    )
    assert not state.exists()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "example.org"])
def test_another_address_than_this_machine_is_refused_without_tls(monkeypatch, state, host):
    monkeypatch.setenv("HOST", host)
    with pytest.raises(SystemExit, match="would cross the network unencrypted"):
        run.listening()


def test_another_address_is_served_by_who_insists(monkeypatch, state):
    monkeypatch.setenv("HOST", "0.0.0.0")
    monkeypatch.setenv("INSECURE", "1")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    monkeypatch.setenv("PORT", str(port))
    assert run.listening() == ("0.0.0.0", port)
