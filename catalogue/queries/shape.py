"""A release shape: the named, typed, possibly nested fields in which a noun leaves the catalogue.

Pages, interface and exports share it, so that a figure is the same wherever it is read. PostgreSQL builds
the JSON and the CSV; Python only hands them on.
"""

from dataclasses import dataclass
from functools import cached_property

from django.db import connection
from django.db.models import F, Func, TextField, Value

FORMULA = "=+-@\t\r"


@dataclass(frozen=True)
class Field:
    """One released value: `kind` for schema and formatting, the ORM path or expression, and its meaning."""

    kind: str
    source: object
    meaning: str
    prose: bool = False
    choices: tuple = ()

    def expression(self):
        found = F(self.source) if isinstance(self.source, str) else self.source
        return moment_text(found) if self.kind == "moment" else found


def moment_text(found):
    """A point in time as UTC with `Z`."""
    return Func(found, template="to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')",
                output_field=TextField())


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
    return code(address, "Address of the record.")


def common():
    """Fields every record has."""
    return {
        "handling": code("audience__name", "TLP 2.0 level that applies to this record for its readers.",
                         choices=("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")),
        "owner": code("owner__slug", "Agency whose record it is."),
        "version": whole("version", "Counts changes; send it with a change to be told of conflicts."),
        "created": moment("created_at", "When it was recorded here, UTC."),
        "updated": moment("updated_at", "When it last changed here, UTC."),
    }


@dataclass(frozen=True)
class Shape:
    """The released fields of one noun, nested as dictionaries; a nested part whose first field is null is null."""

    model: type
    fields: dict

    @cached_property
    def columns(self):
        """[(dotted name, Field)] in order."""
        return list(flatten(self.fields))

    def select(self, queryset):
        """`queryset` reduced to the shape's columns c0, c1, …"""
        named = {f"c{n}": spec.expression() for n, (_, spec) in enumerate(self.columns)}
        return queryset.annotate(**named).values_list(*named)

    def compiled(self, queryset):
        """(SQL, parameters) that give the shape's columns."""
        return self.select(queryset).query.sql_with_params()

    def json_sql(self, queryset):
        """(SQL, parameters) that give one JSON text a row."""
        sql, parameters = self.compiled(queryset)
        names = iter(range(len(self.columns)))
        built, _ = json_object(self.fields, names)
        return f"SELECT {built}::text FROM ({sql}) r", parameters

    def csv_sql(self, queryset):
        """(SQL, parameters) of the CSV columns; a text that a spreadsheet would run gets an apostrophe."""
        sql, parameters = self.compiled(queryset)
        cells = ", ".join(
            f'{harmless(f"r.c{n}") if spec.prose else f"r.c{n}"} AS "{name}"'
            for n, (name, spec) in enumerate(self.columns)
        )
        return f"SELECT {cells} FROM ({sql}) r", parameters

    def one(self, queryset):
        """The single row of `queryset` as JSON text, or None."""
        rows = self.page(queryset[:1])
        return rows[0] if rows else None

    def page(self, queryset):
        """JSON texts of the rows of `queryset`, which should be sliced."""
        sql, parameters = self.json_sql(queryset)
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return [row[0] for row in cursor.fetchall()]


def flatten(fields, prefix=""):
    for name, spec in fields.items():
        if isinstance(spec, dict):
            yield from flatten(spec, f"{prefix}{name}.")
        else:
            yield prefix + name, spec


def json_object(fields, names):
    """(SQL of the object over r.c0, r.c1, …, its first column); a nested one is null when its first column is."""
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


def harmless(column):
    """`column` with an apostrophe before what a spreadsheet would take for a formula (OWASP, CSV injection)."""
    codes = ", ".join(str(ord(sign)) for sign in FORMULA)
    return f"CASE WHEN ascii({column}) IN ({codes}) THEN '''' || {column} ELSE {column} END"

