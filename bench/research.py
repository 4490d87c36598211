"""Answers at a million components: the whole interface against the same figures in SQL, under the same role."""

import json
from functools import partial

import orjson

from .figures import Figure, middle, slow, timed
from .pages import Application, reading

RATIO, MOST, TIMES = 1.5, 500, 5  # times the SQL; milliseconds for one specimen
FORCE = "c.voided_at IS NULL"
HALF = "make_date(extract(year FROM {0})::int, CASE WHEN extract(month FROM {0}) < 7 THEN 1 ELSE 7 END, 1)"
UNDATED = "count(*) FILTER (WHERE c.made = '')"
CLASS = """CASE WHEN c.made_from IS NULL AND c.made_to IS NULL THEN 'undated'
  WHEN c.made_to < '2022-02-24' THEN 'before'
  WHEN c.made_from < '2022-02-24' THEN 'span' WHEN o.country_id IS NULL THEN 'seat' ELSE 'none' END"""
PIECES = "sum(coalesce(c.quantity, 1))"
# {the answer's address: the same figures in one statement, as one writes it by hand}.
ASKED = {
    "shares/": f"""SELECT o.slug, o.name, count(*), {UNDATED} FROM catalogue_component c
        LEFT JOIN catalogue_organisation o ON o.id = c.manufacturer_id WHERE {FORCE} GROUP BY 1, 2 ORDER BY 3 DESC""",
    "shares/?by=country": f"""SELECT o.country_id, count(*), {UNDATED} FROM catalogue_component c
        LEFT JOIN catalogue_organisation o ON o.id = c.manufacturer_id WHERE {FORCE} GROUP BY 1 ORDER BY 2 DESC""",
    "shares/?by=country&country=marked&unit=pieces": f"""SELECT c.marked_country_id, {PIECES}, {UNDATED}
        FROM catalogue_component c WHERE {FORCE} GROUP BY 1 ORDER BY 2 DESC""",
    "shares/?unit=specimens&per=system": f"""SELECT s.system_id, o.name, count(DISTINCT c.specimen_id),
          count(DISTINCT c.specimen_id) FILTER (WHERE c.made = '') FROM catalogue_component c
        JOIN catalogue_specimen s ON s.id = c.specimen_id
        LEFT JOIN catalogue_organisation o ON o.id = c.manufacturer_id
        WHERE {FORCE} AND s.kind = 'single' GROUP BY GROUPING SETS ((1, 2), (1)) ORDER BY 3 DESC""",
    "dating/": f"""SELECT {CLASS}, count(*) FROM catalogue_component c
        LEFT JOIN catalogue_organisation o ON o.id = c.manufacturer_id WHERE {FORCE} GROUP BY 1""",
    "timeline/": f"""SELECT {HALF.format("c.made_from::timestamp")}, {HALF.format("c.made_to::timestamp")}, {CLASS},
          count(*) FROM catalogue_component c LEFT JOIN catalogue_organisation o ON o.id = c.manufacturer_id
        WHERE {FORCE} GROUP BY 1, 2, 3 ORDER BY 1""",
    "assembly/": f"""SELECT DISTINCT ON (c.specimen_id) c.specimen_id, c.made_from, c.reference, c.date_code,
          count(*) OVER (PARTITION BY c.specimen_id) FROM catalogue_component c
        JOIN catalogue_specimen s ON s.id = c.specimen_id AND s.kind = 'single'
        WHERE {FORCE} ORDER BY c.specimen_id, c.made_from DESC NULLS LAST, c.id""",
    "lag/": f"""SELECT floor((s.recovered_from - c.made_to + s.recovered_to - c.made_from) / 2.0 / 183), count(*),
          min(s.recovered_from - c.made_to), max(s.recovered_to - c.made_from),
          percentile_disc(0.5) WITHIN GROUP (ORDER BY s.recovered_from - c.made_to),
          percentile_disc(0.5) WITHIN GROUP (ORDER BY s.recovered_to - c.made_from)
        FROM catalogue_component c JOIN catalogue_specimen s ON s.id = c.specimen_id WHERE {FORCE} GROUP BY 1""",
    "seen/": f"""SELECT o.slug, count(*), count(DISTINCT s.id), count(DISTINCT s.system_id), min(s.recovered_from),
          max(s.recovered_to), min(c.made_from), max(c.made_to), {UNDATED} FROM catalogue_component c
        JOIN catalogue_specimen s ON s.id = c.specimen_id LEFT JOIN catalogue_organisation o ON o.id = c.manufacturer_id
        WHERE {FORCE} GROUP BY 1 ORDER BY 2 DESC""",
    "substitution/": f"""SELECT {HALF.format("s.recovered_from::timestamp")}, o.country_id, count(*), {UNDATED}
        FROM catalogue_component c JOIN catalogue_specimen s ON s.id = c.specimen_id
        LEFT JOIN catalogue_organisation o ON o.id = c.manufacturer_id WHERE {FORCE} GROUP BY 1, 2""",
    "makers/?makers=made": f"""SELECT o.slug, o.name, c.made_from, count(*), {UNDATED} FROM catalogue_component c
        LEFT JOIN catalogue_organisation o ON o.id = c.manufacturer_id WHERE {FORCE}
        GROUP BY 1, 2, 3 ORDER BY 4 DESC""",
    "commonality/": f"""SELECT c.part_id, upper(c.date_code), count(DISTINCT c.specimen_id), count(*),
          array_agg(DISTINCT c.specimen_id) FROM catalogue_component c
        JOIN catalogue_specimen s ON s.id = c.specimen_id AND s.kind = 'single'
        WHERE {FORCE} AND c.part_id IS NOT NULL AND c.date_code <> '' GROUP BY 1, 2
        HAVING count(DISTINCT c.specimen_id) > 1 ORDER BY 3 DESC LIMIT 50""",
    "claims/": f"""SELECT s.system_id, o.country_id, count(*), count(DISTINCT c.part_id) FROM catalogue_component c
        JOIN catalogue_specimen s ON s.id = c.specimen_id LEFT JOIN catalogue_organisation o ON o.id = c.manufacturer_id
        WHERE {FORCE} GROUP BY GROUPING SETS ((1, 2), (1), (2), ())""",
}  # fmt: skip


def figures(world):
    """Each answer for the owner's reader, and what one specimen shares with all others."""
    application = Application(world)
    application.enter()
    with reading(world, "owner") as database:
        for address, sql in ASKED.items():
            answered = timed(application.page("owner", f"/api/v1/research/{address}"), TIMES, warm=1)
            asked = timed(partial(all_rows, database, sql), TIMES, warm=1)
            yield Figure(
                f"answer: {address}, ÷ SQL in psycopg",
                middle(answered) / middle(asked),
                "×",
                ("≤", RATIO),
                f"answer {middle(answered):.0f} ms, SQL {middle(asked):.0f} ms",
            )
    found = orjson.loads(application.get("owner", "/api/v1/components/?page_size=1"))["results"][0]
    reference = found["specimen"]["reference"]
    for what in ("batches", "parts", "boards"):
        address = f"/api/v1/research/commonality/?what={what}&of={reference}"
        shared = len(json.loads(application.get("owner", address))["results"])
        took = timed(application.page("owner", address), TIMES, warm=1)
        yield Figure(
            f"answer: {what} that one specimen shares", middle(took), "ms", ("≤", MOST),
            f"{shared} specimens shown, p95 {slow(took):.0f} ms",
        )  # fmt: skip


def all_rows(database, sql):
    database.execute(sql).fetchall()
