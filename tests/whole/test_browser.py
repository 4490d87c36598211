"""The first page in a real browser: light and dark, wide and narrow, by keyboard, without a complaint."""

import re

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize("width", [390, 768, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_overview_says_what_it_counts_and_fits_its_window(open_page, width, scheme):
    page = open_page("/", width, scheme)
    assert re.search(r"\d+\s+component records", page.locator(".stats").inner_text())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("html").get_attribute("data-bs-theme") == scheme


def test_the_theme_stays_as_chosen(open_page):
    page = open_page("/", scheme="light")
    switch = page.locator("[data-theme-switch]")
    switch.click()
    switch.click()
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"
    page.reload()
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"


def test_the_administrator_signs_in_and_out_by_keyboard(open_page, catalogue):
    name, password = re.findall(r": (\S+)", (catalogue.state / "first-sign-in.txt").read_text())
    page = open_page("/sign-in/")
    type_into(page, page.get_by_label("Name"), name)
    page.keyboard.press("Tab")
    type_into(page, page.get_by_label("Password"), "not the password")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    expect(page.get_by_label("Name")).to_be_focused()
    expect(page.get_by_label("Name")).to_have_value(name)
    page.keyboard.press("Tab")
    type_into(page, page.get_by_label("Password"), password)
    page.keyboard.press("Enter")
    expect(page.locator("header.bar")).to_contain_text("Laboratory")
    tab_to(page, page.get_by_role("button", name="Sign out"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def type_into(page, field, text):
    """Type when the field has the focus: `autofocus` acts after the page has loaded, and letters before it are lost."""
    expect(field).to_be_focused()
    page.keyboard.type(text)
    expect(field).to_have_value(text)


def tab_to(page, control):
    """Go on from control to control until this one has the focus."""
    expect(control).to_be_visible()
    for _ in range(20):
        page.keyboard.press("Tab")
        if control.evaluate("it => it === document.activeElement"):
            return
    raise AssertionError("the keyboard does not reach it")


def test_the_interface_can_be_read_in_the_browser(open_page):
    page = open_page("/api/v1/docs/")
    page.get_by_text("/api/v1/absences/", exact=True).first.wait_for()
    page.mouse.move(600, 400)
    for _ in range(20):  # of so many addresses those in sight alone are drawn
        page.mouse.wheel(0, 400)
        page.wait_for_timeout(200)
        if page.get_by_text("/api/v1/components/", exact=True).count():
            break
    page.get_by_text("/api/v1/components/", exact=True).first.wait_for()
