"""/api/v1/parts/"""

from rest_framework import serializers

from catalogue.actions.parts import amend_part, record_part
from catalogue.actions.refusals import NotThere
from catalogue.filters.base import key_of
from catalogue.filters.parts import PartFilter
from catalogue.models import Category, Grade, NumberKind, Organisation
from catalogue.queries import parts
from catalogue.queries.named import as_uuid

from .fields import CitationWritten, HsField, RecordField, TermField, Told, Written
from .nouns import Noun


class PartNumberWritten(Told):
    kind = serializers.ChoiceField(NumberKind.choices, required=False)
    text = serializers.CharField()
    maker = RecordField(Organisation, required=False, allow_null=True)


class PartWritten(Written):
    manufacturer = RecordField(Organisation)
    number = serializers.CharField()
    family = serializers.CharField(required=False, allow_blank=True)
    description = serializers.CharField(required=False, allow_blank=True)
    category = TermField(Category, required=False, allow_null=True, source="category_id")
    grade = serializers.ChoiceField(Grade.choices, required=False, allow_blank=True, allow_null=True)
    hs = HsField(required=False, allow_null=True)
    eccn = serializers.CharField(required=False, allow_blank=True)
    numbers = PartNumberWritten(many=True, required=False)
    citations = CitationWritten(many=True, required=False)
    read_only_names = Written.read_only_names | {"chpl_tier", "routes", "merged_into"}


class Parts(Noun):
    """Types that can be ordered: a maker and a number, with the suspected routes they hang on.

    A part's address is its id. A number serves as well when exactly one part that the reader sees has it.
    """

    noun = "parts"
    by = "id"
    shape = parts.SHAPE
    filters = PartFilter
    writes = PartWritten
    serializer_class = PartWritten

    def named(self, name, *, voided=False):
        if as_uuid(name) or "\0" in name:
            return super().named(name, voided=voided)
        found = list(parts.numbered(key_of(name))[:2])
        if len(found) > 1:
            raise NotThere(
                f"Several parts are numbered {name!r}: /api/v1/parts/?number= lists them; use the id of one."
            )
        return found[0] if found else super().named(name, voided=voided)

    def record(self, columns, seen):
        return record_part(actor=self.viewer, **columns, **seen)

    def amend(self, record, columns, seen):
        amend_part(record, columns, actor=self.viewer, **seen)
