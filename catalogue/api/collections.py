"""/api/v1/collections/ and /api/v1/collection-items/"""

from rest_framework import serializers

from catalogue.actions.collections import amend_collection, amend_item, gather, record_collection
from catalogue.actions.refusals import Refused
from catalogue.filters.collections import CollectionFilter, CollectionItemFilter
from catalogue.models import GATHERED, Collection, CollectionItem, Component, Organisation, Part, Specimen, SupplyRoute
from catalogue.queries import collections

from .fields import RecordField, Written
from .nouns import Kept, Noun


class CollectionWritten(Written):
    name = serializers.CharField()
    note = serializers.CharField(required=False, allow_blank=True)


class Collections(Kept, Noun):
    """Records gathered by hand under a name, to look at together, to cite and to share.

    Shared with the agency unless its handling says otherwise; a reader keeps them for itself alone, which is RED.
    """

    noun = "collections"
    by = "id"
    shape = collections.SHAPE
    filters = CollectionFilter
    writes = CollectionWritten
    serializer_class = CollectionWritten

    def record(self, columns, seen):
        return record_collection(actor=self.viewer, **columns, **seen)

    def amend(self, record, columns, seen):
        amend_collection(record, columns, actor=self.viewer, **seen)


class ItemWritten(Written):
    collection = RecordField(Collection, by="id")
    component = RecordField(Component, by="reference", required=False, allow_null=True)
    part = RecordField(Part, by="id", required=False, allow_null=True)
    organisation = RecordField(Organisation, required=False, allow_null=True)
    specimen = RecordField(Specimen, by="reference", required=False, allow_null=True)
    route = RecordField(SupplyRoute, required=False, allow_null=True)
    note = serializers.CharField(required=False, allow_blank=True)
    read_only_names = Written.read_only_names | {"kind"}


class CollectionItems(Kept, Noun):
    """What was gathered in collections, one record each with a note; ?collection=ID&format=csv gives one as a file.

    An item is seen by who sees both its collection and its record. A POST of what is there is answered 200.
    """

    noun = "collection-items"
    by = "id"
    shape = collections.ITEMS
    filters = CollectionItemFilter
    writes = ItemWritten
    serializer_class = ItemWritten

    def create(self, request):
        self.is_new = True
        response = super().create(request)
        if not self.is_new:
            response.status_code = 200
        return response

    def record(self, columns, seen):
        records = [columns[name] for name in GATHERED if columns.get(name) is not None]
        if len(records) != 1:
            raise Refused(f"Name one record: {', '.join(GATHERED)}.", "component")
        item = {"collection": columns["collection"], "actor": self.viewer}
        made, _there = gather(records=records, note=columns.get("note", ""), **item)
        self.is_new = bool(made)
        kind = next(name for name in GATHERED if columns.get(name) is not None)
        here = {"collection": columns["collection"], kind: records[0], "voided_at": None}
        return made[0] if made else CollectionItem.objects.filter(owner_id=self.viewer.agency, **here).first()

    def amend(self, record, columns, seen):
        amend_item(record, columns, actor=self.viewer, **seen)
