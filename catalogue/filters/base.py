"""What all filters share: nothing is ignored. An unknown parameter or value is refused, by its name."""

import django_filters as df
from django import forms
from django.core.validators import EMPTY_VALUES
from django.db import connection
from django.db.models import Q

from catalogue.markings.dates import DateNotUnderstood, parse
from catalogue.models import Audience, Level
from catalogue.queries.named import as_uuid
from catalogue.queries.paging import recorded_since
from catalogue.queries.prepared import ask
from catalogue.queries.standing import ONE_WITH, standing

TRUTHS = [("true", "true"), ("false", "false")]
# Parameters of every list that are not filters.
OF_LISTS = frozenset({"page_size", "cursor", "count", "format", "sort", "columns"})


class BadParameter(ValueError):
    """A parameter is unknown or its value cannot be used."""

    def __init__(self, name, sentence):
        super().__init__(sentence)
        self.name, self.sentence = name, sentence


class Filters(df.FilterSet):
    """A FilterSet that refuses what it does not know, and reads each parameter by its filter's field.

    It makes no form: copying the filters and making a form class takes longer than the query.
    """

    last = ()  # parameters that are asked of what all others leave

    def __init__(self, data, queryset):
        self.data, self.queryset, self.known = data, queryset, type(self).base_filters
        for name in data:
            if name not in self.known and name not in OF_LISTS:
                known = ", ".join(sorted(self.known))
                raise BadParameter(name, f"There is no parameter {name!r} here. Known: {known}.")
            if any("\0" in value for value in data.getlist(name)):
                raise BadParameter(name, f"{name} holds a NUL character; leave it out.")

    def found(self):
        """The narrowed QuerySet. Raises BadParameter for a value that cannot be used."""
        queryset = self.queryset
        for name in sorted(self.data, key=self.last.__contains__) if self.last else self.data:
            if name in self.known:
                queryset = self.narrow(queryset, name, self.known[name])
        return queryset

    def narrow(self, queryset, name, asked):
        given = asked.field.widget.value_from_datadict(self.data, {}, name)
        try:
            value = asked.field.clean(given)
        except forms.ValidationError as problem:
            raise BadParameter(name, f"{name}: {problem.messages[0]}") from None
        if not asked.method:
            return asked.filter(queryset, value)
        return queryset if value in EMPTY_VALUES else getattr(self, asked.method)(queryset, asked.field_name, value)


class RecordField(forms.CharField):
    """One or more records, named by slug or reference; the records a reader cannot see are unknown."""

    widget = forms.SelectMultiple

    def __init__(self, *, model, by, **options):
        self.model, self.by = model, by
        super().__init__(**options)

    def to_python(self, value):
        values = [v for v in (value if isinstance(value, list) else [value]) if v]
        # References are written in capitals, and typed as one likes.
        written = {v: {v, v.upper()} if self.by == "reference" else {v} for v in values}
        rows = {}
        for pk, name in self.rows(list(set().union(*written.values()))):
            rows.setdefault(name, set()).add(pk)
        for typed, names in written.items():
            if not names & rows.keys():
                noun = self.model._meta.verbose_name
                raise forms.ValidationError(f"There is no {noun} {typed!r} that you may see.")
        return set().union(*rows.values()) if rows else None

    def rows(self, values):
        """(id, name) of the visible records with one of these names, and of all that are one with them by a merge."""
        table = self.model._meta
        named = f"SELECT id, {self.by}::text AS name FROM {table.db_table} WHERE {self.by} = ANY (%s)"
        if self.by == "id":
            values = [value for value in values if as_uuid(value)]
            named = f"SELECT id, id::text AS name FROM {table.db_table} WHERE id = ANY (%s::uuid[])"
        if hasattr(self.model, "canonical"):
            named = ONE_WITH.format(named=named, table=table.db_table)
        return ask(named, [values])

    def validate(self, value):
        if self.required and not value:
            raise forms.ValidationError("Name at least one.")


class RecordFilter(df.Filter):
    """`?manufacturer=SLUG`, repeatable."""

    field_class = RecordField

    def __init__(self, *, model, field_name, by="slug", expand=None, **options):
        self.expand = expand
        super().__init__(field_name=field_name, model=model, by=by, **options)

    def filter(self, queryset, value):
        if not value:
            return queryset
        ids = list(self.expand(value) if self.expand else value)
        return queryset.filter(**{f"{self.field_name}__in": ids})


class PartialDateField(forms.CharField):
    """A day, or anything that is read as a partly known date."""

    def to_python(self, value):
        if not (value := super().to_python(value)):
            return None
        try:
            return parse(value)
        except DateNotUnderstood as problem:
            raise forms.ValidationError(str(problem)) from None


class After(df.Filter):
    """The whole interval lies after the given date; the undated never match."""

    field_class = PartialDateField

    def filter(self, queryset, value):
        if value is None:
            return queryset
        if value.latest is None:
            return queryset.none()
        return queryset.filter(**{f"{self.field_name}_from__gt": value.latest})


class Before(df.Filter):
    """The whole interval lies before the given date; the undated never match."""

    field_class = PartialDateField

    def filter(self, queryset, value):
        if value is None:
            return queryset
        if value.earliest is None:
            return queryset.none()
        return queryset.filter(**{f"{self.field_name}_to__lt": value.earliest})


class MomentFilter(df.IsoDateTimeFilter):
    """A point in time, ISO 8601, inclusive."""

    def __init__(self, **options):
        invalid = "Write a moment as ISO 8601, for example 2026-11-23T07:00:00Z."
        super().__init__(error_messages={"invalid": invalid}, **options)


def one_of(choices):
    """What is said of a value that is none of `choices`, pairs of code and label."""
    return {"invalid_choice": f"“%(value)s” is not one of {', '.join(str(code) for code, _ in choices)}."}


class Codes(df.MultipleChoiceFilter):
    """One of a fixed set, repeatable."""

    def __init__(self, choices, **options):
        choices = getattr(choices, "choices", choices)
        super().__init__(choices=choices, error_messages=one_of(choices), **options)

    def filter(self, queryset, value):
        # The library's own joins alternatives with OR and asks for DISTINCT rows, which sorts all of them.
        return queryset.filter(**{f"{self.field_name}__in": value}) if value else queryset


class TermField(forms.MultipleChoiceField):
    """Codes of a vocabulary; `tree` takes in what lies under them (`ic` also `ic.memory`)."""

    def __init__(self, *, model, tree=False, **options):
        self.model, self.tree = model, tree
        super().__init__(**options)

    def validate(self, value):
        known = set(self.model.objects.filter(pk__in=value).values_list("pk", flat=True))
        for code in value:
            if code not in known:
                noun = self.model._meta.verbose_name
                raise forms.ValidationError(f"There is no {noun} {code!r}; see /api/v1/vocabularies/.")

    def clean(self, value):
        codes = super().clean(value)
        if not self.tree or not codes:
            return codes
        under = Q()
        for code in codes:
            under |= Q(pk=code) | Q(pk__startswith=f"{code}.")
        return list(self.model.objects.filter(under).values_list("pk", flat=True))


class Terms(df.Filter):
    """By vocabulary codes, repeatable, in one or more columns of which one must fit."""

    field_class = TermField

    def __init__(self, *, model, field_name, also=(), **options):
        self.also = also
        super().__init__(field_name=field_name, model=model, **options)

    def filter(self, queryset, value):
        if not value:
            return queryset
        found = Q(**{f"{self.field_name}__in": value})
        for name in self.also:
            found |= Q(**{f"{name}__in": value})
        return queryset.filter(found)


class LevelField(forms.ChoiceField):
    """The name of a TLP 2.0 level. A plus that was not escaped in an address arrives as a space."""

    def to_python(self, value):
        return super().to_python(value).replace(" ", "+")


class HandlingFilter(df.Filter):
    """By TLP 2.0 level, as the reader sees it."""

    field_class = LevelField

    def __init__(self, **options):
        choices = [(level.label, level.label) for level in Level]
        super().__init__(field_name="audience", choices=choices, error_messages=one_of(choices), **options)

    def filter(self, queryset, value):
        if not value:
            return queryset
        ids = list(Audience.objects.filter(name=value).values_list("id", flat=True))
        return queryset.filter(audience_id__in=ids)


class Common(Filters):
    """Filters every list has."""

    handling = HandlingFilter()
    updated_since = MomentFilter(field_name="updated_at", lookup_expr="gte")
    recorded_since = MomentFilter(method="recorded")
    voided = df.ChoiceFilter(
        choices=TRUTHS,
        method="withdrawn",
        error_messages=one_of(TRUTHS),
        help_text="true, with updated_since: the records that were withdrawn since then, in place of those in force.",
    )

    def found(self):
        if self.data.get("voided") == "true":
            if not self.data.get("updated_since"):
                raise BadParameter("voided", "voided=true goes with updated_since: say since when.")
            self.queryset = self.queryset.model.objects.filter(voided_at__isnull=False).order_by("-id")
        return super().found()

    def recorded(self, queryset, name, value):
        return recorded_since(queryset, value)

    def withdrawn(self, queryset, name, value):
        """Decided before anything narrows."""
        return queryset


class Merging(Common):
    """Filters of records that may be merged into one another."""

    merged = df.ChoiceFilter(
        choices=TRUTHS,
        method="pointing",
        error_messages=one_of(TRUTHS),
        help_text="true: the records that were merged into another, in place of those that stand for themselves.",
    )

    def found(self):
        if self.data.get("merged") == "true" and self.data.get("voided") != "true":
            model = self.queryset.model
            itself = standing(model).values("pk")
            self.queryset = model.objects.filter(voided_at=None).exclude(pk__in=itself).order_by("-id")
        return super().found()

    def pointing(self, queryset, name, value):
        """Decided before anything narrows."""
        return queryset


def key_of(text):
    """The comparison key of `text`, as the database makes it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT catalogue_key(%s)", [text])
        return cursor.fetchone()[0]
