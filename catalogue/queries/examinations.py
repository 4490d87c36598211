"""Examinations: the intake of specimens, and how far each is."""

from django.db.models import Case, F, Func, Q, TextField, Value, When

from catalogue.models import Examination, Review, Stage

from .shape import Shape, code, common, edtf, text, url_of, uuid

STEPS = ("received", "examining", "in-review", "released")
# One of STEPS, in a query.
STEP = Case(
    When(~Q(stage=Stage.RELEASED) & Q(specimen__review=Review.IN_REVIEW), then=Value("in-review")),
    default=F("stage"),
    output_field=TextField(),
)
EXAMINER = Func(F("examiner_id"), function="catalogue_examiner", output_field=TextField())
SHAPE = Shape(
    Examination,
    {
        "id": uuid("id", "Identifier (UUIDv7)."),
        "url": url_of("examinations", "id"),
        "reference": code("reference", "The agency's own examination number."),
        "specimen": {"reference": code("specimen__reference", "The specimen that came in.")},
        "received": edtf("received", "When it came in."),
        "consignor": text("consignor", "Who brought or sent it."),
        "seals": text("seals", "Numbers of the seals it came under."),
        "examiner": code(EXAMINER, "Agency and examiner code of who examines it; null while nobody does.", null=True),
        "stage": code(STEP, "How far it is; in review while its specimen is.", choices=STEPS),
        "note": text("note", "Note."),
        **common(),
    },
)


def examination_of(specimen):
    """The examination of a specimen that the reader may see, or None."""
    found = Examination.objects.filter(specimen=specimen, voided_at=None)
    return found.select_related("examiner", "audience", "specimen").order_by("-id").first()


def step(examination):
    """One of STEPS. In review is what its specimen says: `Specimen.review` alone holds that."""
    if examination.stage != Stage.RELEASED and examination.specimen.review == Review.IN_REVIEW:
        return "in-review"
    return examination.stage
