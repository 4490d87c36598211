"""The OpenAPI 3.1 description at /api/v1/schema/, made from what answers: shapes, serializers and filters."""

from drf_spectacular.extensions import OpenApiAuthenticationExtension, OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema

from catalogue.filters import base as filters
from catalogue.filters.lists import LARGEST, PAGE
from catalogue.models import Level
from catalogue.queries.paging import SORTED_AT_MOST

from .shapes import object_of

PROBLEM = {
    "type": "object",
    "description": "An error (RFC 9457), in one sentence that names what is wrong and what to do.",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "object",
            "description": "Sentences by field or parameter.",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    },
    "required": ["type", "title", "status", "detail"],
}
REFUSALS = {
    400: "A parameter, field or value is unknown or cannot be used; `errors` names it.",
    401: "The key is unknown, has expired or was revoked; or this needs a key.",
    403: "The role, or another agency's ownership, does not allow it.",
    404: "There is no such record, or the reader may not see it.",
    409: "The record has changed since: `current` is its state, `submitted` what was sent.",
}
WORDS = {
    "list": "Records in force that the reader may see, newest first.",
    "create": "Record a new one. Takes the keys that reading gives; an unknown key is refused.",
    "retrieve": "One record, by slug, reference or id. A voided one still answers here, and in no list.",
    "partial_update": "Change what is sent. Send the `version` you read, to be told of conflicts.",
    "destroy": "Void the record: it leaves every list and count and stays readable at its address.",
}
ADDRESS = {"type": ["string", "null"], "format": "uri"}


# The bytes of a photograph's file.
FILE = extend_schema(
    operation_id="photos_file",
    tags=["photos"],
    responses={(200, "image/*"): OpenApiResponse({"type": "string", "format": "binary"}, "The file.")},
)
# The regions of a photograph.
ANNOTATIONS = extend_schema(
    operation_id="photos_annotations",
    tags=["photos"],
    responses={
        (200, "application/ld+json"): OpenApiResponse({"type": "object"}, "A W3C AnnotationPage."),
    },
)
# The print in a region, read by a program.
READ = extend_schema(
    operation_id="regions_read",
    tags=["regions"],
    request=None,
    responses={(202, "application/json"): OpenApiResponse({"type": "object"}, "The region, as it is read by itself.")},
)
# Any other file, which is only ever downloaded.
CONTENT = extend_schema(
    operation_id="files_content",
    tags=["files"],
    responses={(200, "application/octet-stream"): OpenApiResponse({"type": "string", "format": "binary"}, "The file.")},
)


FOR_OWNER = {
    "type": "object",
    "description": "What only the agency that owns a record is told, where it is read by itself.",
    "properties": {
        "held_back": {
            "type": ["string", "null"],
            "description": "What narrower record keeps it from being read as widely as it is declared.",
        },
        "released_to": {
            "type": "array",
            "items": {"type": "string"},
            "description": "Agencies beside the owner; of AMBER and AMBER+STRICT.",
        },
    },
}


class NounSchema(AutoSchema):
    """Describes a noun's view from its shape, filters and serializer; other views as drf-spectacular does."""

    @property
    def noun(self):
        return getattr(self.view, "shape", None) and self.view

    @property
    def action(self):
        return getattr(self.view, "action", None)

    def get_tags(self):
        return [self.noun.noun] if self.noun else super().get_tags()

    def get_description(self):
        if not self.noun:
            return super().get_description()
        about = " ".join((type(self.view).__doc__ or "").split())
        return f"{WORDS[self.action]}\n\n{about}"

    def get_summary(self):
        return None

    def get_operation_id(self):
        return f"{self.noun.noun}_{self.action}" if self.noun else super().get_operation_id()

    def get_auth(self):
        """Reading needs no key: who sends none is shown what is CLEAR."""
        return [*super().get_auth(), *([{}] if self.method == "GET" else [])]

    def _is_list_view(self, serializer=None):
        return False if self.noun else super()._is_list_view(serializer)

    def get_filter_backends(self):
        return []

    def map_parsers(self):
        takes_files = self.noun and any(p.media_type.startswith("multipart") for p in self.noun.parser_classes[:1])
        if takes_files and self.method == "POST":
            return ["multipart/form-data"]
        return ["application/json"]

    def get_request_serializer(self):
        if not self.noun:
            return super().get_request_serializer()
        return self.noun.writes if self.action in ("create", "partial_update") else None

    def get_override_parameters(self):
        if not self.noun:
            return []
        if self.action == "list":
            return [
                *of_lists(),
                *(of_filter(self.noun.filters, *pair) for pair in self.noun.filters.base_filters.items()),
            ]
        named = [parameter("name", {"type": "string"}, "Slug, reference or id.", where=OpenApiParameter.PATH)]
        if self.action == "destroy":
            named.append(parameter("reason", {"type": "string"}, "Why it is voided; or in the body as `reason`."))
        return named if self.action != "create" else []

    def get_response_serializers(self):
        if not self.noun:
            return super().get_response_serializers()
        record = self.component(name_of(self.noun), object_of(self.noun.shape.fields, self.noun.shape.model))
        one = {"allOf": [record, self.component("ForOwner", FOR_OWNER)]}
        if self.noun.besides:
            one["allOf"].append({"type": "object", "properties": self.noun.besides})
        answers = {
            "list": self.of_list(record),
            "create": {(201, "application/json"): OpenApiResponse(one, "Recorded.")},
            "retrieve": {(200, "application/json"): OpenApiResponse(one, "The record.")},
            "partial_update": {(200, "application/json"): OpenApiResponse(one, "The record as it is now.")},
            "destroy": {204: OpenApiResponse(None, "Voided.")},
        }[self.action]
        return answers | self.refusals()

    def of_list(self, record):
        envelope = {
            "type": "object",
            "properties": {
                "results": {"type": "array", "items": record},
                "next": {**ADDRESS, "description": "Address of the next page, or null."},
                "previous": {**ADDRESS, "description": "Address of the page before, or null."},
                "count": {
                    "type": "integer",
                    "description": "All matches; with count=true, and in ?format=json.",
                },
            },
            "required": ["results", "next", "previous"],
        }
        shown = OpenApiResponse(self.component(f"{name_of(self.noun)}List", envelope), "One page, or all matches.")
        text = OpenApiResponse({"type": "string"}, "")
        return {
            (200, "application/json"): shown,
            (200, "text/csv"): text,
            (200, "application/x-ndjson"): text,
        }

    def refusals(self):
        told = self.component("Problem", PROBLEM)
        statuses = {"list": (400, 401), "retrieve": (401, 404), "create": (400, 401, 403)}.get(
            self.action, tuple(REFUSALS) if self.action == "partial_update" else (400, 401, 403, 404)
        )
        return {(status, "application/problem+json"): OpenApiResponse(told, REFUSALS[status]) for status in statuses}

    def component(self, name, schema):
        """A reference to the named schema."""
        found = ResolvedComponent(name=name, type=ResolvedComponent.SCHEMA, schema=schema, object=name)
        self.registry.register_on_missing(found)
        return found.ref


def name_of(noun):
    """The model's name: one record of the noun."""
    return noun.shape.model.__name__


def parameter(name, schema, description, where=OpenApiParameter.QUERY):
    return OpenApiParameter(
        name, schema, where, description=description, required=where == OpenApiParameter.PATH,
        **({"style": "form", "explode": True} if schema["type"] == "array" else {}),
    )  # fmt: skip


def of_lists():
    """Parameters of every list."""
    return [
        parameter(
            "page_size",
            {"type": "integer", "minimum": 1, "maximum": LARGEST, "default": PAGE},
            "Records on a page; not with `format`.",
        ),
        parameter("cursor", {"type": "string"}, "Where a page begins; taken from `next` and `previous`."),
        parameter("count", {"type": "string", "enum": ["true", "false"]}, "Add `count`, the number of all matches."),
        parameter(
            "format",
            {"type": "string", "enum": ["csv", "json", "ndjson"]},
            "Stream all matches. CSV columns have the JSON names, nested ones with a dot.",
        ),
        parameter(
            "sort",
            {"type": "string"},
            "A column by its dotted name, `-` before it for descending; what has no value comes last. Pages are "
            f"sorted up to {SORTED_AT_MOST:,} matches, files always. Without it: newest first.",
        ),
        parameter("columns", {"type": "string"}, "With `format`: the columns to give, by dotted names and commas."),
    ]


def of_filter(filterset, name, found):
    """One filter as a parameter: its help text, else what its method or class says of itself."""
    method = getattr(filterset, found.extra.get("method") or getattr(found, "method", None) or "", None)
    own = type(found).__doc__ if type(found).__module__.startswith("catalogue.") else ""
    said = found.extra.get("help_text") or (method.__doc__ if method else "") or own or f"Exactly this {name}."
    return parameter(name, values_of(found), " ".join(said.split()))


def values_of(found):
    """JSON Schema of a filter's values."""
    choices = (
        [{"type": "string", "enum": [value for value, _ in found.extra["choices"]]}]
        if (found.extra.get("choices"))
        else [{"type": "string"}]
    )
    if isinstance(found, filters.Codes | filters.RecordFilter | filters.Terms):
        return {"type": "array", "items": choices[0]}
    if isinstance(found, filters.MomentFilter):
        return {"type": "string", "format": "date-time"}
    return choices[0]


class Key(OpenApiAuthenticationExtension):
    """A key in the header, or the session of a signed-in browser."""

    target_class = "catalogue.api.door.FromMiddleware"
    name = ["key", "session"]

    def get_security_definition(self, auto_schema):
        return [
            {"type": "http", "scheme": "bearer", "description": "Authorization: Bearer KEY"},
            {"type": "apiKey", "in": "cookie", "name": "sessionid"},
        ]


def shown_as(target, schema):
    """Describe the serializer field class `target` as `schema` (a dictionary, or a function of the field)."""

    def map_serializer_field(self, auto_schema, direction):
        return schema(self.target) if callable(schema) else dict(schema)

    body = {"target_class": f"catalogue.api.{target}", "match_subclasses": True}
    return type(
        target.rsplit(".", 1)[-1],
        (OpenApiSerializerFieldExtension,),
        {**body, "map_serializer_field": map_serializer_field},
    )


def text_or_object(*names):
    """A text, or the object that reading gives."""
    return {
        "anyOf": [
            {"type": "string"},
            {
                "type": "object",
                "properties": {name: {"type": ["string", "null", "integer"]} for name in names},
            },
        ]
    }


shown_as("fields.RecordField", lambda field: text_or_object(field.by, "id"))
shown_as("fields.EdtfField", {**text_or_object("edtf"), "description": "EDTF (ISO 8601-2), or words: July 2022."})
shown_as("fields.HandlingField", {"type": "string", "enum": [level.label for level in Level]})
shown_as("fields.PartField", text_or_object("id", "number", "manufacturer"))
shown_as("fields.HsField", text_or_object("version", "code"))
shown_as("fields.TermField", {"type": "string", "description": "Code of a term; see /vocabularies/."})
shown_as("components.PartNamed", text_or_object("id", "number"))
