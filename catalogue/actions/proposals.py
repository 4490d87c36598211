"""Making what rules propose a person's opinion, many at once; and taking that back."""

from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from catalogue.markings.published import quoted
from catalogue.models import Handled, Identification, IdentificationState, Part
from catalogue.models.base import new_id
from catalogue.queries.named import keys_of
from catalogue.queries.proposals import ATTRIBUTION, changed_at_once, made_at_once, proposals
from catalogue.queries.standing import standing
from catalogue.security.viewing import Viewer, because, giving

from .handling import may_begin
from .proposed_dates import date_pieces, dated_at_once, undate
from .record import explained, insert, require
from .undo import naming

MOST = 5_000  # proposals that are accepted in one step
PUT_BACK = """
UPDATE catalogue_identification t SET state = b.state, identified_by_id = b.identified_by_id, part_id = b.part_id
  FROM catalogue_identificationevent b WHERE b.pgh_obj_id = t.id AND b.pgh_id = ANY (%s)"""


@dataclass(frozen=True)
class Accepted:
    """What accepting did: how many proposals, new part types and dated pieces, and the id that takes it back."""

    batch: str
    proposals: int
    parts: int = 0
    dated: int = 0


def accept_proposals(ids, *, actor: Viewer):
    """Make proposals by rules the actor's opinion; the publisher's word before is kept, superseded. Returns Accepted.

    A part type that is not recorded yet is recorded, as wide as the component whose published text names its number.
    A piece without a date gets the one that its text quotes. What waits no longer, or is not seen, is passed over:
    somebody else has accepted or rejected it.
    """
    require(actor, "import")
    batch = str(new_id())
    waiting = held(ids, actor)
    with as_one(actor, "Proposals accepted.", accepted=batch), explained():
        made = name_parts(waiting, actor)
        Identification.objects.filter(
            component__in=[one.component_id for one in waiting],
            owner_id=actor.agency,
            state=IdentificationState.ACCEPTED,
            basis_id=ATTRIBUTION,
            voided_at=None,
        ).update(state=IdentificationState.SUPERSEDED)
        Identification.objects.filter(pk__in=[one.pk for one in waiting]).update(
            state=IdentificationState.ACCEPTED, identified_by_id=actor.user
        )
        dated = date_pieces(waiting, actor)
    return Accepted(batch, len(waiting), len(made), dated)


def reject_proposals(ids, *, actor: Viewer):
    """Say of proposals by rules that they are wrong; returns how many, and the id that takes it back."""
    require(actor, "import")
    batch = str(new_id())
    waiting = held(ids, actor)
    with as_one(actor, "Proposals rejected.", accepted=batch), explained():
        Identification.objects.filter(pk__in=[one.pk for one in waiting]).update(
            state=IdentificationState.REJECTED, identified_by_id=actor.user
        )
    return Accepted(batch, len(waiting))


@contextmanager
def as_one(actor, reason, **context):
    """Within it the history names what is done as one step, by `context`."""
    with giving(reason), connection.cursor() as cursor:
        because(cursor, actor, reason=reason, **context)
        yield


def held(ids, actor):
    """The proposals among `ids` that still wait, locked, one of each component: the last."""
    mine = set(proposals(actor.agency).filter(pk__in=list(ids)[:MOST]).values_list("pk", flat=True))
    rows = Identification.objects.filter(pk__in=mine, state=IdentificationState.PROPOSED)
    found = rows.select_for_update(of=("self",)).select_related("component__audience", "manufacturer")
    return list({one.component_id: one for one in found.order_by("id")}.values())


def name_parts(waiting, actor):
    """Give each proposal without a part the one of its number, found or recorded; ids of those recorded."""
    bare = {one: number_of(one) for one in waiting if one.part_id is None}
    bare = {one: number for one, number in bare.items() if number}
    keys = keys_of(set(bare.values()))
    known = recorded(set(keys.values()), {one.manufacturer_id for one in bare})
    made = record_parts(bare, keys, known, actor)
    changed = [one for one, number in bare.items() if (one.manufacturer_id, keys[number]) in known]
    for one in changed:
        one.part_id = known[one.manufacturer_id, keys[bare[one]]]
    Identification.objects.bulk_update(changed, ["part"], batch_size=500)
    return made


def record_parts(bare, keys, known, actor):
    """Record the part types that `known` lacks, and add them to it; their ids.

    Each is as wide as the widest component of it: whoever sees that one sees its number in the published text.
    """
    missing = {}
    for one in sorted(bare, key=lambda one: (one.component.audience.level, one.pk)):
        key = one.manufacturer_id, keys[bare[one]]
        if key[1] and key not in known:
            missing.setdefault(key, (one.component.audience_id, bare[one]))
    made = []
    for declared in dict.fromkeys(declared for declared, _number in missing.values()):
        may_begin(declared, actor=actor)
        these = [(key, number) for key, (of, number) in missing.items() if of == declared]
        rows = [{"manufacturer_id": maker, "number": number} for (maker, _key), number in these]
        parts = insert(Part, rows, owner_id=actor.agency, declared_id=declared)
        known |= {key: part.pk for (key, _number), part in zip(these, parts, strict=True)}
        made += [part.pk for part in parts]
    return made


def number_of(proposal):
    """The number that the proposal was read as, in the text it was read from."""
    reading = quoted(proposal.component.published_text, proposal.manufacturer.name).reading
    read = {reading.mpn, reading.base_part} if reading else set()
    return (reading.mpn or reading.base_part) if proposal.family in read else proposal.family


def recorded(keys, makers):
    """{(maker, key): id} of the visible parts of these makers with one of these numbers."""
    of_key = Q(key__in=keys - {""}) | Q(numbers__key__in=keys - {""}, numbers__voided_at=None)
    rows = standing(Part).filter(of_key, manufacturer__in=makers).order_by("-created_at", "-id")
    return {
        (maker, key): pk
        for pk, maker, *theirs in rows.values_list("id", "manufacturer", "key", "numbers__key")
        for key in theirs
        if key in keys
    }


def take_back(batch, *, actor: Viewer):
    """Let what one acceptance or rejection did wait again; returns (how many, how many were changed since and stay).

    The part types that it recorded are voided unless something else names them by now, and the dates that it gave
    are gone from pieces that nobody has changed since.
    """
    require(actor, "import")
    rows = list(changed_at_once(Identification, batch, actor.agency))
    dated = dated_at_once(batch, actor.agency)
    versions = dict(Identification.objects.filter(pk__in=[pk for pk, *_ in rows]).values_list("id", "version"))
    last = {}
    for pk, version, before in sorted(rows, key=lambda row: row[1]):
        last[pk] = (version, last.get(pk, (0, before))[1])
    same = {pk: before for pk, (version, before) in last.items() if before and versions.get(pk) == version}
    with as_one(actor, "Taken back.", taken_back=str(batch)), explained(), connection.cursor() as cursor:
        undate(batch, dated, actor)
        cursor.execute(PUT_BACK, [list(same.values())])
        void_unused(batch, actor)
    waits = Identification.objects.filter(pk__in=same, state=IdentificationState.PROPOSED).count()
    return waits, len(last) - len(same)


def void_unused(batch, actor):
    """Void the part types that accepting `batch` recorded and nothing in force names."""
    made = set(made_at_once(Part, batch, actor.agency))
    for key in Part._meta.related_objects:
        if issubclass(key.related_model, Handled):
            made -= {target for _pk, target in naming(key.related_model, key.field.column, made)}
    Part.objects.filter(pk__in=made, version=1, voided_at=None).update(
        voided_at=timezone.now(), voided_by_id=actor.user, void_reason="Taken back."
    )
