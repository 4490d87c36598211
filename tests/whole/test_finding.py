"""From a name to a list, a watched search and a collection, in a real browser."""

from urllib.parse import urljoin

from playwright.sync_api import expect

from .looking import faults
from .people import sign_in


def test_a_researcher_finds_a_maker_saves_the_list_watches_it_and_gathers_from_it(open_page):
    page = sign_in(open_page("/sign-in/"), "taras", "/search/?q=analog devcies")
    expect(page.locator(".hits").first).to_contain_text("one letter differs: Analog Devices")
    page.goto(urljoin(page.url, "/search/?q=maker:%22analog devices%22"))
    expect(page.get_by_text("its maker is Analog Devices").first).to_be_visible()
    components = page.locator("section.panel", has=page.get_by_role("heading", name="Component records"))
    components.get_by_role("link", name="All of them as a list").click()
    expect(page.locator(".chips")).to_contain_text("analog devices")
    page.get_by_role("link", name="Save this search").click()
    page.locator("[name=name]").fill("Of Analog Devices")
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_role("heading", name="Of Analog Devices")).to_be_visible()
    page.get_by_role("button", name="Watch").click()
    row = page.locator("tr", has_text="Of Analog Devices")
    expect(row.get_by_role("button", name="Looked at")).to_be_visible()
    row.get_by_role("link").nth(1).click()
    expect(page.locator(".chips")).to_contain_text("analog devices")
    page.get_by_role("link", name="Gather").click()
    page.locator("[name=name]").fill("Chips of one maker")
    page.get_by_role("button", name="Gather").click()
    expect(page.get_by_role("heading", name="Chips of one maker")).to_be_visible()
    gathered = page.get_by_role("button", name="Take out").count()
    page.get_by_role("button", name="Take out").first.click()
    expect(page.get_by_role("button", name="Bring back")).to_have_count(1)
    page.get_by_role("button", name="Bring back").click()
    expect(page.get_by_role("button", name="Take out")).to_have_count(gathered)
    here = page.url
    page.goto(urljoin(here, "/saved-searches/"))
    kept = urljoin(here, page.get_by_role("link", name="Of Analog Devices").get_attribute("href"))
    paths = {
        "collection": here,
        "collection-history": f"{here}history/",
        "collections": "/collections/",
        "gather": "/collections/gather/?noun=components&query=control_class%3Dundated",
        "saved-search": kept,
        "saved-search-history": f"{kept}history/",
        "searches": "/saved-searches/",
        "search": "/search/?q=maker:analog",
        "help": "/search/",
    }
    assert faults(page, {name: urljoin(here, path) for name, path in paths.items()}) == []


def test_a_reader_narrows_by_control_class_and_keeps_the_list_and_its_records_alone(open_page):
    page = sign_in(open_page("/sign-in/"), "rita", "/components/")
    classes = page.locator("section", has=page.get_by_role("heading", name="Control class"))
    classes.get_by_role("link", name="Undated").click()
    expect(page.locator(".chips")).to_contain_text("Undated")
    page.get_by_role("link", name="Save this search").click()
    expect(page.get_by_text("It is kept for you alone; nobody else sees it.")).to_be_visible()
    page.locator("[name=name]").fill("Without a date")
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_role("heading", name="Without a date")).to_be_visible()
    assert faults(page, {"private-search": page.url}) == []
    page.goto(urljoin(page.url, "/components/?control_class=undated"))
    page.get_by_role("link", name="Gather").click()
    page.locator("[name=name]").fill("To look at")
    page.get_by_role("button", name="Gather").click()
    expect(page.get_by_role("heading", name="To look at")).to_be_visible()
    expect(page.locator("pre")).to_contain_text("@misc{collection-")
    assert faults(page, {"private-collection": page.url, "private-edit": f"{page.url}edit/"}) == []
    page.get_by_role("button", name="Sign out").click()
    sign_in(open_page("/sign-in/"), "taras", "/collections/")
    expect(page.get_by_text("To look at")).to_have_count(0)
