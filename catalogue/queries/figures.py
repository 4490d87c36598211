"""Cited figures: as they were answered, and what became of them since."""

from django.db import connection
from django.db.models import F, Func, TextField

from catalogue.models import CitedFigure

from .shape import Shape, code, common, json, text, url_of, uuid, whole

# As json, which is read as it is; jsonb comes back as text.
KEPT = Func(F("figures"), template="%(expressions)s::json", output_field=TextField())
SHAPE = Shape(
    CitedFigure,
    {
        "id": uuid("id", "Identifier (UUIDv7)."),
        "url": url_of("figures", "id"),
        "answer": code("answer", "Name of the question."),
        "query": text("query", "Its options and filters, as the parameters of an address."),
        "figures": json(KEPT, "Columns, rows, totals and unit, as answered then."),
        "counted": whole("counted", "Component records that fitted the filters then."),
        "records_sha256": code("records_sha256", "SHA-256 of their identifiers, in order, joined by commas."),
        "note": text("note", "Where it is cited."),
        **common(),
    },
)
# What a number of an answer is, and not what it is about.
NUMBERS = ("whole", "percent", "days", "decimal")


def behind(queryset):
    """(number of the records of `queryset`, SHA-256 of their identifiers in order)."""
    sql, parameters = queryset.order_by().values_list("id").query.get_compiler(
        connection=connection, elide_empty=False
    ).as_sql()  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), encode(sha256(convert_to(coalesce(string_agg(id::text, ',' ORDER BY id), ''), 'UTF8')),"
            f" 'hex') FROM ({sql}) r (id)",
            parameters,
        )
        return cursor.fetchone()


def stored(result):
    """The Result as it is kept."""
    return {
        "columns": [{"name": c.name, "kind": c.kind} for c in result.columns],
        "rows": result.rows,
        "totals": result.totals,
        "unit": result.unit,
    }


def differences(then, now):
    """[(what a row is about, its main number then, now)] of two answers as they are kept; None where it is not there.

    Rows are told apart by everything in them that is no number; the main number is the count, else the first.
    """
    # What is told of both: an answer may have got a column since.
    both = {column["name"] for column in then["columns"]} & {column["name"] for column in now["columns"]}
    before, after = main_numbers(then, both), main_numbers(now, both)
    return [(key, before.get(key), after.get(key)) for key in [*before, *(key for key in after if key not in before)]]


def main_numbers(kept, told):
    """{what a row is about, by the columns `told`: its main number}."""
    columns = kept["columns"]
    words = [n for n, column in enumerate(columns) if column["kind"] not in NUMBERS and column["name"] in told]
    numbers = [n for n, column in enumerate(columns) if column["kind"] in NUMBERS]
    if not numbers:
        return {}
    main = next((n for n in numbers if columns[n]["name"] == "count"), None)
    main = main if main is not None else next((n for n in numbers if columns[n]["name"] != "rank"), numbers[0])
    return {tuple(str(row[n]) for n in words if row[n] not in (None, "")): row[main] for row in kept["rows"]}
