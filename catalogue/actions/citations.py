"""Saying what supports or contradicts a record."""

from .settle import once, settle


def cite(model, record, citations, *, actor):
    """Make `citations` (source, locator, quote, stance, credibility, note) those of `record`, in `model`.

    None leaves them as they are.
    """
    if citations is None:
        return
    settle(model, {"record": record}, once(list(citations), "source", "locator", "quote", "stance"), actor=actor)
