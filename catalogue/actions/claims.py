"""Recording what others say of records: figures as published, estimates, statements, denials."""

from catalogue.models import Claim, ClaimCitation, Level
from catalogue.security.viewing import Viewer

from .citations import cite
from .lines import moving
from .record import amend, record
from .refusals import Refused


def record_claim(
    *, text, by, kind, actor: Viewer, citations=None, handling=Level.STRICT, released_to=(), reason="", **facts
):
    """Record a claim with the places it stands at. A figure keeps the words, unit and basis of its source.

    Raises Refused for one without words or without somebody who says it, and for an estimate without a figure.
    """
    row = checked({"text": text, "by": by, "kind": kind, **facts})
    found = record(Claim, [row], actor=actor, handling=handling, released_to=released_to)[0]
    cite(ClaimCitation, found, citations, actor=actor)
    return found


def amend_claim(claim, changes, *, actor: Viewer, **seen):
    """Change a claim; citations, when sent, are all it has from now on."""
    citations = changes.pop("citations", None)
    checked({name: changes.get(name, getattr(claim, name)) for name in WORDS})
    with moving(Claim, [claim.pk]):
        amend(claim, changes, actor=actor, **seen)
        cite(ClaimCitation, claim, citations, actor=actor)


WORDS = ("text", "by", "kind", "numerator", "denominator", "unit")


def checked(row):
    """`row` with its words trimmed. Raises Refused."""
    row = {name: value.strip() if isinstance(value, str) else value for name, value in row.items()}
    if not row["text"]:
        raise Refused("Write what is said; a claim without words cannot be checked.", "text")
    if not row["by"]:
        raise Refused("Name who says it, as the source names them.", "by")
    if row["kind"] in ("figure", "estimate") and not (row.get("numerator") or row.get("denominator")):
        raise Refused("A figure or an estimate has a number; write it as published.", "numerator")
    if (row.get("numerator") or row.get("denominator")) and not row.get("unit"):
        raise Refused("Say what the figure counts, for example unique component types.", "unit")
    return row
