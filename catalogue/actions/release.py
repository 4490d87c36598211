"""Letting more people read a record: shown first, for each audience, and done with a reason.

The preview is no reckoning: the change is made in a savepoint, read as each audience would read it, and taken back.
"""

from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import transaction

from catalogue.models import Agency, Audience, Component, EvidenceFile, Identification, Level, Photo, Specimen, User
from catalogue.queries.choose import SAID
from catalogue.queries.released import Reader, belonging, looking_at, moved_now
from catalogue.security.viewing import Viewer, giving

from .handling import held_by, may_change, may_move, wider
from .record import amend, explained, hold_bounds, require
from .refusals import NotAllowed, Refused

NAMED = 20  # records that stay hidden are named up to this many a kind
OPENED = {
    Component: "specimen",
    Photo: "specimen",
    EvidenceFile: "specimen",
    Identification: "component__specimen",
}


def release(record, *, declared, actor: Viewer, whole=False, reason="", version=None):
    """Declare `record` for the audience `declared` (an id); `whole`: with everything in it, of a specimen.

    Widening takes a curator and a reason. What is RED stays so, and is released by itself.
    """
    require(actor, "narrow")
    may_change(record, actor=actor)
    may_move(new=declared, old=record.declared_id, actor=actor, reason=reason)
    if whole and narrower(record, declared, actor=actor):
        may_open(actor, reason)
    declare(record, declared, whole, actor=actor, reason=reason, version=version)


def widens(record, *, declared, whole, actor):
    """Whether this lets anybody in; to narrow takes neither a preview nor a reason."""
    return wider(declared, record.declared_id) or bool(whole and narrower(record, declared, actor=actor))


def may_open(actor, reason):
    if not actor.may("widen"):
        raise NotAllowed("Your role may not widen the handling of a record; a curator of your agency may.")
    if not reason.strip():
        raise Refused("Say in `reason` why more readers may see this record.", "reason")


def declare(record, declared, whole, *, actor, reason="", version=None):
    hold_bounds(record)
    amend(record, {"declared_id": declared}, actor=actor, reason=reason, version=version)
    if whole:
        with giving(reason), explained():
            for rows in narrower(record, declared, actor=actor):
                rows.update(declared_id=declared)


def narrower(record, declared, *, actor):
    """[rows] of what is in a specimen (OPENED) and is declared for fewer than `declared`.

    One that some may see who are not in `declared` is none of them: it would be taken from these.
    """
    found = []
    for model, path in OPENED.items() if isinstance(record, Specimen) else ():
        rows = model.objects.filter(**{path: record}, owner=actor.agency, origin=record.origin_id, voided_at=None)
        fewer = [
            one
            for one in rows.exclude(declared__level=Level.RED).values_list("declared", flat=True).distinct()
            if wider(declared, one) and not wider(one, declared)
        ]
        if fewer:
            found.append(rows.filter(declared__in=fewer))
    return found


# Looking beforehand


@dataclass
class Sight:
    """What an audience sees that did not see it: (name, value) of the release shape, further rows, what stays hidden.

    `along`: {model: count}. `hidden`: {model: [Hidden]} of what belongs to the record. `files`: the names of those that
    come along, as they are given out whole, with all that is in them.
    """

    who: list
    fields: list
    along: dict
    hidden: dict
    files: list = field(default_factory=list)


@dataclass(frozen=True)
class Hidden:
    """A record that stays hidden: its name, its level, and the names of what holds it back, if not its own handling."""

    name: str
    level: str
    by: tuple


@dataclass
class Preview:
    """What a change of handling does: `sights` of those who see more, who sees the record no longer, what holds it."""

    sights: list = field(default_factory=list)
    losing: list = field(default_factory=list)
    held: list = field(default_factory=list)


@contextmanager
def undone():
    """A savepoint that is always taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def preview(record, shape, *, declared, whole, actor: Viewer):
    """The Preview of `release`, with the fields of the record as `shape` gives them. Raises what that would raise."""
    if widens(record, declared=declared, whole=whole, actor=actor):
        may_open(actor, "looking")
    old, now = record.audience_id, record.declared_id
    with undone():
        declare(record, declared, whole, actor=actor)
        moved = moved_now(record)
        after = type(record).objects.get(pk=record.pk)
        held = [name_of(one) for one in held_by(after)] if after.audience_id != after.declared_id else []
        readers = [(who, reader, reader.audiences()) for who, reader in concerned(now, declared, actor)]
        looked = [(who, seen, look(record, shape, seen)) for who, _reader, seen in readers]
    before = {
        model: dict(model.objects.filter(pk__in=rows).values_list("pk", "audience_id")) for model, rows in moved.items()
    }
    found = Preview(held=held)
    for who, seen, (fields, hidden) in looked:
        gains = gained(moved, before, seen)
        along = {model: len(rows) for model, rows in gains.items()}
        if old in seen and after.audience_id not in seen:
            found.losing.append(who)
        if along:
            files = EvidenceFile.objects.filter(pk__in=gains.get(EvidenceFile, ())).order_by("id")
            add(found.sights, Sight([who], fields, along, hidden, [name_of(one) for one in files]))
    return found


def concerned(old, new, actor):
    """[(who it is, Reader)] of those whom the change may concern, the widest first."""
    found = [("anyone", Reader(Level.CLEAR)), ("signed-in", Reader(Level.GREEN))]
    audiences = Audience.objects.filter(pk__in=[old, new])
    agencies = {agency for one in audiences for agency in one.agencies or ()} | {actor.agency}
    for agency in Agency.objects.filter(pk__in=agencies).order_by("name"):
        found.append((agency.name, Reader(agency=agency.pk)))
    people = {person for one in audiences for person in one.readers or ()}
    for person in User.objects.filter(pk__in=people).select_related("agency").order_by("examiner"):
        found.append((f"{person.agency.code}-{person.examiner}", Reader(agency=person.agency_id, person=person.pk)))
    return found


def look(record, shape, seen):
    """(fields, hidden) of the record for those in the audiences `seen`."""
    with looking_at(seen):
        rows = shape.rows([record.pk])
        # When it was updated is when it will be released.
        fields = [one for one in said(shape.nested(rows[0])) if one[0] != "updated"] if rows else []
    hidden = {}
    for model, rows in belonging(record):
        out = rows.exclude(audience__in=seen).order_by("id")
        if found := [hidden_one(one, seen) for one in out.select_related("audience")[:NAMED]]:
            hidden[model] = found + [None] * (out.count() - len(found))
    return fields, hidden


def hidden_one(row, seen):
    by = () if row.declared_id not in seen else tuple(name_of(one) for one in held_by(row))
    return Hidden(name_of(row), row.audience.name, by)


def name_of(record):
    """What a record is called by people, or what it belongs to."""
    if type(record) in SAID:
        text, note = SAID[type(record)](record)
        return " · ".join(filter(None, [text, note]))
    return str(getattr(record, "component", None) or getattr(record, "text", "") or record._meta.verbose_name)


def gained(moved, before, seen):
    """{model: [ids]} of the moved rows that come into sight."""
    found = {}
    for model, rows in moved.items():
        new = [pk for pk, audience in rows.items() if audience in seen and before[model].get(pk) not in seen]
        if new:
            found[model] = new
    return found


def add(sights, new):
    """Put a Sight among `sights`; one that says what another says has its name added there."""
    for one in sights:
        if (one.fields, one.along, one.hidden, one.files) == (new.fields, new.along, new.hidden, new.files):
            if one.who[0] not in ("anyone", "signed-in"):  # of whom the others are part
                one.who += new.who
            return
    sights.append(new)


def said(part, before=""):
    """(dotted name, text) of what a release dictionary says; what is empty says nothing."""
    for name, value in part.items():
        if isinstance(value, dict):
            yield from said(value, f"{before}{name}.")
        elif isinstance(value, list):
            lines = [" · ".join(str(v) for v in one.values() if v not in (None, "")) for one in value]
            if lines:
                yield before + name, "\n".join(lines)
        elif value not in (None, ""):
            yield before + name, str(value)
