"""The view all nouns share: list, record, read, amend, void."""

import orjson
from django.http import HttpResponse, StreamingHttpResponse
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.generics import GenericAPIView
from rest_framework.viewsets import ViewSetMixin

from catalogue.actions.handling import held_by, may_change, released_to
from catalogue.actions.keeping import drop, may_keep
from catalogue.actions.record import amend, require, void
from catalogue.actions.refusals import Conflict, NotThere
from catalogue.exports.stream import FORMATS
from catalogue.filters.base import BadParameter
from catalogue.filters.lists import Page, choice, chosen, sorted_by
from catalogue.queries.named import find

from .problems import problem


class Noun(ViewSetMixin, GenericAPIView):
    """Subclasses name the noun, its shape, listing, filters, and what may be sent.

    `record(columns, seen)` does the recording and returns the record; `amend` may be extended likewise.
    """

    noun = ""
    by = "slug"
    shape = None
    filters = None
    writes = None
    besides = None  # schemas of what a single record is answered with beside its release shape
    verb = changes = "record"  # what the role must allow to send a new one, and to change one
    voids = "void"
    least = "record"  # … before it is told whether there is such a record
    pagination_class = None
    filter_backends = ()
    lookup_value_regex = "[^/]+"

    @property
    def viewer(self):
        """Who asks."""
        return self.request._request.viewer

    @property
    def asked_shape(self):
        """The shape of lists, as the request's parameters ask for it."""
        return self.shape

    # How things are found and said

    def narrowed(self):
        """The listing, narrowed by the request's parameters."""
        return self.filters(self.request.GET, self.shape.listing()).found()

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
        """The record in its release shape, as JSON text; its owner is told whom it is released to, too."""
        text = self.shape.texts(self.shape.rows([record.pk]))
        if record.owner_id != self.viewer.agency or not text:
            return text
        return text[:-1] + b"," + orjson.dumps(told_owner(record))[1:]

    # What can be asked

    def list(self, request):
        form = request.GET.get("format")
        if form is not None:
            return self.stream(form)
        if "columns" in request.GET:
            raise BadParameter("columns", "columns goes with format: lists give whole records.")
        queryset = self.narrowed()
        wants_count = choice(request.GET, "count")
        shape = self.asked_shape
        found = Page(shape, queryset, request.GET)
        body = [b'{"results":[', shape.texts(found.rows), b"]"]
        here = f"{request.scheme}://{request.get_host()}{request.path}"
        for name, query in (("next", found.next), ("previous", found.previous)):
            body.append(b',"%s":%s' % (name.encode(), orjson.dumps(query and f"{here}?{query}")))
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
        shape = self.asked_shape
        queryset = sorted_by(shape, self.narrowed(), self.request.GET)
        parts = make(self.request._request.viewer, chosen(shape, self.request.GET), queryset)
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
        require(self.viewer, self.least)
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
        require(self.viewer, self.voids)
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


class Kept:
    """What anybody with an account keeps, of a Noun: for their agency who may record, others for themselves alone."""

    verb = changes = voids = least = "keep"

    def own(self, name):
        found = self.named(name)
        may_keep(found, actor=self.viewer)
        return found

    def void(self, record, reason):
        drop(record, actor=self.viewer, reason=reason)


def told_owner(record):
    """What only the owner of a record is told of its handling: whom it is released to, and what holds it back."""
    now = type(record).objects.select_related("declared", "audience").get(pk=record.pk)
    held = held_by(now) if now.audience_id != now.declared_id else []
    told = {"held_back": None}
    if held:
        names = ", ".join(f"{one._meta.verbose_name} {one} ({one.audience.name})" for one in held)
        told["held_back"] = f"It is declared {now.declared.name}, but read no further than {names}; release that too."
    if now.declared.agencies is not None:
        told["released_to"] = [agency.slug for agency in released_to(now)]
    return told
