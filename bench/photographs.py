"""How fast photographs are taken into evidence, against a bare script that does the same steps; and in how much memory.

The bare script hashes a JPEG, writes it onto the disk under its digest, reads its EXIF, decodes it in draft mode, makes
both renditions and the difference hash, and writes the renditions onto the disk; all in one process that has its memory
already. The catalogue does so in a process of its own under limits, new for each file, receives the file on disk first,
and checks its structure. Both meet the same pictures, by turns, so that a busy moment of the machine meets both; the
median of each counts.
"""

import hashlib
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import pillow_heif
from PIL import ExifTags, Image

from catalogue.imaging import PhotoRefused, Shelf, child, likeness
from catalogue.imaging.signatures import HEIC, JPEG, PNG

from .figures import Figure

pillow_heif.register_heif_opener()
Image.MAX_IMAGE_PIXELS = None  # the bare script's own limit would stand in the way of the largest

PICTURES, ROUNDS, TURNS = 6, 4, 12
TWELVE, FIFTY, TWO_HUNDRED = (4000, 3000), (8660, 5774), (16_000, 12_500)
PATIENT = {"timeout": 600, "cpu_seconds": 600}
LONGEST, SMALL, QUALITY = 1600, 320, 85


def picture(size, seed=1):
    """A JPEG of this size in pixels with as much in it as a photograph of a board: about 0.35 bytes a pixel."""
    chance = random.Random(seed)
    rough = Image.frombytes(
        "RGB", (size[0] // 16, size[1] // 16), chance.randbytes(size[0] // 16 * (size[1] // 16) * 3)
    )
    out = io.BytesIO()
    rough.resize(size, Image.Resampling.BILINEAR).save(out, "JPEG", quality=92)
    return out.getvalue()


def bare(path, folder):
    """The bare script's work on one file. What it wrote is taken away again, as the catalogue's is."""
    data = path.read_bytes()
    name, written = hashlib.sha256(data).hexdigest(), []
    written.append(on_disk(folder / f"{name}.jpg", data))
    with Image.open(path) as image:
        exif = image.getexif()
        [dict(exif.get_ifd(part)) for part in (ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo)]
        scale = LONGEST / max(image.size)
        image.draft(None, (round(image.width * scale), round(image.height * scale)))
        image.load()
        view = image.reduce(max(1, max(image.size) // LONGEST // 2)) if max(image.size) >= 2 * LONGEST else image
        view = view.resize(fitted(view.size, LONGEST), Image.Resampling.BICUBIC)
    for longest in (LONGEST, SMALL):
        if longest != LONGEST:
            view = view.resize(fitted(view.size, longest), Image.Resampling.BICUBIC, reducing_gap=2.0)
        out = io.BytesIO()
        view.save(out, "JPEG", quality=QUALITY)
        written.append(on_disk(folder / f"{name}-{longest}.jpg", out.getvalue()))
    likeness.dhash(view)
    for one in written:
        one.unlink()


def on_disk(path, data):
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return path


def fitted(size, longest):
    scale = longest / max(size)
    return round(size[0] * scale), round(size[1] * scale)


def taken(shelf, examiner, path):
    """The catalogue's work on one file that was received: hash, examination, both onto the shelf."""
    with shelf.receive(blocks(path)) as received:
        found = examiner.examine(received.path, received.folder, sha256=received.sha256)
        kept = [shelf.keep(received.path, received.sha256, found.verified.extension)]
        for name, made in found.renditions.items():
            kept.append(shelf.keep_rendition(made, received.sha256, name, "jpg"))
    for one in kept:
        shelf.remove(one)
    return found


def blocks(path):
    with path.open("rb") as file:
        while block := file.read(1024 * 1024):
            yield block


def spent():
    """Seconds of processor time of this process and of those it has waited for."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def ingest():
    """Ingest per core, memory, and two workers."""
    with tempfile.TemporaryDirectory() as folder:
        place, shelf, examiner = Path(folder), Shelf(Path(folder) / "media"), child.Examiner()
        paths = []
        for n in range(PICTURES):
            paths.append(place / f"{n}.jpg")
            paths[-1].write_bytes(picture(TWELVE, n))
        try:
            yield from against_bare(shelf, examiner, paths)
            yield from memory(examiner, place)
        finally:
            examiner.close()
        yield from workers(place, paths)


def against_bare(shelf, examiner, paths):
    folder = paths[0].parent
    bare(paths[0], folder), taken(shelf, examiner, paths[0])
    script, ours = [], []
    for _ in range(TURNS):
        for path in paths:
            begun = time.process_time()
            bare(path, folder)
            between = time.process_time()
            before = between + examiner.own_seconds()
            found = taken(shelf, examiner, path)
            ours.append(found.cpu_seconds + examiner.own_seconds() + time.process_time() - before)
            script.append(between - begun)
    script, ours = median(script), median(ours)
    note = f"{ours:.3f} against {script:.3f} s of processor time a photograph of 12 megapixels"
    yield Figure("ingest ÷ bare script, per core", 100 * script / ours, "%", ("≥", 85), note)


def memory(examiner, place):
    for size, limit in ((FIFTY, 500), (TWO_HUNDRED, 1200)):
        made = dict(large(place, size))
        pixels = f"at {size[0] * size[1] / 1e6:.0f} megapixels"
        peaks = {name: examiner.examine(path, place, **PATIENT).peak_memory / 1e6 for name, path in made.items()}
        yield Figure(f"memory of a worker's decoder {pixels}", max(peaks.values()), "MB", ("≤", limit), said(peaks))
        peaks = {name: tiled(examiner, name, path) for name, path in made.items()}
        yield Figure(f"memory of making tiles {pixels}", max(peaks.values()), "MB", ("≤", limit), said(peaks))
    path = place / "larger.jpg"
    path.write_bytes(picture((16_000, 12_800)))
    try:
        examiner.examine(path, place)
        refused = 0
    except PhotoRefused as refusal:
        refused = int(refusal.reason == "too_many_pixels")
    yield Figure("larger ones refused with the reason", refused, "", ("≥", 1), "205 megapixels")


def large(place, size):
    """Names and files of pictures of this size. HEIC of 200 megapixels is refused for its memory."""
    path = place / "large.jpg"
    path.write_bytes(picture(size))
    yield "JPEG", path
    with Image.open(path) as image:
        if size == FIFTY:
            yield "progressive JPEG", saved(image, place / "large-p.jpg", "JPEG", progressive=True)
            quick = {"preset": "ultrafast"}  # of encoding it here, which is not measured
            yield "HEIC", saved(image, place / "large.heic", "HEIF", quality=30, enc_params=quick)
    plain = Image.new("RGB", size, "darkgreen")  # a PNG of noise would have more bytes than are taken
    yield "PNG", saved(plain, place / "large.png", "PNG", compress_level=1)  # decoded whole, not at a fraction


def saved(image, path, form, **options):
    image.save(path, form, **options)
    return path


def tiled(examiner, name, path):
    """Peak memory in MB of making the tiles of a file."""
    media_type = {"PNG": PNG, "HEIC": HEIC}.get(name, JPEG)
    return (
        examiner.derive("tiles", path, path.parent / "large.tiles", media_type=media_type, masked=[]).peak_memory / 1e6
    )


def said(peaks):
    return ", ".join(f"{name} {peak:.0f} MB" for name, peak in peaks.items())


def workers(place, paths):
    """Photographs a second with one process and with two, by turns."""
    seconds = {1: [], 2: []}
    for _ in range(3):
        for number in (1, 2):
            each = [[str(path) for path in paths * ROUNDS] for _ in range(number)]
            begun = time.perf_counter()
            running = [
                subprocess.Popen(
                    [sys.executable, "-m", "bench.photographs", str(place / f"worker-{n}")], stdin=subprocess.PIPE
                )
                for n in range(number)
            ]
            for process, names in zip(running, each, strict=True):
                process.stdin.write(json.dumps(names).encode())
                process.stdin.close()
            assert [process.wait() for process in running] == [0] * number
            seconds[number].append((time.perf_counter() - begun) / number)
    one, two = min(seconds[1]), min(seconds[2])
    note = f"{PICTURES * ROUNDS / one:.1f} and {PICTURES * ROUNDS / two:.1f} photographs a second"
    yield Figure("two workers ÷ one", one / two, "×", ("≥", 1.8), note)


def main(folder):
    """What one worker does: take the photographs that are named on standard input."""
    examiner, shelf = child.Examiner(), Shelf(Path(folder))
    for name in json.load(sys.stdin):
        taken(shelf, examiner, Path(name))
    examiner.close()


if __name__ == "__main__":
    main(sys.argv[1])
