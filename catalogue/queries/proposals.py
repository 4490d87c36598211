"""What rules propose that components are: nobody's opinion, until a person makes it one."""

from django.db.models import Exists, OuterRef

from catalogue.models import Identification, IdentificationState

BASIS = "marking-read"
# The publisher's word is no obstacle: a reading says more than it.
ATTRIBUTION = "published-attribution"


def proposals(agency):
    """Proposals by rules of an agency that wait for somebody, the newest first.

    Of a component that a person has identified since, nothing is proposed any longer.
    """
    said = Identification.objects.filter(
        component=OuterRef("component"), owner=agency, state=IdentificationState.ACCEPTED, voided_at=None
    ).exclude(basis=ATTRIBUTION)
    return (
        Identification.objects.filter(
            owner=agency,
            state=IdentificationState.PROPOSED,
            identified_by=None,
            basis=BASIS,
            voided_at=None,
            component__voided_at=None,
        )
        .exclude(Exists(said))
        .order_by("-id")
    )


def of_import(found, run):
    """Those of `found` whose component the import with the id `run` made or changed."""
    events = Identification.pgh_event_model.objects.filter(pgh_context__contains={"import": str(run)})
    return found.filter(pk__in=events.values("pgh_obj_id"))


def changed_at_once(model, batch, agency):
    """[(id, version after, event before)] of the agency's records of `model` that accepting `batch` changed."""
    events = model.pgh_event_model.objects
    mine = events.filter(pgh_context__contains={"accepted": str(batch)}, owner=agency)
    before = events.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id")).order_by("-pgh_id")
    return mine.annotate(before=before.values("pgh_id")[:1]).values_list("pgh_obj_id", "version", "before")


def made_at_once(model, batch, agency):
    """Ids of the agency's records of `model` that accepting `batch` recorded."""
    events = model.pgh_event_model.objects.filter(pgh_context__contains={"accepted": str(batch)}, owner=agency)
    return events.filter(pgh_label="created").values_list("pgh_obj_id", flat=True)
