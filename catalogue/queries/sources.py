"""Documents that records rest on."""

from catalogue.models import Reliability, Source

from .shape import Shape, code, common, day, edtf, text, url_of, uuid

SHAPE = Shape(
    Source,
    {
        "id": uuid("id", "Identifier (UUIDv7)."),
        "slug": code("slug", "Readable identifier; never changes."),
        "url": url_of("sources", "slug"),
        "title": text("title", "Title."),
        "publisher": text("publisher", "Who published it."),
        "kind": code("kind_id", "What kind of document it is."),
        "source_url": text("url", "Where it can be read."),
        "archive_url": text("archive_url", "Where a stored copy can be read."),
        "language": text("language", "BCP 47."),
        "published": edtf("published", "When it was published."),
        "accessed": day("accessed", "When it was read for this catalogue."),
        "reliability": code("reliability", "Admiralty code A–F.", choices=tuple(Reliability.values)),
        "rights": text("rights", "What may be done with it."),
        "note": text("note", "Note."),
        "derived_from": code("derived_from__slug", "The document it repeats; both count once."),
        **common(),
    },
)
