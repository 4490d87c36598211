"""A teardown that starts from an earlier one of its system, in a real browser, by keyboard and without a network."""

from urllib.parse import urljoin

import pytest
from playwright.sync_api import expect

from .benches import all_saved, at_the_bench, rows, texts
from .boards import call
from .looking import faults
from .people import sign_in


def torn_down(page, *components, board="Flight controller"):
    """The reference of a new specimen with a board and these on it."""
    specimen = call(page, "POST", "/api/v1/specimens/", {"system": "lancet-3"})["reference"]
    on = {"specimen": specimen, "kind": "board", "name": board, "designator": "A1", "marking": "FC-7"}
    parent = call(page, "POST", "/api/v1/components/", on)["reference"]
    for component in components:
        call(page, "POST", "/api/v1/components/", {"specimen": specimen, "parent": parent, **component})
    return specimen


def counted(page, words):
    expect(page.locator("#template [role=status]")).to_have_text(words)


def focused(page, name):
    expect(page.locator(":focus")).to_have_attribute("aria-label", name)


@pytest.fixture
def page(catalogue, chromium):
    """Taras at 1440 pixels; without a network the console says so, and nothing else."""
    context, said = chromium.new_context(viewport={"width": 1440, "height": 900}), []
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(catalogue.url + "/sign-in/")
    yield sign_in(page, "taras", "/specimens/new/")
    context.close()
    assert [text for text in said if "ERR_INTERNET_DISCONNECTED" not in text] == []


def missing_and_new(page, typist, earlier, here):
    """A further row is new; what was missing is known to the server, has a note, and is taken back."""
    page.get_by_role("button", name="New row").click()
    typist.types("U9")
    typist.presses("Enter")
    counted(page, "expected 0 · found 3 · missing 1 · new 1")
    expect(page.locator(".bench-row", has_text="U9").first).to_contain_text("not in the earlier one")
    page.get_by_label("Where and how U3 was looked for").fill("pads are clean")
    page.get_by_label("Where and how U3 was looked for").press("Enter")
    all_saved(page)
    (absent,) = call(page, "GET", f"/api/v1/absences/?specimen={here}")["results"]
    assert absent["note"] == "pads are clean" and absent["expected"]["specimen"] == earlier
    page.reload()
    counted(page, "expected 0 · found 3 · missing 1 · new 1")  # all of it is known to the server
    assert faults(page, {"the bench with its template": page.url}) == []
    page.get_by_role("button", name="Take back: U3").click()
    counted(page, "expected 1 · found 3 · missing 0 · new 1")
    all_saved(page)
    assert call(page, "GET", f"/api/v1/absences/?specimen={here}")["results"] == []


def test_what_an_earlier_teardown_had_is_found_missing_or_new_by_keyboard(page):
    chips = [
        {"designator": "U1", "name": "microcontroller", "marking": "STM32F405\n2231", "manufacturer": "analog-devices"},
        {"designator": "U2", "name": "receiver", "marking": "MAX-M8Q"},
        {"designator": "U3", "marking": "GONE"},
    ]
    earlier = torn_down(page, *chips)
    here = call(page, "POST", "/api/v1/specimens/", {"system": "lancet-3"})["reference"]
    typist = at_the_bench(page, urljoin(page.url, f"/specimens/{here}/bench/"))
    expect(page.locator("#template select")).to_have_value(earlier)  # the last one
    typist.presses("F9", "Tab", "Enter")
    counted(page, "expected 4 · found 0 · missing 0 · new 0")

    # Without a network: the board and U1 are found, U3 was looked for, and U2 is found and read.
    focused(page, "Found: A1")
    page.context.set_offline(True)
    typist.presses("Enter")
    focused(page, "Found: U1")
    typist.presses("Enter", "ArrowDown")
    focused(page, "Found: U3")
    typist.presses("m")
    counted(page, "expected 1 · found 2 · missing 1 · new 0")
    expect(page.locator(".template-missing")).to_contain_text("not sent yet")
    focused(page, "Found: U2")
    typist.presses("Shift+F")
    typist.types("MAX-M10S")
    typist.presses("Enter")
    counted(page, "expected 0 · found 3 · missing 1 · new 0")
    page.context.set_offline(False)
    all_saved(page)
    expect(page.locator(".template-missing")).not_to_contain_text("not sent yet")

    # A row carries where it is and what it is called; what was read there stands beside it.
    found = call(page, "GET", f"/api/v1/components/?specimen={here}&page_size=100")["results"][::-1]
    assert [(row["designator"], row["name"], row["marking"]) for row in found] == [
        ("A1", "Flight controller", ""), ("U1", "microcontroller", ""), ("U2", "receiver", "MAX-M10S"),
    ]  # fmt: skip
    assert found[1]["parent"] == found[0]["reference"] and found[1]["manufacturer"] is None
    expect(rows(page).nth(1)).to_contain_text("expected: STM32F405")
    page.locator(".bench-row", has_text="U1").locator(".c-manufacturer").click()
    typist.presses("Shift+F9")
    expect(page.locator(".bench-row", has_text="U1").locator(".c-manufacturer > span")).to_have_text("Analog Devices")
    page.get_by_role("button", name="Take over Marking: STM32F405").click()
    assert texts(page, "marking")[1] == "STM32F405\n2231"

    missing_and_new(page, typist, earlier, here)
