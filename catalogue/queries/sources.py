"""Documents that records rest on."""

from django.db import connection
from django.db.models import TextField, Value
from django.db.models.functions import Cast, Coalesce

from catalogue.models import (
    ClaimCitation,
    ComponentCitation,
    ControlCitation,
    IdentificationCitation,
    LegCitation,
    ListingCitation,
    OrganisationCitation,
    PartCitation,
    PublishedRecord,
    RelationCitation,
    Reliability,
    RouteCitation,
    Source,
    SpecimenCitation,
    SystemCitation,
    VesselCitation,
)

from .paging import SORTED_AT_MOST
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
        "derived_from": {
            "slug": code("derived_from__slug", "The document it repeats; both count once."),
            "title": text("derived_from__title", "Its title."),
        },
        **common(),
    },
)

# Noun: (its citations, the key of the page that shows a record of it, what that record is called).
CITING = {
    "systems": (SystemCitation, "slug", "name"),
    "specimens": (SpecimenCitation, "reference", "reference"),
    "components": (ComponentCitation, "reference", "reference"),
    "identifications": (IdentificationCitation, "component__reference", "component__reference"),
    "parts": (PartCitation, "pk", "number"),
    "organisations": (OrganisationCitation, "slug", "name"),
    "relations": (RelationCitation, "subject__slug", "subject__name"),
    "routes": (RouteCitation, "slug", "title"),
    "legs": (LegCitation, "reference", "reference"),
    "listings": (ListingCitation, "organisation__slug", Coalesce("organisation__name", "vessel__name")),
    "vessels": (VesselCitation, "slug", "name"),
    "controls": (ControlCitation, "slug", "title"),
    "claims": (ClaimCitation, "pk", "by"),
}
FIRST = 8


def citing(source):
    """What rests on the source: [(noun, records, [(key, called)] of the first)].

    Records are None when there are more than SORTED_AT_MOST citations.
    """
    counts = {noun: (cited, distinct, ids) for noun, cited, distinct, ids in cited_by(source) if cited}
    called = {noun: {} for noun in counts}
    for noun, identifier, key, name in names({noun: ids for noun, (_, _, ids) in counts.items()}):
        called[noun][identifier] = (key, name)
    return [
        (noun, distinct if cited <= SORTED_AT_MOST else None, [called[noun][i] for i in ids if i in called[noun]])
        for noun, (cited, distinct, ids) in counts.items()
    ]


def cited_by(source):
    """[(noun, citations, records, ids of the first)] in one statement, which reads no more than it counts."""
    parts, parameters = [], []
    for noun, (model, _, _) in CITING.items():
        found = model.objects.filter(source=source, voided_at=None, record__voided_at=None)
        limited = found.order_by().values_list("record_id")[: SORTED_AT_MOST + 1]
        sql, given = limited.query.get_compiler(connection=connection).as_sql()
        parts.append(
            f"SELECT '{noun}', count(*), count(DISTINCT record), (array_agg(DISTINCT record))[:{FIRST}]"
            f" FROM ({sql}) c (record)"
        )
        parameters += given
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), parameters)
        return cursor.fetchall()


def names(found):
    """[(noun, id, key, called)] of records {noun: ids}."""
    asked = []
    for noun, ids in found.items():
        model, key, called = CITING[noun]
        record = model._meta.get_field("record").related_model
        said = Value(noun, TextField()), "pk", Cast(key, TextField()), called
        asked.append(record.objects.filter(pk__in=ids).order_by().values_list(*said))
    return list(asked[0].union(*asked[1:], all=True)) if asked else []


def repeats(source):
    """Documents that repeat it: they and it count once."""
    return Source.objects.filter(derived_from=source, voided_at=None).order_by("title", "id")


def published_in(source):
    """Published records it holds."""
    return PublishedRecord.objects.filter(source=source, voided_at=None).order_by("-id")
