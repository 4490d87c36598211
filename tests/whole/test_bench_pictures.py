"""Photographs at the bench, in a real browser: regions that make and find rows, by mouse, keyboard, finger, offline."""

import re

import pytest
from playwright.sync_api import expect

from .benches import Typist, all_saved, at_the_bench, begun, recorded, rows, shell_kept, texts
from .boards import BOARD, call, call_get, chip, invented
from .looking import faults
from .people import sign_in

SWITCHES = 60  # from one photograph to the other
MOST_GROWTH = 8_000_000  # bytes of the browser's memory after so many of them


def photographed(page, *pictures, **fields):
    """(address of the bench of a new specimen with these photographs, its reference, their ids)."""
    address = begun(page)
    reference = address.rstrip("/").split("/")[-2]
    fields = {"specimen": reference, "view": "overview"} | fields
    files = [{"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": data} for n, data in enumerate(pictures)]
    return address, reference, [call(page, "POST", "/api/v1/photos/", file=file, **fields)["id"] for file in files]


def seen(page):
    """The photograph is drawn."""
    expect(page.locator("[data-stage] canvas").first).to_be_visible()
    page.wait_for_load_state("networkidle")


def drag(page, left, top, right, bottom):
    """Draw a rectangle by mouse, in parts of the stage."""
    page.get_by_role("button", name="Draw a rectangle").click()
    stage = page.locator("[data-stage]").bounding_box()
    x, y = (stage["x"] + stage["width"] * left, stage["y"] + stage["height"] * top)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 20, y + 10)
    page.mouse.move(stage["x"] + stage["width"] * right, stage["y"] + stage["height"] * bottom)
    page.mouse.up()


def drawn(page, reference):
    """The regions of the specimen as they are kept, the oldest first."""
    found = call_get(page, f"/api/v1/regions/?specimen={reference}")["results"]
    return sorted(found, key=lambda region: region["id"])


def linked(page, text):
    expect(page.locator("[data-linked]:visible")).to_have_text(text)


def waits(page, reference, count):
    """So many regions are kept."""
    for _ in range(100):
        if len(drawn(page, reference)) == count:
            return drawn(page, reference)
        page.wait_for_timeout(100)
    raise AssertionError(drawn(page, reference))


def crop(page, n):
    """The picture in row `n`, once it is there."""
    picture = rows(page).nth(n).locator(".bench-thumb")
    expect(picture).to_have_attribute("src", re.compile(r"/regions/.*\.jpg"))
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("image => image.naturalWidth") > 30


def test_what_is_drawn_makes_and_finds_rows_and_its_crop_stands_for_them(signed_in):
    page = signed_in()
    address, reference, (front, back) = photographed(page, invented(), invented(seed=1))
    typist = at_the_bench(page, address)
    seen(page)
    typist.types("U1")
    typist.presses("Enter", "ArrowUp")
    drag(page, 0.3, 0.3, 0.45, 0.5)
    linked(page, "It shows U1.")
    expect(page.get_by_role("textbox", name="Designator, Row 1: U1")).to_be_focused()  # one goes on typing
    crop(page, 0)
    # Inside of it is its marking, until somebody says otherwise.
    drag(page, 0.33, 0.35, 0.42, 0.42)
    linked(page, "It shows the marking of U1.")
    page.get_by_role("button", name="Only its marking").click()
    linked(page, "It shows U1.")
    page.locator(".bench-link").get_by_role("button", name="Undo").click()
    expect(page.locator(".viewer-regions .region")).to_have_count(1)
    # By keyboard, a new row for each: F7, R, arrows, Enter, and one types what it is.
    page.get_by_role("button", name="A new row for each region").click()
    rows(page).first.locator(".c-designator").click()
    typist.presses("F7", "r", *["ArrowRight"] * 8, "Shift+ArrowRight", "Enter")
    typist.types("U2")
    typist.presses("Enter")
    all_saved(page)
    typist.presses("F7", "p", *["ArrowLeft"] * 9, "Space", *["ArrowRight"] * 6, "Space", *["ArrowDown"] * 6, "Enter")
    typist.types("U3")
    typist.presses("Enter")
    all_saved(page)
    crop(page, 1)
    found = waits(page, reference, 3)
    names = {row["reference"]: row["designator"] for row in recorded(page, address)}
    assert [names[region["component"]["reference"]] for region in found] == ["U1", "U2", "U3"]
    assert [region["shape"] for region in found] == ["rectangle", "rectangle", "polygon"]
    # Another row is chosen for it, and a third one made.
    typist.presses("ArrowUp")
    linked(page, "It shows U3.")
    for text in ("1 · U1", "3 · U3"):
        page.locator("[data-others]").focus()
        page.locator("[data-others]").select_option(label=text)
        linked(page, f"It shows {text[-2:]}.")
    all_saved(page)
    there_and_back(page, typist, reference)
    # What a photograph is a view of.
    page.get_by_role("combobox", name="View").select_option(label="Microscope")
    expect(page.locator("[data-said]")).to_contain_text("The view of the photograph is saved.")
    expect(page.locator(".bench-strip li").first).to_contain_text("Microscope")
    assert call_get(page, f"/api/v1/photos/{front}/")["view"] == "microscope"
    found = faults(page, {"bench": address})
    assert found == [], "\n".join(found)
    assert back


def there_and_back(page, typist, reference):
    """A row that is gone to is in the middle of its photograph; a region that is pressed leads to its row."""
    page.keyboard.press("Alt+PageDown")
    expect(page.locator("[data-shown]")).to_contain_text("2 of 2")
    seen(page)
    page.get_by_role("button", name="A new row for each region").click()
    rows(page).first.locator(".c-designator").click()
    expect(page.locator("[data-shown]")).to_contain_text("1 of 2")  # where U1 is
    expect(chip(page, 1)).to_have_class(re.compile("chosen"))
    rows(page).nth(1).locator(".c-designator").click()
    expect(chip(page, 2)).to_have_class(re.compile("chosen"))
    page.wait_for_timeout(900)  # milliseconds: the picture has come to rest
    middle = page.evaluate(
        """() => { const mid = ({left, top, width, height}) => [left + width / 2, top + height / 2];
        const one = mid(document.querySelector("[data-stage]").getBoundingClientRect());
        const other = mid(document.querySelector(".region.chosen .line").getBoundingClientRect());
        return Math.hypot(one[0] - other[0], one[1] - other[1]) }"""
    )
    assert middle < 12, middle
    page.get_by_role("button", name="All of it").click()
    page.wait_for_timeout(900)
    box = chip(page, 1).locator(".line").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.get_by_role("textbox", name="Designator, Row 1: U1")).to_be_focused()
    linked(page, "It shows U1.")
    # From one region to the next by keyboard; Enter goes to its row.
    typist.presses("F7", ".", "Enter")
    expect(page.get_by_role("textbox", name="Designator, Row 2: U2")).to_be_focused()


@pytest.mark.soak
def test_however_often_one_goes_to_another_photograph_the_browsers_memory_stays_as_it_was(signed_in):
    page = signed_in()
    address, _reference, _photos = photographed(page, invented(), invented(1))
    at_the_bench(page, address)
    seen(page)
    network = page.context.new_cdp_session(page)

    def held():
        network.send("HeapProfiler.collectGarbage")
        return network.send("Runtime.getHeapUsage")["usedSize"]

    def turn(times):
        for _ in range(times):
            page.keyboard.press("PageDown")
            page.wait_for_timeout(120)
        page.wait_for_load_state("networkidle")

    page.locator("[data-stage]").focus()
    turn(6)
    before = held()
    turn(SWITCHES)
    grown = held() - before
    print(f"{SWITCHES} switches of photographs: {before / 1e6:.1f} MB before, {grown / 1e6:+.2f} MB after")
    assert grown < MOST_GROWTH


@pytest.mark.skipif(not BOARD.is_file(), reason="No real photographs: set FORENSICS_DATA to a folder with photos/.")
def test_chips_of_a_real_board_are_drawn_and_their_crops_stand_in_the_rows(signed_in):
    page = signed_in()
    address, reference, _photos = photographed(page, BOARD.read_bytes())
    typist = at_the_bench(page, address)
    seen(page)
    page.get_by_role("button", name="A new row for each region").click()
    for n, left in enumerate((0.2, 0.4, 0.6)):
        drag(page, left, 0.4, left + 0.1, 0.5)
        typist.types(f"U{n + 1}")
        crop(page, n)
    typist.presses("Enter")
    all_saved(page)
    assert texts(page, "designator")[:3] == ["U1", "U2", "U3"]
    assert len({region["component"]["reference"] for region in waits(page, reference, 3)}) == 3


def test_what_is_drawn_without_a_network_goes_out_once_after_its_row(catalogue, chromium):
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(catalogue.url + "/sign-in/")
    sign_in(page, "taras", "/")
    address, reference, _photos = photographed(page, invented())
    typist = at_the_bench(page, address)
    seen(page)
    shell_kept(page)
    context.set_offline(True)
    drag(page, 0.3, 0.3, 0.45, 0.5)
    typist.types("OFF1")
    typist.presses("Enter")
    page.get_by_role("button", name="A new row for each region").click()
    drag(page, 0.55, 0.3, 0.7, 0.5)
    typist.types("OFF2")
    typist.presses("Enter")
    expect(page.locator("[data-said]")).to_contain_text("waits in this browser: 4.")  # two rows, two regions
    page.reload()
    expect(page.locator("[data-said]")).to_contain_text("waits in this browser: 4.")
    assert texts(page, "designator")[:2] == ["OFF1", "OFF2"]

    # Every answer to a region is lost once: it is sent again, and there is one of each all the same.
    lost = []

    def lose(route):
        if route.request.method == "POST" and route.request.post_data not in lost:
            lost.append(route.request.post_data)
            route.fetch()
            return route.abort()
        return route.continue_()

    page.route("**/api/v1/regions/", lose)
    context.set_offline(False)
    all_saved(page)
    found = waits(page, reference, 2)
    assert len(lost) == 2
    names = {row["reference"]: row["designator"] for row in recorded(page, address)}
    assert [names[region["component"]["reference"]] for region in found] == ["OFF1", "OFF2"]
    context.close()


def test_what_was_read_off_a_photograph_is_offered_and_taken_over_by_key(signed_in):
    page = signed_in()
    address, reference, (photo,) = photographed(page, invented())
    specimen = {"specimen": reference, "kind": "part", "designator": "U1"}
    component = call(page, "POST", "/api/v1/components/", specimen)["reference"]
    body = {"photo": photo, "component": component, "purpose": "marking", "points": [[500, 400], [860, 660]]}
    call(page, "POST", "/api/v1/regions/", body)

    def read(route):
        answer = route.fetch()
        told = answer.json()
        told["regions"][0]["readings"] = [{"text": "MAX3221", "score": 0.93}, {"text": "2231", "score": 0.71}]
        route.fulfill(response=answer, json=told)

    page.route("**/viewer/", read)
    typist = at_the_bench(page, address)
    offer = page.get_by_role("button", name="Read off the photograph: MAX3221 / 2231 — take over")
    expect(offer).to_be_visible()
    assert texts(page, "marking") == [""]  # never by itself
    typist.presses("F4")
    expect(offer).to_be_focused()
    typist.presses("Enter")
    expect(offer).to_have_count(0)
    typist.presses("ArrowDown")
    page.get_by_role("button", name="New row").first.click()
    all_saved(page)
    (row,) = recorded(page, address)
    assert (row["marking"], row["marking_state"]) == ("MAX3221\n2231", "read")


def test_on_a_photograph_of_another_agency_nothing_is_drawn(signed_in):
    page = signed_in()
    address, _reference, _photos = photographed(page, invented())
    at_the_bench(page, address)
    ours = page.evaluate("JSON.parse(document.getElementById('bench-data').textContent).agency")

    def theirs(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=re.sub(rf'"owner": ?"{ours}"', '"owner": "OTHER"', answer.text()))

    page.route("**/bench/", theirs)
    typist = at_the_bench(page, address)
    seen(page)
    expect(page.get_by_role("button", name="Draw a rectangle")).to_be_disabled()
    expect(page.get_by_role("combobox", name="View")).to_be_disabled()
    typist.presses("F7", "r", "Enter")
    expect(page.locator(".bench-link:visible, .viewer-regions .draft")).to_have_count(0)


def test_on_a_phone_a_finger_draws_and_nothing_is_wider_than_the_window(signed_in):
    page = signed_in(width=390)
    address, reference, _photos = photographed(page, invented())
    at_the_bench(page, address)
    seen(page)
    page.get_by_role("button", name="Draw a rectangle").click()
    page.locator("[data-stage]").scroll_into_view_if_needed()
    box = page.locator("[data-stage]").bounding_box()
    finger = page.context.new_cdp_session(page)
    moves = (("touchStart", (100, 120)), ("touchMove", (160, 150)), ("touchMove", (240, 200)), ("touchEnd", None))
    for kind, at in moves:
        points = [{"x": box["x"] + at[0], "y": box["y"] + at[1]}] if at else []
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    linked(page, "It shows Row 1.")
    Typist(page).types("U1")
    page.keyboard.press("Enter")
    all_saved(page)
    (region,) = waits(page, reference, 1)
    assert region["points"][1][0] > region["points"][0][0] + 100
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.locator("[data-stage]").bounding_box()["y"] < rows(page).first.bounding_box()["y"]
