"""Parameters of an answer: its own options, and everything by which the list of components is narrowed."""

from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import cached_property

from catalogue.models import Specimen, WeaponSystem
from catalogue.queries.components import SHAPE
from catalogue.queries.named import find
from catalogue.queries.research import ANSWERS
from catalogue.queries.research.frame import MOST

from .base import OF_LISTS, BadParameter
from .components import ComponentFilter
from .lists import number

FORMATS = ("json", "csv")


class Question:
    """One answer, what is asked of it, and the components it is asked of. Raises BadParameter, LookupError."""

    def __init__(self, name, parameters):
        self.answer = ANSWERS[name]
        options = {option.name: option for option in self.answer.options}
        self.filters = QueryDict(mutable=True)
        self.asked = {option.name: option.default for option in self.answer.options}
        for key, values in parameters.lists():
            if key in options:
                self.asked[key] = chosen(options[key], values)
                if key in ComponentFilter.base_filters:  # an option that also says what a filter means
                    self.filters.setlist(key, values[-1:])
            elif key == "top" and self.answer.top:
                self.asked["top"] = number(parameters, "top", self.answer.top, MOST)
            elif key in OF_LISTS and key != "format":
                raise BadParameter(key, f"{key} goes with lists of records: an answer is given whole.")
            elif key != "format":
                self.filters.setlist(key, [value for value in values if value])
        if self.answer.top:
            self.asked.setdefault("top", self.answer.top)
        self.format = parameters.get("format", "json")
        if self.format not in FORMATS:
            raise BadParameter("format", f"format {self.format!r} is not one of {', '.join(FORMATS)}.")

    @cached_property
    def records(self):
        """{option: (column of a component, id)} of the specimens and systems that are named. Raises BadParameter."""
        named = {option.name: self.asked[option.name] for option in self.answer.options if option.record}
        return {name: record_called(name, value) for name, value in named.items() if value}

    @property
    def components(self):
        """The components in force that it is asked of. Raises BadParameter."""
        filters = QueryDict(mutable=True)
        for key, values in self.filters.lists():
            if values:
                filters.setlist(key, values)
        return ComponentFilter(filters, SHAPE.listing()).found()

    def found(self):
        """Its Result."""
        return self.answer.find(self.components, self.asked | {"records": self.records})

    @property
    def query(self):
        """The question as the parameters of an address: options that are not the usual, then filters, in one order."""
        usual = {option.name: option.default for option in self.answer.options} | {"top": self.answer.top}
        pairs = [(name, value) for name, value in sorted(self.asked.items()) if value != usual.get(name)]
        pairs += [(name, value) for name, values in sorted(self.filters.lists()) if name not in self.asked
                  for value in sorted(values) if value]  # fmt: skip
        return urlencode(pairs)


def record_called(name, value):
    """(column of a component, id) of the specimen or system called `value`. Raises BadParameter."""
    for model, by, column in ((Specimen, "reference", "specimen_id"), (WeaponSystem, "slug", "specimen__system_id")):
        found = find(model, by, value).values_list("pk", flat=True).first()
        if found:
            return column, found
    raise BadParameter(name, f"{name}: there is no specimen or weapon system {value!r} that you may see.")


def chosen(option, values):
    """The one value of an option. Raises BadParameter for none that it knows."""
    value = values[-1]
    if "\0" in value:
        raise BadParameter(option.name, f"{option.name} holds a NUL character; leave it out.")
    known = [code for code, _ in option.values]
    if known and value not in known:
        raise BadParameter(option.name, f"{option.name}: {value!r} is not one of {', '.join(known)}.")
    return value
