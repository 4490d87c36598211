"""Fields of forms: records found by searching, terms of vocabularies, partly known dates, HS codes, handling."""

import re
from functools import partial

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalogue.filters.base import PartialDateField
from catalogue.markings.dates import DateNotUnderstood, PartialDate, parse
from catalogue.models import (
    Component,
    Level,
    Organisation,
    Part,
    RouteLeg,
    Source,
    Specimen,
    SupplyRoute,
    Vessel,
    WeaponSystem,
)
from catalogue.queries.choose import called, match, name_of, parts_numbered
from catalogue.queries.named import as_uuid
from catalogue.web.labels import words

from .terms import TermChoice as TermChoice
from .terms import language

EMPTY = PartialDate("", None, None)
LARGEST = 2_147_483_647  # PostgreSQL's integer

# Records


class Chosen(str):
    """The name that stands for a chosen record, with what a person reads of it."""

    text = note = ""

    @classmethod
    def of(cls, found):
        chosen = cls(found.value)
        chosen.text, chosen.note = found.text, found.note
        return chosen


class Choose(forms.TextInput):
    """A text field for a record's name, which a script turns into a search."""

    def __init__(self, noun, *, new="", within=""):
        self.noun, self.new, self.within = noun, new, within
        super().__init__(attrs={"autocomplete": "off", "spellcheck": "false"})

    def get_context(self, name, value, attrs):
        if attrs.get("disabled"):  # nothing to search, nothing that is sent
            return super().get_context(name, getattr(value, "text", "") or value, attrs)
        told = {"data-choose": reverse("choose", args=[self.noun])}
        if self.new:
            told["data-new"] = reverse(self.new)
        if self.within:
            told["data-within"] = self.within
        if text := getattr(value, "text", ""):
            told |= {"data-text": text, "data-note": value.note}
        return super().get_context(name, value, attrs | told)


class RecordChoice(forms.Field):
    """One record by slug, reference or id. `kept`: records that it may go on naming, perhaps voided since."""

    kept = ()
    agency = None

    def __init__(self, model, noun, *, new="", within="", **options):
        self.model = model
        super().__init__(widget=Choose(noun, new=new, within=within), **options)

    def to_python(self, value):
        if isinstance(value, self.model) or value in (None, ""):
            return value or None
        named = value.replace("\0", "").strip()
        if not named:
            return None
        for record in self.kept:
            if named in (name_of(record, self.agency), str(record.pk)):
                return record
        found = self.find(named)
        if found is None:
            raise forms.ValidationError(
                _("There is no record “%(name)s” here that you may see; search for it, or record it first."),
                params={"name": named},
            )
        return found

    def find(self, named):
        return called(self.model, named, self.agency)

    def prepare_value(self, value):
        if isinstance(value, self.model):
            return Chosen.of(match(value, self.agency))
        if not isinstance(value, str) or isinstance(value, Chosen) or not value.strip():
            return value
        try:
            return Chosen.of(match(self.to_python(value), self.agency))
        except forms.ValidationError:
            return value


class PartChoice(RecordChoice):
    """A part by id, or by a number that only one part has."""

    def find(self, named):
        if as_uuid(named):
            return super().find(named)
        parts = parts_numbered(named)
        if len(parts) > 1:
            raise forms.ValidationError(
                _("Several parts have the number “%(number)s”; choose one from the list, or give its id."),
                params={"number": named},
            )
        return parts[0] if parts else None


system = partial(RecordChoice, WeaponSystem, "systems", new="system-new")
specimen = partial(RecordChoice, Specimen, "specimens")
component = partial(RecordChoice, Component, "components")
organisation = partial(RecordChoice, Organisation, "organisations", new="organisation-new")
source = partial(RecordChoice, Source, "sources", new="source-new")
part = partial(PartChoice, Part, "parts", new="part-new")
leg = partial(RecordChoice, RouteLeg, "legs", new="leg-new")
route = partial(RecordChoice, SupplyRoute, "routes")
vessel = partial(RecordChoice, Vessel, "vessels")


# Words


class WordChoice(forms.ChoiceField):
    """One of a fixed set of words (`catalogue.queries.vocabularies.FIXED`)."""

    def __init__(self, vocabulary, *, empty=None, **options):
        options.setdefault("required", empty is None)

        def choices():
            found = list(words(vocabulary, language()).items())
            return found if empty is None else [("", empty), *found]

        super().__init__(choices=choices, **options)


# Dates, codes, texts


class DateInput(forms.TextInput):
    """Typed as people write dates; a script shows below it how it is understood."""

    def get_context(self, name, value, attrs):
        return super().get_context(name, value, attrs | {"data-date": reverse("dates"), "autocomplete": "off"})


class DateChoice(PartialDateField):
    """A partly known date; empty is a date of which nothing is known."""

    widget = DateInput
    is_partial = True  # the template shows below it how it is understood

    def clean(self, value):
        return super().clean(value) or EMPTY

    def settled(self, value):
        """What was typed as EDTF, where it is understood."""
        try:
            return parse(value).edtf if value else ""
        except DateNotUnderstood:
            return value


def date(label, **options):
    """A date field with examples of what may be typed."""
    options.setdefault("help_text", _("For example July 2022, 1Q2023, before 2021, week 34 of 2021."))
    return DateChoice(label=label, required=False, **options)


class HsChoice(forms.CharField):
    """A heading of the Harmonised System as (edition, digits): "854231" is of 2022, "2017/854231" of another."""

    EDITIONS = (1988, 1992, 1996, 2002, 2007, 2012, 2017, 2022, 2028)

    def to_python(self, value):
        if not (value := super().to_python(value)):
            return None
        found = re.fullmatch(r"(?:(\d{4})/)?(\d{2,6})", value.replace(".", "").replace(" ", ""))
        if not found or int(found[1] or 2022) not in self.EDITIONS:
            raise forms.ValidationError(
                _("Write an HS code as two to six digits, for example 854231, or with its edition: 2017/854231.")
            )
        return int(found[1] or 2022), found[2]

    def prepare_value(self, value):
        return "/".join(map(str, value)) if isinstance(value, tuple) else value


def hs(label):
    return HsChoice(label=label, required=False, help_text=_("Two to six digits; another edition as 2017/854231."))


def text(label, **options):
    """A line of text that may be empty."""
    options.setdefault("required", False)
    return forms.CharField(label=label, **options)


def lines(label, rows=3, **options):
    """Several lines of text."""
    options.setdefault("required", False)
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **options)


def whole(label, least=1, **options):
    """A count."""
    options.setdefault("required", False)
    return forms.IntegerField(label=label, min_value=least, max_value=LARGEST, **options)


def decimal(label, places, **options):
    """An amount with so many decimals."""
    return forms.DecimalField(label=label, required=False, min_value=0, max_digits=16, decimal_places=places, **options)


class Marking(forms.CharField):
    """A marking, line for line: nothing is trimmed but the line ends that browsers write and blank lines after it."""

    is_read = True  # the template offers below it what rules read in it

    def __init__(self, **options):
        verbatim = {"rows": 4, "class": "mono", "spellcheck": "false", "autocomplete": "off", "autocapitalize": "off"}
        super().__init__(widget=forms.Textarea(attrs=verbatim), strip=False, required=False, **options)

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n").rstrip("\n")


# Handling

READ_BY = {
    Level.CLEAR: _("Anyone, also without signing in."),
    Level.GREEN: _("Anyone who is signed in, of any agency."),
    Level.AMBER: _("Your agency, and those it is released to; they may pass it on to those who need to know."),
    Level.STRICT: _("Your agency, and those it is released to; none of them may pass it on."),
    Level.RED: _("You, and those named as its readers; nobody else of your agency either."),
}
COLOURS = {Level.CLEAR: "clear", Level.GREEN: "green", Level.RED: "red"}


class Levels(forms.RadioSelect):
    """Each level with its badge and, in plain words, who reads it."""

    template_name = "catalogue/forms/widgets/levels.html"

    def create_option(self, name, value, *more, **options):
        level = Level(int(value))
        told = {"badge": f"TLP:{level.label}", "colour": COLOURS.get(level, "amber"), "read_by": READ_BY[level]}
        return super().create_option(name, value, *more, **options) | told


class LevelChoice(forms.TypedChoiceField):
    """A TLP 2.0 level, of those the writer may give."""

    widget = Levels

    def __init__(self, **options):
        super().__init__(coerce=lambda value: Level(int(value)), **options)

    def allow(self, levels):
        self.choices = [(int(level), level.label) for level in levels]
