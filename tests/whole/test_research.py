"""A researcher goes from a manufacturer to specimens, parts and a route, and takes the table along."""

import csv
import io

from playwright.sync_api import expect


def test_a_researcher_goes_from_a_manufacturer_to_a_route_and_takes_the_table(open_page):
    page = open_page("/")

    # Found by keyboard: a suggestion is taken with the arrow and Enter.
    page.keyboard.press("/")
    expect(page.get_by_role("combobox", name="Search")).to_be_focused()
    page.keyboard.type("stmicro")
    expect(page.get_by_role("option", name="STMicroelectronics").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("STMicroelectronics")
    expect(page.get_by_text("A maker's part in a weapon shows neither knowledge nor breach.").first).to_be_visible()

    # What was found of its make, as a list that is narrowed without loading the page anew.
    page.get_by_role("link", name="component records").first.click()
    expect(page.locator(".chips")).to_contain_text("STMicroelectronics")
    rows = page.locator(".tbl tbody tr")
    before = rows.count()
    page.get_by_label("Part number is").fill("STM32F765VIT6")
    page.get_by_role("button", name="Narrow").click()
    expect(page.locator(".chips")).to_contain_text("STM32F765VIT6")
    expect(rows).not_to_have_count(before)
    assert "part=STM32F765VIT6" in page.url

    # The file holds exactly the rows that are shown, and says how many.
    shown = [cell.inner_text() for cell in page.locator(".tbl tbody tr td:first-child").all()]
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    taken = list(csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    assert [row["reference"] for row in taken] == shown != []
    page.get_by_text("Columns", exact=True).click()
    page.get_by_label("Specimen", exact=True).check()
    page.get_by_role("button", name="Show these").click()
    expect(page.get_by_role("columnheader", name="Specimen")).to_be_visible()

    # To the specimen and back, to the part, and on to a suspected route.
    page.locator(".tbl tbody a").first.click()
    expect(page.get_by_role("heading", name="Marking as read")).to_be_visible()
    expect(page.locator("header.bar")).to_have_count(1)  # a page of its own, not put into the list's
    component = page.url
    page.locator(".crumb a[href*='/specimens/']").click()
    expect(page.get_by_role("heading", name="Components")).to_be_visible()
    page.goto(component)
    page.get_by_role("link", name="STM32F765VIT6").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("STM32F765VIT6")
    page.get_by_role("link", name="STM32F765VIT6 to Onelek").first.click()
    expect(page.get_by_text("Only documented legs are drawn solid.")).to_be_visible()
    expect(page.get_by_role("heading", name="What the legs carried")).to_be_visible()
