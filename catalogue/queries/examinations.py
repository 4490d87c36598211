"""Examinations: the intake of specimens, and how far each is."""

from catalogue.models import Examination, Review, Stage

STEPS = ("received", "examining", "in-review", "released")


def examination_of(specimen):
    """The examination of a specimen that the reader may see, or None."""
    found = Examination.objects.filter(specimen=specimen, voided_at=None)
    return found.select_related("examiner", "audience", "specimen").order_by("-id").first()


def step(examination):
    """One of STEPS. In review is what its specimen says: `Specimen.review` alone holds that."""
    if examination.stage != Stage.RELEASED and examination.specimen.review == Review.IN_REVIEW:
        return "in-review"
    return examination.stage
