"""Is what lies on the shelf what the records say? Reads everything, changes nothing."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.files.storage import default_storage
from django.db import connection

from catalogue.models import EvidenceFile, Photo

BLOCK = 1024 * 1024
ON_THE_WAY = ("incoming", "waiting")  # folders of what is being received
RENDITIONS = ("view", "thumbnail")
DIGEST = re.compile(r"(?:^|/)([0-9a-f]{64})(?=[-./]|$)")


@dataclass(frozen=True)
class Found:
    """What is wrong with one file: `what` is missing, altered or orphaned; `name` is relative to the shelf."""

    what: str
    name: str
    said: str


def expected():
    """{name of a file: (SHA-256, size in bytes or None for a copy, what stands for it)} of all records, voided too."""
    found = {}
    for sha256, extension, size, pk in Photo.objects.values_list("sha256", "extension", "size", "pk").order_by("pk"):
        folder = f"{sha256[:2]}/{sha256[2:4]}"
        found.setdefault(f"{folder}/{sha256}.{extension}", (sha256, size, f"photograph {pk}"))
        for rendition in RENDITIONS:
            name = f"renditions/{folder}/{sha256}-{rendition}.jpg"
            found.setdefault(name, (sha256, None, f"{rendition} of photograph {pk}"))
    for sha256, size, pk in EvidenceFile.objects.values_list("sha256", "size", "pk").order_by("pk"):
        found.setdefault(f"{sha256[:2]}/{sha256[2:4]}/{sha256}.bin", (sha256, size, f"file {pk}"))
    return found


def verified(wanted, step=lambda: None) -> Iterator[Found]:
    """Re-hash every original and file of `wanted`; `step` is called once for each, and for each that lies there."""
    for name, (sha256, size, what) in sorted(wanted.items()):
        step()
        if not default_storage.exists(name):
            if in_use(name, sha256):
                yield Found("missing", name, what)
        elif size is not None and (now := digest(name)) != sha256:
            yield Found("altered", name, f"{what}: its SHA-256 is now {now}")
    digests = {sha256 for sha256, _size, _what in wanted.values()}
    for name in files():
        step()
        if not belongs(name, wanted, digests):
            yield Found("orphaned", name, f"{default_storage.size(name):,} bytes that no record stands for")


def belongs(name, wanted, digests):
    """Whether a record stands for a file; of what is made from an original its SHA-256 in the path says so."""
    if name in wanted:
        return True
    named = DIGEST.search(name)
    return "/" in name and not re.match(r"[0-9a-f]{2}/", name) and named is not None and named[1] in digests


def in_use(name, sha256):
    """Whether bytes that are gone should be there: what was lawfully erased should not."""
    function = "catalogue_file_in_use" if name.endswith(".bin") else "catalogue_bytes_in_use"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [sha256])
        return cursor.fetchone()[0]


def digest(name):
    """SHA-256 of a file on the shelf."""
    found = hashlib.sha256()
    with default_storage.open(name, "rb") as file:
        while block := file.read(BLOCK):
            found.update(block)
    return found.hexdigest()


def files(folder=""):
    """Names of all files on the shelf but those on their way."""
    if folder and not default_storage.exists(folder):
        return
    folders, names = default_storage.listdir(folder)
    for name in sorted(names):
        if name != ".gitkeep":
            yield f"{folder}/{name}" if folder else name
    for name in sorted(folders):
        if folder or name not in ON_THE_WAY:
            yield from files(f"{folder}/{name}" if folder else name)
