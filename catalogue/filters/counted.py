"""What answers divide by, as parameters of the components list: a figure leads to exactly the records it counts."""

import re

import django_filters as df
from django.db.models import F, Func, IntegerField, Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import Trim, Upper

from catalogue.models import Category, ComponentIdentifier, Country, Part, SpecimenKind
from catalogue.queries import dating
from catalogue.queries.research.shares import DISPATCHED

from .base import BadParameter, Codes, RecordFilter, Terms, key_of
from .makers import OfMakers


class OfAnswers(OfMakers):
    """Filters of components by which answers group them, each exactly as the answer does."""

    part_id = RecordFilter(model=Part, field_name="part_id", by="id")
    specimen_kind = Codes(SpecimenKind, field_name="specimen__kind")
    date_code = df.CharFilter(method="of_code", help_text="As printed; small and capital letters are one.")
    lot = df.CharFilter(method="of_lot", help_text="Lot number, however it is separated.")
    item_category = Terms(model=Category, field_name="category_id", method="of_item")
    dispatch_country = Terms(model=Country, field_name="part_id", method="dispatched")
    classed = df.CharFilter(
        method="of_class",
        help_text="Class against controls, as the answer on dating gives it: CLASS, CLASS:WHY or CLASS:WHY:CONTROL, "
        "for example candidate:scope or after-control::LIST.",
    )
    lag = df.CharFilter(
        method="of_lag",
        help_text="Days from manufacture to recovery, by the middle of what both intervals allow: 0..182, or .. for "
        "all of which it is known.",
    )

    def of_code(self, queryset, name, value):
        """Components with this date code."""
        return queryset.annotate(printed_code=Upper(Trim("date_code"))).filter(printed_code=value.strip().upper())

    def of_lot(self, queryset, name, value):
        """Components with this lot number."""
        lots = ComponentIdentifier.objects.filter(kind_id="lot", voided_at=None).exclude(key="")
        return queryset.filter(pk__in=lots.filter(key=key_of(value)).values("component_id"))

    def of_item(self, queryset, name, value):
        """Components of these categories, by their own, or where they have none by that of their part."""
        return queryset.filter(Q(category_id__in=value) | Q(category=None, part__category_id__in=value))

    def dispatched(self, queryset, name, value):
        """Components of parts of which a documented shipment was dispatched in one of these countries."""
        sql = f"SELECT d.part_id FROM ({DISPATCHED}) d WHERE d.country = ANY (%s)"
        return queryset.filter(part_id__in=RawSQL(sql, [list(value)]))

    def of_class(self, queryset, name, value):
        """Components of a class, for one reason, by one control. Raises BadParameter."""
        code, why, control = [*value.split(":", 2), "", ""][:3]
        if code not in dating.CLASSES:
            raise BadParameter(name, f"{name}: {code!r} is not one of {', '.join(dating.CLASSES)}.")
        if why and why not in dating.REASONS:
            raise BadParameter(name, f"{name}: {why!r} is not one of {', '.join(dating.REASONS)}.")
        cte, parameters = dating.relation(queryset, {"id": "id"} | dating.COLUMNS)
        sql = f"WITH {cte}, {dating.classed('m')} SELECT m.id FROM classed m WHERE class = %s"
        parameters.append(code)
        if why:
            sql, parameters = sql + " AND why = %s", [*parameters, why]
        if control:
            sql += " AND control IN (SELECT id FROM catalogue_controlevent WHERE slug = %s)"
            parameters.append(control)
        return queryset.filter(pk__in=RawSQL(sql, parameters))

    def of_lag(self, queryset, name, value):
        """Components of which both dates are known at both ends, and that took so long. Raises BadParameter."""
        if not (asked := re.fullmatch(r"\s*(-?\d{1,6})?\s*\.\.\s*(-?\d{1,6})?\s*", value)):
            raise BadParameter(name, f"{name} must be two numbers of days, for example 0..182.")
        known = queryset.filter(
            made_from__isnull=False, made_to__isnull=False,
            specimen__recovered_from__isnull=False, specimen__recovered_to__isnull=False,
        )  # fmt: skip
        # Twice the middle, which is a whole number.
        twice = days("specimen__recovered_from", "made_to") + days("specimen__recovered_to", "made_from")
        least, most = asked.groups()
        known = known.annotate(twice=twice) if least or most else known
        known = known.filter(twice__gte=2 * int(least)) if least else known
        return known.filter(twice__lte=2 * int(most) + 1) if most else known


def days(later, earlier):
    """The days between two columns of days."""
    return Func(F(later), F(earlier), arg_joiner=" - ", template="(%(expressions)s)", output_field=IntegerField())
