"""A marking is drawn on a photograph, a program reads it while one looks, and its text is taken over, or not."""

import re

import pytest
from playwright.sync_api import expect

from .boards import call, call_get, invented, new_board, opened
from .looking import faults


@pytest.fixture
def board(signed_in):
    """(page, reference of a component, id of a photograph) with the page of the photograph open."""
    page = signed_in("olena")
    specimen, _board, photo = new_board(page, invented())
    chip = call(page, "POST", "/api/v1/components/", {"specimen": specimen, "kind": "part", "designator": "U7"})
    return opened(page, photo), chip["reference"], photo


def draw(page, component):
    """Draw a marking by keyboard, linked with a component."""
    page.locator("[data-stage]").focus()
    for key in ("r", "Shift+ArrowRight", "Shift+ArrowDown", "Enter"):
        page.keyboard.press(key)
    page.keyboard.type(component[-4:])
    page.get_by_role("option", name=component).first.click()
    page.get_by_label("What it is for").select_option("marking")
    page.get_by_role("button", name="Keep").click()
    expect(page.locator("[data-viewer-said]")).to_have_text("The region is kept.")


def marking(page, component):
    found = call_get(page, f"/api/v1/components/{component}/")
    return found["marking"], found["marking_state"]


def test_what_is_read_comes_without_a_reload_and_is_taken_over_by_a_person(board):
    page, component, photo = board
    draw(page, component)
    reading = page.locator("#regions [data-reading]")
    expect(reading).to_contain_text("Being read …")
    page.evaluate("window.still = true")
    expect(reading.locator(".lines")).to_have_text(re.compile(r"INV-7 2231\s*<b>MYS</b>"), timeout=30_000)
    assert page.evaluate("window.still"), "the page was loaded anew"
    assert marking(page, component) == ("", "not-recorded")
    page.get_by_role("button", name="Change region 1").click()
    expect(page.locator("form.region [data-reading]")).to_contain_text("INV-7 2231")
    page.keyboard.press("Escape")
    # Its text is put into the form of the component at a person's click; nothing is recorded until it is saved.
    reading.get_by_role("link", name=f"Take over as the marking of {component}").click()
    field = page.get_by_label("Marking", exact=True)
    expect(field).to_have_value("INV-7 2231\n<b>MYS</b>")
    expect(page.get_by_text("Check it against the photograph")).to_be_visible()
    assert marking(page, component) == ("", "not-recorded")
    page.get_by_role("button", name="Undo").click()
    expect(field).to_have_value("")
    page.get_by_role("button", name="Take over").click()
    field.fill("INV-7 2231\nMYS")
    page.get_by_role("button", name="Save").click()
    expect(page).to_have_url(re.compile(f"^[^?]*/photos/{photo}/"))  # the form's own address names it too, in `next`
    assert marking(page, component) == ("INV-7 2231\nMYS", "read")
    expect(page.get_by_role("link", name="Take over")).to_have_count(0)  # a marking is never altered
    expect(page.get_by_role("button", name="Read the print in region 1")).to_be_visible()


def test_a_form_begins_without_what_a_program_read(board):
    page, component, photo = board
    points = [[500, 400], [860, 660]]
    body = {"photo": photo, "points": points, "purpose": "marking", "component": component}
    region = call(page, "POST", "/api/v1/regions/", body)
    for _ in range(60):
        if call_get(page, region["url"])["reading"] == "read":
            break
        page.wait_for_timeout(500)
    page.goto(re.sub(r"(//[^/]+)/.*", rf"\1/components/{component}/edit/", page.url))
    expect(page.get_by_text("Read by a program off the photograph; you decide:")).to_be_visible()
    expect(page.get_by_label("Marking", exact=True)).to_have_value("")
    photograph = re.sub(r"(//[^/]+)/.*", rf"\1/photos/{photo}/", page.url)
    assert faults(page, {"form": page.url, "photograph": photograph}) == []
    page.go_back()
    page.get_by_label("Condition").fill("corroded")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("are saved")).to_be_visible()
    assert marking(page, component) == ("", "not-recorded")
