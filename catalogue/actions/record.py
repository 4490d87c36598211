"""Recording, amending and voiding: the writing that all records have in common."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from catalogue.markings.dates import PartialDate
from catalogue.models import Level
from catalogue.security.viewing import Viewer

from .handling import audience, may_move
from .refusals import Conflict, NotAllowed, NotThere, Refused

HERE = 1  # the installation's own row

# Sentences for what the database refuses; the constraint's name leads to the field and what to do.
EXPLAINED = {
    "CA001": ("handling", "Nobody could see this record: its handling and that of what it belongs to have no reader in common."),
    "CA002": ("handling", "This handling names no readers."),
    "CA003": ("parent", "A component cannot lie inside itself; choose another parent."),
    "CA004": ("quantity", "Serial numbers belong to single pieces: set the quantity to 1, or split the row."),
    "CA005": ("marking", "A marking is never altered once read; void this component and record it anew."),
    "CA006": (None, "Custody is added to, never altered; record a further event."),
}


def spread(values):
    """`values` with every PartialDate as its three columns."""
    columns = {}
    for name, value in values.items():
        if isinstance(value, PartialDate):
            columns |= {name: value.edtf, f"{name}_from": value.earliest, f"{name}_to": value.latest}
        else:
            columns[name] = value
    return columns


def require(actor: Viewer, verb):
    """Raise NotAllowed unless the actor's role may `verb` in its agency."""
    if not actor.is_authenticated:
        raise NotAllowed("Sign in or send a key to do this.")
    if not actor.may(verb):
        raise NotAllowed(f"Your role ({actor.role}) may not {verb} records; an analyst or curator of your agency may.")


def record(model, rows, *, actor: Viewer, handling=Level.STRICT, released_to=(), readers=()):
    """Record `rows` (dictionaries of columns; a PartialDate fills three) as `model`; all or none.

    Returns the records in order. Raises Refused with the sentence of the rule that a row breaks.
    """
    require(actor, "record")
    declared = audience(level=handling, actor=actor, released_to=released_to, readers=readers)
    return insert(model, rows, owner_id=actor.agency, declared_id=declared)


def insert(model, rows, **columns):
    """Insert as given, translating what the database refuses."""
    with explained():
        return model.objects.bulk_create([model(**columns, **spread(row)) for row in rows])


class explained:
    """Context: a savepoint in which a refusal of the database becomes a Refused sentence."""

    def __enter__(self):
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()

    def __exit__(self, kind, error, trace):
        self.savepoint.__exit__(kind, error, trace)
        cause = getattr(error, "__cause__", None)
        state = getattr(cause, "sqlstate", None)
        if state in EXPLAINED:
            field, sentence = EXPLAINED[state]
            raise Refused(sentence, field) from error
        if state == "42501":
            raise NotAllowed("You may not write this record: it is another agency's, or above what you may see.") from error
        if isinstance(error, IntegrityError):
            raise Refused(broken_rule(cause.diag)) from error
        return False


def broken_rule(diag):
    """One sentence for a constraint that a row breaks, by the constraint's name."""
    rule = (diag.constraint_name or diag.column_name or "").replace("_", " ")
    if "once" in rule:
        return f"This is already recorded ({rule}); change the existing record instead."
    return f"The record breaks the rule “{rule}”."


def amend(record, changes, *, actor: Viewer, version=None, handling=None, released_to=(), readers=(), reason=""):
    """Apply `changes` (columns) to one record of the actor's agency, and perhaps move its handling.

    Raises NotAllowed for another agency's record, NotThere when it is gone, Conflict when `version` is stale.
    """
    require(actor, "record")
    if record.owner_id != actor.agency or record.origin_id != HERE:
        raise NotAllowed("Only the agency that owns a record changes it; add your own identification or note instead.")
    now = type(record).objects.select_for_update().filter(pk=record.pk, voided_at=None).first()
    if now is None:
        raise NotThere("This record was voided or withdrawn.")
    if version is not None and version != now.version:
        raise Conflict(f"Somebody changed this record: it is at version {now.version}, yours is {version}.", now)
    columns = spread(changes)
    if handling is not None:
        columns["declared_id"] = audience(level=handling, actor=actor, released_to=released_to, readers=readers)
        may_move(new=columns["declared_id"], old=now.declared_id, actor=actor, reason=reason)
    if columns:
        with explained():
            type(record).objects.filter(pk=record.pk).update(**columns)


def void(records, *, actor: Viewer, reason):
    """Void records of one model: they leave every list and count, and stay readable by their address with the reason."""
    require(actor, "void")
    if not reason.strip():
        raise Refused("Say in `reason` why this record is voided.", "reason")
    for found in records:
        if found.owner_id != actor.agency or found.origin_id != HERE:
            raise NotAllowed("Only the agency that owns a record voids it.")
    model = type(records[0])
    with explained():
        model.objects.filter(pk__in=[r.pk for r in records], voided_at=None).update(
            voided_at=timezone.now(), voided_by_id=actor.user, void_reason=reason.strip()
        )


