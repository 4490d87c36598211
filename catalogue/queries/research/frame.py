"""What all answers have in common: their columns with unit and meaning, rows, totals, and their basis in words."""

from dataclasses import dataclass, field

from django.db import connection
from django.utils.translation import gettext_lazy as _

MOST = 1000  # rows of an answer


@dataclass(frozen=True)
class Column:
    """One column: `kind` is text, code, whole, percent, days or day; `unit` what a number counts.

    `vocabulary` names the codes' labels; `page` the page that the text of the column before it leads to.
    """

    name: str
    label: str
    meaning: str
    kind: str = "text"
    unit: str = ""
    vocabulary: str = ""
    page: str = ""


@dataclass(frozen=True)
class Choice:
    """An option of an answer: its values as pairs of code and label; the first is taken where none is sent.

    `record` in place of values: the name of one specimen or system, which may be empty.
    """

    name: str
    label: str
    values: tuple = ()
    record: bool = False

    @property
    def default(self):
        return self.values[0][0] if self.values else ""


@dataclass(frozen=True)
class Answer:
    """A question that the catalogue answers. `find(queryset, asked)` gives its Result."""

    name: str
    title: str
    question: str
    find: object
    options: tuple
    method: tuple  # paragraphs: how it is computed
    top: int | None = 20  # rows shown where none is asked for; None: it has no such limit


@dataclass
class Result:
    """What was found. `rows` are lists in the order of `columns`; `totals` by the names in TOTALS."""

    columns: tuple
    rows: list
    totals: dict
    unit: str
    basis: list = field(default_factory=list)
    marks: list = field(default_factory=list)


UNITS = (
    ("components", _("component records")),
    ("pieces", _("pieces, at least")),
    ("parts", _("part types")),
    ("specimens", _("single specimens")),
)
UNIT = Choice("unit", _("Counted in"), UNITS)
TOTALS = {
    "numerator": _("shown"),
    "denominator": _("in all"),
    "attributed": _("attributed"),
    "unattributed": _("not attributed"),
    "undated": _("undated"),
    "records": _("component records"),
    "groups": _("groups in all"),
    "unplaced": _("spread over more than one period"),
    "unrecovered": _("without a day of recovery"),
    "open": _("with a date open at one end"),
    "specimens": _("single specimens"),
}
SAID = dict(UNITS) | {"claims": _("claims"), "things": _("different things")}
# Of the units those that add up, which answers that divide records by day count in.
ADDING = Choice("unit", _("Counted in"), UNITS[:2])
SUMS = {"components": "n", "pieces": "pieces"}
RULES = {
    "components": _("A component record is a row of an inventory: one or more identical pieces."),
    "pieces": _("Pieces are at least as many: a record whose quantity is not stated counts as one."),
    "parts": _("Part types are counted once each; records not identified as a part are in no figure."),
    "specimens": _("Only single specimens are counted, once each in every group they have a record of."),
}


def ask(ctes, parameters, columns, ordered, totals, more=(), hashed=2):
    """(rows, totals, …): one statement. `columns` are SQL over `r`, `ordered` a relation `r` with its order.

    `totals`: {name: SQL of one number}; `more`: SQL of further JSON values;
    `hashed`: how many times 64 MB a table of groups may take before it goes to disk.
    """
    cells = ", ".join(columns)
    numbers = ", ".join(f"'{name}', ({sql})" for name, sql in totals.items())
    further = "".join(f", ({sql})" for sql in more)
    sql = f"""WITH {ctes}
      SELECT (SELECT coalesce(json_agg(json_build_array({cells})), '[]') FROM (SELECT * FROM {ordered}) r),
             json_build_object({numbers}){further}"""
    with connection.cursor() as cursor:
        # Until the transaction ends: grouping a million rows in the usual four megabytes would sort them on disk.
        # It cannot know how few groups are left, and would sort them by text to join them.
        cursor.execute("SET LOCAL work_mem = '64MB'; SET LOCAL enable_mergejoin = off")
        # It takes the reader's rule for a fifth of the rows where it is nearly all, and would fetch them one by one.
        cursor.execute("SET LOCAL random_page_cost = 2")
        cursor.execute(f"SET LOCAL hash_mem_multiplier = {hashed:d}")
        cursor.execute(sql, parameters)
        return cursor.fetchone()
