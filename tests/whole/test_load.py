"""Several agencies write and several readers read at the same time, over HTTP, on a catalogue that really runs."""

import csv
import io
import json
import random
import re
import threading
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.client import HTTPConnection

import psutil
import pytest
from PIL import Image

AGENCIES = ("laboratory", "partner")
EVERYBODY = (*AGENCIES, "nobody")  # circles of readers
MARK = re.compile(r"mark-[0-9a-f]{32}")
NOUNS = ("specimens", "components", "photos")
GROWTH = 30e6  # bytes that a web worker may take beyond what it took when warm
IDLE = 10  # seconds; the web server ends a connection that rests for fifteen
WARM = 0.25  # share of the time after which a worker is warm


class Caller:
    """One keep-alive connection of one reader; an answer of 500 or more, or none, fails."""

    def __init__(self, catalogue, key=""):
        self.connection, self.used = HTTPConnection("127.0.0.1", catalogue.port, timeout=60), 0
        self.headers = {"Authorization": f"Bearer {key}"} if key else {}

    def __call__(self, method, path, sent=None, kind="application/json"):
        """(status, text) of the answer; `sent` is made JSON unless it is bytes."""
        if time.monotonic() - self.used > IDLE:
            self.connection.close()
        body = json.dumps(sent) if isinstance(sent, dict) else sent
        self.connection.request(method, f"/api/v1/{path}", body, {**self.headers, "Content-Type": kind})
        answer = self.connection.getresponse()
        text = answer.read().decode(errors="replace")
        self.used = time.monotonic()
        assert answer.status < 500, f"{method} {path} was answered {answer.status}: {text}"
        return answer.status, text

    def rows(self, path):
        """All matches as NDJSON gives them."""
        status, text = self("GET", f"{path}{'&' if '?' in path else '?'}format=ndjson")
        assert status == 200, text
        return [json.loads(line) for line in text.splitlines()]


class Ledger:
    """Which circles may have seen a mark, and from when to when; each record that is written carries one of its own."""

    def __init__(self):
        self.opened, self.closed, self.marks = {}, {}, []

    def open(self, mark, circles):
        """`circles` may see it from now on: said before the request is sent."""
        for circle in circles:
            self.opened.setdefault((mark, circle), time.monotonic())
            self.closed.pop((mark, circle), None)
        self.marks.append(mark)

    def close(self, mark, circles):
        """`circles` may see it no longer: said when the request is answered."""
        for circle in circles:
            if (mark, circle) in self.opened:
                self.closed.setdefault((mark, circle), time.monotonic())

    def leaked(self, text, circle, begun, ended):
        """Marks in an answer that was asked for at `begun` and there at `ended`, and that `circle` must not see."""
        never = float("inf")
        return {
            mark
            for mark in set(MARK.findall(text))
            if self.opened.get((mark, circle), never) > ended or self.closed.get((mark, circle), never) < begun
        }

    def seen(self, circle):
        """Marks that `circle` sees now."""
        return {mark for mark, who in self.opened if who == circle and (mark, who) not in self.closed}


class Writer:
    """An analyst or curator of an agency, who alone changes the records of `mine`: {noun: {id: version}}."""

    def __init__(self, catalogue, ledger, key, agency, role, shared):
        self.another = partial(Caller, catalogue, key)
        self.call = self.another()
        self.ledger, self.agency, self.role, self.shared = ledger, agency, role, shared
        self.other = next(name for name in AGENCIES if name != agency)
        self.mine, self.voided, self.won = {noun: {} for noun in NOUNS}, [], 0
        self.random = random.Random(f"{agency} {role}")

    def handling(self):
        """(what is sent, circles that see it): an analyst records for the own agency alone."""
        choices = [({}, (self.agency,))]
        if self.role == "curator":
            choices += [
                ({"handling": "AMBER", "released_to": [self.other]}, AGENCIES),
                ({"handling": "GREEN"}, AGENCIES),
                ({"handling": "RED"}, ()),
            ]
            if self.agency == "laboratory":  # other stories of this catalogue take what is public for the laboratory's
                choices.append(({"handling": "CLEAR"}, EVERYBODY))
        return self.random.choice(choices)

    def add(self, noun, facts, text, handling, circles):
        """Record something that carries a mark in its field `text`; the record, with its mark."""
        mark = f"mark-{uuid.uuid4().hex}"
        self.ledger.open(mark, circles)
        status, answer = self.call("POST", f"{noun}/", {**facts, text: f"{mark}\nseen", **handling})
        assert status == 201, answer
        return self.keep(noun, answer) | {"mark": mark}

    def keep(self, noun, answer):
        record = json.loads(answer)
        self.mine[noun][record["id"]] = record["version"]
        return record

    def change(self, noun, record, changes):
        """PATCH at the version that was read last, which nobody else changes."""
        sent = {**changes, "version": self.mine[noun][record["id"]]}
        status, answer = self.call("PATCH", f"{noun}/{record['id']}/", sent)
        assert status == 200, answer
        return self.keep(noun, answer)

    # What a writer does

    def teardown(self):
        """A specimen with a board and two chips; then one or two things that happen to it."""
        handling, circles = self.handling()
        add = partial(self.add, handling=handling, circles=circles)
        specimen = add("specimens", {"system": "garpiya-a1", "serial_number": "0231"}, "note")
        found = {"specimen": specimen["reference"], "kind": "board", "name": "Flight control board"}
        board = add("components", found, "note")
        found = {"specimen": specimen["reference"], "parent": board["reference"], "quantity": 1}
        chips = [add("components", found, "marking"), add("components", found, "marking")]
        named = {"manufacturer": "stmicroelectronics", "part": "STM32F765VIT6", "confidence": "high"}
        self.change("components", chips[0], named)
        happens = [self.duel, self.void_chip, self.narrow, self.widen, self.photograph]
        for happening in self.random.sample(happens, 2):
            happening(specimen, board, chips, circles)
        self.contend()
        self.weave()

    def duel(self, specimen, board, chips, circles):
        """Two who read the same version change it: one is told that the other was faster."""
        chip, ready = chips[0]["id"], threading.Barrier(2)

        def send(call, condition):
            ready.wait(30)
            changes = {"condition": condition, "version": self.mine["components"][chip]}
            return call("PATCH", f"components/{chip}/", changes)

        with ThreadPoolExecutor(2) as both:
            sent = [both.submit(send, call, name) for call, name in ((self.call, "bent"), (self.another(), "burnt"))]
        won, lost = sorted(answer.result() for answer in sent)
        assert (won[0], lost[0]) == (200, 409), (won, lost)
        assert json.loads(lost[1])["current"]["version"] == self.keep("components", won[1])["version"]

    def void_chip(self, specimen, board, chips, circles):
        chip = chips.pop()
        status, answer = self.call("DELETE", f"components/{chip['id']}/?reason=entered%20twice")
        assert status == 204, answer
        del self.mine["components"][chip["id"]]
        self.voided.append(chip["id"])
        self.ledger.close(chip["mark"], EVERYBODY)

    def narrow(self, specimen, board, chips, circles):
        """The specimen to the own agency alone: all that was found in it goes along at once."""
        if circles == ():
            return
        self.change("specimens", specimen, {"handling": "AMBER+STRICT", "released_to": []})
        gone = [circle for circle in EVERYBODY if circle != self.agency]
        for record in (specimen, board, *chips):
            self.ledger.close(record["mark"], gone)

    def widen(self, specimen, board, chips, circles):
        """A curator releases the specimen and its board to the other agency; the chips stay."""
        if self.role != "curator" or circles != (self.agency,):
            return
        released = {"handling": "AMBER", "released_to": [self.other], "reason": "asked for"}
        for noun, record in (("specimens", specimen), ("components", board)):
            self.ledger.open(record["mark"], AGENCIES)
            self.change(noun, record, released)

    def photograph(self, specimen, board, chips, circles):
        picture, edge = io.BytesIO(), uuid.uuid4().hex
        Image.effect_noise((160, 120), 60).convert("RGB").save(picture, "JPEG")
        mark = f"mark-{uuid.uuid4().hex}"
        self.ledger.open(mark, [self.agency] if circles else [])
        fields = {"component": board["reference"], "caption": mark}
        parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n{text}' for name, text in fields.items()]
        head = f"--{edge}\r\n" + f"\r\n--{edge}\r\n".join(
            [*parts, 'Content-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n']
        )
        sent = head.encode() + picture.getvalue() + f"\r\n--{edge}--\r\n".encode()
        status, answer = self.call("POST", "photos/", sent, f"multipart/form-data; boundary={edge}")
        assert status == 201, answer
        self.keep("photos", answer)

    def contend(self):
        """All of an agency change one component; who was slower asks again another time."""
        path = f"components/{self.shared['component']}/"
        version = json.loads(self.call("GET", path)[1])["version"]
        status, answer = self.call("PATCH", path, {"condition": uuid.uuid4().hex, "version": version})
        assert status in (200, 409), answer
        self.won += status == 200

    def weave(self):
        """All of an agency move the legs of one route, some from the route and some from a leg."""
        legs, place = self.shared["legs"], self.random.randint(1, 9)
        if self.random.random() < 0.5:
            path = f"routes/{self.shared['route']}/"
            changes = {"legs": [{"reference": leg, "position": place + n} for n, leg in enumerate(legs)]}
        else:
            path = f"legs/{self.random.choice(legs)}/"
            changes = {"routes": [{"slug": self.shared["route"], "position": place}]}
        status, answer = self.call("PATCH", path, changes)
        assert status == 200, answer


class Reader:
    """Somebody of a circle who asks all the time, and looks at every answer for what must not be there."""

    def __init__(self, catalogue, ledger, key, circle):
        self.call, self.ledger, self.circle = Caller(catalogue, key), ledger, circle
        self.random = random.Random(circle)

    def read(self):
        noun = self.random.choice(("components", "components", "specimens", "photos", "routes", "legs"))
        mark = self.random.choice(self.ledger.marks[-500:])
        ask = (
            *("", "?page_size=200&count=true", "?format=ndjson", "?format=csv"),
            *(f"?q={mark}", f"?marking={mark}", "?manufacturer=stmicroelectronics"),
        )
        path = f"{noun}/{self.random.choice(ask if noun == 'components' else ask[:4])}"
        begun = time.monotonic()
        status, text = self.call("GET", path)
        leaked = self.ledger.leaked(text, self.circle, begun, time.monotonic())
        assert status == 200, text
        assert leaked == set(), f"{path} showed {self.circle} what it may not see: {leaked}"


class Load:
    """The people of one test, on one catalogue."""

    def __init__(self, catalogue):
        self.catalogue, self.ledger = catalogue, Ledger()
        with ThreadPoolExecutor() as both:
            keys = dict(zip(AGENCIES, both.map(self.keys, AGENCIES), strict=True))
        self.writers = []
        for agency in AGENCIES:
            shared = self.shared(Caller(catalogue, keys[agency]["curator"]))
            self.writers += [
                Writer(catalogue, self.ledger, key, agency, role, shared) for role, key in keys[agency].items()
            ]
        self.keys_of = {agency: keys[agency]["analyst"] for agency in AGENCIES} | {"nobody": ""}
        self.readers = [Reader(catalogue, self.ledger, key, circle) for circle, key in self.keys_of.items()]

    def keys(self, agency):
        issue = partial(self.catalogue.manage, "issue_key", "--agency", agency, "--create", "--ceiling", "RED")
        return {role: issue("--role", role) for role in ("analyst", "curator")}

    def shared(self, call):
        """What everybody of an agency changes: a component, and two legs of a route."""

        def post(path, sent):
            status, answer = call("POST", path, sent)
            assert status == 201, answer
            return json.loads(answer)

        specimen = post("specimens/", {"system": "garpiya-a1"})["reference"]
        legs = [post("legs/", {"status": "alleged", "from": {"known": "?"}})["reference"] for _ in range(2)]
        route = post("routes/", {"title": "Under load", "legs": [{"reference": leg} for leg in legs]})["slug"]
        return {"component": post("components/", {"specimen": specimen})["id"], "legs": legs, "route": route}

    def run(self, seconds):
        """Everybody works for so long, or until one of them meets what must not be; bytes that a worker gained."""
        self.writers[0].teardown()
        until, self.wrong = time.monotonic() + seconds, []
        everybody = [w.teardown for w in self.writers] + [r.read for r in self.readers]
        threads = [threading.Thread(target=self.repeat, args=(work, until)) for work in everybody]
        for thread in threads:
            thread.start()
        time.sleep(seconds * WARM)
        warm = memory(self.catalogue)
        for thread in threads:
            thread.join()
        assert self.wrong == []
        now = memory(self.catalogue)
        assert now.keys() == warm.keys(), "a web worker was replaced"
        return max(now[pid] - warm[pid] for pid in now)

    def repeat(self, work, until):
        try:
            while time.monotonic() < until and not self.wrong:
                work()
        except Exception as problem:
            self.wrong.append(f"{type(problem).__name__}: {problem}")


def memory(catalogue):
    """{process: bytes it holds} of the web workers."""
    own = psutil.Process(catalogue.process.pid)
    masters = [child for child in own.children() if "gunicorn" in child.cmdline()]
    return {worker.pid: worker.memory_info().rss for master in masters for worker in master.children()}


def check(load):
    """What is there when all have stopped."""
    for writer in load.writers:
        for noun in NOUNS:
            there = {row["id"]: row["version"] for row in writer.call.rows(f"{noun}/")}
            assert writer.mine[noun].items() <= there.items(), f"{noun} of the {writer.agency}'s {writer.role}"
            assert there.keys().isdisjoint(writer.voided)
        for voided in writer.voided[-20:]:
            assert json.loads(writer.call("GET", f"components/{voided}/")[1])["voided"]
    won = Counter()
    for writer in load.writers:
        won[writer.shared["component"]] += writer.won
    for writer in load.writers:
        path = f"components/{writer.shared['component']}/"
        assert json.loads(writer.call("GET", path)[1])["version"] == 1 + won[writer.shared["component"]]
    for circle, key in load.keys_of.items():
        call = Caller(load.catalogue, key)
        count = json.loads(call("GET", "components/?count=true&page_size=1")[1])["count"]
        table = list(csv.DictReader(io.StringIO(call("GET", "components/?format=csv")[1])))
        assert count == len(table) == len(call.rows("components/")), circle
        texts = [call("GET", f"{noun}/?format=ndjson")[1] for noun in NOUNS]
        assert set(MARK.findall("".join(texts))) == load.ledger.seen(circle), circle


@pytest.fixture(scope="module")
def load(catalogue):
    return Load(catalogue)


def test_a_leg_and_a_route_that_move_the_same_step_at_once_both_answer(load):
    with ThreadPoolExecutor() as all_at_once:
        for done in [all_at_once.submit(lambda w=w: [w.weave() for _ in range(10)]) for w in load.writers]:
            done.result()


def test_writers_and_readers_at_once_lose_nothing_and_see_nothing_above_their_audience(load):
    assert load.run(3) < GROWTH
    check(load)


@pytest.mark.soak
def test_five_minutes_of_writers_and_readers_lose_nothing_leak_nothing_and_do_not_grow(load):
    assert load.run(300) < GROWTH
    check(load)
