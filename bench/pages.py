"""Pages of fifty components through the whole application in this process, and the same question in SQL."""

import hashlib
import io
from contextlib import contextmanager
from functools import partial
from urllib.parse import urlsplit

import orjson
import psycopg
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection

from .figures import Figure, middle, slow, timed
from .load import key_of, name_of
from .world import ASKED

TIMES = 60
SQL = """
SELECT c.id, c.reference, c.kind, c.basis, c.name, c.category_id, c.label, c.designator, c.marking, c.marking_state,
       c.published_text, c.quantity, c.date_code, c.made, c.made_from, c.made_to, c.marked_country_id, c.grade,
       c.authenticity, c.authenticity_test_id, c.condition, c.note, c.version, c.created_at, c.updated_at,
       s.reference, s.kind, s.title, w.slug, w.name, above.reference, m.slug, m.name, m.country_id, p.id, p.number,
       r.entry_id, r.url, a.name, o.slug
  FROM (SELECT i.id FROM unnest(current_setting('app.audiences')::int[]) audience
         CROSS JOIN LATERAL (SELECT id FROM catalogue_component
                              WHERE manufacturer_id = %s AND audience_id = audience AND voided_at IS NULL
                              ORDER BY id DESC LIMIT 51) i
         ORDER BY i.id DESC LIMIT 51) page
  JOIN catalogue_component c ON c.id = page.id
  JOIN catalogue_specimen s ON s.id = c.specimen_id
  JOIN catalogue_weaponsystem w ON w.id = s.system_id
  JOIN catalogue_organisation m ON m.id = c.manufacturer_id
  JOIN catalogue_audience a ON a.id = c.audience_id
  JOIN catalogue_agency o ON o.id = c.owner_id
  LEFT JOIN catalogue_component above ON above.id = c.parent_id
  LEFT JOIN catalogue_part p ON p.id = c.part_id
  LEFT JOIN catalogue_publishedrecord r ON r.id = c.published_record_id
 ORDER BY c.id DESC
"""


class Application:
    """The WSGI application as a server calls it, on one database of the benchmark."""

    def __init__(self, world):
        self.world = world
        self.handler = WSGIHandler()

    def enter(self):
        """From now on the connection is to this world's database, and stays open as in the web server."""
        connection.close()
        connection.settings_dict.update(NAME=name_of(self.world.size), CONN_MAX_AGE=None)

    def get(self, reader, address):
        """The body of the answer to GET; SystemExit unless it is 200."""
        parts = urlsplit(address)
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "127.0.0.1:8000",
            "HTTP_AUTHORIZATION": f"Bearer {key_of(reader)}",
            "wsgi.input": io.BytesIO(),
            "wsgi.url_scheme": "http",
        }
        told = []
        answer = self.handler(environ, lambda status, headers: told.append(status))
        body = b"".join(answer)
        answer.close()
        if not told[0].startswith("200"):
            raise SystemExit(f"{address} answered {told[0]}: {body[:300].decode()}")
        return body

    def address(self, maker, size=50):
        """The list of one of the three makers in ASKED."""
        slug = self.world.makers[ASKED[maker]][1]
        return f"/api/v1/components/?manufacturer={slug}&page_size={size}"

    def page(self, reader, address):
        """A call that asks for the page."""
        return lambda: self.get(reader, address)


@contextmanager
def reading(world, reader):
    """A psycopg connection as catalogue_app in a transaction that sees what `reader` may."""
    database = dict(connection.settings_dict)
    with psycopg.connect(
        host=database["HOST"], user=database["USER"], dbname=name_of(world.size), options=database["OPTIONS"]["options"]
    ) as opened:
        digest = hashlib.sha256(key_of(reader).encode()).digest()
        opened.execute("SELECT * FROM catalogue_enter_key(%s)", [digest]).fetchone()
        yield opened
        opened.rollback()


def against_sql(world):
    """The first page for two readers and three makers, against the same question asked in psycopg."""
    application = Application(world)
    application.enter()
    for reader in ("owner", "narrow"):
        for maker, rank in ASKED.items():
            address = application.address(maker)
            shown = len(orjson.loads(application.get(reader, address))["results"])
            page = timed(application.page(reader, address), TIMES)
            prepared, text = asked_in_sql(world, reader, rank)
            full = maker == "large"
            yield Figure(
                f"first page, {reader} reader, {maker} maker, ÷ SQL in psycopg",
                middle(page) / middle(prepared),
                "×",
                ("≤", 12) if full else None,
                f"{shown} rows: page {middle(page):.2f} ms (p95 {slow(page):.2f}), "
                f"SQL prepared {middle(prepared):.2f} ms, sent as text {middle(text):.2f} ms",
            )


def asked_in_sql(world, reader, rank):
    """Seconds of the same question in psycopg: by its own cursor, which prepares it, and sent as text."""
    given = [world.makers[rank][0]]
    with reading(world, reader) as opened:
        opened.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        cursors = opened.cursor(), psycopg.ClientCursor(opened)
        return [timed(partial(fetched, cursor, given), TIMES) for cursor in cursors]


def fetched(cursor, given):
    """The rows of SQL."""
    return cursor.execute(SQL, given).fetchall()


def depths(world):
    """Pages at a tenth, a half and 99 % of the large maker's list, against its first page."""
    application = Application(world)
    application.enter()
    address, found = application.address("large", 1000), []
    while address:
        found.append(address)
        address = orjson.loads(application.get("owner", address))["next"]
    calls = {
        share: application.page("owner", found[int(len(found) * share)].replace("page_size=1000", "page_size=50"))
        for share in (0, 0.1, 0.5, 0.99)
    }
    seconds = alternated(calls)
    first = middle(seconds[0])
    for share in (0.1, 0.5, 0.99):
        yield Figure(
            f"page at {share:.0%} of the list ÷ first page",
            middle(seconds[share]) / first,
            "×",
            ("≤", 1.3),
            f"{middle(seconds[share]):.2f} against {first:.2f} ms",
        )


def alternated(calls, rounds=6):
    """{name: seconds} of calls that take turns, so that a busy moment of the machine meets all of them."""
    seconds = {name: [] for name in calls}
    for _ in range(rounds):
        for name, call in calls.items():
            seconds[name] += timed(call, TIMES // 4, warm=3)
    return seconds


def growth(little, large):
    """The first page in a large catalogue against a little one."""
    seconds = {}
    asked = [("owner", "large"), ("owner", "middling"), ("narrow", "large")]
    for _ in range(3):
        for world in (little, large):
            application = Application(world)
            application.enter()
            for reader, maker in asked:
                call = application.page(reader, application.address(maker))
                seconds.setdefault((reader, maker, world.size), []).extend(timed(call, TIMES // 2))
    for reader, maker in asked:
        few, many = (middle(seconds[reader, maker, world.size]) for world in (little, large))
        yield Figure(
            f"first page, {reader} reader, {maker} maker: {large.size:,} ÷ {little.size:,} components",
            many / few,
            "×",
            ("≤", 1.5),
            f"{many:.2f} against {few:.2f} ms",
        )
