"""Examines photographs in a process of their own, so that a hostile file cannot harm the one that received
it.

One long-lived decoding process (decoder.py) is kept per web or worker process. It forks for each photograph,
so the cost of a start is a fork, not a Python with Pillow. Threads take turns: one photograph is decoded at a
time per process, which also bounds its memory.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from .metadata import Metadata
from .refusals import PhotoRefused
from .verify import Verified

_ROOT = Path(__file__).resolve().parents[2]
SECONDS = 60.0  # of the clock, for one photograph
CPU_SECONDS = 30
MEMORY = 1_400 * 1024 * 1024  # address space the decoding may add: what `verify` allows, and some for the renditions
_GRACE = 5.0
# Of what is made of a kept photograph: tiles of 200 megapixels take some ten seconds and 200 MB of disk.
_LIMITS = {"seconds": 300.0, "cpu_seconds": 240, "memory": MEMORY, "largest": 512 * 1024 * 1024}

# Every fork's memory is new to it. In pages of 2 MB its first touches are some 1,000 faults for 12 megapixels, not
# 8,000, a fifth of all its time. A C library or system that does not know this goes on as before.
_SURROUNDINGS = {
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
    "MALLOC_ARENA_MAX": "2",
    "LC_ALL": "C.UTF-8",
    "PYTHONUTF8": "1",
}


class ExaminerFailed(RuntimeError):
    """The photograph could not be examined for a reason that lies in this machine, not in the file."""


@dataclass(frozen=True)
class Examined:
    """A photograph that may be kept.

    `renditions` maps the names in renditions.RENDITIONS to files in the folder that was given; it is empty
    without one. `dhash` is the difference hash of the upright picture (likeness.py), None without renditions.
    `cpu_seconds` and `peak_memory` (bytes) are what decoding took.
    """

    verified: Verified
    metadata: Metadata
    renditions: dict[str, Path] = field(default_factory=dict)
    dhash: int | None = None
    cpu_seconds: float = 0.0
    peak_memory: int = 0


@dataclass(frozen=True)
class Used:
    """What making a file took: seconds of CPU, and memory at its peak in bytes."""

    cpu_seconds: float
    peak_memory: int


class Examiner:
    """One decoding process and the turns that threads take at it. Started when first needed, again when it
    died."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen | None = None

    def examine(
        self,
        path: Path,
        folder: Path | None = None,
        *,
        sha256: str = "",
        timeout: float = SECONDS,
        cpu_seconds: int = CPU_SECONDS,
        memory: int = MEMORY,
    ) -> Examined:
        """Verify the file, decode it once, read its metadata and write its renditions into `folder`.

        `sha256` of the file, where its receiver has reckoned it, is not reckoned again. `timeout` is in seconds of
        the clock from when its turn comes, `memory` in bytes of address space.
        Raises PhotoRefused with the reason, and ExaminerFailed when this machine is at fault. Files in
        `folder` after a refusal are the caller's to remove.
        """
        job = {
            "path": os.path.abspath(path),
            "folder": os.path.abspath(folder) if folder else None,
            "sha256": sha256,
            "seconds": timeout,
            "cpu_seconds": cpu_seconds,
            "memory": memory,
        }
        return _understood(self._answer(job, timeout + _GRACE))

    def derive(self, task: str, path: Path, to: Path, **what) -> Used:
        """Make the file `to` out of the kept file `path`, as the task of that name in derived.py does.

        Raises ExaminerFailed; what then lies at `to` is the caller's to remove.
        """
        job = _LIMITS | {"task": task, "path": os.path.abspath(path), "to": os.path.abspath(to)} | what
        answer = self._answer(job, job["seconds"] + _GRACE)
        if answer is None or "made" not in answer:
            why = (answer or {}).get("failed") or (answer or {}).get("refused", {}).get("sentence") or "no answer"
            raise ExaminerFailed(f"The photograph could not be prepared for viewing: {why}.")
        return Used(answer["cpu_seconds"], answer["peak_memory"])

    def _answer(self, job: dict, seconds: float) -> dict | None:
        with self._lock:
            answer = self._ask(job, seconds)
            if answer is None:  # it may have died before this job: once more with a new one
                answer = self._ask(job, seconds)
        return answer

    def close(self) -> None:
        """End the decoding process."""
        with self._lock:
            self._stop()

    def own_seconds(self) -> float:
        """Seconds of CPU that the decoding process has used itself, without its forks; 0.0 when it does not run."""
        process = self._process
        if process is None or not sys.platform.startswith("linux"):
            return 0.0
        return time.clock_gettime(~process.pid << 3 | 2)  # what clock_getcpuclockid(3) gives

    def forget(self) -> None:
        """In a forked copy of this process: let go of the parent's decoding process without ending it."""
        process, self._process, self._lock = self._process, None, threading.Lock()
        if process is not None:
            process.stdin.close()
            process.stdout.close()
            process.returncode = 0  # not our child: nothing to wait for

    def _ask(self, job: dict, seconds: float) -> dict | None:
        """The answer; None when the process died instead of answering."""
        process = self._running()
        deadline, data = time.monotonic() + seconds, b""
        try:
            process.stdin.write(json.dumps(job).encode() + b"\n")
            while not data.endswith(b"\n"):
                left = deadline - time.monotonic()
                if left <= 0 or not select.select([process.stdout], [], [], left)[0]:
                    self._stop()
                    return {"failed": "the decoding process did not answer"}
                more = os.read(process.stdout.fileno(), 65_536)
                if not more:
                    self._stop()
                    return None
                data += more
        except BrokenPipeError:
            self._stop()
            return None
        except BaseException:
            self._stop()  # an answer that nobody reads must not be taken for the next one's
            raise
        return json.loads(data)

    def _running(self) -> subprocess.Popen:
        if self._process is None or self._process.poll() is not None:
            self._stop()
            # Nothing of this process's environment but what finds the libraries: no passwords beside a
            # decoder.
            kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "HOME") if name in os.environ}
            try:
                self._process = subprocess.Popen(
                    [sys.executable, "-m", f"{__package__}.decoder"],
                    cwd=_ROOT,
                    env=kept | _SURROUNDINGS,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    bufsize=0,
                    start_new_session=True,  # Ctrl-C reaches the parent; the end of its pipe ends this one
                )
            except OSError as error:
                raise ExaminerFailed(f"The decoding process for photographs cannot be started: {error}.") from error
        return self._process

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(OSError):
            process.stdin.close()
        process.kill()
        process.wait()
        process.stdout.close()


def _understood(answer: dict | None) -> Examined:
    if answer is None:
        raise ExaminerFailed(
            "The decoding process for photographs ended twice without an answer. Look for its message in "
            "the log; try this photograph again on its own."
        )
    if "refused" in answer:
        raise PhotoRefused(answer["refused"]["reason"], answer["refused"]["sentence"])
    if "failed" in answer:
        raise ExaminerFailed(f"The photograph could not be examined: {answer['failed']}.")
    return Examined(
        Verified(**answer["verified"]),
        Metadata(**answer["metadata"]),
        {name: Path(place) for name, place in answer["renditions"].items()},
        answer["dhash"],
        answer["cpu_seconds"],
        answer["peak_memory"],
    )


_examiner = Examiner()
os.register_at_fork(after_in_child=_examiner.forget)


def examine(path: Path, folder: Path | None = None, **limits) -> Examined:
    """Examine with this process's one Examiner; see Examiner.examine."""
    return _examiner.examine(path, folder, **limits)


def derive(task: str, path: Path, to: Path, **what) -> Used:
    """Derive with this process's one Examiner; see Examiner.derive."""
    return _examiner.derive(task, path, to, **what)
