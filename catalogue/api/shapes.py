"""JSON Schema (as in OpenAPI 3.1) of a release shape, derived from its fields and their models."""

from django.core.exceptions import FieldDoesNotExist

FORMATS = {
    "text": {"type": "string"},
    "code": {"type": "string"},
    "uuid": {"type": "string", "format": "uuid"},
    "whole": {"type": "integer"},
    "decimal": {"type": "number"},
    "flag": {"type": "boolean"},
    "day": {"type": "string", "format": "date"},
    "moment": {"type": "string", "format": "date-time"},
}


def object_of(fields, model, given=""):
    """The schema of an object with these fields of `model`; `given` is the relation known to be there."""
    properties = {}
    for name, spec in fields.items():
        properties[name] = nested(spec, model, given) if isinstance(spec, dict) else value(spec, model, given)
    return {"type": "object", "properties": properties, "required": list(properties)}


def nested(fields, model, given):
    """An object within another: null when its first field is."""
    first = next(iter(fields.values()))
    if isinstance(first, dict) or not nullable(first, model, given):
        return object_of(fields, model, given)
    inner = object_of(fields, model, relation(first, model) or given)
    first_name = next(iter(fields))
    inner["properties"][first_name] = not_null(inner["properties"][first_name])
    return {**inner, "type": ["object", "null"]}


def value(spec, model, given=""):
    """The schema of one field."""
    if spec.kind == "json":
        if spec.items is None:
            return {"type": "object", "description": spec.meaning}
        items = object_of(spec.items, spec.of) if spec.items else {}
        return {"type": "array", "items": items, "description": spec.meaning}
    found = {**FORMATS[spec.kind], "description": spec.meaning}
    choices = [choice for choice in spec.choices if choice is not None]
    if choices:
        found["enum"] = choices
    if nullable(spec, model, given):
        found["type"] = [found["type"], "null"]
        if choices:
            found["enum"] = [*choices, None]
    return found


def not_null(schema):
    plain = {**schema}
    if isinstance(plain["type"], list):
        plain["type"] = plain["type"][0]
    if "enum" in plain:
        plain["enum"] = [choice for choice in plain["enum"] if choice is not None]
    return plain


def relation(spec, model):
    """The relation through which a field is reached: `specimen__system` for `specimen__system__slug`."""
    if not isinstance(spec.source, str):
        return ""
    path, _, last = spec.source.rpartition("__")
    return path or last.removesuffix("_id")


def nullable(spec, model, given=""):
    """Whether the field can be null: by its own word, else when a column on its path can."""
    if spec.null is not None:
        return spec.null
    if not isinstance(spec.source, str):
        return True
    walked = []
    for name in spec.source.split("__"):
        try:
            column = model._meta.get_field(name)
        except FieldDoesNotExist:
            column = model._meta.get_field(name.removesuffix("_id"))
        walked.append(name.removesuffix("_id"))
        known = given == "__".join(walked) or given.startswith("__".join(walked) + "__")
        if column.null and not known:
            return True
        model = column.related_model
    return False
