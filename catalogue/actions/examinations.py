"""Intake: the examination under which a specimen is at the laboratory."""

from catalogue.models import Examination, Level, Review, Specimen, Stage
from catalogue.security.viewing import Viewer, giving

from .handling import may_change
from .record import BrokenRule, amend, record, require
from .refusals import Refused
from .review import send_to_review

IN_REVIEW = "in-review"  # a step of an examination that its specimen alone holds


def record_examination(*, specimen, reference, actor: Viewer, reason="", **facts):
    """Note the intake of a specimen of the own agency. It is the agency's alone, whoever may read the specimen.

    `stage` may be IN_REVIEW too: that sends the specimen to its review.
    """
    require(actor, "record")
    may_change(specimen, actor=actor)
    to_review = facts.get("stage") == IN_REVIEW and facts.pop("stage")
    settled(specimen, facts)
    Specimen.objects.select_for_update().filter(pk=specimen.pk).first()  # two who note it at once wait for each other
    if Examination.objects.filter(specimen=specimen, voided_at=None).exists():
        raise Refused("The intake of this specimen is noted already; open its examination again and change that.")
    row = {"specimen": specimen, "reference": number(reference), **facts}
    with numbered(), giving(reason):
        made = record(Examination, [row], actor=actor, handling=Level.STRICT)[0]
    if to_review and specimen.review != Review.IN_REVIEW:
        send_to_review(specimen, actor=actor)
    return made


def amend_examination(examination, changes, *, actor: Viewer, version=None, reason=""):
    """Change what was noted at the intake, or how far the examination is."""
    settled(examination.specimen, changes)
    if "reference" in changes:
        changes["reference"] = number(changes["reference"])
    with numbered():
        amend(examination, changes, actor=actor, version=version, reason=reason)


def move_examination(examination, changes, *, actor: Viewer, version=None, reason=""):
    """Like `amend_examination`, where the stage may also be IN_REVIEW: that sends the specimen to its review."""
    under_review = examination.specimen.review == Review.IN_REVIEW
    wanted = changes.pop("stage", None)
    if wanted is not None and wanted != IN_REVIEW:
        if under_review and wanted != examination.stage:
            raise Refused("Its specimen is in review: take that back, or answer it, at the specimen first.", "stage")
        changes["stage"] = wanted
    amend_examination(examination, changes, actor=actor, version=version, reason=reason)
    if wanted == IN_REVIEW and not under_review:
        if examination.specimen.review == Review.REVIEWED:
            raise Refused("Its specimen is reviewed already; release the examination.", "stage")
        send_to_review(examination.specimen, actor=actor)


def number(reference):
    reference = reference.strip()
    if not reference:
        raise Refused("Fill in the examination number; it is needed.", "reference")
    return reference


def settled(specimen, facts):
    """Only what a second person has reviewed is released."""
    if facts.get("stage") == Stage.RELEASED and specimen.review != Review.REVIEWED:
        raise Refused("A second person reviews the specimen first; then its examination is released.", "stage")


class numbered:
    """Context: a number that the agency has given already becomes a sentence about the number."""

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if isinstance(error, BrokenRule) and error.rule == "examination_reference_once_in_agency":
            raise Refused(
                "Your agency has given this examination number already; write another.", "reference"
            ) from error
        return False
