"""The real web server on loopback: requests a second, and streams with the memory they take."""

import http.client
import selectors
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import psutil
from django.db import connection

from catalogue.queries import components
from forensics import env, postgres

from .figures import Figure, clocked, middle, slow
from .load import key_of, url_of
from .pages import Application, reading

CONNECTIONS, SECONDS, WARM = 8, 6.0, 1.5
PROCESSOR = 2000 / 400  # milliseconds on two cores that 400 requests a second leave to each


@contextmanager
def serving(world):
    """(port, process) of gunicorn with two workers on this world's database."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        "DATABASE_URL": url_of(world.size),
        "FORENSICS_ROLE": "catalogue_app",
        "FORENSICS_PERSISTENT": 1,
        "PORT": port,
        "HOST": "127.0.0.1",
        "WORKERS": 2,
    }
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "python:forensics.gunicorn_conf"],
        cwd=postgres.ROOT,
        env=env.inherited(**settings),
    )
    try:
        wait(port, server)
        yield port, psutil.Process(server.pid)
    finally:
        server.terminate()
        server.wait(30)


def wait(port, server):
    """Return when the server answers."""
    for _ in range(300):
        if server.poll() is not None:
            raise SystemExit("The web server ended at its start; what it said stands above.")
        try:
            ask(port, "/api/v1/health/", "owner").read()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The web server did not answer within 30 seconds.")


def ask(port, address, reader):
    """The answer to GET, its body still to be read."""
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    client.request("GET", address, headers={"Authorization": f"Bearer {key_of(reader)}"})
    return client.getresponse()


class Caller:
    """One keep-alive connection that asks the same again and again."""

    def __init__(self, port, address, reader):
        self.request = (
            f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {key_of(reader)}\r\n\r\n"
        ).encode()
        self.port, self.buffer = port, bytearray(1 << 20)
        self.connect()

    def connect(self):
        self.socket = socket.create_connection(("127.0.0.1", self.port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self):
        """Ask."""
        self.filled, self.wanted = 0, None
        self.begun = time.perf_counter()
        self.socket.sendall(self.request)

    def receive(self):
        """Seconds since asking when the answer is whole, else None."""
        count = self.socket.recv_into(memoryview(self.buffer)[self.filled :])
        if not count:
            raise SystemExit("The server closed a connection in the middle.")
        self.filled += count
        if self.wanted is None:
            end = self.buffer.find(b"\r\n\r\n", 0, self.filled)
            if end < 0:
                return None
            head = bytes(self.buffer[:end]).lower()
            if b" 200 " not in head[:20]:
                raise SystemExit(f"The server answered {head[:60].decode()}")
            length = int(head.partition(b"content-length:")[2].split(b"\r\n", 1)[0])
            self.wanted = end + 4 + length
        return time.perf_counter() - self.begun if self.filled >= self.wanted else None


def requests_a_second(world):
    """First pages at eight connections, for both readers."""
    application = Application(world)
    with serving(world) as (port, server):
        for reader in ("owner", "narrow"):
            before = processor(server)
            took, span, own = pressed(port, application.address("large"), reader)
            python, postgresql = (now - then for now, then in zip(processor(server), before, strict=True))
            each = 1000 / len(took) * span / (span + WARM)
            yield Figure(
                f"requests a second, {reader} reader, {CONNECTIONS} connections, two workers",
                len(took) / span,
                "/s",
                ("≥", 400),
                f"median {middle(took):.1f} ms, p95 {slow(took):.1f}; the asking process took {own:.0%} of one core",
            )
            yield Figure(
                f"processor time a request, {reader} reader",
                (python + postgresql) * each,
                "ms",
                ("≤", PROCESSOR),
                f"Python {python * each:.2f}, PostgreSQL {postgresql * each:.2f}; on two cores enough for "
                f"{2000 / ((python + postgresql) * each):,.0f}/s",
            )


def processor(server):
    """(Python's, PostgreSQL's) processor seconds so far."""
    postmaster = int((postgres.cluster().data / "postmaster.pid").read_text().split()[0])
    workers = server.children(recursive=True)
    return [sum(sum(p.cpu_times()[:2]) for p in found) for found in (workers, psutil.Process(postmaster).children())]


def pressed(port, address, reader):
    """(seconds of each request, seconds in all, share of a core used here) under steady load."""
    callers = [Caller(port, address, reader) for _ in range(CONNECTIONS)]
    waiting = selectors.DefaultSelector()
    for caller in callers:
        waiting.register(caller.socket, selectors.EVENT_READ, caller)
        caller.send()
    took, begun, cpu = [], time.perf_counter(), time.process_time()
    counted_from = begun + WARM
    while (now := time.perf_counter()) < counted_from + SECONDS:
        for key, _ in waiting.select(1):
            seconds = key.data.receive()
            if seconds is None:
                continue
            if now >= counted_from:
                took.append(seconds)
            key.data.send()
    share = (time.process_time() - cpu) / (WARM + SECONDS)
    for caller in callers:
        caller.socket.close()
    return took, SECONDS, share


def streams(world):
    """All components as CSV over HTTP against COPY of the same query under the same role; and the memory taken."""
    with serving(world) as (port, server):
        drain(ask(port, "/api/v1/components/?format=csv&kind=board", "owner"))
        copied = [copy_rate(world) for _ in range(2)]
        streamed, grown = watched(server, lambda: stream_rate(port, "csv"))
        copied.append(copy_rate(world))
        rows = copied[0][0]
        best = max(rows / seconds for _, seconds in copied)
        rate = rows / streamed
        yield Figure(
            "CSV stream ÷ COPY of the same query",
            rate / best * 100,
            "%",
            ("≥", 65),
            f"{rate:,.0f} against {best:,.0f} rows/s, {rows:,} rows",
        )
        yield Figure("memory a worker gained meanwhile", grown, "MB", ("≤", 40), "resident, at its highest")
        streamed = stream_rate(port, "ndjson")
        yield Figure("NDJSON stream", rows / streamed, "rows/s")


def stream_rate(port, form):
    """Seconds to read the whole stream."""
    return clocked(lambda: drain(ask(port, f"/api/v1/components/?format={form}", "owner")))


def drain(answer):
    """Read to the end in large pieces; http.client raises when the stream is cut."""
    while answer.read(1 << 20):
        pass


def copy_rate(world):
    """(rows, seconds) of COPY under the role, read and thrown away."""
    connection.close()
    sql, parameters = components.SHAPE.csv_sql(components.SHAPE.listing())
    with reading(world, "owner") as opened, opened.cursor() as cursor:
        begun = time.perf_counter()
        with cursor.copy(f"COPY ({sql}) TO STDOUT WITH (FORMAT csv, HEADER true)", parameters) as copy:
            for _ in copy:
                pass
        return cursor.rowcount, time.perf_counter() - begun


def watched(server, call):
    """(what `call` gives, megabytes by which a worker grew at most)."""
    workers = server.children()
    before, peak, over = {w.pid: w.memory_info().rss for w in workers}, [0], threading.Event()

    def look():
        while not over.wait(0.05):
            peak[0] = max(peak[0], *(w.memory_info().rss - before[w.pid] for w in workers))

    looker = threading.Thread(target=look)
    looker.start()
    try:
        return call(), peak[0] / 1e6
    finally:
        over.set()
        looker.join()
