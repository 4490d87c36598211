"""What a figure counts is what its readers may see; and the list of cited figures."""

from dataclasses import replace

import django_filters as df
from django.http import QueryDict

from catalogue.models import CitedFigure
from catalogue.queries.figures import behind, stored
from catalogue.queries.research import ANSWERS
from catalogue.security.viewing import viewing_as

from .base import Codes, Common
from .research import Question


class FigureFilter(Common):
    answer = Codes([(name, name) for name in ANSWERS])
    q = df.CharFilter(field_name="note", lookup_expr="contains", help_text="Held by the note.")

    class Meta:
        model = CitedFigure
        fields = []


def taken(name, query, *, viewer, level):
    """What `cite_figure` keeps of an answer: asked with the eyes of `viewer`, but of nothing above `level`.

    So a figure for the agency counts nothing that is RED, and one for anybody only what is CLEAR. Raises BadParameter.
    """
    with viewing_as(replace(viewer, ceiling=min(level, viewer.ceiling))):
        question = Question(name, QueryDict(query))
        counted, digest = behind(question.components)
        return {
            "answer": name,
            "query": question.query,
            "figures": stored(question.found()),
            "counted": counted,
            "records_sha256": digest,
        }


def today(figure, *, viewer):
    """(what the question of a cited figure is answered now, records, their digest) as `viewer` sees it.

    With no more than the figure's own level, so that the two can be compared. Raises BadParameter when something
    that the question names is not there any more.
    """
    found = taken(figure.answer, figure.query, viewer=viewer, level=figure.audience.level)
    return found["figures"], found["counted"], found["records_sha256"]
