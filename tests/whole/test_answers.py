"""A researcher asks, takes the table along, and cites a figure that then changes, in a browser."""

import csv
import io
from urllib.parse import urljoin

from playwright.sync_api import expect

from .looking import faults

ADDRESSES = (
    "", "methods/", "corrections/", "cited/", "shares/?by=country&per=system", "dating/", "timeline/", "lag/",
    "substitution/?period=year", "makers/", "commonality/?what=parts", "claims/", "assembly/", "seen/",
    "beside/?a=lancet-3&b=shahed-136-geran-2&what=parts",
)  # fmt: skip


def test_a_cited_figure_shows_what_has_changed_since(signed_in, catalogue):
    page = signed_in("olena")

    # From the menu to an answer, narrowed to one weapon system, with its picture and the table behind it.
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Research").click()
    page.get_by_role("link", name="Shares").click()
    page.locator("#f-system").select_option("lancet-3")
    page.get_by_role("button", name="Ask").click()
    expect(page.locator(".drawing canvas")).to_be_visible()
    expect(page.locator("#figures")).to_contain_text("in all")
    rows = page.locator(".tbl tbody tr")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    taken = list(csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8"))))
    assert [row["name"] for row in taken] == [row.locator("td").first.inner_text() for row in rows.all()] != []

    # Kept as it is: nothing has changed yet.
    page.get_by_text("Cite this figure").click()
    page.get_by_label("Where it is cited").fill("Report on the Lancet, page 7")
    page.get_by_role("button", name="Keep this figure").click()
    expect(page.locator(".verdict")).to_contain_text("Nothing has changed: the same records, the same figures.")
    expect(page.get_by_text("@misc{figure-")).to_be_visible()
    address = page.url
    assert faults(page, {"cited figure": address}) == []

    # A further component is found in a Lancet; the figure stays, and today's answer stands beside it.
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(urljoin(page.url, "/specimens/new/?system=lancet-3"))
    page.get_by_label("Place").fill("Kharkiv region")
    page.get_by_role("button", name="Record", exact=True).click()
    page.get_by_role("link", name="Add a component").click()
    page.get_by_label("What it is").fill("Flight controller")
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.locator(".tree")).to_contain_text("Flight controller")
    page.goto(address)
    expect(page.locator(".verdict")).to_contain_text("have changed since")
    total = page.locator("tr", has=page.get_by_role("rowheader", name="in all", exact=True))
    expect(total.locator("td").last).to_have_text("+1")
    page.get_by_role("link", name="Cited figures").click()
    expect(page.locator(".tbl")).to_contain_text("Report on the Lancet, page 7")


def test_every_answer_has_a_picture_in_light_and_dark_and_fits_its_window(open_page, catalogue):
    page = open_page("/research/")
    pages = {f"research/{address}": f"{catalogue.url}/research/{address}" for address in ADDRESSES}
    assert faults(page, pages) == []
    for address in ADDRESSES[4:]:
        page.goto(f"{catalogue.url}/research/{address}")
        if address == "lag/":  # nothing in the example has both days
            expect(page.locator("#main")).to_contain_text("No component that fits can be counted here.")
            continue
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            expect(page.locator(f".drawing[data-drawn={scheme}] canvas")).to_be_visible()
