"""A curator imports a file of published records in a real browser: previewed, run, undone."""

import pytest
from playwright.sync_api import expect

from tests.imports.files import ROWS, table

from .looking import faults


@pytest.fixture
def at_the_desk(signed_in):
    """Opens a page as Olena, a curator of the home agency."""
    return lambda to: signed_in("olena", to)


def file(rows, name="records.csv"):
    return {"name": name, "mimeType": "text/csv", "buffer": table(rows)}


def test_an_import_is_previewed_run_and_undone(at_the_desk, catalogue):
    page = at_the_desk("/published-records/")
    page.get_by_role("link", name="Imports").click()
    page.get_by_role("link", name="Import a file").click()
    page.get_by_label("File required").set_input_files({**file(ROWS), "buffer": b"a,b\n1,2\n"})
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_role("alert")).to_contain_text("records.csv lacks the columns source_id")
    page.get_by_label("File required").set_input_files(file(ROWS))
    page.get_by_role("button", name="Read the file").click()

    # The preview comes by itself.
    run = page.get_by_role("button", name="Run the import")
    expect(run).to_be_visible()
    expect(page.locator(".stats")).to_contain_text("4 new")
    expect(page.get_by_role("row", name="p-2")).to_contain_text("Infineon")
    here = page.url
    assert faults(page, {"preview": here, "new": catalogue.url + "/imports/new/"}) == []
    page.goto(here)
    run.click()
    expect(page.get_by_role("link", name="Undo the import")).to_be_visible()
    page.get_by_role("link", name="Its published records").click()
    expect(page.locator("#list")).to_contain_text("Transceiver MAX3221 CAE 2040")

    page.goto(here)
    page.get_by_role("link", name="Undo the import").click()
    page.get_by_label("Reason").fill("The wrong file.")
    page.get_by_role("button", name="Undo the whole import").click()
    expect(page.get_by_role("heading", name="Undone")).to_be_visible()
    expect(page.locator("#import")).to_contain_text("Published records: 4")
    assert faults(page, {"undone": here, "list": catalogue.url + "/imports/"}) == []
    page.goto(here.replace("/imports/", "/published-records/?imported=").rstrip("/"))
    expect(page.locator("#list")).to_contain_text("No published record is kept that fits.")


def test_what_rules_propose_is_chosen_accepted_and_taken_back(at_the_desk, catalogue):
    page = at_the_desk("/imports/new/")
    page.get_by_label("File required").set_input_files(file([ROWS[0], ("p-5", "Relay TRR1C05D00D", *ROWS[0][2:])]))
    page.get_by_role("button", name="Read the file").click()
    run = page.get_by_role("button", name="Run the import")
    expect(run).to_be_visible()
    expect(page.get_by_role("row", name="p-1")).to_contain_text("read as MAX3221CAE")
    run.click()
    page.get_by_role("link", name="Its proposals").click()
    here = page.url
    expect(page.get_by_role("row")).to_have_count(3)
    assert faults(page, {"proposals": here}) == []
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(here)

    # One tick chooses all, and what is chosen can be chosen otherwise.
    page.get_by_label("Choose all on this page").check()
    page.get_by_label("Choose TRR1C05D00D").uncheck()
    page.get_by_role("button", name="Accept the chosen").click()
    expect(page.locator(".messages")).to_contain_text("1 proposal is accepted.")
    page.get_by_role("button", name="Take the last step back").click()
    expect(page.locator(".messages")).to_contain_text("1 proposal waits again.")
    page.goto(here)
    expect(page.get_by_role("row")).to_have_count(3)
    page.goto(here.replace("/proposals/?imported=", "/imports/") + "/undo/")
    page.get_by_label("Reason").fill("Only to try.")
    page.get_by_role("button", name="Undo the whole import").click()
    expect(page.get_by_role("heading", name="Undone")).to_be_visible()
