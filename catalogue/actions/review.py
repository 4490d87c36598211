"""A second person's review of a specimen: draft, in review, reviewed; who asked for it, who did it, when.

Afterwards the specimen, its numbers and citations, its components with theirs, and its photographs change only by an
amendment: with a reason, which their history keeps. The database refuses any other change (CA009). Opinions, readings
and further events of custody are no change of what was reviewed; neither is who may see it.
"""

from django.utils import timezone

from catalogue.models import Review, Specimen
from catalogue.security.viewing import Viewer, giving

from .handling import may_change
from .record import amend, require
from .refusals import Conflict, NotAllowed, NotThere, Refused


def send_to_review(specimen, *, actor: Viewer, version=None):
    """Ask for the review of a draft."""
    now = asked(specimen, Review.DRAFT, "Only a draft is sent to review.", "record", version, actor=actor)
    sent = {"sent_at": timezone.now(), "sent_by_id": actor.user}
    forgotten = {"reviewed_at": None, "reviewed_by_id": None, "review_remark": ""}
    amend(now, {"review": Review.IN_REVIEW, **sent, **forgotten}, actor=actor)


def take_back(specimen, *, actor: Viewer, version=None):
    """Make it a draft again, before anybody has reviewed it. Others send it back, with a remark."""
    now = asked(specimen, Review.IN_REVIEW, "It is not in review.", "record", version, actor=actor)
    if now.sent_by_id != actor.user:
        raise NotAllowed("Only who sent a specimen to review takes it back; send it back with a remark instead.")
    amend(now, {"review": Review.DRAFT, "sent_at": None, "sent_by_id": None}, actor=actor)


def review(specimen, *, actor: Viewer, remark="", version=None):
    """Say as a second person that the record is right. Refused to who recorded it or sent it in."""
    decide(specimen, Review.REVIEWED, remark, version, actor=actor)


def send_back(specimen, *, actor: Viewer, remark, version=None):
    """Say as a second person what is to be put right; it is a draft again."""
    if not remark.strip():
        raise Refused("Say in a remark what is to be put right.", "remark")
    decide(specimen, Review.DRAFT, remark, version, actor=actor)


def decide(specimen, state, remark, version, *, actor):
    now = asked(specimen, Review.IN_REVIEW, "It is not in review; send it to review first.", "review", version,
                actor=actor)  # fmt: skip
    if actor.user in first_persons(now):
        raise NotAllowed("A second person reviews a specimen: not who recorded it, nor who sent it to review.")
    columns = {"review": state, "reviewed_at": timezone.now(), "reviewed_by_id": actor.user}
    with giving(remark):
        amend(now, {**columns, "review_remark": remark.strip()}, actor=actor)


def asked(specimen, state, otherwise, verb, version, *, actor):
    """The specimen as it is, locked, when it is in `state`. Raises Refused with the sentence `otherwise`."""
    require(actor, verb)
    may_change(specimen, actor=actor)
    now = Specimen.objects.select_for_update().filter(pk=specimen.pk, voided_at=None).first()
    if now is None:
        raise NotThere("This record was voided or withdrawn.")
    if version is not None and version != now.version:
        raise Conflict(f"Somebody changed this record: it is at version {now.version}, yours is {version}.", now)
    if now.review != state:
        raise Refused(otherwise, "review")
    return now


def first_persons(specimen):
    """Who cannot be the second person."""
    return {specimen.created_by_id, specimen.sent_by_id}


def may_review(specimen, *, actor: Viewer):
    """Whether the actor may be the second person of a specimen in review."""
    own = specimen.owner_id == actor.agency and actor.may("review")
    return own and specimen.review == Review.IN_REVIEW and actor.user not in first_persons(specimen)


def move(specimen, state, *, actor: Viewer, remark=""):
    """Bring a specimen to the review state `state`, as far as the actor may. The state it has already is no move."""
    now = Specimen.objects.get(pk=specimen.pk)
    if now.review == state:
        return
    if now.review == Review.REVIEWED:
        raise Refused("A reviewed specimen stays reviewed; amend it with a reason.", "review")
    if state == Review.IN_REVIEW:
        send_to_review(now, actor=actor)
    elif state == Review.REVIEWED:
        review(now, actor=actor, remark=remark)
    elif now.sent_by_id == actor.user:
        take_back(now, actor=actor)
    else:
        send_back(now, actor=actor, remark=remark)
