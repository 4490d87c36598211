"""/api/v1/figures/"""

from rest_framework import serializers

from catalogue.actions.figures import cite_figure
from catalogue.actions.record import amend, require
from catalogue.actions.refusals import Refused
from catalogue.filters.figures import FigureFilter, taken
from catalogue.models import Level
from catalogue.queries import figures
from catalogue.queries.research import ANSWERS

from .fields import Written
from .nouns import Noun


class FigureWritten(Written):
    answer = serializers.ChoiceField([(name, name) for name in ANSWERS])
    query = serializers.CharField(required=False, allow_blank=True, max_length=4000)
    note = serializers.CharField(required=False, allow_blank=True)
    read_only_names = Written.read_only_names | {"figures", "counted", "records_sha256"}


class Figures(Noun):
    """Answers that somebody cites, as they were given.

    A figure is counted with the eyes of those who may read it: `handling` CLEAR counts only what is CLEAR. Its page
    shows it beside today's answer.
    """

    noun = "figures"
    by = "id"
    shape = figures.SHAPE
    filters = FigureFilter
    writes = FigureWritten
    serializer_class = FigureWritten

    def record(self, columns, seen):
        require(self.viewer, "record")
        if seen.get("released_to"):
            raise Refused("A figure is cited for one level of readers; leave it out.", "released_to")
        level = seen.get("handling", Level.STRICT)
        found = taken(columns["answer"], columns.get("query", ""), viewer=self.viewer, level=level)
        return cite_figure(**found, note=columns.get("note", ""), handling=level, actor=self.viewer)

    def amend(self, record, columns, seen):
        for name in ("handling", "released_to"):
            if name in seen:
                raise Refused("What a figure counts follows its handling: void it and cite it anew.", name)
        for name in ("answer", "query"):
            if columns.pop(name, getattr(record, name)) != getattr(record, name):
                raise Refused("A cited figure stays as it was; cite another.", name)
        amend(record, columns, actor=self.viewer, **seen)
