"""Terms of vocabularies that grow: grouped by their tree, in the reader's language and its alphabet."""

from functools import lru_cache

from django import forms
from django.forms.utils import flatatt
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalogue.models import VOCABULARIES

BY_NAME = ("countries", "currencies")  # the others have an order of their own
LETTERS = {letter: n for n, letter in enumerate("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя")}


def language():
    return "uk" if (get_language() or "en").startswith("uk") else "en"


def alphabet(text):
    """A sort key in which Ukrainian letters stand in their order, and Å beside A."""
    return [LETTERS.get(c, 100 + ord({"å": "a"}.get(c, c))) for c in text.lower()]


@lru_cache(maxsize=512)
def terms(vocabulary, tongue, empty=None, kept=frozenset()):
    """Choices as Django has them, the branches of a tree as groups; `kept` are those no longer to be chosen anew.

    Terms are added by migrations alone, so that a process reads them once.
    """
    model, label = VOCABULARIES[vocabulary], f"label_{tongue}"
    above = ["parent_id"] if hasattr(model, "parent_id") else []
    found = [
        (code, said, up[0] if up else None)
        for code, said, gone, *up in model.objects.values_list("code", label, "deprecated_at", *above)
        if gone is None or code in kept
    ]
    if vocabulary in BY_NAME:
        found.sort(key=lambda term: alphabet(term[1]))
    parents = {code: up for code, _said, up in found}

    def top(code):
        return top(parents[code]) if parents.get(code) else code

    groups = {}
    for code, said, _up in found:
        groups.setdefault(top(code), []).append((code, said))
    choices = [(rows[0][1], tuple(rows)) if len(rows) > 1 else rows[0] for rows in groups.values()]
    return tuple(choices if empty is None else [("", empty), *choices])


@lru_cache(maxsize=512)
def options(*asked):
    """The elements of a <select> of `terms(*asked)`, none of them selected."""
    html = []
    for code, label in terms(*asked):
        if isinstance(label, tuple):
            inner = format_html_join("", '<option value="{}">{}</option>', label)
            html.append(format_html('<optgroup label="{}">{}</optgroup>', code, inner))
        else:
            html.append(format_html('<option value="{}">{}</option>', code, label))
    return "".join(html)


class TermSelect(forms.Select):
    """A <select> whose options are written out once: Django has a template for each, slower than all the rest."""

    asked = ()

    def render(self, name, value, attrs=None, renderer=None):
        chosen = f'value="{escape("" if value is None else value)}"'
        html = options(*self.asked).replace(f"{chosen}>", f"{chosen} selected>", 1)
        given = flatatt(self.build_attrs(self.attrs, (attrs or {}) | {"name": name}))
        return format_html("<select{}>{}</select>", given, mark_safe(html))


class TermChoice(forms.Field):
    """A term of a vocabulary that grows. A record's column holds its code."""

    widget = TermSelect
    default_error_messages = {"unknown": _("Choose one of the list; “%(code)s” is not in it.")}
    kept = frozenset()

    def __init__(self, vocabulary, *, empty=None, **options):
        options.setdefault("required", False)
        self.vocabulary, self.empty = vocabulary, empty
        if empty is None and "initial" not in options:
            self.empty = _("Choose one") if options["required"] else _("Not recorded")
        super().__init__(**options)

    def keep(self, codes):
        """Let the record keep the terms it has."""
        self.kept = frozenset(code for code in codes if code)

    @property
    def asked(self):
        return self.vocabulary, language(), None if self.empty is None else str(self.empty), self.kept

    @property
    def choices(self):
        return terms(*self.asked)

    def get_bound_field(self, form, field_name):
        self.widget.asked = self.asked
        return super().get_bound_field(form, field_name)

    def to_python(self, value):
        return value or None

    def validate(self, value):
        super().validate(value)
        codes = {code for one, inner in self.choices for code in ([one] if isinstance(inner, str) else dict(inner))}
        if value is not None and value not in codes:
            raise forms.ValidationError(self.error_messages["unknown"], "unknown", {"code": value})
