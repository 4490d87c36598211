"""The list page of a noun: what was asked for, the page of records, what they can be narrowed by, and files of them."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import Max
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from catalogue.filters.base import OF_LISTS, BadParameter, RecordFilter
from catalogue.filters.facets import counts as facet_counts
from catalogue.filters.lists import Page
from catalogue.models import GATHERED, Level, SearchedNoun
from catalogue.queries.facets import SHOWN
from catalogue.queries.paging import SORTED_AT_MOST, counted

from .labels import label
from .recording_nouns import NOUNS

GATHERED_NOUNS = [f"{kind}s" for kind in GATHERED]
YEAR = 365 * 24 * 3600
# Of every list.
COMMON = {
    "updated_since": _("Updated since"),
    "recorded_since": _("Recorded since"),
    "voided": _("Withdrawn"),
    "merged": _("Merged into another"),
}


@dataclass(frozen=True)
class Column:
    """A column of the table: its cell of a release row, the released columns it shows, and what it is sorted by.

    `gives` names released columns by commas; without it, the one of the same name.
    """

    name: str
    label: str
    cell: object
    gives: str = ""
    sort: str = ""
    shown: bool = True
    style: str = ""
    when: object = lambda parameters: True  # whether the list asked for has it


@dataclass(frozen=True)
class Facet:
    """Values of a parameter to choose from, with how many records have each; their names from a vocabulary or model.

    `column` is a path or expression, or a function of the page's parameters that gives one.
    """

    parameter: str
    label: str
    column: object
    vocabulary: str = ""
    model: type | None = None
    shows: str = "name"
    by: str = "slug"

    def names(self, values):
        """{value: what it is called}."""
        if self.model is not None:
            found = self.model.objects.filter(**{f"{self.by}__in": values}).values_list(self.by, self.shows)
            return dict(found)
        return {value: label(self.vocabulary, value) for value in values} if self.vocabulary else {}


@dataclass(frozen=True)
class Field:
    """A parameter that is typed."""

    parameter: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Listing:
    """The list page of one noun. `said(figures)` gives its first line as (number, words) pairs."""

    noun: str
    title: str
    shape: object
    filters: type
    columns: tuple
    facets: tuple
    fields: tuple
    figures: dict
    said: object
    empty: str
    labels: dict = field(default_factory=dict)
    called: dict = field(default_factory=dict)  # parameter: values → what each is called
    summed: object = None  # what knows the counts of some states beforehand, as `filters.facets.counts` asks it
    leads: object = lambda viewer: ()  # where else a reader may go from here: (address, words)
    choices: tuple = ()
    shape_of: object = lambda parameters: None  # the shape that the parameters ask for, where it is another
    beside: object = lambda parameters: {}  # what the columns of facets name beside the records' own, to annotate

    @cached_property
    def known(self):
        """{parameter: label} of everything the list can be narrowed by."""
        own = {one.parameter: one.label for one in (*self.choices, *self.facets, *self.fields)} | self.labels
        return COMMON | own


def render_list(request, listing):
    """The page, or, for htmx, the part of it that changes. A parameter that cannot be used is answered in its place."""
    page = ListPage(request, listing)
    try:
        page.read()
        status = 200
    except BadParameter as bad:
        page.refused, status = bad, 400
    target = request.headers.get("HX-Target", "") if request.headers.get("HX-Request") else ""
    template = {"list": "_list.html", "facets": "_counted.html"}.get(target, "list.html")
    response = HttpResponse(render_to_string(f"catalogue/{template}", {"page": page}, request), status=status)
    response.headers["Vary"] = "HX-Request, Cookie"
    if "columns" in request.GET and not page.refused:
        response.set_cookie(page.cookie, ",".join(page.asked_columns()), max_age=YEAR, samesite="Lax", httponly=True)
    return response


class ListPage:
    """One state of a list page, which its address says completely."""

    refused = None
    found = None

    def __init__(self, request, listing):
        self.request, self.listing, self.parameters = request, listing, request.GET
        self.cookie = f"columns-{listing.noun}"
        self.shape = listing.shape_of(self.parameters) or listing.shape
        self.of_list = [column for column in listing.columns if column.when(self.parameters)]
        self.columns = self.chosen_columns()

    @property
    def leads(self):
        return self.listing.leads(self.request.viewer)

    def read(self):
        """Find the page's records. Raises BadParameter."""
        self.unknown_columns()
        self.narrowed = self.narrow(self.parameters)
        self.found = Page(self.shape, self.narrowed, self.parameters)

    def narrow(self, parameters):
        return self.listing.filters(parameters, self.listing.shape.listing()).found()

    # The table

    def chosen_columns(self):
        asked = self.asked_columns() or self.request.COOKIES.get(self.cookie, "").split(",")
        return [c for c in self.of_list if c.name in asked] or [c for c in self.of_list if c.shown]

    def asked_columns(self):
        """Names in `columns`, by commas or repeated."""
        return [name for value in self.parameters.getlist("columns") for name in value.split(",") if name]

    def unknown_columns(self):
        known = [column.name for column in self.listing.columns]
        for name in self.asked_columns():
            if name not in known:
                raise BadParameter("columns", f"columns: there is no column {name!r} here. Known: {', '.join(known)}.")

    @cached_property
    def records(self):
        """Release rows of this page as dictionaries."""
        return [self.shape.nested(row) for row in self.found.rows] if self.found else []

    @cached_property
    def shared(self):
        """[(column, cell)] of the columns whose every cell is equal: a sentence says them once."""
        complete = self.found and not self.found.next and not self.found.previous
        if len(self.records) < 3:
            return []
        said = []
        for column in self.columns[1:]:
            # On one page of many all may be equal by chance, unless the list is narrowed to that one value.
            if complete or len(self.parameters.getlist(column.name)) == 1:
                cells = {column.cell(row) for row in self.records}
                if len(cells) == 1:
                    said.append((column, cells.pop()))
        return said

    @cached_property
    def table(self):
        """[[(column, cell)]] of the columns that differ."""
        alike = {column.name for column, _ in self.shared}
        shown = [column for column in self.columns if column.name not in alike]
        return [[(column, column.cell(row)) for column in shown] for row in self.records]

    @cached_property
    def headings(self):
        """Columns that differ, each with the address that sorts by it and which way it is sorted now."""
        alike = {column.name for column, _ in self.shared}
        asked = self.parameters.get("sort", "")
        found = []
        for column in self.columns:
            if column.name in alike:
                continue
            way = {column.sort: "ascending", f"-{column.sort}": "descending"}.get(asked, "") if column.sort else ""
            to = f"-{column.sort}" if way == "ascending" else column.sort
            found.append({"column": column, "way": way, "href": self.with_(sort=to) if column.sort else ""})
        return found

    @cached_property
    def sortable(self):
        return self.size is not None

    @cached_property
    def all_columns(self):
        shown = {column.name for column in self.columns}
        return [(column, column.name in shown) for column in self.of_list]

    # Addresses

    def with_(self, without=(), **changed):
        """The query of this state with parameters changed (None: without), from its first page on."""
        kept = [
            (name, values)
            for name, values in self.parameters.lists()
            if name not in changed and name not in without and name not in ("cursor", "count")
        ]
        kept += [(name, value) for name, value in changed.items() if value]
        return "?" + urlencode(kept, doseq=True)

    def toggled(self, parameter, value):
        """The query with one value of a repeatable parameter added or taken away."""
        values = self.parameters.getlist(parameter)
        values = [v for v in values if v != value] if value in values else [*values, value]
        return self.with_(**{parameter: values})

    @cached_property
    def clear(self):
        return self.with_(without=tuple(self.active))

    @property
    def here(self):
        return f"?{self.parameters.urlencode()}"

    @property
    def counting(self):
        return self.with_(count="true")

    @cached_property
    def files(self):
        """{format: address} of exactly what is shown: these records, this order, these columns."""
        gives = [name for column in self.columns for name in (column.gives or column.name).split(",")]
        left_out = ("cursor", "page_size", "count", "columns")
        query = {name: values for name, values in self.parameters.lists() if name not in left_out}
        query["columns"] = ",".join(dict.fromkeys(gives))
        address = reverse(f"{self.listing.noun}-list")
        return {form: f"{address}?{urlencode({**query, 'format': form}, doseq=True)}" for form in ("csv", "json")}

    @property
    def next(self):
        return self.found and self.found.next and f"?{self.found.next}"

    @property
    def previous(self):
        return self.found and self.found.previous and f"?{self.found.previous}"

    @cached_property
    def new(self):
        """The page on which the reader may record one more, None for those who may not."""
        what = NOUNS.get(self.listing.noun)
        if what is None or not self.request.viewer.may("record"):
            return None
        return {"href": reverse(f"{what.name}-new"), "title": what.title}

    @cached_property
    def keeping(self):
        """[(address, words)]: where this state of the list is saved by name, and its records are gathered."""
        viewer, asked = self.request.viewer, self.with_().removeprefix("?")
        if not viewer.may("keep") or self.refused:
            return []
        kept = (
            [(reverse("saved-search-new"), _("Save this search"))] if self.listing.noun in SearchedNoun.values else []
        )
        if self.listing.noun in GATHERED_NOUNS and self.records:
            kept.append((reverse("collect"), _("Gather")))
        query = urlencode({"noun": self.listing.noun, "query": asked})
        return [(f"{address}?{query}", words) for address, words in kept]

    # What narrows

    @cached_property
    def active(self):
        return [name for name in self.parameters if name not in OF_LISTS]

    @cached_property
    def chips(self):
        """Each value that narrows the list, named, with the address without it."""
        found = []
        by_name = {facet.parameter: facet for facet in (*self.listing.choices, *self.listing.facets)}
        for name in self.active:
            values = [value for value in self.parameters.getlist(name) if value and "\0" not in value]
            names = by_name[name].names(values) if name in by_name else self.names_of(name, values)
            for value in values:
                found.append(
                    {
                        "label": self.listing.known.get(name, name),
                        "value": names.get(value, value),
                        "href": self.toggled(name, value),
                    }
                )
        return found

    def names_of(self, name, values):
        if name in self.listing.called:
            return self.listing.called[name](values)
        asked = self.listing.filters.base_filters.get(name)
        if not isinstance(asked, RecordFilter) or asked.extra["by"] != "slug":
            return {}
        model = asked.extra["model"]
        shows = next(n for n in ("name", "title", "slug") if hasattr(model, n))
        return dict(model.objects.filter(slug__in=values).values_list("slug", shows))

    @cached_property
    def size(self):
        """How many records there are, None when more than are counted at once."""
        return counted(self.narrowed, SORTED_AT_MOST) if self.found else 0

    @cached_property
    def counts_all(self):
        asked = self.parameters.get("count") == "true" or self.request.headers.get("HX-Target") == "facets"
        return self.found and (asked or self.size is not None)

    @cached_property
    def figures(self):
        """[(number, words)] of the first line, and the highest handling."""
        if not self.counts_all:
            return None
        counted_ = self.narrowed.order_by().aggregate(**self.listing.figures, highest_=Max("audience__level"))
        highest = counted_.pop("highest_")
        if self.active:
            counted_["all"] = self.listing.shape.listing().count() if self.size is not None else None
        return {
            "said": self.listing.said(counted_),
            "highest": Level(highest).label if highest is not None else "",
        }

    @cached_property
    def narrowing(self):
        """Facets with their values: those in use counted as if they were not, so that one can change one's mind."""
        if not self.counts_all:
            return [self.facet(facet, None) for facet in self.listing.facets]
        columns = {facet.parameter: facet.column for facet in self.listing.facets}
        most = None if self.size is None else SORTED_AT_MOST  # beside rows that are shown at once, none that takes long
        counts = facet_counts(
            self.parameters, columns, self.narrow, SHOWN, self.listing.summed, most, self.listing.beside
        )
        return [self.facet(facet, counts.get(facet.parameter)) for facet in self.listing.facets]

    @cached_property
    def choosing(self):
        return [choice.shown(self) for choice in self.listing.choices]

    def facet(self, facet, counts):
        chosen = self.parameters.getlist(facet.parameter)
        counts = [(value, n) for value, n in counts or [] if value not in (None, "")]
        counts += [(value, None) for value in chosen if value not in dict(counts) and "\0" not in value]
        names = facet.names([value for value, _ in counts])
        return {
            "facet": facet,
            "values": [
                {
                    "name": names.get(value, value),
                    "count": n,
                    "chosen": value in chosen,
                    "href": self.toggled(facet.parameter, value),
                }
                for value, n in counts
            ],
        }

    @cached_property
    def fields(self):
        return [(one, self.parameters.get(one.parameter, "")) for one in self.listing.fields]

    @cached_property
    def kept(self):
        """Parameters that a form of the page sends along unchanged."""
        typed = {one.parameter for one in self.listing.fields} | {"cursor", "count"}
        return [(n, value) for n, values in self.parameters.lists() if n not in typed for value in values]


HANDLING = Facet("handling", _("Handling"), "audience__name")
