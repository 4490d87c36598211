"""Recording, amending and voiding: the writing that all records have in common."""

from itertools import islice

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from catalogue.markings.dates import PartialDate
from catalogue.models import Audience, Level
from catalogue.security.viewing import Viewer, giving

from .handling import audience, may_begin, may_change, may_move
from .refusals import Conflict, NotAllowed, NotThere, Refused
from .values import accept

ATTEMPTS = 5  # with 390,625 names under a prefix, five in a row are taken only when it is all but full

# Sentences for what the database refuses; the constraint's name leads to the field and what to do.
EXPLAINED = {
    "CA001": (
        "handling",
        "Nobody could see this record: its handling and that of what it belongs to have no reader in common.",
    ),
    "CA002": ("handling", "This handling names no readers."),
    "CA003": ("parent", "A component cannot lie inside itself; choose another parent."),
    "CA004": ("quantity", "Serial numbers belong to single pieces: set the quantity to 1, or split the row."),
    "CA005": ("marking", "A marking is never altered once read; void this component and record it anew."),
    "CA009": ("reason", "This evidence is reviewed: it changes only by an amendment; say in `reason` why."),
    "CA006": (None, "Custody is added to, never altered; record a further event."),
}
RULES = {
    "component_parent_of_same_specimen": ("parent", "The parent must be a component of the same specimen."),
    "component_part_has_maker": ("manufacturer", "Name the maker of the part."),
    "identification_part_of_its_maker": (
        "part",
        "This part is not of that manufacturer; name its own maker.",
    ),
    "goodsline_says_what": (
        "goods",
        "Say what each line of goods is: its text, what it was declared as, a part, or kind and name.",
    ),
    "goodsline_value_in_currency": ("goods", "Name the currency of a value (ISO 4217)."),
    "goods_cas_form": ("goods", "A CAS number is written like 9004-70-0."),
    "goods_part_is_a_part": ("goods", "Goods that name a part are of the kind “part”."),
    "hscode_digits": ("hs", "An HS code has two to six digits, for example 854231."),
    "listing_organisation_or_vessel": (
        "organisation",
        "Name the organisation or the vessel that is listed, one of them.",
    ),
    "routeleg_amount_in_currency": ("currency", "Name the currency of the amount (ISO 4217)."),
    "routeleg_has_an_end": ("from", "Name one end of the leg, or say what is known of it."),
    "specimen_count_of_group": (
        "count",
        "Only a group has a count, of two or more; set the kind to “group”.",
    ),
    "weaponsystem_not_its_own_parent": ("parent", "A weapon system is not a variant of itself."),
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


def record(
    model, rows, *, actor: Viewer, handling=Level.STRICT, released_to=(), readers=(), bounded=False, verb="record"
):
    """Record `rows` (dictionaries of columns; a PartialDate fills three) as `model`; all or none.

    Wider than AMBER+STRICT of the own agency takes a curator, except for rows that are `bounded` by a record
    of the same agency: names, numbers and lines are as wide as what they belong to.
    Returns the records in order. Raises Refused with the sentence of the rule that a row breaks. `verb` is what the
    actor's role must allow.
    """
    require(actor, verb)
    declared = audience(level=handling, actor=actor, released_to=released_to, readers=readers)
    if not bounded:
        may_begin(declared, actor=actor)
    return insert(model, rows, owner_id=actor.agency, declared_id=declared)


def record_named(model, row, column, candidates, **seen):
    """Record one row under the first of `candidates` for its `column` that is free, and return the record.

    A name that a hidden record of the agency has is passed over: to say “taken” would tell of it.
    """
    for name in islice(candidates, ATTEMPTS):
        try:
            return record(model, [{**row, column: name}], **seen)[0]
        except BrokenRule as broken:
            if not broken.rule.endswith(f"_{column}_once_in_agency"):
                raise
    raise Refused(f"No free {column} was found; try again.", column)


def insert(model, rows, **columns):
    """Insert as given, translating what the database refuses.

    PostgreSQL takes the reader's audiences once a statement. When rows that are recorded together come into
    circles of readers that did not exist before, a later row's is not among them; one by one each is.
    """
    for row in rows:
        accept(model, row)
    made = [model(**columns, **spread(row)) for row in rows]
    try:
        with explained():
            return model.objects.bulk_create(made)
    except NotAllowed:
        if len(made) == 1:
            raise
    with explained():
        for one in made:
            model.objects.bulk_create([one])
    return made


class explained:
    """Context: a savepoint in which a refusal of the database becomes a Refused sentence."""

    def __enter__(self):
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()

    def __exit__(self, kind, error, trace):
        if error is None:
            try:
                self.settle()
            except IntegrityError as found:
                kind, error, trace = type(found), found, found.__traceback__
        self.savepoint.__exit__(kind, error, trace)
        cause = getattr(error, "__cause__", None)
        state = getattr(cause, "sqlstate", None)
        if state in EXPLAINED:
            field, sentence = EXPLAINED[state]
            raise Refused(sentence, field) from error
        if state == "42501":
            raise NotAllowed(
                "You may not write this record: it is another agency's, or above what you may see."
            ) from error
        if isinstance(error, IntegrityError):
            raise BrokenRule(cause.diag.constraint_name or cause.diag.column_name or "") from error
        return False

    def settle(self):
        """Check foreign keys now: deferred to the commit, a broken one could no longer be answered for."""
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


class BrokenRule(Refused):
    """A row breaks the database's rule (constraint) `rule`."""

    def __init__(self, rule):
        self.rule = rule
        if "_once" in rule:
            super().__init__(
                f"This is already recorded ({rule.replace('_', ' ')}); change the existing record instead."
            )
        elif "_fk_" in rule:
            super().__init__("A record or a vocabulary's term that this names does not exist here.")
        else:
            field, sentence = RULES.get(rule, (None, f"The record breaks the rule “{rule.replace('_', ' ')}”."))
            super().__init__(sentence, field)


def amend(
    record, changes, *, actor: Viewer, version=None, handling=None, released_to=None, readers=(), reason="",
    verb="record",
):  # fmt: skip
    """Apply `changes` (columns) to one record of the actor's agency, and perhaps move its handling.

    `reason` stands in its history; reviewed evidence and widening take one.
    The level it has already, sent back alone, changes nothing; `released_to` alone keeps the level.
    Raises NotAllowed for another agency's record, NotThere when it is gone, Conflict when `version` is stale.
    """
    require(actor, verb)
    may_change(record, actor=actor)
    accept(type(record), changes | {"reason": reason})
    if handling is not None or released_to is not None:
        hold_bounds(record)
    now = type(record).objects.select_for_update().filter(pk=record.pk, voided_at=None).first()
    if now is None:
        raise NotThere("This record was voided or withdrawn.")
    if version is not None and version != now.version:
        raise Conflict(f"Somebody changed this record: it is at version {now.version}, yours is {version}.", now)
    columns = spread(changes)
    declared = moved(now, handling, released_to, readers, actor=actor)
    if declared is not None:
        may_move(new=declared, old=now.declared_id, actor=actor, reason=reason)
        columns["declared_id"] = declared
    if columns:
        with giving(reason), explained():
            type(record).objects.filter(pk=record.pk).update(**columns)


def hold_bounds(record):
    """Lock what bounds the audience of `record` before the record, as who narrows one of those comes down to this."""
    with connection.cursor() as cursor:
        for column, table in record.bounds().items():
            cursor.execute(f"SELECT FROM {table} WHERE id = %s FOR SHARE", [getattr(record, column)])


def moved(now, handling, released_to, readers, *, actor):
    """The audience (an id) that the record `now` is to be declared with, or None when nothing was asked."""
    if handling is None and released_to is None:
        return None
    found = {a.pk: a for a in Audience.objects.filter(pk__in=[now.declared_id, now.audience_id])}
    levels = {pk: audience.level for pk, audience in found.items()}
    agencies = found[now.declared_id].agencies if now.declared_id in found else None
    same = released_to is None or (agencies is not None and {actor.agency, *released_to} == set(agencies))
    if same and not readers and handling in levels.values():
        return None
    level = levels.get(now.declared_id, Level.STRICT) if handling is None else handling
    return audience(level=level, actor=actor, released_to=released_to or (), readers=readers)


def void(records, *, actor: Viewer, reason, verb="void"):
    """Void records of one model: they leave every list and count, and stay at their address."""
    require(actor, verb)
    for found in records:
        may_change(found, actor=actor)
    if not reason.strip():
        raise Refused("Say in `reason` why this record is voided.", "reason")
    model = type(records[0])
    accept(model, {"reason": reason})
    with giving(reason), explained():
        model.objects.filter(pk__in=[r.pk for r in records], voided_at=None).update(
            voided_at=timezone.now(), voided_by_id=actor.user, void_reason=reason.strip()
        )
