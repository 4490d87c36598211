"""What the pages of single records share: finding the record, its facts, files, what hangs on it."""

from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue.actions.handling import held_by, released_to
from catalogue.models import GATHERED
from catalogue.queries import photos
from catalogue.queries.choose import name_of
from catalogue.queries.named import find

MOST = 24


def named_record(request, shape, by, name):
    """(the record, its release dictionary) called `name`; withdrawn and merged ones answer too.

    Raises Http404 for what does not exist and for what may not be seen alike.
    """
    for voided in (False, True):
        record = find(shape.model, by, name, agency=request.viewer.agency, voided=voided).first()
        if record is not None:
            return record, shape.nested(shape.rows([record.pk])[0])
    raise Http404(_("There is no such record here, or you may not see it."))


def render_detail(request, noun, record, row, **context):
    """The page of one record: `catalogue/NOUN.html`, with its release dictionary as `row`.

    `may_write` and `offers` tell which changes a reader may make: the actions decide again when they are asked for.
    """
    own = record.owner_id == request.viewer.agency
    key = row.get("slug") or row.get("reference") or row["id"]
    told = released(record) if own else {}
    shared = {
        "noun": noun,
        "record": record,
        "row": row,
        "key": key,
        "history": reverse(f"{noun}-history", args=[key]),
        "may_write": own and request.viewer.may("record"),
        "offers": list(offers(noun, record, key, request.viewer)),
    }
    return render(request, f"catalogue/{noun}.html", shared | told | context)


def released(record):
    """For its owner: whom a record is released to beside it, and what holds it back."""
    named = [agency.name for agency in released_to(record)]
    held = [str(one) for one in held_by(record)] if record.audience_id != record.declared_id else []
    return {"released_to": named, "held_by": held}


def offers(noun, record, key, viewer):
    """(address, words, icon) of what the reader may do with a record in force; voiding is offered where one changes."""
    if record.voided_at is not None:
        return
    writes = record.owner_id == viewer.agency and viewer.may("record")
    if noun == "component" and viewer.may("identify"):
        yield reverse("component-identify", args=[key]), _("Identify"), "fingerprint"
    if noun == "specimen" and writes:
        yield reverse("specimen-bench", args=[key]), _("Bench"), "cpu"
        yield reverse("specimen-inventory", args=[key]), _("Inventory"), "list-tree"
        yield reverse("specimen-review", args=[key]), _("Review"), "user-check"
    if noun in ("specimen", "component") and writes:
        yield reverse(f"{noun}-photographs", args=[key]), _("Photographs"), "camera"
    if noun == "specimen" and writes:
        yield reverse("specimen-files", args=[key]), _("Files"), "copy"
    if noun == "component" and writes:
        yield reverse("component-custody", args=[key]), _("Custody"), "arrows-exchange"
    if noun == "specimen":
        yield reverse("specimen-print", args=[key]), _("Print"), "printer"
    if noun == "organisation":
        yield reverse("organisation-dossier", args=[key]), _("Dossier, PDF"), "printer"
        yield reverse("organisation-dossier-sheet", args=[key]), _("Dossier, XLSX"), "download"
    if noun in ("organisation", "part") and writes and viewer.may("merge"):
        asked = f"?record={record.pk}"
        if record.canonical_id is None:
            yield reverse("merging", args=[f"{noun}s"]) + asked, _("Merge"), "arrows-exchange"
        else:
            yield reverse("separate", args=[f"{noun}s"]) + asked, _("Take the merge back"), "arrows-exchange"
    if noun in GATHERED and viewer.may("keep"):
        yield f"{reverse('collect')}?{urlencode({noun: name_of(record, viewer.agency)})}", _("Gather"), "plus"
    if noun != "published-record" and writes:  # which is never changed
        yield reverse(f"{noun}-handling", args=[key]), _("Handling"), "lock"
        yield reverse(f"{noun}-edit", args=[key]), _("Change"), "pencil"


def shaped(shape, queryset, most=MOST):
    """(release dictionaries of the first `most` records of `queryset`, whether there are more)."""
    ids = list(queryset.values_list("pk", flat=True)[: most + 1])
    return [shape.nested(row) for row in shape.rows(ids[:most])], len(ids) > most


def photographs(**of):
    """What the page shows of the photographs of a specimen or component, in their order: the first, and how many."""
    found = photos.SHAPE.listing().filter(**of).order_by("position", "id")
    first, more = shaped(photos.SHAPE, found, 60)
    return {"photographs": first, "pictures": found.count() if more else len(first)}
