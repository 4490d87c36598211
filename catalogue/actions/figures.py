"""Citing a figure: keeping an answer as it was given, for readers who would have been given the same."""

from catalogue.models import CitedFigure, Level
from catalogue.security.viewing import Viewer

from .record import record
from .refusals import Refused


def cite_figure(*, answer, query, figures, counted, records_sha256, actor: Viewer, note="", handling=Level.STRICT):
    """Keep `figures`, which were counted with the eyes of those whom `handling` lets read them.

    Raises Refused when nothing was counted: a figure of nothing cannot be checked later.
    """
    if not counted:
        raise Refused("No component that readers of this handling may see fits; there is no figure to cite.", "query")
    row = {
        "answer": answer,
        "query": query,
        "figures": figures,
        "counted": counted,
        "records_sha256": records_sha256,
        "note": note.strip(),
    }
    return record(CitedFigure, [row], actor=actor, handling=handling)[0]
