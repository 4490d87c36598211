"""What the bench does not save at once: refused, in conflict, without a network, left behind at sign-out."""

import re
from urllib.parse import urljoin

import pytest
from playwright.sync_api import expect

from .benches import WAITING, Typist, all_saved, at_the_bench, begun, recorded, rows, shell_kept, texts
from .browsing import CHROMIUM, QUIET
from .people import sign_in


@pytest.fixture
def refusing(catalogue, chromium):
    """Like `signed_in`, where the server refuses something: the browser notes that in its console, and nothing else."""
    contexts, said = [], []

    def open_(name="taras"):
        contexts.append(chromium.new_context(viewport={"width": 1440, "height": 900}))
        page = contexts[-1].new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(catalogue.url + "/sign-in/")
        return sign_in(page, name, "/")

    yield open_
    for context in contexts:
        context.close()
    assert [text for text in said if not re.search(r"responded with a status of (400|409)", text)] == []


def test_what_a_row_is_refused_for_stands_at_its_cell(refusing):
    page = refusing()
    address = begun(page)
    typist = at_the_bench(page, address)
    typist.types("U1")
    typist.presses(*["ArrowRight"] * 9)
    typist.types("S-17")
    typist.presses("Enter")
    expect(page.get_by_text("Serial numbers belong to single pieces")).to_be_visible()
    expect(page.locator(".c-quantity.wrong")).to_be_visible()
    expect(rows(page).first).to_contain_text("Refused")
    typist.presses("ArrowUp", "ArrowLeft", "ArrowLeft", "ArrowLeft")
    typist.types("1")
    typist.presses("Enter")
    all_saved(page)
    answer = page.request.get(urljoin(address, recorded(page, address)[0]["url"])).json()
    assert answer["identifiers"] == [{"kind": "serial", "text": "S-17", "electronic": False}]

    # A marking stays as it was read: the row is recorded anew.
    typist.presses("ArrowUp", *["ArrowLeft"] * 4)
    typist.types("AB")
    typist.presses("Enter")
    all_saved(page)
    typist.presses("ArrowUp")
    typist.types("A8")
    typist.presses("Enter")
    page.get_by_role("button", name="Record anew").click()
    page.get_by_role("button", name="New row").click()
    all_saved(page)
    assert [row["marking"] for row in recorded(page, address)] == ["A8"]


def test_of_two_analysts_on_one_row_the_second_sees_both_values_and_chooses(refusing):
    taras, iryna = refusing("taras"), refusing("iryna")
    address = begun(taras)
    typist = at_the_bench(taras, address)
    typist.types("U1")
    typist.presses("Enter")
    all_saved(taras)
    second = at_the_bench(iryna, address)
    typist.presses("ArrowUp", "ArrowRight")
    typist.types("Power stage")
    typist.presses("Enter")
    all_saved(taras)
    second.presses("ArrowRight")
    second.types("Radio")
    second.presses("Tab", "Tab", "Tab")
    second.types("7")
    second.presses("Enter")
    panel = iryna.locator(".bench-panel")
    expect(panel).to_contain_text("Somebody changed this row at the same time.")
    expect(panel).to_contain_text("Power stage")
    expect(panel).to_contain_text("Radio")
    expect(rows(iryna).first).to_contain_text("Conflict")
    panel.get_by_role("button", name="What it is: Keep mine").click()
    all_saved(iryna)
    (row,) = recorded(iryna, address)
    assert (row["name"], row["quantity"]) == ("Radio", 7)


def test_what_is_typed_without_a_network_survives_a_restart_and_goes_out_in_order(catalogue, chromium, tmp_path):
    def browser(offline=False):
        context = chromium.browser_type.launch_persistent_context(
            tmp_path / "profile", executable_path=CHROMIUM, args=QUIET, offline=offline
        )
        page = context.pages[0]
        page.on("pageerror", lambda error: said.append(str(error)))
        return context, page

    said = []
    context, page = browser()
    page.goto(catalogue.url + "/sign-in/")
    address = begun(sign_in(page, "taras", "/"))
    typist = at_the_bench(page, address)
    typist.types("ONLINE")
    typist.presses("Enter")
    all_saved(page)
    shell_kept(page)
    context.set_offline(True)
    for n in range(3):
        typist.types(f"OFF{n}")
        typist.presses("Tab")
        typist.types(f"M-{n}")
        typist.presses("Enter")
    typist.types("HALF")  # still in the editor
    expect(page.locator("[data-said]")).to_contain_text("No connection. What Taras K. typed waits in this browser")
    expect(rows(page).nth(1)).to_contain_text("Waiting")
    page.wait_for_timeout(500)
    context.close()

    context, page = browser(offline=True)
    page.goto(address)
    expect(page.locator("[data-said]")).to_contain_text("What Taras K. typed waits in this browser: 4.")
    assert texts(page, "designator") == ["OFF0", "OFF1", "OFF2", "HALF"]
    typist = Typist(page)
    typist.presses("Enter")
    typist.types("LATER")
    typist.presses("Enter")
    context.set_offline(False)
    expect(page.locator("[data-said]")).to_contain_text("Everything is saved.", timeout=60_000)
    assert [row["designator"] for row in recorded(page, address)] == ["ONLINE", "OFF0", "OFF1", "OFF2", "HALF", "LATER"]
    assert page.evaluate(WAITING) == 0

    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    assert page.evaluate("async () => (await indexedDB.databases()).map(({name}) => name)") == []
    assert page.evaluate("async () => await caches.keys()") == []
    context.close()
    assert said == []


# The browser hears that something is written long after it was, as on a slow disk.
SLOW_DISK = """() => {
    const listen = EventTarget.prototype.addEventListener;
    IDBTransaction.prototype.addEventListener = function (kind, heard) {
        listen.call(this, kind, kind === "complete" ? () => setTimeout(heard, 60_000) : heard);
    };
}"""


def test_what_is_typed_just_before_the_page_is_left_on_a_slow_disk_is_there_afterwards(catalogue, chromium):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(catalogue.url + "/sign-in/")
    typist = at_the_bench(page, begun(sign_in(page, "taras", "/")))
    shell_kept(page)
    context.set_offline(True)
    page.evaluate(SLOW_DISK)
    typist.types("KEPT1")
    typist.presses("Enter")
    typist.types("KEPT2")
    page.reload()
    expect(page.locator("[data-said]")).to_contain_text("waits in this browser: 2.")
    assert texts(page, "designator") == ["KEPT1", "KEPT2"]
    context.close()


def test_who_signs_out_is_asked_about_what_waits(catalogue, chromium):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(catalogue.url + "/sign-in/")
    typist = at_the_bench(page, begun(sign_in(page, "taras", "/")))
    context.set_offline(True)
    typist.types("U1")
    typist.presses("Enter")
    expect(page.locator("[data-said]")).to_contain_text("waits in this browser: 1.")
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    with page.expect_event("dialog"):
        page.get_by_role("button", name="Sign out").click()
    expect(rows(page).first).to_contain_text("U1")
    assert asked == ["1 not sent yet. Signing out removes what waits in this browser. Sign out all the same?"]
    assert page.evaluate(WAITING) == 1
    context.close()
