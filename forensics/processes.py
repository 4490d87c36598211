"""Accounts and processes, as the embedded PostgreSQL's launcher needs to know them."""

import os
import pwd
import subprocess
from contextlib import suppress
from pathlib import Path

ACCOUNTS = ("catalogue", "postgres", "nobody")


def server_account(data):
    """Who runs the server for root: the owner of existing data, else the first unprivileged account."""
    with suppress(FileNotFoundError, KeyError):
        if owner := data.stat().st_uid:
            return pwd.getpwuid(owner)
    for name in ACCOUNTS:
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise SystemExit("PostgreSQL does not run as root: add an account for it (useradd --system catalogue).")


def can_enter(folder, user):
    """Whether `user`, without further groups, may pass through every existing folder down to `folder`."""
    for place in (folder, *folder.parents):
        with suppress(FileNotFoundError):
            status = place.stat()
            shift = 6 if status.st_uid == user.pw_uid else 3 if status.st_gid == user.pw_gid else 0
            if not status.st_mode >> shift & 1:
                return False
    return True


def open_for_reading(folder):
    """Let every account read and run what lies in a folder of our own."""
    for place in (folder, *folder.rglob("*")):
        if not place.is_symlink():
            mode = place.stat().st_mode
            place.chmod(0o755 if place.is_dir() or mode & 0o100 else 0o644)


def living(data):
    """Process ids of the server on the data folder: those that stand in it and are not zombies."""
    if Path("/proc/self").exists():
        return [int(entry.name) for entry in Path("/proc").glob("[0-9]*") if _stands_in(entry, data)]
    return _named_in_pid_file(data)


def _stands_in(entry, data):
    try:
        return os.readlink(entry / "cwd") == str(data) and _state(entry) != "Z"
    except OSError:
        return False


def _state(entry):
    # "PID (name) STATE …", where the name may hold spaces and brackets.
    return (entry / "stat").read_text().rpartition(")")[2].split()[0]


def _named_in_pid_file(data):
    """Without /proc (macOS): the server that postmaster.pid names, if ps knows it as a living postgres."""
    try:
        pid = int((data / "postmaster.pid").read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return []
    seen = subprocess.run(
        ["ps", "-o", "stat=,command=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout.strip()
    return [pid] if "postgres" in seen and not seen.startswith("Z") else []


def tail(file, lines=3):
    """The last lines of a text file as one line, for a message."""
    with suppress(OSError):
        return " ".join(file.read_text(errors="replace").split("\n")[-lines - 1 :]).strip()
    return ""
