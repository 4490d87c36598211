"""Files that are evidence and no photographs: what they are, their digest, and where they are served."""

from django.db.models import F, Func, TextField

from catalogue.models import EvidenceFile, FileKind

from .shape import Shape, code, common, text, url_of, uuid, whole

CONTENT = Func(F("id"), template="'/api/v1/files/' || %(expressions)s || '/content/'", output_field=TextField())


def files_of(specimen):
    """Files in force about a specimen or what was found in it, the newest first."""
    found = EvidenceFile.objects.filter(specimen=specimen, voided_at=None).select_related("component", "audience")
    return found.order_by("-id")


SHAPE = Shape(
    EvidenceFile,
    {
        "id": uuid("id", "Identifier (UUIDv7)."),
        "url": url_of("files", "id"),
        "specimen": {"reference": code("specimen__reference", "The specimen it is about.")},
        "component": {
            "reference": code("component__reference", "The component it is about; null for the whole specimen.")
        },
        "kind": code("kind", "What kind of file it is.", choices=tuple(FileKind.values)),
        "title": text("title", "In words."),
        "sha256": code("sha256", "SHA-256 of the file, bit for bit."),
        "media_type": code("media_type", "What its first bytes announce; it is never opened here."),
        "size": whole("size", "Bytes."),
        "file_name": text("file_name", "Name of the file as it was sent."),
        "content": code(CONTENT, "Address of the file itself; it is only ever downloaded."),
        **common(),
    },
)
