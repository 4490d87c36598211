"""The view all nouns share: list, record, read, amend, void."""

import base64
import binascii
import uuid
from urllib.parse import urlencode

import orjson
from django.http import HttpResponse, StreamingHttpResponse
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.generics import GenericAPIView
from rest_framework.viewsets import ViewSetMixin

from catalogue.actions.handling import may_change
from catalogue.actions.record import amend, require, void
from catalogue.actions.refusals import Conflict, NotThere
from catalogue.exports.stream import FORMATS
from catalogue.filters.base import BadParameter
from catalogue.queries.paging import page_rows

from .fields import find
from .problems import problem

PAGE, LARGEST = 50, 1000


class Noun(ViewSetMixin, GenericAPIView):
    """Subclasses name the noun, its shape, listing, filters, and what may be sent.

    `record(columns, seen)` does the recording and returns the record; `amend` may be extended likewise.
    """

    noun = ""
    by = "slug"
    shape = None
    filters = None
    writes = None
    verb = changes = "record"  # what the role must allow to send a new one, and to change one
    pagination_class = None
    filter_backends = ()
    lookup_value_regex = "[^/]+"

    @property
    def viewer(self):
        """Who asks."""
        return self.request._request.viewer

    # How things are found and said

    def listing(self):
        raise NotImplementedError

    def narrowed(self):
        """The listing, narrowed by the request's parameters."""
        return self.filters(self.request.GET, self.listing()).found()

    def named(self, name, *, voided=False):
        """The record called `name`, a merged one too. NotThere also hides what may not be seen."""
        model = self.shape.model
        found = find(model, self.by, name, agency=self.viewer.agency).first()
        if found is None and voided:
            found = find(model, self.by, name, agency=self.viewer.agency, voided=True).first()
        if found is None:
            raise NotThere(f"There is no record {name!r} here, or you may not see it.")
        return found

    def own(self, name):
        """The record called `name`, to be written. Whose it is comes before what was sent."""
        found = self.named(name)
        may_change(found, actor=self.viewer)
        return found

    def text_of(self, record):
        """The record in its release shape, as JSON text."""
        return self.shape.texts(self.shape.rows([record.pk]))

    # What can be asked

    def list(self, request):
        form = request.GET.get("format")
        if form is not None:
            return self.stream(form)
        queryset = self.narrowed()
        size = number(request.GET, "page_size", PAGE, LARGEST)
        wants_count = choice(request.GET, "count")
        rows, backward, more = page(self.shape, queryset, request.GET.get("cursor"), size)
        body = [b'{"results":[', self.shape.texts(rows), b"]"]
        for name, address in links(request, rows, backward, more).items():
            body.append(b',"%s":%s' % (name.encode(), orjson.dumps(address)))
        if wants_count:
            body.append(b',"count":%d' % queryset.count())
        return HttpResponse(b"".join(body) + b"}", content_type="application/json")

    def stream(self, form):
        if form not in FORMATS:
            raise BadParameter("format", f"format {form!r} is not one of {', '.join(FORMATS)}.")
        for name in ("cursor", "page_size"):
            if name in self.request.GET:
                raise BadParameter(name, f"{name} does not go with format: that answer holds all matches.")
        choice(self.request.GET, "count")
        make, media_type = FORMATS[form]
        # Narrowed before the stream begins: a wrong parameter must be a 400, not a broken file.
        parts = make(self.request._request.viewer, self.shape, self.narrowed())
        response = StreamingHttpResponse(parts, content_type=media_type)
        response["Content-Disposition"] = f'attachment; filename="{self.noun}.{form}"'
        return response

    def retrieve(self, request, name):
        return HttpResponse(self.text_of(self.named(name, voided=True)), content_type="application/json")

    def create(self, request):
        if self.writes is None:
            raise MethodNotAllowed("POST")
        require(self.viewer, self.verb)
        sent = self.writes(data=request.data, context={"viewer": self.viewer})
        sent.is_valid(raise_exception=True)
        columns, seen = sent.split()
        seen.pop("version", None)
        record = self.record(columns, seen)
        text = self.text_of(record)
        response = HttpResponse(text, status=201, content_type="application/json")
        response["Location"] = orjson.loads(text)["url"]
        return response

    def partial_update(self, request, name):
        if self.writes is None:
            raise MethodNotAllowed("PATCH")
        require(self.viewer, "record")
        record = self.own(name)
        require(self.viewer, self.changes)
        sent = self.writes(data=request.data, partial=True, context={"viewer": self.viewer})
        sent.is_valid(raise_exception=True)
        columns, seen = sent.split()
        try:
            self.amend(record, columns, seen)
        except Conflict as conflict:
            current = orjson.loads(self.text_of(conflict.record))
            return problem(409, conflict.sentence, current=current, submitted=request.data)
        return HttpResponse(self.text_of(record), content_type="application/json")

    def destroy(self, request, name):
        require(self.viewer, "void")
        record = self.own(name)
        reason = request.data.get("reason", "") if isinstance(request.data, dict) else ""
        self.void(record, str(reason) or request.GET.get("reason", ""))
        return HttpResponse(status=204)

    # What is done

    def record(self, columns, seen):
        raise NotImplementedError

    def amend(self, record, columns, seen):
        amend(record, columns, actor=self.viewer, **seen)

    def void(self, record, reason):
        void([record], actor=self.viewer, reason=reason)


def number(parameters, name, default, most):
    """A whole number from 1 to `most`."""
    if name not in parameters:
        return default
    try:
        value = int(parameters[name])
    except ValueError:
        value = 0
    if not 1 <= value <= most:
        raise BadParameter(name, f"{name} must be a whole number from 1 to {most}.")
    return value


def choice(parameters, name):
    """true or false."""
    value = parameters.get(name, "false").lower()
    if value not in ("true", "false"):
        raise BadParameter(name, f"{name} must be true or false.")
    return value == "true"


def read_cursor(text):
    """(backward, id) of a cursor. It holds nothing but where the last page ended."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        return {b"n": False, b"p": True}[raw[:1]], uuid.UUID(bytes=raw[1:])
    except (ValueError, KeyError, binascii.Error):
        raise BadParameter("cursor", "cursor is not one that this list gave; begin again without it.") from None


def page(shape, queryset, cursor, size):
    """(release rows, whether read backward, whether there are more) of one page of a listing by descending id."""
    backward, edge = read_cursor(cursor) if cursor is not None else (False, None)
    rows = page_rows(shape, queryset, edge, backward, size + 1)
    more, rows = len(rows) > size, rows[:size]
    return (rows[::-1] if backward else rows), backward, more


def links(request, rows, backward, more):
    """Addresses of the next and previous page, or None. The first column of a release row is its id.

    A page that has become empty meanwhile still leads back to where its reader came from, the edge included.
    """
    cursor = request.GET.get("cursor")
    if not rows and cursor:
        _, edge = read_cursor(cursor)
        beside = uuid.UUID(int=min(max(edge.int + (1 if backward else -1), 0), (1 << 128) - 1))
        return {
            "next": address(request, b"n", beside) if backward else None,
            "previous": None if backward else address(request, b"p", beside),
        }
    has_next, has_previous = (True, more) if backward else (more, cursor is not None)
    return {
        "next": address(request, b"n", rows[-1][0]) if rows and has_next else None,
        "previous": address(request, b"p", rows[0][0]) if rows and has_previous else None,
    }


def address(request, direction, identifier):
    cursor = base64.urlsafe_b64encode(direction + identifier.bytes).decode().rstrip("=")
    asked = [(name, values) for name, values in request.GET.lists() if name != "cursor"]
    query = urlencode([*asked, ("cursor", cursor)], doseq=True)
    return f"{request.scheme}://{request.get_host()}{request.path}?{query}"
