"""/api/v1/organisations/"""

from rest_framework import serializers

from catalogue.actions.organisations import amend_organisation, record_organisation
from catalogue.filters.organisations import OrganisationFilter
from catalogue.models import Country, OrganisationKind
from catalogue.queries import organisations

from .fields import EdtfField, NameWritten, TermField, Written
from .nouns import Noun


class OrganisationWritten(Written):
    slug = serializers.SlugField(required=False, max_length=120)
    name = serializers.CharField()
    kind = TermField(OrganisationKind, required=False, source="kind_id")
    country = TermField(Country, required=False, allow_null=True, source="country_id")
    description = serializers.CharField(required=False, allow_blank=True)
    founded = EdtfField(required=False, allow_null=True)
    dissolved = EdtfField(required=False, allow_null=True)
    names = NameWritten(many=True, required=False)
    read_only_names = Written.read_only_names | {"relations", "merged_into"}


class Organisations(Noun):
    """Makers, traders, carriers, banks, plants: any legal entity."""

    noun = "organisations"
    shape = organisations.SHAPE
    filters = OrganisationFilter
    writes = OrganisationWritten
    serializer_class = OrganisationWritten

    def record(self, columns, seen):
        return record_organisation(actor=self.viewer, **columns, **seen)

    def amend(self, record, columns, seen):
        amend_organisation(record, columns, actor=self.viewer, **seen)
