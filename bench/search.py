"""Finding in a large catalogue: search, misspelt numbers, facets; and the same questions in SQL under the same role."""

import statistics
from functools import partial

import psycopg
from django.db import connection
from django.db.models import Case, Value, When

from catalogue.queries import component_facets as kept
from catalogue.queries import components
from catalogue.queries.dating import EARLY, INVASION, UNDATED
from catalogue.queries.facets import Apart, text

from .figures import Figure, middle, slow, timed
from .pages import Application, reading
from .server import CONNECTIONS, pressed, serving
from .world import ASKED

TIMES = 25
# Of markings that a few rows hold, and of numbers with two letters swapped.
HELD = ("2769", "1834", "5077", "7B2C", "3F1A")
SUBSTRING = """
SELECT id, reference, marking FROM catalogue_component
 WHERE marking_key LIKE %s AND voided_at IS NULL AND audience_id = ANY (%s) LIMIT 50
"""
ALIKE = """
SELECT id, number FROM catalogue_part
 WHERE key %% %s AND length(key) BETWEEN %s AND %s AND voided_at IS NULL AND audience_id = ANY (%s) LIMIT 50
"""
# The control class as one writes it by hand: the invented catalogue has no controls.
CLASS = Case(
    When(UNDATED, then=Value("undated")),
    When(EARLY, then=Value("before-invasion")),
    When(made_from__lt=INVASION, then=Value("span-invasion")),
    When(manufacturer__country=None, then=Value("seat")),
    default=Value("none"),
)
GROUPED = "SELECT v, count(*) FROM ({sql}) m (v) GROUP BY 1 ORDER BY 2 DESC LIMIT 50"


def figures(world):
    """What the limits of finding are about."""
    application = Application(world)
    application.enter()
    wrong = misspelt(world)
    yield from asked(application, "substring of a marking", HELD, partial(in_sql, world, SUBSTRING), 5)
    yield from asked(application, "misspelt part number", wrong, partial(alike_in_sql, world), 10)
    yield from facets(application, world)
    with serving(world) as (port, _server):
        for what, text_, least in (("substring of a marking", HELD[0], 350), ("misspelt part number", wrong[0], 150)):
            took, span, own = pressed(port, f"/api/v1/search/?q={text_}", "owner")
            yield Figure(
                f"{what}, requests a second, {CONNECTIONS} connections",
                len(took) / span,
                "/s",
                ("≥", least),
                f"median {middle(took):.1f} ms, p95 {slow(took):.1f}; the asking process took {own:.0%} of one core",
            )


def misspelt(world):
    """Numbers of parts with two letters in the middle swapped."""
    with reading(world, "owner") as opened:
        rows = opened.execute("SELECT number FROM catalogue_part ORDER BY id DESC LIMIT 200").fetchall()
    found = []
    for (number,) in rows:
        middle_ = len(number) // 2
        swapped = number[: middle_ - 1] + number[middle_] + number[middle_ - 1] + number[middle_ + 1 :]
        if swapped != number and swapped not in {row[0] for row in rows}:
            found.append(swapped)
    return found[:5]


def asked(application, what, texts, sql, most):
    """The search in this process, median over several texts, and SQL's."""
    took, raw, shown = [], [], 0
    for one in texts:
        took += timed(application.page("owner", f"/api/v1/search/?q={one}"), TIMES, warm=6)
        raw += sql(one)
        shown += len(application.get("owner", f"/api/v1/search/?q={one}"))
    note = f"p95 {slow(took):.1f} ms; SQL {middle(raw):.2f} ms, {middle(took) / middle(raw):.1f} ×"
    yield Figure(f"{what}, search", middle(took), "ms", ("≤", most), note)


def in_sql(world, sql, one):
    """Seconds of a substring of markings in psycopg."""
    with reading(world, "owner") as opened:
        (seen,) = opened.execute("SELECT current_setting('app.audiences')::int[]").fetchone()
        cursor = psycopg.ClientCursor(opened)
        return timed(lambda: cursor.execute(sql, [f"%{one}%", seen]).fetchall(), TIMES)


def alike_in_sql(world, one):
    """Seconds of numbers that are alike, by trigrams."""
    with reading(world, "owner") as opened:
        (seen,) = opened.execute("SELECT current_setting('app.audiences')::int[]").fetchone()
        ((key,),) = opened.execute("SELECT catalogue_key(%s)", [one]).fetchall()
        opened.execute("SELECT set_config('pg_trgm.similarity_threshold', '0.4', true)")
        cursor = psycopg.ClientCursor(opened)
        given = [key, len(key) - 1, len(key) + 1, seen]
        return timed(lambda: cursor.execute(ALIKE, given).fetchall(), TIMES)


def facets(application, world):
    """All facets of one maker, one system, and of a combination, against GROUP BY for each of them."""
    maker = world.makers[ASKED["large"]]
    with reading(world, "owner") as opened:
        system = opened.execute(
            "SELECT w.slug, w.id FROM catalogue_componentcount n JOIN catalogue_weaponsystem w ON w.id = n.record"
            " WHERE n.scope = 'system' AND n.facet = 'kind' GROUP BY 1, 2 ORDER BY sum(n.rows) DESC LIMIT 1"
        ).fetchone()
    of_maker, of_system = {"manufacturer_id": maker[0]}, {"specimen__system_id": system[1]}
    for what, query, narrow in (
        ("the largest maker", f"manufacturer={maker[1]}", of_maker),
        ("the largest system", f"system={system[0]}", of_system),
    ):
        took = timed(application.page("owner", f"/api/v1/components/facets/?{query}"), TIMES)
        raw = grouped(world, narrow)
        note = f"p95 {slow(took):.1f} ms; GROUP BY of each {raw * 1000:.0f} ms, {statistics.median(took) / raw:.3f} ×"
        yield Figure(f"all facets of {what}", middle(took), "ms", ("≤", 30), note)
    # Dated rows of the maker: what neither sums nor an index of its own answer. One facet is not narrowed by itself.
    query, narrow = f"manufacturer={maker[1]}&made_after=2018", of_maker | {"made_from__gt": "2018-12-31"}
    took = timed(application.page("owner", f"/api/v1/components/facets/?{query}"), 5, warm=1)
    raw = grouped(world, narrow, besides={"manufacturer": {"made_from__gt": "2018-12-31"}})
    yield Figure(
        "all facets of the largest maker made since 2019 ÷ GROUP BY of each",
        statistics.median(took) / raw,
        "×",
        ("≤", 1.5),
        f"{middle(took):.0f} against {raw * 1000:.0f} ms",
    )


def grouped(world, narrow, besides=None):
    """Seconds of a GROUP BY for each facet under the same role, the median of three."""
    connection.close()
    statements = []
    for name, column in kept.FACETS.items():
        column = CLASS if isinstance(column, Apart) else column
        queryset = components.SHAPE.listing().filter(**(besides or {}).get(name, narrow)).order_by()
        read = queryset.annotate(v_=text(column() if callable(column) else column)).values_list("v_")
        sql, given = read.query.get_compiler(connection=connection).as_sql()
        statements.append((GROUPED.format(sql=sql), given))
    with reading(world, "owner") as opened:
        cursor = psycopg.ClientCursor(opened)

        def every():
            for sql, given in statements:
                cursor.execute(sql, given).fetchall()

        return statistics.median(timed(every, 3, warm=1))
