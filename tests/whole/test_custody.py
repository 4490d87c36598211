"""A specimen comes in: its intake is noted, its custody goes on, and what is printed opens it again, in a browser."""

from urllib.parse import urljoin

import pytest
from playwright.sync_api import expect

from .looking import faults_here


@pytest.fixture
def page(signed_in):
    page = signed_in("iryna", "/specimens/new/?system=lancet-3")
    page.context.new_cdp_session(page).send("Emulation.setTimezoneOverride", {"timezoneId": "Europe/Kyiv"})
    return page


def fits(page):
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            assert list(faults_here(page, scheme, width)) == []
    page.set_viewport_size({"width": 1440, "height": 900})


def event(page, kind, when, giver, receiver):
    page.get_by_role("link", name="Add an event").click()
    page.get_by_label("What happened").select_option(label=kind)
    page.get_by_label("When").fill(when)
    expect(page.get_by_label("Time zone of these clocks")).to_have_value("Europe/Kyiv")  # the browser's, later the last
    page.get_by_label("From").fill(giver)
    page.get_by_label("To", exact=True).fill(receiver)
    page.get_by_role("button", name="Add it to the chain").click()
    expect(page.locator("#custody")).to_contain_text(receiver)


def test_a_specimen_is_taken_in_its_custody_goes_on_and_its_report_is_printed(page):
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_role("link", name="Add a component")).to_be_visible()
    address = page.url.split("inventory")[0].split("?")[0]
    page.goto(address)

    page.get_by_role("link", name="Note its intake").click()
    page.get_by_label("Examination number").fill("Е-1/2026")
    page.get_by_label("Consignor").fill("Сержант Коваль")
    page.get_by_label("Examiner").select_option(label="Iryna B. · IRY")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#examination")).to_contain_text("Е-1/2026")
    expect(page.locator("#examination [aria-current=step]")).to_contain_text("Received")

    event(page, "Collected", "2026-05-03T17:20", "", "Коваль")
    event(page, "Transferred", "2026-05-04T13:20", "Бондар", "Laboratory")
    expect(page.locator("#custody .remarks")).to_contain_text("the last noted to have it was “Коваль”")
    fits(page)

    page.get_by_role("link", name="Print").click()
    fits(page)
    report = page.get_by_role("link", name="Українська").first.get_attribute("href")
    answer = page.request.get(urljoin(page.url, report))
    assert answer.ok and answer.headers["content-type"] == "application/pdf" and answer.body()[:5] == b"%PDF-"
    page.goto(f"{address}compare/")
    fits(page)
