"""Parameters of the components list."""

import re
from datetime import date

import django_filters as df
from django.db import connection
from django.db.models import BooleanField, F, Func, Q, Value
from django.http import QueryDict

from catalogue.models import (
    Authenticity,
    Basis,
    Category,
    Component,
    ComponentKind,
    Confidence,
    ControlClass,
    Country,
    Grade,
    MarkingState,
    Organisation,
    Part,
    PartNumber,
    Source,
    Specimen,
    SystemKind,
    WeaponSystem,
)
from catalogue.queries import dating, organisations, systems
from catalogue.queries.parts import tiers
from catalogue.queries.search import called
from catalogue.queries.standing import one_with
from catalogue.queries.vocabularies import terms_of

from .base import After, BadParameter, Before, Codes, RecordFilter, Terms, key_of
from .counted import OfAnswers
from .parts import TIERS
from .question import DATES, between, read
from .words import KeyContains, each_word, held


class ComponentFilter(OfAnswers):
    last = ("control_class", "classed")

    manufacturer = RecordFilter(model=Organisation, field_name="manufacturer_id", method="of_maker")
    manufacturer_group = RecordFilter(model=Organisation, field_name="manufacturer_id", expand=organisations.group)
    system = RecordFilter(model=WeaponSystem, field_name="specimen__system_id")
    system_family = RecordFilter(model=WeaponSystem, field_name="specimen__system_id", expand=systems.family)
    specimen = RecordFilter(model=Specimen, field_name="specimen_id", by="reference")
    parent = RecordFilter(model=Component, field_name="parent_id", by="reference")
    system_name = df.CharFilter(method="of_system")
    system_kind = Terms(model=SystemKind, field_name="specimen__system__kind_id")
    maker = df.CharFilter(method="called")
    part = df.CharFilter(method="of_part")
    number = df.CharFilter(method="of_number")
    marking = KeyContains(field_name="marking_key")
    q = df.CharFilter(
        method="anywhere",
        help_text="Words, each held by marking, published text, name, part number, maker or, beside other words, "
        "weapon system, or being the reference or designator; phrases in quotes; and fields, such as "
        "maker:acme made:2022.. country:US.",
    )
    kind = Codes(ComponentKind)
    basis = Codes(Basis)
    marking_state = Codes(MarkingState)
    grade = Codes(Grade)
    authenticity = Codes(Authenticity)
    confidence = Codes(Confidence, help_text="Of the accepted identification.")
    maker_country = Terms(model=Country, field_name="manufacturer_id", method="of_country")
    marked_country = Terms(model=Country, field_name="marked_country_id")
    recovered_after = After(field_name="specimen__recovered")
    recovered_before = Before(field_name="specimen__recovered")
    made_after = After(field_name="made")
    made_before = Before(field_name="made")
    category = Terms(model=Category, field_name="category_id")
    chpl_tier = Codes(TIERS, method="of_tier")
    control_class = Codes(
        ControlClass,
        method="of_classes",
        help_text="When it was made, against the invasion and the control in force for it in the jurisdiction of its "
        "maker's seat; candidate where that cannot be said.",
    )
    made_year = df.CharFilter(method="made_in")
    recovery_year = df.CharFilter(method="recovered_in")
    source = RecordFilter(model=Source, field_name="published_record__source_id")
    source_id = df.CharFilter(field_name="published_record__entry_id")

    class Meta:
        model = Component
        fields = []

    def of_part(self, queryset, name, value):
        """Components identified as a part with exactly this number, however it is separated."""
        return queryset.filter(part_id__in=list(parts_numbered(key_of(value))))

    def called(self, queryset, name, value):
        """Components of a maker with a name that holds the text, in any spelling; one letter may be mistaken."""
        return queryset.filter(manufacturer_id__in=called("organisations", value))

    def of_number(self, queryset, name, value):
        """Components identified as a part with a number that holds the text; one letter may be mistaken."""
        return queryset.filter(part_id__in=called("parts", value))

    def of_system(self, queryset, name, value):
        """Components recovered in a weapon system with a name that holds the text, in any spelling."""
        return queryset.filter(specimen__system_id__in=called("systems", value))

    def of_classes(self, queryset, name, value):
        """Components made before or after the invasion and their control."""
        return dating.of_class(queryset, value)

    def made_in(self, queryset, name, value):
        """Components made within this year, by the chosen reading of their date codes."""
        first, last = year_of(name, value)
        return queryset.filter(made_from__gte=first, made_to__lte=last)

    def recovered_in(self, queryset, name, value):
        """Components of specimens recovered within this year."""
        first, last = year_of(name, value)
        return queryset.filter(specimen__recovered_from__gte=first, specimen__recovered_to__lte=last)

    def of_tier(self, queryset, name, value):
        """Components of parts whose HS code has one of these tiers in the newest edition that names it."""
        return queryset.filter(part__hs__in=[hs for hs, tier in tiers().items() if tier in value])

    def anywhere(self, queryset, name, value):
        """Components that hold the words, and fit the fields, of the question; as the search box reads it."""
        asked = read(value)
        if asked.fields:
            parameters = QueryDict(mutable=True)
            for field, wanted in asked.fields:
                for parameter, one in component_parameters(field, wanted):
                    parameters.appendlist(parameter, one)
            queryset = type(self)(parameters, queryset).found()
        return queryset.filter(component_holds(asked.words)) if asked.words else queryset


def component_holds(words):
    """The condition that components hold all of `words` as one, or each of them.

    In marking, published text, name, part number or maker; of several words one may also name the system. Every
    alternative has an index and is leakproof: one that were not would have all rows read.
    """
    several = len(words) > 1

    def holds(keys, word):
        literal = connection.ops.prep_for_like_query(word.strip())
        found = held("marking_key", keys[:1]) | held("published_key", keys)
        found |= Q(reference=word.strip().upper()) | Q(like("name", f"%{literal}%")) | Q(like("designator", literal))
        found |= Q(manufacturer_id__in=called("organisations", word, exact=True))
        found |= Q(part_id__in=called("parts", word, exact=True))
        if several:
            systems = called("systems", word, exact=True)
            found |= Q(
                specimen_id__in=list(Specimen.objects.filter(system_id__in=systems).values_list("pk", flat=True))
            )
        return found

    return each_word(words, holds)


def component_parameters(field, value):
    """(parameter, value) pairs of the components list that say the same as `field:value` of a question."""
    if field in DATES:
        after, before = between(field, value)
        return [(f"{field}_{name}", day) for name, day in (("after", after), ("before", before)) if day]
    return [(OF_FIELDS[field], code_of(field, value))]


def code_of(field, value):
    """`value` as the list takes it: countries and kinds may be written in words."""
    if field not in IN_WORDS:
        return value
    said = value.strip().casefold()
    for code, english, ukrainian in terms_of(IN_WORDS[field]):
        if said in (code.casefold(), english.casefold(), ukrainian.casefold()):
            return code
    return value


OF_FIELDS = {
    "maker": "maker",
    "part": "number",
    "system": "system_name",
    "marking": "marking",
    "country": "maker_country",
    "marked": "marked_country",
    "category": "category",
    "kind": "kind",
    "grade": "grade",
    "class": "control_class",
    "specimen": "specimen",
    "source": "source_id",
}
IN_WORDS = {
    "country": "countries",
    "marked": "countries",
    "category": "categories",
    "kind": "component-kinds",
    "grade": "grades",
    "class": "control-classes",
}


def year_of(name, value):
    """(first day, last day) of a year. Raises BadParameter."""
    if not re.fullmatch(r"(19|20)\d\d", value):
        raise BadParameter(name, f"{name} must be a year, for example 2021.")
    return date(int(value), 1, 1), date(int(value), 12, 31)


def like(column, pattern):
    """`column` ILIKE `pattern`. Django's own icontains compares capitals, of which there is no index."""
    return Func(
        F(column), Value(pattern), arg_joiner=" ILIKE ", template="%(expressions)s", output_field=BooleanField()
    )


def parts_numbered(key):
    """Ids of the parts with a number of this comparison key, and of those that are one with them by a merge."""
    if not key:
        return set()
    found = set(Part.objects.filter(key=key).values_list("id", flat=True))
    found |= set(PartNumber.objects.filter(key=key, voided_at=None).values_list("part_id", flat=True))
    return one_with(Part, found) if found else found
