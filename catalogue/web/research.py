"""Pages of answers: a picture, the table behind it, what it rests on, and the same as files."""

from urllib.parse import urlencode

from django.db.models import Max
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from catalogue.filters.answers import lists
from catalogue.filters.base import OF_LISTS, BadParameter
from catalogue.filters.components import ComponentFilter
from catalogue.filters.research import Question
from catalogue.models import Level, WeaponSystem
from catalogue.queries.components import SHAPE
from catalogue.queries.dating import REASONS
from catalogue.queries.research import ANSWERS
from catalogue.queries.research.frame import SAID, TOTALS
from catalogue.queries.research.owners import BASIS

from . import makers
from .cells import link, mono, named, nothing, number, partly, text
from .components import LISTING
from .labels import label
from .research_choose import said_of
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
    "claim": ("kind", "by", "made"),
    "numerator": ("denominator", "unit", "counted_by"),
    "ours": ("ours_of", "ours_share", "records", "parts"),
    "sources": ("source",),
}
JOINED = {*NAMED_BY.values(), *TOGETHER, *sum(TOGETHER.values(), ())}
SYSTEMS = 300
NUMBERS = ("whole", "percent", "days", "decimal")


def research(request):
    """The questions that the catalogue answers, asked of the components that the parameters leave."""
    asked = request.GET.copy()
    for name in OF_LISTS:
        asked.pop(name, None)
    context, status = {"answers": ANSWERS.values(), "query": asked.urlencode()}, 200
    if asked:
        try:
            found = ComponentFilter(asked, SHAPE.listing()).found()
            context |= {"counted": found.count(), "chips": chips(asked, asked)}
        except BadParameter as bad:
            context |= {"refused": bad, "query": ""}
            status = 400
    return render(request, "catalogue/research/index.html", context, status=status)


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
        alike = {n for n, _value in self.equal}
        hidden = named_by | {column.name for column in self.result.columns if column.kind == "key"}
        return [(n, c) for n, c in enumerate(self.result.columns) if c.name not in hidden and n not in alike]

    @cached_property
    def equal(self):
        """[(index, value)] of the columns of numbers and codes whose every value is the same."""
        rows, several = self.result.rows, len(self.result.rows) > 2
        kept = JOINED.union(*self.counted)
        return [
            (n, rows[0][n])
            for n, column in enumerate(self.result.columns)
            if rows and n > 0 and column.name not in kept and column.kind != "key"
            and (column is BASIS or (several and all(row[n] == rows[0][n] for row in rows)))
        ]  # fmt: skip

    @cached_property
    def headings(self):
        return [(c, self.words(c), "num" if c.kind in NUMBERS else "") for _n, c in self.shown]

    @cached_property
    def sides(self):
        """{option: what the record that it names is called}."""
        return {option.name: said[0] for option, _values, _value, said in self.options if option.record}

    def words(self, column):
        """What stands above a column: of two that are set beside each other, their names."""
        return self.sides.get(column.name) or column.label

    @cached_property
    def table(self):
        """[[(words of the column, style, cell)]]; a number leads to the records that it counts."""
        return [
            [(self.words(c), style(c), behind(self.cell(c, row, n), counted.get(c.name))) for n, c in self.shown]
            for row, counted in zip(self.result.rows, self.counted, strict=True)
        ]

    @cached_property
    def counted(self):
        """Of each row, {column: the components list of what its number counts, as parameters}."""
        names = [column.name for column in self.result.columns]
        return [lists(self.question, dict(zip(names, row, strict=True))) for row in self.result.rows]

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
        return picture(self.question, self.result, self.sides) if self.result else None

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
        """[(Choice, [(code, label, chosen)], its value, (what a record of that name is called, its note))]."""
        usual = {o.name: self.parameters.get(o.name, o.default) for o in self.answer.options}
        asked, agency = self.question.asked if self.question else usual, self.request.viewer.agency
        return [(o, [(code, said, code == asked[o.name]) for code, said in o.values], asked[o.name],
                 said_of(asked[o.name], agency) if o.record else ())
                for o in self.answer.options]  # fmt: skip

    @property
    def chooses(self):
        """Whether one of its options names a record."""
        return any(option.record for option in self.answer.options)

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
        return chips(self.question.filters, self.parameters, self.question.asked) if self.question else []

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


def chips(filters, parameters, options=()):
    """Each value of `filters` that narrows, named, with the address without it; what is an option too is none."""
    found = []
    for name, values in filters.lists():
        if name in options:
            continue
        names = LISTING.called[name](values) if name in LISTING.called else names_of(name, values)
        for value in values:
            rest = [(n, v) for n, vs in parameters.lists() for v in vs if (n, v) != (name, value)]
            found.append({"label": LISTING.known.get(name, name), "value": names.get(value, value),
                          "href": "?" + urlencode(rest)})  # fmt: skip
    return found


def behind(cell, query):
    """A cell that leads to the components of its number."""
    return format_html('<a href="{}?{}">{}</a>', reverse("components"), query, cell) if query else cell


KEPT = ("denominator", "undated", "unattributed")


def style(column):
    numbers = "num" if column.kind in NUMBERS else ""
    return numbers or ("wide" if column.name in ("scope", "claim", "numerator", "sources") else "")


def cell(column, value):
    """One value as people read it."""
    if value in (None, ""):
        return nothing()
    if column.kind == "percent":
        return number(f"{number_format(value, 2)} %")
    if column.kind == "references":
        return format_html_join(" ", "{}", ((link("specimen", one, style="mono nowrap"),) for one in value.split()))
    if column.kind == "decimal":
        return number(number_format(value, 2))
    if column.kind in ("whole", "days"):
        return number(grouped(value))
    if column.kind == "edtf":
        return partly({"edtf": value})
    if column.kind == "mono":
        return mono(value)
    if column is BASIS:
        return text(makers.SAID[value])
    if column.vocabulary == "why":
        return text(REASONS.get(value, ""))
    if column.vocabulary:
        return named(column.vocabulary, value)
    return text(value, "nowrap" if column.kind in ("day", "code") else "")


def grouped(value):
    """A whole number, or one as it was published, with its thousands apart; nothing where there is none."""
    if isinstance(value, str):
        return number_format(int(value), force_grouping=True) if value.isdecimal() else value
    return "" if value is None else number_format(value, force_grouping=True)


def together(name, row):
    """What one cell says of a published claim: the figure with unit and basis, ours with its share, or the sources."""
    if name == "sources":
        return link("source", row["source"], row["sources"]) if row["source"] else nothing()
    if name == "claim":
        said = " · ".join(filter(None, [str(label("claim-kinds", row["kind"])), row["by"]]))
        when = partly({"edtf": row["made"]}) if row["made"] else ""
        return format_html('{}<br><span class="dim">{} {}</span>', row["claim"], said, when)
    if name == "ours":
        more = ngettext("%(n)s part type", "%(n)s part types", row["parts"]) % {"n": grouped(row["parts"])}
        more = _("%(n)s records in all") % {"n": grouped(row["records"])} + f", {more}"
        if row["ours"] is None:
            return format_html('<span class="dim">{}</span>', more)
        figure = _("%(n)s of %(all)s") % {"n": grouped(row["ours"]), "all": grouped(row["ours_of"])}
        share = number_format(row["ours_share"] or 0, 2)
        return format_html('{} <b>{} %</b><br><span class="dim">{}</span>', figure, share, more)
    figure, whole = grouped(row["numerator"]), grouped(row["denominator"])
    if figure and whole:
        figure = _("%(n)s of %(all)s") % {"n": figure, "all": whole}
    elif whole:
        figure = _("of %(all)s") % {"all": whole}
    counted = _("counted by %(what)s") % {"what": row["counted_by"]} if row["counted_by"] else ""
    return format_html('<b>{}</b> {} <span class="dim">{}</span>', figure, row["unit"], counted)


def names_of(name, values):
    """{value: what it is called} of a filter of components."""
    facet = next((facet for facet in LISTING.facets if facet.parameter == name), None)
    if facet is not None:
        return facet.names(values)
    return {value: label("countries", value) for value in values} if name.endswith("_country") else {}
