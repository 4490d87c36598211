"""Photographs: what they show, their digest, and where their files are served."""

from django.db.models import F, Func, TextField

from catalogue.models import Photo

from .shape import Shape, code, common, text, url_of, uuid, whole


def file_of(rendition):
    """Address of one of the photograph's files."""
    address = Func(
        F("id"), template=f"'/api/v1/photos/' || %(expressions)s || '/{rendition}/'", output_field=TextField()
    )
    return code(address, f"Address of the {rendition}.")


SHAPE = Shape(
    Photo,
    {
        "id": uuid("id", "Identifier (UUIDv7)."),
        "url": url_of("photos", "id"),
        "specimen": {"reference": code("specimen__reference", "The specimen it shows.")},
        "component": {
            "reference": code("component__reference", "The component it shows; null for the whole specimen.")
        },
        "view": code("view_id", "What of its object it shows: overview, top, marking, x-ray …"),
        "caption": text("caption", "In words."),
        "sha256": code("sha256", "SHA-256 of the original, bit for bit."),
        "media_type": code("media_type", "Type of the original, by its bytes."),
        "size": whole("size", "Bytes of the original."),
        "width": whole("width", "Pixels, upright."),
        "height": whole("height", "Pixels, upright."),
        "pages": whole("pages", "Pictures in the file."),
        "file_name": text("file_name", "Name of the file as it was sent."),
        "original": code(file_of("original").source, "The original with all it carries; for the owning agency."),
        "renditions": {
            "view": code(file_of("view").source, "1,600 pixels on the long side, without metadata."),
            "thumbnail": code(file_of("thumbnail").source, "320 pixels on the long side, without metadata."),
        },
        **common(),
    },
)
