"""Errors as problem details (RFC 9457): one sentence each, and the fields it concerns."""

import logging

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import Error, transaction
from django.http import Http404, JsonResponse
from rest_framework.exceptions import APIException, MethodNotAllowed, ValidationError

from catalogue.actions.refusals import Conflict, NotAllowed, NotThere, Refused
from catalogue.filters.base import BadParameter

TITLES = {
    400: "The request cannot be understood",
    401: "Sign in or send a key",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    406: "No such format",
    409: "Conflict",
    413: "Too large",
    415: "Unsupported media type",
    429: "Too many requests",
    500: "The server failed",
    503: "Not available at the moment",
}
COLLIDED = ("40P01", "40001")  # SQLSTATE: PostgreSQL ended one of several transactions that waited for each other
log = logging.getLogger("catalogue")


def problem(status, detail, **more):
    """An error answer; nothing that the request did is kept."""
    body = {
        "type": "about:blank",
        "title": TITLES.get(status, "Error"),
        "status": status,
        "detail": detail,
        **more,
    }
    response = JsonResponse(
        body, status=status, content_type="application/problem+json", json_dumps_params={"ensure_ascii": False}
    )
    if status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="catalogue"'
    return response


def answer(error, context):
    """The problem for an exception of a view; None hands it on to the server's own handling."""
    if isinstance(error, BadParameter):
        return invalid({error.name: [error.sentence]})
    if isinstance(error, NotThere | Http404):
        return problem(404, getattr(error, "sentence", "There is no such record, or you may not see it."))
    if isinstance(error, NotAllowed):
        signed_in = context["request"]._request.viewer.is_authenticated
        return problem(403 if signed_in else 401, error.sentence)
    if isinstance(error, Conflict):
        return problem(409, error.sentence)
    if isinstance(error, Refused):
        errors = {error.field: [error.sentence]} if error.field else {}
        return problem(400, error.sentence, errors=errors)
    if isinstance(error, ValidationError):
        return invalid(dict(flatten(error.detail if isinstance(error.detail, dict) else {"": error.detail})))
    if isinstance(error, MethodNotAllowed):
        taken = ", ".join(context["view"].allowed_methods)
        return problem(405, f"This address does not take {context['request'].method}; it takes {taken}.")
    if isinstance(error, APIException):
        return problem(error.status_code, str(error.detail))
    if isinstance(error, PermissionDenied):
        return problem(403, str(error) or "You may not do this.")
    if isinstance(error, RequestDataTooBig):
        return problem(
            413, f"A record is sent in {settings.DATA_UPLOAD_MAX_MEMORY_SIZE >> 20} MB at most; shorten its texts."
        )
    state = getattr(error.__cause__, "sqlstate", None) if isinstance(error, Error) else None
    if state == "42501":
        return problem(404, "There is no such record, or you may not write it.")
    if state in COLLIDED:
        return collided()
    log.exception("unexpected error", exc_info=error)
    transaction.set_rollback(True)
    return problem(500, "Something went wrong here; it has been logged. Try again, or tell the administrator.")


def collided():
    """503 for a request that was ended so that others could go on. Nothing of it was kept: it can be sent again."""
    response = problem(503, "Somebody changed the same records at the same moment; nothing was kept, send it again.")
    response["Retry-After"] = "1"
    return response


def invalid(errors):
    """400 for input that does not fit its fields ({field: sentences}); the detail names the first and what to do.

    Beside its field a sentence does not begin with the field's name once more.
    """
    plain = {name: [sentence.removeprefix(f"{name}: ") for sentence in said] for name, said in errors.items()}
    name, (sentence, *_) = next(iter(plain.items()))
    named = not name or sentence.startswith(f"{name} ") or f"'{name}'" in sentence
    return problem(400, sentence if named else f"{name}: {sentence}", errors=plain)


def flatten(detail, prefix=""):
    """(dotted field, [sentences]) of nested error details; rows of a list are counted from 0."""
    for name, found in detail.items():
        dotted = prefix if name == "non_field_errors" else f"{prefix}.{name}" if prefix else str(name)
        if isinstance(found, list) and any(isinstance(row, dict) for row in found):
            found = {n: row for n, row in enumerate(found) if row}
        if isinstance(found, dict):
            yield from flatten(found, dotted)
        else:
            yield dotted, [str(sentence) for sentence in (found if isinstance(found, list) else [found])]


def not_found(request, exception=None):
    """404 for addresses that do not exist."""
    return problem(404, f"There is nothing at {request.path}; addresses end in a slash, /api/v1/docs/ lists them.")
