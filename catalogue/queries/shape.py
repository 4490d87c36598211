"""A release shape: the named, typed, possibly nested fields in which a noun leaves the catalogue.

Pages, interface and exports share it, so that a figure is the same wherever it is read. PostgreSQL builds
the JSON and the CSV; Python only hands them on.
"""

from dataclasses import dataclass
from dataclasses import field as defaults_to
from functools import cached_property
from itertools import count
from uuid import UUID

import orjson
import psycopg
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import F, Func, JSONField, OuterRef, TextField, Value
from django.db.models.functions import Upper

from catalogue.models.base import NameKind
from catalogue.models.sources import Credibility, Stance

from .held import AGENCIES, LEVELS
from .prepared import ask
from .standing import standing

FORMULA = "=+-@\t\r"
SORTED = ("text", "code", "day", "moment", "whole", "decimal")


@dataclass(frozen=True)
class Field:
    """One released value: `kind` for schema and formatting, the ORM path or expression, and its meaning.

    `null`: whether it can be null, where the path does not tell. A list has `items`, fields `of` a model.
    `held`: (path of an id, the values it stands for), where lists as JSON look the value up in memory.
    """

    kind: str
    source: object
    meaning: str
    prose: bool = False
    choices: tuple = ()
    null: bool | None = None
    items: dict | None = None
    of: type | None = None
    held: tuple | None = None

    def expression(self, held=False):
        if held and self.held:
            return F(self.held[0])
        found = F(self.source) if isinstance(self.source, str) else self.source
        return moment_text(found) if self.kind == "moment" else found


def moment_text(found):
    """A point in time as UTC with `Z`."""
    return Func(
        found,
        template="to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')",
        output_field=TextField(),
    )


def kind(name, **defaults):
    """A maker of fields of one kind: `text("marking", "As read.")`."""

    def make(source, meaning, **options):
        return Field(name, source, meaning, **{**defaults, **options})

    return make


text = kind("text", prose=True)
code = kind("code")
uuid = kind("uuid")
whole = kind("whole")
decimal = kind("decimal")
flag = kind("flag")
day = kind("day")
moment = kind("moment")
json = kind("json")


def rows(queryset, meaning, fields):
    """A JSON array of the rows of a correlated `queryset`, under the same rule; empty, never null."""
    built = ArraySubquery(queryset.annotate(row_=json_row(fields)).values("row_"))
    return Field("json", built, meaning, null=False, items=fields, of=queryset.model)


def json_row(fields):
    """One row as a JSON object with its keys in order; a nested one is null when its first field is."""
    pairs = [part for name, spec in fields.items() for part in (Value(name), value_of(spec))]
    return Func(*pairs, function="json_build_object", output_field=JSONField())


def value_of(spec):
    if not isinstance(spec, dict):
        return spec.expression()
    first = next(iter(spec.values())).expression()
    return Func(
        first,
        json_row(spec),
        template="CASE WHEN %(expressions)s END",
        arg_joiner=" IS NOT NULL THEN ",
        output_field=JSONField(),
    )


def names_of(queryset):
    """The further names of a record, from its correlated `queryset` of names."""
    return rows(
        queryset.filter(voided_at=None).order_by("kind", "text"),
        "Further names: official, former, transliterated, abbreviated, as published.",
        {
            "text": text("text", "The name."),
            "language": code("language", "BCP 47; empty when not stated."),
            "script": code("script", "ISO 15924; empty when not stated."),
            "kind": code("kind", "What kind of name it is.", choices=tuple(NameKind.values)),
        },
    )


def citations_of(model):
    """What supports or contradicts a record, from its citation table `model`."""
    return rows(
        model.objects.filter(record=OuterRef("pk"), voided_at=None).order_by("id"),
        "The places in sources that support or contradict this record.",
        {
            "source": code("source__slug", "The source."),
            "title": text("source__title", "Its title."),
            "url": text("source__url", "Its address."),
            "locator": text("locator", "Page, paragraph, address or row in the source."),
            "quote": text("quote", "Words of the source."),
            "stance": code("stance", "Whether it supports or contradicts.", choices=tuple(Stance.values)),
            "credibility": code("credibility", "Admiralty code 1–6.", choices=tuple(Credibility.values)),
            "note": text("note", "Note on the citation."),
        },
    )


def edtf(name, meaning):
    """A partly known date: EDTF text and the first and last day it may be."""
    return {
        "edtf": code(blank_is_null(name), f"{meaning} EDTF (ISO 8601-2)."),
        "from": day(f"{name}_from", "First possible day; null when open."),
        "to": day(f"{name}_to", "Last possible day; null when open."),
    }


def blank_is_null(name):
    """Empty text as null."""
    return Func(F(name), Value(""), function="NULLIF", output_field=TextField())


def url_of(noun, source):
    """The record's address, relative to the host."""
    address = Func(F(source), template=f"'/api/v1/{noun}/' || %(expressions)s || '/'", output_field=TextField())
    return code(address, "Address of the record.", null=False)


def common():
    """Fields every record has."""
    return {
        "handling": code(
            "audience__name",
            "TLP 2.0 level that applies to this record for its readers.",
            choices=("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"),
            held=("audience_id", LEVELS),
        ),
        "owner": code("owner__slug", "Agency whose record it is.", held=("owner_id", AGENCIES)),
        "version": whole("version", "Counts changes; send it with a change to be told of conflicts."),
        "created": moment("created_at", "When it was recorded here, UTC."),
        "updated": moment("updated_at", "When it last changed here, UTC."),
        "voided": {
            "at": moment("voided_at", "When it was withdrawn; lists hold no such record."),
            "reason": text("void_reason", "Why it was withdrawn."),
        },
    }


@dataclass(frozen=True)
class Shape:
    """The released fields of one noun, as dictionaries; a nested part is null when its first field is.

    `beside`: {name: FilteredRelation} that paths begin with and the model lacks.
    """

    model: type
    fields: dict
    beside: dict = defaults_to(default_factory=dict)

    @cached_property
    def columns(self):
        """[(dotted name, Field)] in order."""
        return list(flatten(self.fields))

    @cached_property
    def in_force(self):
        return standing(self.model).order_by("-id")

    def listing(self):
        """All records in force that the reader may see, newest first; a merged one is in the one it was merged into."""
        return self.in_force.all()

    def only(self, names):
        """The shape with no columns but those named, in its own order; a nested part is named whole or by column.

        Raises KeyError with the first name that is none of them.
        """
        kept = {}
        for name, field in self.columns:
            part, _, inner = name.rpartition(".")
            if name in names or part in names:
                (kept.setdefault(part, {}) if part else kept)[inner or name] = field
        known = {name for name, _ in self.columns} | {name.rpartition(".")[0] for name, _ in self.columns}
        for name in names:
            if name not in known or not name:
                raise KeyError(name)
        return Shape(self.model, kept, self.beside)

    @cached_property
    def orders(self):
        """{dotted name: expression} of the columns that a list can be sorted by. Words sort in any case of letters."""
        found = {}
        for name, field in self.columns:
            if isinstance(field.source, str) and field.kind in SORTED:
                found[name] = Upper(field.source) if field.prose else F(field.source)
        return found

    def select(self, queryset, held=False):
        """`queryset` reduced to the shape's columns c0, c1, …; `held`: with ids where their values are in memory."""
        named = {f"c{n}": spec.expression(held) for n, (_, spec) in enumerate(self.columns)}
        # Django alters a FilteredRelation that it is given.
        beside = {name: relation.clone() for name, relation in self.beside.items()}
        return queryset.annotate(**beside, **named).values_list(*named)

    def compiled(self, queryset, held=False):
        """(SQL, parameters) that give the shape's columns."""
        # A listing that cannot match anything is still a query: it has columns and a header.
        return self.select(queryset, held).query.get_compiler(connection=connection, elide_empty=False).as_sql()

    def json_sql(self, queryset):
        """(SQL, parameters) that give one JSON text a row."""
        sql, parameters = self.compiled(queryset)
        names = iter(range(len(self.columns)))
        built, _ = json_object(self.fields, names)
        return f"SELECT {built}::text FROM ({sql}) r", parameters

    def csv_sql(self, queryset):
        """(SQL, parameters) of the CSV columns; a text that a spreadsheet would run gets an apostrophe."""
        sql, parameters = self.compiled(queryset)
        cells = ", ".join(f'{cell(spec, f"r.c{n}")} AS "{name}"' for n, (name, spec) in enumerate(self.columns))
        return f"SELECT {cells} FROM ({sql}) r", parameters

    @cached_property
    def nested(self):
        """The released dictionary of a row of columns, as a function."""
        # Written out and compiled, as dataclasses are: a loop over the fields takes four times as long.
        text, _ = nesting(self.fields, count())
        held = {f"k{n}": spec.held[1] for n, (_, spec) in enumerate(self.columns) if spec.held}
        return eval(f"lambda r: {text}", held)

    @cached_property
    def of_ids(self):
        """SQL of the columns of the records with ids in `= ANY (IDS)`; the same text for all requests."""
        sql, parameters = self.compiled(self.model.objects.filter(pk__in=[UUID(int=0)]), held=True)
        text = psycopg.ClientCursor(connection.connection).mogrify(sql, parameters).replace("%", "%%")
        return text.replace(f"IN ('{UUID(int=0).hex}'::uuid)", "= ANY (IDS)")

    def found_by(self, ids, parameters, oldest_first=False):
        """(SQL, parameters) of the columns of the records whose ids are found by the SQL `ids`."""
        text = self.of_ids.replace("= ANY (IDS)", f"= ANY (ARRAY({ids}))")
        return f"SELECT r.* FROM ({text}) r ORDER BY r.c0 {'ASC' if oldest_first else 'DESC'}", parameters

    def rows(self, ids):
        """The columns of the records with these ids, in this order; one gone meanwhile is left out.

        PostgreSQL plans the statement once a connection: planning its joins takes longer than running them.
        """
        if not ids:
            return []
        text = self.of_ids.replace("IDS", "%(ids)s")
        return ask(f"SELECT r.* FROM ({text}) r ORDER BY array_position(%(ids)s, r.c0)", {"ids": ids})

    def texts(self, rows):
        """JSON of rows of the columns, joined by commas.

        Building fifty objects costs PostgreSQL twice what it costs here, where each column's type is known.
        """
        return orjson.dumps([self.nested(row) for row in rows], default=float)[1:-1]


def flatten(fields, prefix=""):
    for name, spec in fields.items():
        if isinstance(spec, dict):
            yield from flatten(spec, f"{prefix}{name}.")
        else:
            yield prefix + name, spec


def nesting(fields, names):
    """Python text of the released dictionary of a row `r` of columns, counted off by `names`; and its first column.

    A nested part is null when its first column is.
    """
    parts, first = [], None
    for name, spec in fields.items():
        if isinstance(spec, dict):
            inner, key = nesting(spec, names)
            value = f"{inner} if {key} is not None else None"
        else:
            at = next(names)
            key = f"r[{at}]"
            value = f"k{at}[{key}]" if spec.held else key
        first = first or key
        parts.append(f"{name!r}: {value}")
    return f"{{{', '.join(parts)}}}", first


def json_object(fields, names):
    """(SQL of the object over r.c0, r.c1, …, its first column); a nested one is null when that is."""
    parts, first = [], None
    for name, spec in fields.items():
        if isinstance(spec, dict):
            inner, key = json_object(spec, names)
            value = f"CASE WHEN {key} IS NOT NULL THEN {inner} END"
        else:
            value = key = f"r.c{next(names)}"
        first = first or key
        parts.append(f"'{name}', {value}")
    return f"json_build_object({', '.join(parts)})", first


def cell(spec, column):
    """`column` as it stands in CSV: a list as JSON text (its bracket keeps a spreadsheet from running it)."""
    if spec.kind == "json":
        return f"to_json({column})::text"
    if spec.kind == "flag":
        return f"{column}::text"
    return harmless(column) if spec.prose else column


def harmless(column):
    """`column` with an apostrophe before what a spreadsheet would run (OWASP, CSV injection)."""
    codes = ", ".join(str(ord(sign)) for sign in FORMULA)
    return f"CASE WHEN ascii({column}) IN ({codes}) THEN '''' || {column} ELSE {column} END"
