"""What the forms of all records share: sections, repeatable lines, handling, version, and where a refusal stands."""

import json

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.models import Level, Review, Specimen

from .fields import DateChoice, HsChoice, LevelChoice, RecordChoice
from .terms import TermChoice

MOST_LINES = 500


def columns_of(form, names=None):
    """What was typed as the columns that actions take."""
    columns = {}
    for name in names or form.fields:
        if name in form.cleaned_data:
            column = f"{name}_id" if isinstance(form.fields[name], TermChoice) else name
            columns[column] = form.cleaned_data[name]
    return columns


def shown(record, name, field):
    """The value of one field of a record as a form takes it."""
    return getattr(record, f"{name}_id" if isinstance(field, TermChoice | HsChoice) else name)


class Typed(forms.Form):
    """Fields of which those that name records know the writer's agency and what they may go on naming.

    `keeps`: {field: what it names in the record as it is}, where that is not what the field begins with.
    """

    use_required_attribute = False
    wide = frozenset()

    def __init__(self, *args, agency=None, keeps=None, **options):
        super().__init__(*args, label_suffix="", **options)
        for name, field in self.fields.items():
            kept = keeps.get(name, []) if keeps is not None else [self.get_initial_for_field(field, name)]
            field.error_messages["required"] = _("Fill in “%(label)s”; it is needed.") % {"label": field.label or name}
            if type(field.widget) is forms.TextInput and "\n" in self.typed(name, field):
                # An <input> would join its lines.
                field.widget = forms.Textarea(attrs=field.widget.attrs | {"rows": 2})
            if isinstance(field, RecordChoice):
                field.agency = agency
                field.kept = [record for record in kept if isinstance(record, field.model)]
            elif isinstance(field, TermChoice):
                field.keep(kept)

    def typed(self, name, field):
        """The text that a field will show."""
        begins = self.get_initial_for_field(field, name)
        shown = self.data.get(self.add_prefix(name), begins) if self.is_bound else begins
        return shown if isinstance(shown, str) else ""


class Line(Typed):
    """One row of a repeatable block."""

    def has_changed(self):
        """One that was counted but not sent is blank; what its fields begin with does not fill it in."""
        return any(self.add_prefix(name) in self.data for name in self.fields) and super().has_changed()

    def columns(self):
        return columns_of(self, [name for name in self.fields if name != "DELETE"])

    @classmethod
    def of(cls, row):
        """What the form shows of a recorded row."""
        return {name: shown(row, name, field) for name, field in cls.base_fields.items()}


class Lines(BaseFormSet):
    """The rows of one block. A row that nobody filled in is no row."""

    deletion_widget = forms.CheckboxInput
    label = button = explained = ""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Remove")

    def rows(self):
        """The rows as columns; None when the form did not send this block, which leaves it as it is."""
        if not self.is_bound:
            return None
        return [form.columns() for form in self.filled]

    @property
    def filled(self):
        """Forms of the rows there are: those recorded and those filled in, without those to be removed."""
        return [form for form in self.shown if not form["DELETE"].value()]

    @property
    def shown(self):
        """Forms of the rows to show: one to be removed is sent once more, a blank one is not."""
        return [form for n, form in enumerate(self.forms) if n < self.initial_form_count() or form.has_changed()]


def lines_of(line, *, label, button, explained=""):
    """A block of `line` rows under a label, with a button that adds one."""
    made = formset_factory(line, formset=Lines, extra=1, can_delete=True, max_num=MOST_LINES, validate_max=True)
    made.label, made.button, made.explained = label, button, explained
    return made


class SentForm(Typed):
    """A form of fields in sections, with blocks of lines.

    `sections`: [(title, [names of fields and blocks])]; the first is what has to be said, in a dialog too.
    `blocks`: {name: Lines}. `initial` holds fields and blocks alike.
    """

    sections = ()
    blocks = {}
    words = {}  # words of actions for which the form has others: {action's: form's}

    def __init__(self, data=None, *, viewer, initial=None, **options):
        self.viewer, initial = viewer, initial or {}
        super().__init__(data, agency=viewer.agency, initial=initial, **options)
        self.sets = {}
        for name, made in self.blocks.items():
            rows = initial.get(name) or []
            keeps = {field: [row[field] for row in rows] for field in made.form.base_fields}
            sent = data is not None and f"{name}-TOTAL_FORMS" in data
            self.sets[name] = made(
                data if sent else None,
                prefix=name,
                initial=None if sent else rows,  # the lines that are sent need not be those that are recorded
                auto_id=self.auto_id,
                form_kwargs={"agency": viewer.agency, "keeps": keeps},
            )

    @classmethod
    def of(cls, record):
        """What the form shows of a record, its blocks aside."""
        names = [name for _title, names in cls.sections for name in names if name in cls.base_fields]
        return {name: shown(record, name, cls.base_fields[name]) for name in names}

    def is_valid(self):
        return all([super().is_valid(), *(rows.is_valid() for rows in self.sets.values() if rows.is_bound)])

    def columns(self):
        """What the actions take: columns, and the blocks that were sent."""
        names = [name for _title, names in self.sections for name in names if name in self.fields]
        sent = {name: found for name, rows in self.sets.items() if (found := rows.rows()) is not None}
        return columns_of(self, names) | sent

    def refuse(self, refusal):
        """Put an action's refusal beside the field it names."""
        field = self.words.get(refusal.field, refusal.field)
        if field in self.sets:
            self.sets[field].non_form_errors().append(refusal.sentence)
        else:
            self.add_error(field if field in self.fields else None, refusal.sentence)

    def laid_out(self):
        """[{title, items: [{field} or {lines, name, whether it is the section's all}]}] for the page."""
        return [
            {
                "title": title,
                "items": [
                    {"lines": self.sets[name], "name": name, "alone": len(names) == 1}
                    if name in self.sets
                    else {"field": self[name]}
                    for name in names
                    if name in self.sets or name in self.fields
                ],
            }
            for title, names in self.sections
        ]

    def problems(self):
        """[(id of the field or block, its label, sentence)] of all errors, in the order of the page."""
        found = [("", "", sentence) for sentence in self.non_field_errors()]
        found += errors_of(self)
        for name, rows in self.sets.items():
            if not rows.is_bound:
                continue
            found += [(f"{name}-lines", rows.label, sentence) for sentence in rows.non_form_errors()]
            for n, form in enumerate(rows.forms, 1):
                place = _("%(block)s, line %(n)d") % {"block": rows.label, "n": n}
                found += [(f"{name}-lines", place, sentence) for sentence in form.non_field_errors()]
                found += [(key, f"{place}, {label}", sentence) for key, label, sentence in errors_of(form)]
        return found


def errors_of(form):
    return [
        (form[name].id_for_label or form[name].auto_id, form[name].label, sentence)
        for name, sentences in form.errors.items()
        if name in form.fields
        for sentence in sentences
    ]


class AmendingForm(SentForm):
    """A form whose change is an amendment where it concerns a reviewed specimen: it then asks for the reason."""

    reason = forms.CharField(
        label=gettext_lazy("Why it is amended"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "The specimen is reviewed: what is changed is recorded as an amendment, with this reason."
        ),
    )

    def __init__(self, *args, specimen=None, **options):
        super().__init__(*args, **options)
        if getattr(specimen, "review", "") != Review.REVIEWED:
            self.kept_back = self.fields.pop("reason")

    @property
    def amending(self):
        """Whether it asks for the reason."""
        return "reason" in self.fields

    def why(self):
        """The reason as actions take it."""
        return {"reason": self.cleaned_data["reason"]} if self.amending else {}

    def refuse(self, refusal):
        """A specimen may turn out to be reviewed only when the form is sent."""
        if refusal.field == "reason" and not self.amending:
            self.fields["reason"] = self.kept_back
        super().refuse(refusal)


class RecordForm(AmendingForm):
    """The form of a record: what it holds, who may read it, and which version of it was read."""

    handling = LevelChoice(label=gettext_lazy("Who may read it"), required=False)
    version = forms.IntegerField(required=False)
    was = forms.CharField(required=False)  # what the form showed when it was opened, as JSON

    def __init__(self, data=None, *, viewer, record=None, initial=None, **options):
        self.record = record
        begins = {"handling": Level.STRICT if record is None else record.audience.level} | (initial or {})
        super().__init__(data, viewer=viewer, initial=begins, specimen=specimen_of(record, begins), **options)
        levels = self.levels()
        self.fields["handling"].allow(levels)
        if self.initial["handling"] not in levels:
            self.initial["handling"] = levels[0]

    def levels(self):
        """A new record is as wide as its writer may make it; a recorded one is narrowed here, widened elsewhere."""
        least = Level.CLEAR if self.viewer.may("widen") else Level.STRICT if self.viewer.may("record") else Level.RED
        if self.record is not None:
            least = self.record.audience.level
        return [level for level in Level if least <= level <= max(self.viewer.ceiling, least)]

    def seen(self):
        """Who may read it and which version was read, as actions take them."""
        level = self.cleaned_data.get("handling")
        if self.record is None:
            return self.why() | ({} if level in ("", None) else {"handling": level})
        told = {"version": self.cleaned_data["version"]} | self.why()
        if level not in ("", None) and level != self.record.audience.level:
            told["handling"] = level
        return told

    def read_at_first(self):
        """{name of a field or block: what the form showed}; empty when that was not sent."""
        try:
            found = json.loads(self.data.get("was") or "{}")
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


def specimen_of(record, begins):
    """The specimen that a record is or belongs to; of a new one the specimen that its form begins with."""
    if isinstance(record, Specimen):
        return record
    return begins.get("specimen") if record is None else getattr(record, "specimen", None)


def settled(field, value):
    """The value of a field as one text, so that two that mean the same are equal."""
    if isinstance(field, DateChoice):
        value = field.settled(value)
    if value is None or value is False:
        return ""
    return str(value).replace("\r\n", "\n").strip("\n")
