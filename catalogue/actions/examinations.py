"""Intake: the examination under which a specimen is at the laboratory."""

from catalogue.models import Examination, Level, Review, Specimen, Stage
from catalogue.security.viewing import Viewer

from .handling import may_change
from .record import BrokenRule, amend, record, require
from .refusals import Refused


def record_examination(*, specimen, reference, actor: Viewer, **facts):
    """Note the intake of a specimen of the own agency. It is the agency's alone, whoever may read the specimen."""
    require(actor, "record")
    may_change(specimen, actor=actor)
    settled(specimen, facts)
    Specimen.objects.select_for_update().filter(pk=specimen.pk).first()  # two who note it at once wait for each other
    if Examination.objects.filter(specimen=specimen, voided_at=None).exists():
        raise Refused("The intake of this specimen is noted already; open its examination again and change that.")
    with numbered():
        return record(
            Examination,
            [{"specimen": specimen, "reference": number(reference), **facts}],
            actor=actor,
            handling=Level.STRICT,
        )[0]


def amend_examination(examination, changes, *, actor: Viewer, version=None):
    """Change what was noted at the intake, or how far the examination is."""
    settled(examination.specimen, changes)
    if "reference" in changes:
        changes["reference"] = number(changes["reference"])
    with numbered():
        amend(examination, changes, actor=actor, version=version)


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
