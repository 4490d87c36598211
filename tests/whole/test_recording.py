"""An analyst records in a real browser: a specimen with three components and a photograph. Nothing typed is lost."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from .looking import faults
from .people import sign_in
from .places import FORMS, pages, work


@pytest.fixture
def at_work(signed_in):
    """Opens a page as the analyst."""
    return lambda to, **window: signed_in("taras", to, **window)


def choose(page, label, typed, option):
    """Find a record as one types and take it from the list."""
    page.get_by_role("combobox", name=label).click()
    page.keyboard.type(typed)
    page.get_by_role("option", name=option).first.click()


def photograph():
    out = io.BytesIO()
    Image.new("RGB", (640, 480), "darkgreen").save(out, "JPEG")
    return out.getvalue()


def test_an_analyst_records_a_specimen_with_components_and_a_photograph_and_identifies_one(at_work):
    page = at_work("/specimens/new/")
    choose(page, "Weapon system", "lancet", "Lancet")
    page.get_by_label("Recovered").fill("July 2022")
    expect(page.get_by_text("Understood as July 2022: 1 July – 31 July 2022 (2022-07)")).to_be_visible()
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_text("Nothing is recorded in this specimen yet.")).to_be_visible()

    three_components(page)
    split(page)
    identify(page)
    photograph_it(page)


def three_components(page):
    """A board, and two chips on it, one after the other without leaving the keyboard."""
    page.get_by_role("link", name="Add a component").click()
    expect(page.get_by_label("Kind")).to_be_focused()
    page.get_by_label("Kind").select_option("Board")
    page.get_by_label("What it is").fill("Flight controller")
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.locator(".tree")).to_contain_text("Flight controller")
    page.get_by_role("link", name="Add inside").click()
    expect(page.get_by_label("Kind")).to_be_focused()
    page.get_by_label("Designator").fill("U1")
    page.get_by_label("Marking", exact=True).fill("INV-7\n22?1")
    page.get_by_role("button", name="Record and add another").click()
    expect(page.locator(".tree")).to_contain_text("INV-7")
    page.get_by_label("Designator").fill("U2")
    page.get_by_label("Pieces").fill("4")
    page.get_by_label("Pieces").press("Enter")
    expect(page.locator(".tree .node")).to_have_count(3)


def split(page):
    """A row of four is split in a dialog."""
    row = page.locator(".node", has_text="U2")
    row.locator("summary").click()
    row.get_by_role("link", name="Split").click()
    page.get_by_role("dialog").get_by_label("Pieces that stay in this row").fill("1")
    page.get_by_role("dialog").get_by_role("button", name="Split").click()
    expect(page.get_by_text("3 pieces are now")).to_be_visible()
    expect(page.locator(".tree .node")).to_have_count(4)


def identify(page):
    """One is identified; its maker is recorded in place."""
    page.locator(".node", has_text="U1").get_by_role("link", name="Identify").click()
    expect(page.get_by_text("INV-7 22?1")).to_be_visible()
    page.get_by_role("combobox", name="Maker").click()
    page.keyboard.type("Invented Semiconductor")
    page.get_by_text("Record “Invented Semiconductor” …").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Name required")).to_have_value("Invented Semiconductor")
    dialog.get_by_role("button", name="Record").click()
    expect(dialog).to_have_count(0)
    page.get_by_label("Basis").select_option("Marking read")
    page.get_by_label("High").check()
    page.get_by_role("button", name="Record the identification").click()
    expect(page.locator(".node", has_text="U1")).to_contain_text("Invented Semiconductor")


def photograph_it(page):
    """A photograph is taken into evidence, and a file that is none is refused."""
    page.get_by_role("link", name="Photographs").click()
    files = [
        {"name": "board.jpg", "mimeType": "image/jpeg", "buffer": photograph()},
        {"name": "letter.txt", "mimeType": "text/plain", "buffer": b"Dear Sir"},
    ]
    page.locator("[type=file]").set_input_files(files)
    page.get_by_label("Caption").fill("The board as found")
    page.get_by_role("button", name="Take into evidence").click()
    expect(page.get_by_text("letter.txt: The bytes of this file are of no known photograph format.")).to_be_visible()
    expect(page.locator("#photographs img")).to_have_count(1)
    expect(page.locator("#photographs")).to_contain_text("The board as found")
    page.locator("#photographs").get_by_role("link", name="Change").click()
    page.get_by_role("dialog").get_by_label("View").select_option("Marking")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.locator("#photographs")).to_contain_text("Marking")


def test_what_was_typed_survives_a_reload_and_a_lost_connection(chromium, catalogue):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(catalogue.url + "/sign-in/")
    sign_in(page, "taras", "/organisations/new/")
    page.get_by_label("Name required").fill("Draft works")
    page.get_by_role("button", name="Add a relation").click()
    choose(page, "The other organisation", "analog", "Analog Devices")
    page.get_by_label("Share owned, per cent").fill("51")
    page.wait_for_timeout(1000)  # milliseconds: it is kept when one pauses
    page.reload()
    expect(page.get_by_text("Restored what you typed at")).to_be_visible()
    expect(page.get_by_label("Name required")).to_have_value("Draft works")
    expect(page.get_by_label("Share owned, per cent")).to_have_value("51")
    expect(page.locator(".line .item")).to_contain_text("Analog Devices")
    page.get_by_label("This organisation required").select_option("Owns")

    context.set_offline(True)
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_text("The catalogue cannot be reached. What you typed is kept")).to_be_visible()
    context.set_offline(False)
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_text("Draft works is recorded.")).to_be_visible()
    page.goto(catalogue.url + "/organisations/new/")
    expect(page.get_by_label("Name required")).to_have_value("")
    expect(page.get_by_text("Restored what you typed at")).to_be_hidden()
    context.close()


def test_a_route_is_put_together_of_legs_found_and_made_in_place(at_work):
    page = at_work("/routes/new/")
    page.get_by_label("Title").fill("Analog Devices to a plant")
    add, legs = page.get_by_role("button", name="Add a leg"), page.locator("#legs-lines .line:not([hidden])")
    for end in ("first", "second", "third"):
        add.click()
        page.keyboard.type(f"the {end} leg")
        page.get_by_text(f"Record “the {end} leg” …").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("From, if not known").fill(f"the {end} seller")
        dialog.get_by_role("button", name="Record", exact=True).click()
        expect(dialog).to_have_count(0)
        expect(legs.last).to_contain_text(f"the {end} seller → ?")
    legs.nth(2).get_by_role("button", name="Earlier").click()
    legs.nth(0).get_by_role("button", name="Remove").click()
    expect(legs).to_have_count(2)
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_text("Analog Devices to a plant is recorded.")).to_be_visible()
    page.goto(page.url + "edit/")
    expect(legs.nth(0)).to_contain_text("the third seller")
    expect(legs.nth(1)).to_contain_text("the second seller")
    expect(legs).to_have_count(2)


def test_an_error_is_gone_to_and_the_form_still_works(at_work):
    page = at_work("/legs/new/")
    choose(page, "Carrier", "analog", "Analog Devices")
    page.get_by_role("button", name="Add a line of goods").click()
    page.get_by_label("Value").fill("100")
    page.get_by_role("button", name="Record", exact=True).click()
    box = page.get_by_role("alert")
    expect(box).to_be_focused()
    expect(box).to_contain_text("Goods, line 1, Currency: Name the currency of the value.")
    box.get_by_role("link", name="From").click()
    expect(page.get_by_role("combobox", name="From", exact=True)).to_be_focused()
    page.keyboard.type("analog")
    page.get_by_role("option", name="Analog Devices").first.click()
    page.locator(".line").get_by_label("Currency").select_option("Euro")
    page.locator(".line").get_by_label("Was in fact").fill("chips")
    expect(page.locator(".field", has_text="Carrier").locator(".item")).to_contain_text("Analog Devices")
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_text("is recorded.")).to_be_visible()


def test_without_a_script_a_reference_is_typed(chromium, catalogue):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(catalogue.url + "/sign-in/")
    sign_in(page, "taras", "/parts/new/")
    page.get_by_label("Maker required").fill("analog-devices")
    page.get_by_label("Number required").first.fill("NO-SCRIPT-1")
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_text("NO-SCRIPT-1 is recorded.")).to_be_visible()
    context.close()


def test_every_form_fits_its_window_and_can_be_used_by_everybody(signed_in, catalogue):
    page = signed_in("olena")
    forms = FORMS | work(pages(lambda path: catalogue.get(path)[1]))
    found = faults(page, {name: catalogue.url + path for name, path in forms.items()})
    assert found == [], "\n".join(found)
