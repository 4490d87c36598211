"""A teardown at the bench, in a real browser: by keyboard, without a network, by two at once, out of a spreadsheet."""

import io
import re
from urllib.parse import urljoin

import pytest
from PIL import Image
from playwright.sync_api import expect

from .browsing import CHROMIUM, QUIET
from .looking import faults
from .people import employ, sign_in

# How many rows wait in the browser.
WAITING = """async () => {
    const db = await new Promise((done) => {
        const asked = indexedDB.open("bench");
        asked.onsuccess = () => done(asked.result);
    });
    const waiting = await new Promise((done) => {
        const asked = db.transaction("rows").objectStore("rows").count();
        asked.onsuccess = () => done(asked.result);
    });
    db.close();
    return waiting;
}"""
LOGGED = 40  # components of the log
MOST_ACTIONS = 3  # of the user for each, beyond typing


class Typist:
    """Somebody at the keyboard: what is typed, and every key beyond that, which is counted."""

    def __init__(self, page):
        self.page, self.actions = page, 0

    def types(self, text):
        for n, line in enumerate(text.split("\n")):
            if n:
                self.page.keyboard.press("Shift+Enter")  # the line break is part of the marking
            self.page.keyboard.type(line)

    def presses(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
            self.actions += 1


@pytest.fixture(scope="module")
def staffed(catalogue):
    """Taras and Iryna of the home agency have accounts."""
    employ(catalogue, "taras", "iryna")


@pytest.fixture
def signed_in(staffed, open_page):
    """Opens the first page as somebody."""
    return lambda name="taras", **window: sign_in(open_page("/sign-in/", **window), name, "/")


@pytest.fixture
def refusing(staffed, catalogue, chromium):
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


def begun(page):
    """The address of the bench of a new specimen."""
    page.goto(urljoin(page.url, "/specimens/new/?system=lancet-3"))
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_text("Nothing is recorded in this specimen yet.")).to_be_visible()
    return page.url.replace("/inventory/", "/bench/")


def at_the_bench(page, address):
    page.goto(address)
    expect(page.locator("#bench[data-ready]")).to_be_visible()
    return Typist(page)


def rows(page):
    return page.locator(".bench-row:not(.bench-head)")


def texts(page, column):
    """What stands in a column, row by row."""
    return page.locator(f".bench-row:not(.bench-head) > .c-{column} > span").all_text_contents()


def all_saved(page):
    expect(page.locator("[data-said]")).to_contain_text("Everything is saved.")


def paste(page, text):
    """Paste a text as a spreadsheet would hand it over."""
    page.evaluate(
        """text => { const data = new DataTransfer(); data.setData("text/plain", text);
        document.activeElement.dispatchEvent(new ClipboardEvent("paste",
        {clipboardData: data, bubbles: true, cancelable: true})) }""",
        text,
    )


def picture(shade=40):
    out = io.BytesIO()
    Image.new("RGB", (640, 480), (shade, 90, shade)).save(out, "JPEG")
    return out.getvalue()


def paste_picture(page, shade):
    """Paste a photograph that was copied."""
    page.evaluate(
        """bytes => { const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(bytes)], "copied.jpg", {type: "image/jpeg"}));
        document.activeElement.dispatchEvent(new ClipboardEvent("paste",
        {clipboardData: data, bubbles: true, cancelable: true})) }""",
        list(picture(shade)),
    )


def recorded(page, address):
    """The components of the bench's specimen as the interface tells them, the oldest first."""
    reference = address.rstrip("/").split("/")[-2]
    answer = page.request.get(urljoin(address, f"/api/v1/components/?specimen={reference}&page_size=1000"))
    return answer.json()["results"][::-1]


def test_a_teardown_of_forty_components_and_twelve_photographs_is_logged_by_keyboard(signed_in):
    page = signed_in()
    address = begun(page)
    typist = at_the_bench(page, address)
    each = []
    for n in range(LOGGED):
        before = typist.actions
        typist.types(f"U{n + 1}")
        typist.presses("Tab")
        typist.types(f"INV-{n}\n22{n:02}")
        if n % 4 == 0:
            typist.presses("Tab")
            typist.types("MAX-BENCH")
        elif (n < 20 and n % 4 < 3) or n in (21, 22):
            paste_picture(page, n)
            typist.actions += 1
        typist.presses("Enter")
        each.append(typist.actions - before)
    print(f"{LOGGED} components, 12 photographs: {sum(each)} actions beyond typing, at most {max(each)} for one")
    assert max(each) <= MOST_ACTIONS
    expect(page.locator(".bench-strip li")).to_have_count(12)
    expect(page.locator('.bench-row[data-state="saved"]')).to_have_count(30)
    found = recorded(page, address)
    assert [row["designator"] for row in found] == [f"U{n + 1}" for n in range(LOGGED)]
    assert [row["marking"] for row in found] == [f"INV-{n}\n22{n:02}" for n in range(LOGGED)]
    assert {row["marking_state"] for row in found} == {"read"}
    reference = found[0]["specimen"]["reference"]
    photos = page.request.get(urljoin(address, f"/api/v1/photos/?specimen={reference}&page_size=100")).json()["results"]
    assert len({photo["component"]["reference"] for photo in photos}) == 12
    # A part that nobody knows is asked for once, and then known to the other rows.
    page.locator(".bench-panel").first.get_by_role("button", name="Record “MAX-BENCH” as a new part").click()
    expect(page.locator("[data-said]")).to_contain_text("Name the maker first")


def test_a_maker_and_a_part_are_found_as_one_types_and_recorded_when_they_are_new(signed_in):
    page = signed_in()
    address = begun(page)
    typist = at_the_bench(page, address)
    typist.types("U1")
    typist.presses("ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight")
    typist.types("analog devices")
    expect(page.get_by_role("option", name="Analog Devices").first).to_be_visible()
    typist.presses("Enter")
    all_saved(page)
    assert recorded(page, address)[0]["manufacturer"]["slug"] == "analog-devices"

    typist.presses("ArrowUp", "ArrowRight")
    typist.types("BENCH-NEW-1")
    option = page.get_by_role("option", name="Record “BENCH-NEW-1” as a new part")
    expect(option).to_be_visible()
    typist.presses("Enter")
    expect(page.get_by_text("No part is numbered “BENCH-NEW-1”.")).to_be_visible()
    typist.presses("ArrowUp", "F4", "Enter")
    all_saved(page)
    assert recorded(page, address)[0]["part"]["number"] == "BENCH-NEW-1"
    page.reload()
    expect(page.locator(".c-part", has_text="BENCH-NEW-1")).to_be_visible()


def test_rows_stand_on_each_other_are_doubled_taken_back_and_done_again(signed_in):
    page = signed_in()
    address = begun(page)
    typist = at_the_bench(page, address)
    typist.types("A1")
    typist.presses("Enter")
    typist.types("U1")
    typist.presses("Tab", "Alt+ArrowRight")
    typist.types("VE-9")
    typist.presses("Enter")
    all_saved(page)
    board, chip = recorded(page, address)
    assert chip["parent"] == board["reference"] and board["parent"] is None

    typist.presses("ArrowUp", "Control+d")
    expect(rows(page)).to_have_count(4)
    typist.types("U2")
    typist.presses("ArrowDown")
    all_saved(page)
    assert [row["marking"] or "" for row in recorded(page, address)] == ["", "VE-9", "VE-9"]
    assert [row["designator"] for row in recorded(page, address)] == ["A1", "U1", "U2"]

    typist.presses("Control+z")
    expect(page.get_by_text("Undone.")).to_be_visible()
    assert "U2" not in texts(page, "designator")
    typist.presses("Control+Shift+z")
    expect(page.locator(".c-designator", has_text="U2")).to_be_visible()
    typist.presses("Control+z", "Control+z")
    page.get_by_role("button", name="New row").click()
    all_saved(page)
    assert [row["designator"] for row in recorded(page, address)] == ["A1", "U1"]


def test_fifty_steps_are_taken_back_and_done_again(signed_in):
    page = signed_in()
    typist = at_the_bench(page, begun(page))
    for n in range(55):
        typist.types(f"V{n}")
        typist.presses("ArrowDown")
    assert texts(page, "designator")[0] == "V54"
    for _ in range(60):
        typist.presses("Control+z")
    assert texts(page, "designator")[0] == "V4"
    expect(page.get_by_text("There is nothing to undo.")).to_be_visible()
    for _ in range(60):
        typist.presses("Control+Shift+z")
    assert texts(page, "designator")[0] == "V54"


def test_a_block_of_a_spreadsheet_is_pasted_by_its_heading_and_copied_again(signed_in):
    page = signed_in()
    address = begun(page)
    at_the_bench(page, address)
    block = (
        "Кількість\tRef des\tКолір\tМаркування\tManufacturer\r\n"
        '2\tU7\tчорний\t"ADSP-21\n2231 ""A"""\tAnalog Devices\r\n'
        "x\tU8\tсірий\tTPS\tNobody Knows Ltd\r\n"
    )
    paste(page, block)
    expect(page.locator("[data-said]")).to_contain_text(
        "2 rows pasted. Columns that are not known were left out: Колір."
    )
    expect(page.get_by_text("No maker is called “Nobody Knows Ltd”.")).to_be_visible()
    expect(page.get_by_text("“x” is no number of pieces")).to_be_visible()
    expect(rows(page).nth(0)).to_contain_text("Saved")
    expect(rows(page).nth(1)).to_contain_text("Unclear")
    first, second = recorded(page, address)
    assert (first["designator"], first["quantity"], first["marking"]) == ("U7", 2, 'ADSP-21\n2231 "A"')
    assert first["manufacturer"]["slug"] == "analog-devices"
    assert (second["designator"], second["manufacturer"]) == ("U8", None)

    # A block without a heading is written from the cell one is in on; what was copied is what is pasted.
    page.get_by_role("button", name="New row").click()
    paste(page, "R1\tresistor\nR2\tresistor\n")
    page.get_by_role("button", name="New row").click()
    expect(rows(page).nth(3)).to_contain_text("Saved")
    assert [row["designator"] for row in recorded(page, address)] == ["U7", "U8", "R1", "R2"]


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


def test_what_is_typed_without_a_network_survives_a_restart_and_goes_out_in_order(
    staffed, catalogue, chromium, tmp_path
):
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
    page.wait_for_timeout(1500)  # milliseconds: the worker keeps the shell
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


def test_at_the_size_of_a_phone_a_component_is_photographed_and_changed(signed_in):
    page = signed_in(width=390)
    address = begun(page)
    at_the_bench(page, address)
    rows(page).first.locator(".c-designator").click()
    page.keyboard.type("U1")
    page.keyboard.press("Enter")
    camera = rows(page).first.locator("input[type=file]")
    expect(camera).to_have_attribute("capture", "environment")
    camera.set_input_files({"name": "u1.jpg", "mimeType": "image/jpeg", "buffer": picture()})
    expect(page.locator("[data-said]")).to_contain_text("The photograph of U1 is recorded.")
    expect(page.locator("[data-stage] canvas").first).to_be_visible()
    (row,) = recorded(page, address)
    photos = page.request.get(urljoin(address, f"/api/v1/photos/?component={row['reference']}")).json()["results"]
    assert len(photos) == 1
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide == 390


def test_the_bench_fits_its_window_and_can_be_used_by_everybody(signed_in):
    page = signed_in()
    address = begun(page)
    typist = at_the_bench(page, address)
    typist.types("U1")
    typist.presses("Tab")
    typist.types("VE-9\n2231")
    typist.presses("Tab")
    typist.types("NO-SUCH-PART")
    typist.presses("Enter")
    expect(page.get_by_text("No part is numbered")).to_be_visible()
    found = faults(page, {"bench": address})
    assert found == [], "\n".join(found)


def test_a_reviewed_specimen_is_amended_for_a_reason_that_is_asked_once(catalogue, staffed, signed_in):
    employ(catalogue, "mykola")
    taras = signed_in()
    address = begun(taras)
    typist = at_the_bench(taras, address)
    typist.types("U1")
    typist.presses("Enter")
    all_saved(taras)
    review = address.replace("/bench/", "/review/")
    taras.goto(review)
    taras.get_by_role("button", name="Send to review").click()
    mykola = signed_in("mykola")
    mykola.goto(review)
    mykola.get_by_role("button", name="The record is right").click()

    typist = at_the_bench(taras, address)
    typist.presses("ArrowRight")
    typist.types("Radio")
    typist.presses("Enter")
    expect(taras.locator("[data-said]")).to_contain_text("say above why it is amended")
    taras.get_by_label("Why are its components amended?").fill("Looked at once more")
    taras.keyboard.press("Enter")
    all_saved(taras)
    assert recorded(taras, address)[0]["name"] == "Radio"
    taras.reload()
    expect(taras.locator("#bench[data-ready]")).to_be_visible()
    expect(taras.get_by_label("Why are its components amended?")).to_be_hidden()


def test_who_signs_out_is_asked_about_what_waits(catalogue, staffed, chromium):
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
