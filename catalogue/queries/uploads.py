"""What a person is sending, what it resembles, and which component a file's name speaks of."""

import re
import unicodedata

from django.db import connection
from django.db.models import F, Func, IntegerField, Value

from catalogue.imaging.likeness import ALIKE
from catalogue.models import Component, Photo, PhotoView, Specimen, Upload, UploadState

from .named import keys_of

NAMES = 2  # letters that a label or designator in a file's name has at least, unless it is all there is
OPEN = (UploadState.RECEIVING, UploadState.WAITING)
# Words in a file's name that say what a photograph shows.
VIEWS = {
    "overview": "overview", "top": "top", "bottom": "bottom", "side": "side", "detail": "detail",
    "marking": "marking", "label": "label", "microscope": "microscope", "xray": "x-ray", "x-ray": "x-ray",
    "infrared": "infrared", "decap": "decapsulated", "зверху": "top", "знизу": "bottom", "збоку": "side",
    "маркування": "marking", "рентген": "x-ray",
}  # fmt: skip


def uploads_of(specimen):
    """The reader's own uploads about a specimen, those that want a decision first, then the newest."""
    return (
        Upload.objects.filter(specimen=specimen)
        .select_related("component", "photo", "photo__specimen", "file")
        .order_by("-created_at", "file_name")
    )


def busy(specimen):
    """Whether a worker has some of the reader's uploads still to examine."""
    return Upload.objects.filter(specimen=specimen, state=UploadState.WAITING).exists()


def alike(specimen, dhash):
    """The photograph of `specimen` that looks most like one with this difference hash, or None."""
    if dhash is None:
        return None
    differing = Func(
        F("dhash"), Value(dhash), template="bit_count((%(expressions)s)::bit(64))", arg_joiner=" # ",
        output_field=IntegerField(),
    )  # fmt: skip
    found = Photo.objects.filter(specimen=specimen, voided_at=None, dhash__isnull=False).annotate(differing=differing)
    return found.filter(differing__lte=ALIKE).order_by("differing", "id").first()


def same_bytes(sha256, specimen):
    """A photograph in force with these bytes that the reader sees: one of `specimen` if there is one; or None."""
    found = list(Photo.objects.filter(sha256=sha256, voided_at=None).select_related("specimen").order_by("id")[:50])
    return next((photo for photo in found if photo.specimen_id == specimen.pk), found[0] if found else None)


def component_of(specimen, file_name):
    """The component whose label or designator the name of a file begins with, or None when it is not one alone.

    "U12_top.jpg" is of U12, and not of U1; "BAG 7-2 marking.jpg" is of the bag "BAG 7-2".
    """
    stem = unicodedata.normalize("NFC", file_name.rpartition(".")[0] or file_name).casefold()
    best, found = 0, set()
    rows = Component.objects.filter(specimen=specimen, voided_at=None).exclude(label="", designator="")
    for pk, *names in rows.values_list("pk", "label", "designator"):
        for name in filter(None, names):
            length = len(name)
            if length >= best and begins(stem, unicodedata.normalize("NFC", name).casefold()):
                found = {pk} if length > best else found | {pk}
                best = length
    return Component.objects.filter(pk__in=found).first() if len(found) == 1 else None


def begins(stem, name):
    """Whether `stem` is `name`, or goes on behind it with what is no letter or digit."""
    return stem == name or (stem.startswith(name) and not stem[len(name)].isalnum())


def view_of(file_name):
    """The view that a word in a file's name stands for, or None."""
    words = re.split(r"[\s_.,()\[\]-]+", unicodedata.normalize("NFC", file_name).casefold())
    return next((VIEWS[word] for word in words if word in VIEWS), None)


def labelled(specimen, text):
    """The one component of a specimen that is called `text`: by reference, label or designator; None if not one."""
    keys = keys_of([text])
    rows = Component.objects.filter(specimen=specimen, voided_at=None)
    found = [
        pk
        for pk, *names in rows.values_list("pk", "reference", "label", "designator")
        if any(name and (name == text or name.casefold() == text.casefold()) for name in names)
    ]
    if len(found) != 1 and keys[text]:
        found = [pk for pk, *names in rows.values_list("pk", "label", "designator") if keyed(names, keys[text])]
    return Component.objects.get(pk=found[0]) if len(found) == 1 else None


def keyed(names, key):
    """Whether one of `names` has the comparison key `key`."""
    return key in keys_of([name for name in names if name]).values()


def specimen_called(text, agency):
    """The agency's specimen of this reference that the reader sees, or None."""
    return Specimen.objects.filter(owner_id=agency, reference=text.strip().upper(), voided_at=None).first()


def view_called(text):
    """The code of the view that is called so, in either language; None when there is none."""
    wanted = text.strip().casefold()
    for term in PhotoView.objects.filter(deprecated_at=None):
        if wanted in (term.code.casefold(), term.label_en.casefold(), term.label_uk.casefold()):
            return term.code
    return None


def lost_jobs(task, silent):
    """Ids of jobs of `task` that a worker began which has given no sign of life for `silent` seconds; 0: any begun."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT j.id FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w ON w.id = j.worker_id"
            " WHERE j.task_name = %s AND j.status = 'doing'"
            " AND coalesce(w.last_heartbeat, '-infinity') <= now() - make_interval(secs => %s)",
            [task, silent],
        )
        return [number for (number,) in cursor.fetchall()]
