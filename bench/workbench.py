"""The bench page in a real browser, of a catalogue that runs as `make run` starts it: how soon it comes, and how soon
what is typed is painted, out of a trace of Chromium."""

import io
import json
from urllib.parse import urljoin

from PIL import Image
from playwright.sync_api import expect, sync_playwright

from tests.whole.benches import at_the_bench, begun, paste, rows
from tests.whole.browsing import launched
from tests.whole.conftest import started
from tests.whole.people import employ, sign_in

from .figures import Figure, middle, slow, timed

COMPONENTS, PHOTOGRAPHS, MOST_SERVED = 300, 60, 150  # milliseconds of the server, in the median
ROWS, KEYS, MOST_PAINTED = 1000, 100, 50  # milliseconds from a key to the next paint, in the median
PAUSE = 60  # milliseconds between two keys: a fast typist
# What a trace is asked for: when a key was handled, and when something was painted.
CATEGORIES = ["devtools.timeline", "disabled-by-default-devtools.timeline", "toplevel", "blink.user_timing"]


def figures():
    """What the limits of the bench page are about."""
    with started() as catalogue, sync_playwright() as playwright:
        employ(catalogue)
        page = launched(playwright).new_page(viewport={"width": 1440, "height": 900})
        page.goto(catalogue.url + "/sign-in/")
        sign_in(page, "taras", "/")
        yield served(page)
        yield from painted(page)


def served(page):
    """How long the server takes for a bench of 300 components and 60 photographs, asked over loopback."""
    address = begun(page)
    reference = address.rstrip("/").split("/")[-2]
    for n in range(COMPONENTS):
        send(page, "/api/v1/components/", part(reference, n))
    for n in range(PHOTOGRAPHS):
        sheet = io.BytesIO()
        Image.new("RGB", (64, 48), (n, 4 * n, 90)).save(sheet, "JPEG")
        file = {"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": sheet.getvalue()}
        send(page, "/api/v1/photos/", multipart={"specimen": reference, "file": file})
    took = timed(lambda: page.request.get(address).body(), 15)
    what = f"bench of {COMPONENTS} components and {PHOTOGRAPHS} photographs"
    return Figure(what, middle(took), "ms", ("≤", MOST_SERVED), f"p95 {slow(took):.1f} ms")


def part(specimen, n):
    return {"specimen": specimen, "kind": "part", "designator": f"U{n}", "marking": f"INV-{n}\n2231"}


def send(page, path, data=None, multipart=None):
    """POST as the page's own scripts do."""
    token = next(one["value"] for one in page.context.cookies() if "csrf" in one["name"])
    headers = {"X-CSRFToken": token, "Referer": page.url}
    answer = page.request.post(urljoin(page.url, path), data=data, multipart=multipart, headers=headers)
    assert answer.ok, answer.text()


def painted(page):
    """How soon a key is painted in a sheet of a thousand rows: of what is typed, and of an arrow that is held down.

    Without a network: a server that saves a thousand rows on the same cores is another measurement.
    """
    at_the_bench(page, begun(page))
    page.context.set_offline(True)
    paste(page, "\n".join(line(n) for n in range(ROWS)))
    expect(rows(page)).to_have_count(ROWS)
    page.wait_for_timeout(5000)  # what was pasted is kept in the browser by then
    page.keyboard.press("Control+Home")
    page.keyboard.press("ArrowRight")
    walked = traced(page, lambda n: page.keyboard.press(("ArrowDown", "ArrowRight")[n % 10 == 9]))
    page.keyboard.press("Control+End")
    typed = traced(page, lambda n: page.keyboard.press("Enter" if n % 10 == 9 else "x"))
    for what, took in (("typing", typed), ("walking", walked)):
        name = f"{ROWS:,} rows, key to paint while {what}, {KEYS} keys"
        yield Figure(name, middle(took), "ms", ("≤", MOST_PAINTED), f"p95 {slow(took):.1f} ms")


def line(n):
    """A row as a spreadsheet hands it over."""
    return "\t".join(
        [f"U{n}", f"Chip {n}", f"INV-{n}", "", "", "", "1", "2231", "", f"S-{n}", "good", "", "", "as found"]
    )


def traced(page, press):
    """Seconds from each of KEYS keys, which `press` gives one after the other, to the end of the next paint."""
    page.context.browser.start_tracing(page=page, categories=CATEGORIES)
    for n in range(KEYS):
        press(n)
        page.wait_for_timeout(PAUSE)
    page.wait_for_timeout(300)
    events = json.loads(page.context.browser.stop_tracing())["traceEvents"]
    keys = sorted(
        event["ts"]
        for event in events
        if event["name"] == "EventDispatch" and event.get("args", {}).get("data", {}).get("type") == "keydown"
    )
    paints = sorted(event["ts"] + event.get("dur", 0) for event in events if event["name"] == "Paint")
    assert len(keys) == KEYS and paints
    return [(next(paint for paint in paints if paint > key) - key) / 1e6 for key in keys]
