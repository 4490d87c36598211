"""Parameters of the parts list."""

import django_filters as df

from catalogue.models import Category, Country, Grade, HsCode, Organisation, Part, SupplyRoute
from catalogue.queries import organisations, ownership, parts, routes
from catalogue.queries.search import called

from .base import BadParameter, Codes, Merging, RecordFilter, Terms, key_of, one_of
from .makers import OfMakers
from .words import KeyContains

TIERS = [(tier, tier) for tier in ("1", "2", "3.A", "3.B", "4.A", "4.B")]


BASES = [(ownership.PRINTED, "as printed"), (ownership.TODAY, "as owned today")]  # a part type has no day


class PartFilter(OfMakers, Merging):
    makers = df.ChoiceFilter(
        choices=BASES,
        method="on_basis",
        error_messages=one_of(BASES),
        help_text="Who counts as the maker, in manufacturer: whom the print names (printed), or its owner (today).",
    )
    manufacturer = RecordFilter(model=Organisation, field_name="manufacturer_id", method="of_maker")
    manufacturer_group = RecordFilter(
        model=Organisation,
        field_name="manufacturer_id",
        expand=organisations.group,
        help_text="The organisation with all it has acquired or owns.",
    )
    maker = df.CharFilter(method="called", help_text="A name of the maker holds the text, in any spelling.")
    maker_country = Terms(model=Country, field_name="manufacturer_id", method="of_country")
    number = df.CharFilter(method="of_number", help_text="Exactly this number, however it is separated.")
    q = KeyContains(
        field_name="key",
        also=("numbers__key", "merged__key", "merged__numbers__key"),
        help_text="A number holds the text.",
    )
    category = Terms(model=Category, field_name="category_id", tree=True, help_text="With what lies under it.")
    grade = Codes(Grade)
    chpl_tier = Codes(TIERS, method="of_tier", help_text="By the newest edition that names its HS code.")
    hs = df.CharFilter(method="of_hs", help_text="HS code, or its first digits.")
    eccn = df.CharFilter(lookup_expr="iexact")
    route = RecordFilter(model=SupplyRoute, field_name="pk", expand=routes.parts_of)

    class Meta:
        model = Part
        fields = []

    def called(self, queryset, name, value):
        return queryset.filter(manufacturer_id__in=called("organisations", value))

    def of_number(self, queryset, name, value):
        return queryset.filter(pk__in=parts.numbered(key_of(value)).order_by().values("pk"))

    def of_tier(self, queryset, name, value):
        """Parts whose HS code has one of these tiers in the newest edition that names it."""
        return queryset.filter(hs__in=[hs for hs, tier in parts.tiers().items() if tier in value])

    def of_hs(self, queryset, name, value):
        digits = value.replace(".", "").strip()
        if not digits.isdecimal() or not 2 <= len(digits) <= 6:
            raise BadParameter(name, "hs must be two to six digits, for example 854231.")
        return queryset.filter(hs__in=HsCode.objects.filter(code__startswith=digits))
