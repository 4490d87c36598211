"""Settings from the environment. The only module that reads or changes os.environ.

A wrong value ends the process with one sentence that names the variable and says what it may be.
"""

import os
import secrets
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off"}


def text(name, default=""):
    """The value as it stands; unset and empty both give `default`: `make` passes empty variables."""
    return os.environ.get(name, "").strip() or default


def flag(name, default=False):
    """Yes or no."""
    word = text(name).lower()
    if not word:
        return default
    if word not in YES | NO:
        raise SystemExit(f"{name} is {word!r}: write 1 or 0.")
    return word in YES


def number(name, default, lowest=None, highest=None):
    """A whole number within the bounds, both included."""
    word = text(name)
    bounds = "".join(f" {side} {bound}" for side, bound in (("from", lowest), ("up to", highest)) if bound is not None)
    try:
        value = int(word) if word else default
    except ValueError:
        value = None
    if value is None or (lowest is not None and value < lowest) or (highest is not None and value > highest):
        raise SystemExit(f"{name} is {word!r}: write a whole number{bounds}.")
    return value


def path(name, default):
    """An absolute path; a relative value counts from the current folder, `~` is the home folder."""
    value = text(name) or str(default)
    if "\0" in value or "\n" in value:
        raise SystemExit(f"{name} holds a line break or a null character: write one path.")
    return Path(value).expanduser().resolve()


def installed(*packages):
    """Whether the Python packages of an optional extra are there; nothing is loaded of them."""
    return all(find_spec(package) for package in packages)


def secret(name, file):
    """The value of the variable, else a random secret that is made once and kept in `file` (mode 0600).

    Two processes that start together agree: the file appears under its name only when it is complete, and
    the first one wins.
    """
    if value := text(name):
        return value
    file = Path(file)
    try:
        if not file.exists():
            make_folder(file.parent)
            _keep(file, secrets.token_urlsafe(48))
        value = file.read_text().strip()
    except OSError as problem:
        raise SystemExit(f"{name} is not set and {file} cannot be used: {problem.strerror}.") from None
    if not value:
        raise SystemExit(f"{file} is empty: remove it and start again, or set {name}.")
    return value


def _keep(file, value):
    scratch = file.with_name(f".{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(handle, "w") as out:
            out.write(value + "\n")
            out.flush()
            os.fsync(out.fileno())
        with suppress(FileExistsError):
            os.link(scratch, file)
    finally:
        scratch.unlink()


def make_folder(folder):
    """The state folder, made if missing: 0711, so that a server under another account can pass through it.

    Whatever lies inside has a narrower mode of its own. The mode of an existing folder is never changed.
    """
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            folder.mkdir(0o711)
            folder.chmod(0o711)  # whatever the umask


def give(**values):
    """Set variables for this process and those it starts."""
    os.environ.update({name: str(value) for name, value in values.items()})


def inherited(**values):
    """A copy of the environment with some variables set, for one process to be started."""
    return {**os.environ, **{name: str(value) for name, value in values.items()}}
