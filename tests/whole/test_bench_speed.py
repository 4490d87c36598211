"""How soon what is typed is painted in a sheet of a thousand rows, out of a trace of Chromium."""

import json
from statistics import median, quantiles

from playwright.sync_api import expect

from .people import employ, sign_in
from .test_bench import at_the_bench, begun, paste, rows

ROWS = 1000
KEYS = 100
PAUSE = 60  # milliseconds between two keys: a fast typist
# Milliseconds from a key to the next paint, in the median: of what is typed, and of an arrow that is held down.
MOST = {"typing": 50, "walking": 50}
# What a trace is asked for: when a key was handled, and when something was painted.
CATEGORIES = ["devtools.timeline", "disabled-by-default-devtools.timeline", "toplevel", "blink.user_timing"]


def to_paint(trace):
    """Milliseconds from each key to the end of the first paint after it."""
    events = json.loads(trace)["traceEvents"]
    keys = sorted(
        event["ts"]
        for event in events
        if event["name"] == "EventDispatch" and event.get("args", {}).get("data", {}).get("type") == "keydown"
    )
    paints = sorted(event["ts"] + event.get("dur", 0) for event in events if event["name"] == "Paint")
    assert len(keys) == KEYS and paints
    return [(next(paint for paint in paints if paint > key) - key) / 1000 for key in keys]


def traced(page, press):
    """What a trace says of KEYS keys that `press` gives, one after the other."""
    page.context.browser.start_tracing(page=page, categories=CATEGORIES)
    for n in range(KEYS):
        press(n)
        page.wait_for_timeout(PAUSE)
    page.wait_for_timeout(300)
    return to_paint(page.context.browser.stop_tracing())


def test_in_a_thousand_rows_a_key_is_painted_at_once(catalogue, chromium):
    employ(catalogue, "taras")
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    page.goto(catalogue.url + "/sign-in/")
    at_the_bench(page, begun(sign_in(page, "taras", "/")))
    page.context.set_offline(True)  # a server that saves a thousand rows on the same two cores is another measurement
    filled = "\n".join(
        "\t".join([f"U{n}", f"Chip {n}", f"INV-{n}", "", "", "", "1", "2231", "", f"S-{n}", "good", "", "", "as found"])
        for n in range(ROWS)
    )
    paste(page, filled)
    expect(rows(page)).to_have_count(ROWS)
    page.wait_for_timeout(5000)  # what was pasted is kept in the browser by then
    page.keyboard.press("Control+Home")
    page.keyboard.press("ArrowRight")
    walked = traced(page, lambda n: page.keyboard.press(("ArrowDown", "ArrowRight")[n % 10 == 9]))
    page.keyboard.press("Control+End")
    typed = traced(page, lambda n: page.keyboard.press("Enter" if n % 10 == 9 else "x"))
    for what, times in (("typing", typed), ("walking", walked)):
        told = f"{median(times):.1f} ms in the median, {quantiles(times, n=20)[-1]:.1f} ms for the slowest twentieth"
        print(f"{ROWS} rows, {KEYS} keys, key to paint while {what}: {told}")
        assert median(times) <= MOST[what]
    page.context.close()
