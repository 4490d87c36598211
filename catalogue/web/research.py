"""Pages of answers: a picture, the table behind it, what it rests on, and the same as files."""

from urllib.parse import urlencode

from django.db.models import Max
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from catalogue.filters.base import BadParameter
from catalogue.filters.research import Question
from catalogue.models import Level, WeaponSystem
from catalogue.queries.dating import REASONS
from catalogue.queries.research import ANSWERS
from catalogue.queries.research.frame import SAID, TOTALS

from .cells import link, mono, named, nothing, number, partly, text
from .components import LISTING
from .labels import label
from .research_pictures import picture

# The column that says in words what a code stands for, and is the text of its link.
NAMED_BY = {"maker": "name", "system": "system_name", "part": "number"}
FIELDS = (
    ("recovered_after", _("Recovered after"), "2022-02-24"),
    ("recovered_before", _("Recovered before"), "2025"),
    ("made_after", _("Made after"), "2020"),
    ("made_before", _("Made before"), "2023"),
    ("q", _("Marking, text, name, part, maker or reference holds"), ""),
)
# Columns of published claims that one cell says together.
TOGETHER = {
    "numerator": ("denominator", "unit", "counted_by"),
    "ours": ("ours_of", "ours_share"),
    "sources": ("source",),
}
JOINED = {*NAMED_BY.values(), *TOGETHER, *sum(TOGETHER.values(), ())}
SYSTEMS = 300
NUMBERS = ("whole", "percent", "days", "decimal")


def research(request):
    """The questions that the catalogue answers."""
    return render(request, "catalogue/research/index.html", {"answers": ANSWERS.values()})


def methods(request):
    """How each answer is computed."""
    return render(request, "catalogue/research/methods.html", {"answers": ANSWERS.values()})


def answer(request, name):
    """One answer of the components that fit the filters. A parameter that cannot be used is answered in its place."""
    if name not in ANSWERS:
        raise Http404
    page = AnswerPage(request, name)
    try:
        page.read()
        status = 200
    except BadParameter as bad:
        page.refused, status = bad, 400
    return render(request, "catalogue/research/answer.html", {"page": page}, status=status)


class AnswerPage:
    """One state of an answer, which its address says completely."""

    refused = result = question = None

    def __init__(self, request, name):
        self.request, self.answer, self.parameters = request, ANSWERS[name], request.GET

    def read(self):
        """Find the answer. Raises BadParameter."""
        question = Question(self.answer.name, self.parameters)
        self.result = question.found()
        self.question = question

    # The table

    @cached_property
    def shown(self):
        """[(index, Column)] of what the table shows: a code and its name are one cell, equal cells a sentence."""
        names = [column.name for column in self.result.columns]
        named_by = {NAMED_BY[name] for name in names if name in NAMED_BY and NAMED_BY[name] in names}
        named_by |= {inner for name in names if name in TOGETHER for inner in TOGETHER[name]}
        alike = {n for n, _cell in self.equal}
        return [(n, c) for n, c in enumerate(self.result.columns) if c.name not in named_by and n not in alike]

    @cached_property
    def equal(self):
        """[(index, value)] of the columns of numbers and codes whose every value is the same."""
        if len(self.result.rows) < 3:
            return []
        rows = self.result.rows
        return [
            (n, rows[0][n])
            for n, column in enumerate(self.result.columns)
            if n > 0 and column.name not in JOINED and all(row[n] == rows[0][n] for row in rows)
        ]

    @cached_property
    def headings(self):
        return [(column, "num" if column.kind in NUMBERS else "") for _n, column in self.shown]

    @cached_property
    def table(self):
        """[[(Column, style, cell)]]."""
        return [[(column, style(column), self.cell(column, row, n)) for n, column in self.shown]
                for row in self.result.rows]  # fmt: skip

    @cached_property
    def notes(self):
        """[(Column, cell)] of the columns that are a sentence."""
        return [(self.result.columns[n], self.cell(self.result.columns[n], self.result.rows[0], n))
                for n, value in self.equal if value not in (None, "")]  # fmt: skip

    def cell(self, column, row, n):
        value = row[n]
        if column.name in TOGETHER and "numerator" in (c.name for c in self.result.columns):
            return together(column.name, dict(zip((c.name for c in self.result.columns), row, strict=True)))
        if column.page and value:
            names = [c.name for c in self.result.columns]
            said = NAMED_BY.get(column.name)
            return link(column.page, value, row[names.index(said)] if said in names else value)
        return cell(column, value)

    # The words

    @cached_property
    def totals(self):
        """[(number, words, its share of the denominator)] of the first line; what is none of is left out."""
        found = self.result.totals
        kept = [(name, said) for name, said in TOTALS.items() if name in found and (found[name] or name in KEPT)]
        return [(found[name], said) for name, said in kept]

    @cached_property
    def unit(self):
        return SAID[self.result.unit]

    @cached_property
    def highest(self):
        """The highest TLP level among the components that the answer counts."""
        level = self.question.components.order_by().aggregate(highest=Max("audience__level"))["highest"]
        return Level(level).label if level is not None else ""

    @cached_property
    def picture(self):
        return picture(self.question, self.result) if self.result else None

    @property
    def unnamed(self):
        """Whether the answer sets two records beside each other and they are not both named."""
        return {"a", "b"} <= self.question.asked.keys() and not {"a", "b"} <= self.question.records.keys()

    @property
    def may_cite(self):
        return self.request.viewer.may("record")

    @property
    def levels(self):
        """The TLP levels at which the reader may keep a figure; wider than the own agency takes a curator."""
        may = self.request.viewer.may("widen")
        return [level.label for level in Level if may or level >= Level.STRICT]

    # What narrows

    @cached_property
    def options(self):
        """[(Choice, [(code, label, chosen)], its value)]."""
        asked = self.question.asked if self.question else {o.name: o.default for o in self.answer.options}
        return [(o, [(code, said, code == asked[o.name]) for code, said in o.values], asked[o.name])
                for o in self.answer.options]  # fmt: skip

    @cached_property
    def systems(self):
        chosen = self.parameters.getlist("system")
        rows = WeaponSystem.objects.filter(voided_at=None).order_by("name", "id").values_list("slug", "name")[:SYSTEMS]
        return [(slug, name, slug in chosen) for slug, name in rows]

    @property
    def fields(self):
        return [(name, said, hint, self.parameters.get(name, "")) for name, said, hint in FIELDS]

    @cached_property
    def kept(self):
        """Filters that the form sends along unchanged."""
        own = {o.name for o in self.answer.options} | {name for name, _s, _h in FIELDS} | {"format", "top", "system"}
        one = len(self.parameters.getlist("system")) > 1
        own -= {"system"} if one else set()
        return [(name, v) for name, values in self.parameters.lists() if name not in own for v in values if v]

    @cached_property
    def chips(self):
        """Each value that narrows, named, with the address without it."""
        found = []
        for name, values in self.question.filters.lists() if self.question else ():
            names = LISTING.called[name](values) if name in LISTING.called else names_of(name, values)
            for value in values:
                rest = [(n, v) for n, vs in self.parameters.lists() for v in vs if (n, v) != (name, value)]
                found.append({"label": LISTING.known.get(name, name), "value": names.get(value, value),
                              "href": "?" + urlencode(rest)})  # fmt: skip
        return found

    # Addresses

    @property
    def files(self):
        """{format: address} of the same answer."""
        address, query = reverse("research-answer", args=[self.answer.name]), self.question.query
        return {
            "csv": f"{address}?{'&'.join(part for part in (query, 'format=csv') if part)}",
            "json": f"{address}?{query}" if query else address,
        }

    @property
    def permalink(self):
        query = self.question.query
        address = reverse("research-page", args=[self.answer.name])
        return f"{address}?{query}" if query else address

    @property
    def records(self):
        """The components that were counted, as a list."""
        pairs = [(name, value) for name, values in self.question.filters.lists() for value in values]
        return f"{reverse('components')}?{urlencode(pairs)}"


KEPT = ("denominator", "undated", "unattributed")


def style(column):
    numbers = "num" if column.kind in NUMBERS else ""
    return numbers or ("wide" if column.name in ("scope", "claim", "numerator", "sources") else "")


def cell(column, value):
    """One value as people read it."""
    if value in (None, ""):
        return nothing()
    if column.kind == "percent":
        return number(f"{value:.2f} %")
    if column.kind == "references":
        return format_html_join(" ", "{}", ((link("specimen", one, style="mono nowrap"),) for one in value.split()))
    if column.kind == "decimal":
        return number(f"{value:.2f}")
    if column.kind in ("whole", "days"):
        return number(f"{value:,}".replace(",", "\u202f"))
    if column.kind == "edtf":
        return partly({"edtf": value})
    if column.kind == "mono":
        return mono(value)
    if column.vocabulary == "why":
        return text(REASONS.get(value, ""))
    if column.vocabulary:
        return named(column.vocabulary, value)
    return text(value, "nowrap" if column.kind in ("day", "code") else "")


def together(name, row):
    """What one cell says of a published claim: the figure with unit and basis, ours with its share, or the sources."""
    if name == "sources":
        return link("source", row["source"], row["sources"]) if row["source"] else nothing()
    if name == "ours":
        if row["ours"] is None:
            return nothing()
        figure = _("%(n)s of %(all)s") % {"n": row["ours"], "all": row["ours_of"]}
        return format_html("{} <b>{} %</b>", figure, row["ours_share"] or 0)
    figure = row["numerator"]
    if figure and row["denominator"]:
        figure = _("%(n)s of %(all)s") % {"n": figure, "all": row["denominator"]}
    elif row["denominator"]:
        figure = _("of %(all)s") % {"all": row["denominator"]}
    counted = _("counted by %(what)s") % {"what": row["counted_by"]} if row["counted_by"] else ""
    return format_html('<b>{}</b> {} <span class="dim">{}</span>', figure, row["unit"], counted)


def names_of(name, values):
    """{value: what it is called} of a filter of components."""
    facet = next((facet for facet in LISTING.facets if facet.parameter == name), None)
    if facet is not None:
        return facet.names(values)
    return {value: label("countries", value) for value in values} if name.endswith("_country") else {}
