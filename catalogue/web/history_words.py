"""What the history calls records, their columns and values, in the reader's language."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalogue.models import VOCABULARIES
from catalogue.queries.vocabularies import FIXED

from .dates import said
from .labels import label

RECORDS = {
    "Absence": _("Not found when looked for"),
    "Apart": _("Said not to be the same"),
    "CitedFigure": _("Cited figure"),
    "Claim": _("Claim"),
    "Collection": _("Collection"),
    "CollectionItem": _("Record in a collection"),
    "Component": _("Component"),
    "ComponentIdentifier": _("Number of this piece"),
    "ControlEvent": _("Control event"),
    "ControlScope": _("Scope of a control"),
    "CustodyEvent": _("Custody"),
    "DateReading": _("Reading of the date code"),
    "EvidenceFile": _("File"),
    "Examination": _("Examination"),
    "Goods": _("Goods"),
    "GoodsLine": _("Line of goods"),
    "Identification": _("Identification"),
    "Listing": _("Listing"),
    "Organisation": _("Organisation"),
    "OrganisationIdentifier": _("Number in a register"),
    "OrganisationName": _("Name of an organisation"),
    "OrganisationRelation": _("Relation"),
    "OrganisationSeat": _("Seat"),
    "Part": _("Part"),
    "PartNumber": _("Number of a part"),
    "Photo": _("Photograph"),
    "PhotoCapture": _("What the camera wrote"),
    "PhotoRegion": _("Part of a photograph"),
    "PublishedRecord": _("Published record"),
    "RegionReading": _("Reading by a program"),
    "RouteEvidence": _("What hangs on it"),
    "RouteLeg": _("Leg"),
    "RouteStep": _("Place of a leg"),
    "SavedSearch": _("Saved search"),
    "Source": _("Source"),
    "Specimen": _("Specimen"),
    "SpecimenNumber": _("Number on it"),
    "SpecimenPerson": _("Person"),
    "SpecimenPlace": _("Exact place"),
    "SupplyRoute": _("Supply route"),
    "SystemName": _("Name of a weapon system"),
    "Vessel": _("Vessel"),
    "VesselName": _("Name of a vessel"),
    "VesselRelation": _("Relation"),
    "WeaponSystem": _("Weapon system"),
}
COLUMNS = {
    "accessed": _("Read on"),
    "agency": _("Agency"),
    "answer": _("Question"),
    "alternative": _("What else could explain it"),
    "archive_url": _("Address of a copy"),
    "authenticity": _("Authenticity"),
    "authenticity_test": _("Examined by"),
    "basis": _("Basis"),
    "canonical": _("Merged into"),
    "category": _("Category"),
    "chosen_at": _("Chosen"),
    "chosen_by": _("Chosen by"),
    "collection": _("Collection"),
    "component": _("Component"),
    "condition": _("Condition"),
    "confidence": _("Confidence"),
    "consignor": _("Consignor"),
    "counted": _("Records counted"),
    "count": _("Wrecks in the group"),
    "country": _("Country"),
    "credibility": _("Credibility"),
    "date_code": _("Date code"),
    "declared": _("Handling"),
    "derived_from": _("Taken from"),
    "description": _("Description"),
    "designator": _("Designator"),
    "dissolved": _("Dissolved"),
    "eccn": _("ECCN"),
    "electronic": _("Read out of its memory"),
    "entry_id": _("Entry"),
    "examined": _("Examined"),
    "examiner": _("Examiner"),
    "expected": _("Expected"),
    "family": _("Family"),
    "figures": _("Figures"),
    "founded": _("Founded"),
    "grade": _("Grade"),
    "hs": _("HS code"),
    "identified_by": _("Identified by"),
    "is_product": _("Is a product of its own"),
    "kind": _("Kind"),
    "label": _("Bag"),
    "language": _("Language"),
    "last_verified": _("Last looked at"),
    "leg": _("Leg"),
    "locator": _("Place in it"),
    "made": _("Made"),
    "made_by": _("In fact made by"),
    "maker": _("Said to be made by"),
    "manufacturer": _("Maker"),
    "marked_as": _("Marked as"),
    "marked_country": _("Country on the part"),
    "marking": _("Marking"),
    "marking_state": _("State of the marking"),
    "name": _("Name"),
    "note": _("Note"),
    "noun": _("List"),
    "number": _("Number"),
    "object": _("The other organisation"),
    "organisation": _("Organisation"),
    "other_organisation": _("The other organisation"),
    "other_part": _("The other part"),
    "parent": _("Sits on"),
    "WeaponSystem.parent": _("Variant of"),
    "part": _("Part"),
    "photo_url": _("Address of the photograph"),
    "place": _("Place"),
    "plant": _("Plant"),
    "position": _("Place"),
    "produced": _("Produced"),
    "published": _("Published"),
    "published_record": _("Published record"),
    "published_text": _("As published"),
    "publisher": _("Publisher"),
    "quantity": _("Pieces"),
    "query": _("What narrows it"),
    "quote": _("Quotation"),
    "reason": _("Reason"),
    "reasons": _("Reasons"),
    "record": _("Record"),
    "received": _("Received on"),
    "records_sha256": _("Digest of the records"),
    "recovered": _("Recovered"),
    "recovered_in": _("Recovered in, as published"),
    "reference": _("Reference"),
    "reliability": _("Reliability"),
    "review": _("Review"),
    "review_remark": _("Remark of the review"),
    "reviewed_at": _("Reviewed on"),
    "reviewed_by": _("Reviewed by"),
    "rights": _("Rights"),
    "route": _("Supply route"),
    "row": _("Row as published"),
    "scheme": _("Scheme"),
    "script": _("Script"),
    "seals": _("Seals"),
    "sent_at": _("Sent to review on"),
    "sent_by": _("Sent to review by"),
    "serial_number": _("Serial number"),
    "share": _("Share owned, per cent"),
    "since": _("Since"),
    "slug": _("Short name"),
    "source": _("Source"),
    "specimen": _("Specimen"),
    "stage": _("Stage"),
    "stance": _("Stance"),
    "state": _("State"),
    "subject": _("Organisation"),
    "summary": _("Summary"),
    "system": _("Weapon system"),
    "text": _("Text"),
    "title": _("Title"),
    "until": _("Until"),
    "url": _("Address"),
    "used": _("Used"),
    "void_reason": _("Reason for withdrawing"),
    "voided_at": _("Withdrawn"),
    "why": _("Why it hangs on this route"),
}
DATES = {
    "accessed", "dissolved", "examined", "founded", "made", "produced", "published", "received", "recovered", "since",
    "until", "used",
}  # fmt: skip
TERMS = {model: vocabulary for vocabulary, model in VOCABULARIES.items() if vocabulary not in FIXED}
CHOICES = {tuple(words.values): vocabulary for vocabulary, words in FIXED.items()}


def record_called(model):
    """What a record of this model is called."""
    name = model._meta.object_name
    if name.endswith("Citation"):
        return gettext("Citation")
    return RECORDS.get(name) or str(model._meta.verbose_name).capitalize()


def column_called(column):
    """What a column is called."""
    own = f"{column.model._meta.object_name}.{column.name}"
    return COLUMNS.get(own) or COLUMNS.get(column.name) or str(column.verbose_name).capitalize()


def value_read(value, column):
    """A value of a column as people read it."""
    if column.related_model in TERMS:
        return label(TERMS[column.related_model], value)
    if column.flatchoices:
        vocabulary = CHOICES.get(tuple(code for code, _label in column.flatchoices if code))
        return label(vocabulary, value) if vocabulary else dict(column.flatchoices).get(value, value)
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime):
        return date_format(value, "DATETIME_FORMAT")
    return said(value) if column.name in DATES and isinstance(value, str) else value
