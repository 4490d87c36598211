"""From two words in the search box to specimens, dates and a route; and a watched search that something new fits."""

import csv
import io
import json
import re
import urllib.request
from urllib.parse import urljoin

import pytest
from playwright.sync_api import expect

from .looking import faults


@pytest.fixture(scope="module")
def send(catalogue):
    """Sends a record as a curator of the laboratory would, and gives it back."""
    key = catalogue.manage("issue_key", "--agency", "laboratory", "--role", "curator")

    def post(noun, **sent):
        request = urllib.request.Request(
            f"{catalogue.url}/api/v1/{noun}/",
            data=json.dumps(sent).encode(),
            headers={"Authorization": f"Bearer {key}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    return post


@pytest.fixture(scope="module")
def found(send):
    """Two specimens with a converter of Burr-Brown each, of which a shipment is documented."""
    part = send("parts", manufacturer="burr-brown", number="DAC7541AKU", handling="GREEN")
    specimens = []
    for recovered, made in (("2023-04-01", "1998-W07"), ("2024-02-10", "2003-W20")):
        specimen = send("specimens", system="lancet-3", recovered=recovered, kind="single", handling="GREEN")
        specimens.append(specimen["reference"])
        send(
            "components", specimen=specimen["reference"], marking="BB DAC7541AKU", manufacturer="burr-brown",
            part=part["id"], confidence="high", made=made, quantity=1, handling="GREEN",
        )  # fmt: skip
    leg = send("legs", status="documented", **{"from": {"slug": "texas-instruments"}}, goods=[{"part": part["id"]}],
               handling="GREEN")  # fmt: skip
    send(
        "routes", title="DAC7541 to a plant", system="lancet-3", legs=[{"reference": leg["reference"]}],
        evidence=[{"part": part["id"], "why": "Found in both and named on the invoice."}], handling="GREEN",
    )  # fmt: skip
    return specimens


def test_a_researcher_goes_from_two_words_to_specimens_dates_and_a_route(signed_in, catalogue, found):
    page = signed_in("taras")

    # Two words in the search box name the maker, whoever owns it now.
    page.keyboard.press("/")
    page.keyboard.type("burr brown")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Burr-Brown", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Burr-Brown")

    # To the answers about its parts: when they were recovered and made; the table goes along.
    page.get_by_role("link", name="Answers", exact=True).click()
    expect(page.locator("#asked-of")).to_have_text("Answers about these 2 component records")
    page.get_by_role("link", name="First and last seen").click()
    row = page.locator(".tbl tbody tr")
    expect(row).to_have_count(1)
    for said in ("Burr-Brown", "2023-04-01", "2024-02-10", "1998-02-09"):
        expect(row).to_contain_text(said)
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    (taken,) = csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8")))
    assert (taken["name"], taken["count"], taken["specimens"], taken["makers"]) == ("Burr-Brown", "2", "2", "printed")

    # By who owns the firm since 2000, one of the two is Texas Instruments'.
    page.get_by_label("The maker is").select_option("made")
    page.get_by_role("button", name="Ask").click()
    expect(page.locator(".tbl tbody tr")).to_have_count(1)
    expect(page.locator(".note", has_text="as owned when made").first).to_be_visible()
    page.get_by_label("The maker is").select_option("printed")
    page.get_by_role("button", name="Ask").click()

    # The number is the way to what it counts, and on to a specimen, the part and the route.
    page.locator(".tbl tbody a .num").first.click()
    expect(page.locator(".tbl tbody tr")).to_have_count(2)
    page.locator(".tbl tbody a").first.click()
    component = page.url
    page.locator(".crumb a[href*='/specimens/']").click()
    expect(page.locator("h1")).to_contain_text(re.compile("|".join(found)))
    page.goto(component)
    page.get_by_role("link", name="DAC7541AKU").first.click()
    page.get_by_role("link", name="DAC7541 to a plant").first.click()
    expect(page.get_by_text("Only documented legs are drawn solid.")).to_be_visible()

    # The two specimens side by side, chosen by what one types.
    page.goto(f"{catalogue.url}/research/beside/?what=parts")
    for name, typed in (("One specimen or weapon system", found[0]), ("The other", found[1])):
        box = page.get_by_role("combobox", name=name)
        box.click()
        expect(box).to_be_focused()
        box.press_sequentially(typed)
        page.get_by_role("option", name=re.compile(typed)).first.click()
        expect(page.locator(".ts-control", has_text=typed)).to_be_visible()
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("columnheader", name=found[0])).to_be_visible()
    expect(page.locator(".tbl tbody tr").first).to_contain_text("DAC7541AKU")
    assert faults(page, {"beside": page.url, "answers": f"{catalogue.url}/research/?manufacturer=burr-brown"}) == []


def test_a_watched_search_says_what_is_new_since_one_looked(signed_in, send, found):
    page = signed_in("iryna", "/components/?manufacturer=burr-brown")
    page.get_by_role("link", name="Save this search").click()
    page.locator("[name=name]").fill("Burr-Brown in the field")
    page.get_by_role("button", name="Record").click()
    page.get_by_role("button", name="Watch").click()
    row = page.locator("tr", has_text="Burr-Brown in the field")
    news = row.locator("td[data-label='New or changed']")
    expect(news).to_have_text("0")
    send("components", specimen=found[0], name="Another converter", manufacturer="burr-brown", confidence="moderate",
         handling="GREEN")  # fmt: skip
    page.goto(urljoin(page.url, "/saved-searches/"))
    expect(news).to_have_text("1")
    news.get_by_role("link").click()
    expect(page.locator(".tbl tbody tr")).to_have_count(1)
    expect(page.locator(".tbl tbody")).to_contain_text("Another converter")
    page.goto(urljoin(page.url, "/saved-searches/"))
    row.get_by_role("button", name="Looked at").click()
    expect(news).to_have_text("0")
