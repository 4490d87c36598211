"""Citing a figure: keeping an answer as it was given, for those who would be given the same; withdrawing it."""

from catalogue.models import CitedFigure, Level
from catalogue.security.viewing import Viewer, giving

from .handling import may_change
from .record import explained, record, require, void
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


def withdraw_figure(figure, *, actor: Viewer, reason):
    """Take a cited figure of the own agency back; it stays at its address with the reason."""
    void([figure], actor=actor, reason=reason)


def restore_figure(figure, *, actor: Viewer, reason):
    """Put a withdrawn figure of the own agency in force again. Raises Refused without a reason."""
    require(actor, "void")
    may_change(figure, actor=actor)
    if not reason.strip():
        raise Refused("Give a reason; it stays in the figure's history.", "reason")
    with giving(reason.strip()), explained():
        CitedFigure.objects.filter(pk=figure.pk, voided_at__isnull=False).update(
            voided_at=None, voided_by_id=None, void_reason=""
        )
