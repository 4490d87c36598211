"""What rules propose that components are: nobody's opinion, until a person makes it one."""

from django.db.models import Exists, OuterRef

from catalogue.models import Identification, IdentificationState, Part

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


def accepted_at_once(batch, agency):
    """[(id, version after, event before)] of the agency's proposals and opinions that accepting `batch` changed."""
    events = Identification.pgh_event_model.objects
    mine = events.filter(pgh_context__contains={"accepted": str(batch)}, owner=agency)
    before = events.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id")).order_by("-pgh_id")
    return mine.annotate(before=before.values("pgh_id")[:1]).values_list("pgh_obj_id", "version", "before")


def parts_of(batch, agency):
    """Ids of the agency's part types that accepting `batch` recorded."""
    events = Part.pgh_event_model.objects.filter(pgh_context__contains={"accepted": str(batch)}, owner=agency)
    return events.filter(pgh_label="created").values_list("pgh_obj_id", flat=True)
