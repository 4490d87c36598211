"""Reads what is printed on a crop, as an offer to a person, who decides. An optional extra: rapidocr with
onnxruntime, whose models lie in the package, so that nothing is asked of a network.

Each crop is read in a process of its own (reader.py), which is gone afterwards: the models take half a gigabyte that
no worker should keep, and what a damaged crop does to a decoder harms nobody else.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
SECONDS = 300.0  # of the clock, for one crop; some five on a quiet machine, and what counts is limited in reader.py
LONGEST = 2_000  # pixels of a crop's longer edge
MOST_LINES, LONGEST_LINE, LONGEST_TEXT = 40, 120, 2_000  # what one package or label can carry, and a marking takes
_SAID = 1024**2  # bytes of an answer that are looked at; more, the reading process may not write


class ReadingFailed(RuntimeError):
    """The crop could not be read for a reason that lies in this machine; it can be tried again."""


class Unreadable(RuntimeError):
    """The reading program ended on this crop without an answer, and would do so again."""


@dataclass(frozen=True)
class Line:
    """One printed line; `score` is the program's own estimate from 0 to 1, no probability."""

    text: str
    score: float


@dataclass(frozen=True)
class Reading:
    """The lines from the top, and the program with its version. No line: nothing was made out."""

    lines: list[Line]
    engine: str


def read(path: Path, *, program: str = "", timeout: float = SECONDS) -> Reading:
    """What is read on the PNG at `path` by rapidocr, or by another `program` that answers as reader.py does.

    `timeout` is in seconds of the clock. Raises ReadingFailed and Unreadable.
    """
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "HOME") if name in os.environ}
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complained:
        try:
            done = subprocess.run(
                [sys.executable, "-m", f"{__package__}.reader", os.path.abspath(path), program],
                cwd=_ROOT,
                env=kept | {"LC_ALL": "C.UTF-8", "PYTHONUTF8": "1", "OMP_NUM_THREADS": "1"},
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=complained,
                timeout=timeout,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise ReadingFailed(f"The reading program did not answer: {error}.") from error
        if done.returncode != 0:
            raise Unreadable(f"The reading program ended with {done.returncode}: {last_line(complained)}")
        said.seek(0)
        return understood(said.read(_SAID))


def last_line(file) -> str:
    """The end of what a program complained of."""
    file.seek(max(0, file.seek(0, os.SEEK_END) - 4_096))
    return file.read().decode(errors="replace").strip().rpartition("\n")[2]


def understood(answer: bytes) -> Reading:
    """The answer with its text cleaned and bounded. Raises Unreadable for what is none."""
    try:
        told = json.loads(answer)
        found = [Line(cleaned(one["text"]), estimate(one["score"])) for one in told["lines"][:MOST_LINES]]
        engine = cleaned(told["engine"])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Unreadable("The reading program gave no answer that can be understood.") from error
    lines, letters = [], 0
    for line in found:
        letters += len(line.text) + 1
        if line.text and letters <= LONGEST_TEXT:
            lines.append(line)
    return Reading(lines, engine)


def cleaned(text: str) -> str:
    """A line of `text` without what cannot be seen (control characters, direction marks), of bounded length."""
    seen = "".join(letter if letter.isprintable() else " " for letter in text[: 4 * LONGEST_LINE])
    return " ".join(seen.split())[:LONGEST_LINE]


def estimate(score) -> float:
    """A score within 0 and 1. Raises ValueError for what is no number."""
    value = float(score)
    if not math.isfinite(value):
        raise ValueError("no number")
    return round(min(1.0, max(0.0, value)), 3)
