"""Parameters of the listings list."""

import django_filters as df

from catalogue.models import Listing, Organisation, Vessel

from .base import After, Before, Common, RecordFilter


class ListingFilter(Common):
    organisation = RecordFilter(model=Organisation, field_name="organisation_id")
    vessel = RecordFilter(model=Vessel, field_name="vessel_id")
    authority = df.CharFilter(lookup_expr="icontains", help_text="The authority's name holds the text.")
    list = df.CharFilter(lookup_expr="iexact", help_text="The list, in any case.")
    programme = df.CharFilter(lookup_expr="iexact", help_text="The programme, in any case.")
    listed_after = After(field_name="listed")
    listed_before = Before(field_name="listed")
    delisted_after = After(field_name="delisted")
    delisted_before = Before(field_name="delisted")

    class Meta:
        model = Listing
        fields = []
