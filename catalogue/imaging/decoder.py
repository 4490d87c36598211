"""The decoding process: `python -m catalogue.imaging.decoder`, started and fed by child.py.

It has Pillow loaded, reads one job a line (JSON) from standard input, forks for each, and answers one line.
The fork decodes under limits on memory, time, file size and open files: a hostile file can only kill its
fork. The end of standard input (its parent is gone, however it died) ends the process and a running fork with
it.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import resource
import select
import signal
import sys
import time
import warnings
from dataclasses import asdict, replace
from pathlib import Path

from PIL import Image

from . import derived, likeness, metadata, renditions, verify
from .refusals import PhotoRefused, damaged, truncated
from .signatures import ACCEPTED, HEIC

_LONGEST_ANSWER = 1024 * 1024
# The C library's heap takes what was once asked for and given back, where it can use large pages from end to end;
# above that, each block is a mapping of its own. Pillow asks for pictures in blocks of 16 MB.
_PICTURE_MEMORY = 24 * 1024 * 1024
_LARGEST_RENDITION = 32 * 1024 * 1024


def main() -> None:
    """Serve jobs until standard input ends."""
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.init()
    bytes(_PICTURE_MEMORY)
    gc.collect()
    gc.freeze()
    buffered = b""
    while True:
        while b"\n" not in buffered:
            more = os.read(0, 65_536)
            if not more:
                return
            buffered += more
        line, buffered = buffered.split(b"\n", 1)
        answer = json.dumps(_in_a_fork(json.loads(line))) + "\n"
        sys.stdout.buffer.write(answer.encode())
        sys.stdout.buffer.flush()


def _in_a_fork(job: dict) -> dict:
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        _child(job, writing)  # never returns
    os.close(writing)
    try:
        data, in_time = _collect(reading, time.monotonic() + job["seconds"])
    finally:
        os.close(reading)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        _, status, used = os.wait4(pid, 0)
    if data is None:
        sys.exit(0)  # the parent is gone
    return _answer(data, in_time, status, used)


def _collect(reading: int, deadline: float) -> tuple[bytes | None, bool]:
    """The fork's bytes, and whether it ended in time; None when standard input ended meanwhile."""
    data = b""
    while (left := deadline - time.monotonic()) > 0:
        ready, _, _ = select.select([reading, 0], [], [], left)
        if reading in ready:
            more = os.read(reading, 65_536)
            if not more:
                return data, True
            data += more
            if len(data) > _LONGEST_ANSWER:
                return b"", True
        elif 0 in ready and not os.read(0, 1):  # nothing is sent while a job runs: readable means ended
            return None, True
    return data, False


def _answer(data: bytes, in_time: bool, status: int, used) -> dict:
    killed_by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    try:
        answer = json.loads(data)
    except ValueError:
        answer = None
    if isinstance(answer, dict) and in_time:
        answer["cpu_seconds"] = round(used.ru_utime + used.ru_stime, 3)
        answer["peak_memory"] = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        return answer
    if not in_time or killed_by in (signal.SIGXCPU, signal.SIGALRM):
        return _refusal(
            PhotoRefused(
                "took_too_long",
                "This picture took too long to decode. Open it in a picture program, export it as JPEG and send that.",
            )
        )
    return _refusal(
        PhotoRefused(
            "decoder_crashed",
            "The decoder failed on this picture, which points to a damaged or hostile file. Open it in a "
            "picture program on a machine that may be lost, export it as JPEG and send that.",
        )
    )


def _child(job: dict, writing: int) -> None:
    """Runs in the fork: limits first, then the work, then one JSON object into the pipe."""
    gc.disable()  # one picture makes no garbage worth the pages that a search for it would copy
    try:
        _limit(job, writing)
        answer = json.dumps(_derive(job) if "task" in job else _examine(job)).encode()
        while answer:
            answer = answer[os.write(writing, answer) :]
    finally:
        os._exit(0)


def _limit(job: dict, writing: int) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGXCPU, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    os.closerange(3, writing)
    os.closerange(writing + 1, 256)
    signal.alarm(int(job["seconds"]) + 2)  # should the process above die first
    cpu = int(job["cpu_seconds"])
    for kind, soft, hard in (
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_CPU, cpu, cpu + 2),
        (resource.RLIMIT_FSIZE, *2 * (int(job.get("largest", _LARGEST_RENDITION)),)),
        (resource.RLIMIT_NOFILE, 64, 64),
        (resource.RLIMIT_AS, *2 * (_address_space() + int(job["memory"]),)),
    ):
        with contextlib.suppress(ValueError, OSError):  # macOS refuses RLIMIT_AS; the check before decoding remains
            resource.setrlimit(kind, (soft, hard))


def _address_space() -> int:
    """Bytes of address space in use already; a guess where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except (OSError, ValueError):
        return 512 * 1024**2


def _examine(job: dict) -> dict:
    path = Path(job["path"])
    try:
        checked = verify.check(path, job["sha256"])
        verified, found, made, likely = _decode(path, checked, with_renditions=bool(job["folder"]))
    except PhotoRefused as refused:
        return _refusal(refused)
    except OSError as error:
        return {"failed": f"{error.strerror or error}: {path}"}
    written = {}
    for name, content in made.items():
        place = Path(job["folder"]) / f"{name}.{renditions.EXTENSION}"
        try:
            place.write_bytes(content)
        except OSError as error:
            return {"failed": f"{error.strerror or error}: {place}"}
        written[name] = str(place)
    return {
        "verified": asdict(verified),
        "metadata": asdict(found),
        "renditions": written,
        "dhash": likely,
    }


def _derive(job: dict) -> dict:
    """A task of derived.py. The file was verified when it came: whatever fails now is this machine's fault."""
    try:
        derived.TASKS[job["task"]](job)
    except Exception as error:  # decoders raise anything
        return {"failed": f"{str(error)[:200] or type(error).__name__}: {job['path']}"}
    return {"made": job["to"]}


def _decode(path: Path, checked: verify.Checked, with_renditions: bool):
    """Decode every page once; gives what is now known, the metadata, the renditions' bytes and the difference hash."""
    word = ACCEPTED[checked.media_type][0]
    with open(path, "rb") as file:
        try:
            image = renditions.open_picture(file, checked.media_type)
            found = metadata.read(image)
            turn, mode, size = renditions.orientation(image), image.mode, image.size
            made, likely = {}, None
            if with_renditions:
                made, smallest = renditions.make_all(image)
                likely = likeness.dhash(smallest)
            else:
                renditions.decode(image)
            pages = renditions.decode_other_pages(image)
        except MemoryError as error:
            raise verify.too_many_pixels("needs more memory to decode than is allowed") from error
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise verify.too_many_pixels("or one of its pages has too many pixels") from error
        except Exception as error:  # decoders raise anything: SyntaxError, struct.error, KeyError …
            if "truncated" in str(error):
                raise truncated(word) from error
            raise damaged(word, f"it cannot be decoded ({str(error)[:120] or type(error).__name__})") from error
    if checked.media_type == HEIC:  # the decoder has turned it upright, as the format demands
        checked = replace(checked, width=size[0], height=size[1])
    elif sorted(size) != sorted((checked.width, checked.height)):
        raise damaged(word, "it states two different sizes")
    known = {name: getattr(checked, name) for name in ("media_type", "extension", "width", "height", "sha256", "size")}
    return verify.Verified(**known, pages=pages, mode=mode, orientation=turn), found, made, likely


def _refusal(refused: PhotoRefused) -> dict:
    return {"refused": {"reason": refused.reason, "sentence": refused.sentence}}


if __name__ == "__main__":
    main()
