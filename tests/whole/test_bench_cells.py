"""Cells of the bench's sheet, in a real browser: what a row sits on, what is composed, what waits of somebody else."""

from playwright.sync_api import expect

from .benches import WAITING, all_saved, at_the_bench, begun, recorded, rows, texts
from .people import sign_in


def ground(page, n):
    """What row `n` says that it sits on."""
    return rows(page).nth(n).locator(".c-parent > small")


def test_what_a_row_sits_on_is_typed_completed_emptied_and_never_a_ring(signed_in):
    page = signed_in()
    address = begun(page)
    typist = at_the_bench(page, address)
    for name in ("A1", "B1", "U1"):
        typist.types(name)
        typist.presses("Enter")
    all_saved(page)
    typist.presses("ArrowUp", "ArrowLeft", "ArrowLeft", "ArrowLeft")
    expect(page.get_by_role("combobox", name="Sits on, Row 3: empty")).to_be_focused()
    typist.types("a")
    expect(page.get_by_role("listbox").get_by_role("option")).to_contain_text(["A1"])
    typist.presses("Enter")
    expect(ground(page, 1)).to_have_text("A1")  # it has moved up, below what it sits on
    all_saved(page)
    parents = {row["designator"]: row["parent"] for row in recorded(page, address)}
    references = {row["designator"]: row["reference"] for row in recorded(page, address)}
    assert parents == {"A1": None, "B1": None, "U1": references["A1"]}
    # By the end of a reference, and a ring is refused in one sentence.
    typist.presses("Control+Home")
    typist.types(references["U1"][-4:])
    expect(page.get_by_role("listbox").get_by_role("option")).to_have_count(0)
    typist.presses("Enter")
    sentence = f"“{references['U1'][-4:]}” sits on this row itself; choose another, or take it off first."
    expect(page.get_by_text(sentence)).to_be_visible()
    expect(rows(page).first).to_contain_text("Unclear")
    typist.presses("Control+Home")
    typist.types("nothing like it")
    typist.presses("Enter")
    expect(page.get_by_text("No row is called “nothing like it”")).to_be_visible()
    # Emptied, it sits on nothing, and so does what is taken off.
    typist.presses("Control+Home", "Delete", "ArrowDown", "Delete", "ArrowDown")
    all_saved(page)
    assert {row["parent"] for row in recorded(page, address)} == {None}


def test_one_letter_means_no_row_by_the_letters_drawn_for_its_reference(signed_in):
    page = signed_in()
    address = begun(page)
    typist = at_the_bench(page, address)
    for name in ("Ж1", "Ж2"):  # no letter of a reference is in these
        typist.types(name)
        typist.presses("Enter")
    all_saved(page)
    tail = recorded(page, address)[0]["reference"][-4:]
    typist.presses("ArrowUp", "ArrowLeft", "ArrowLeft", "ArrowLeft")
    expect(page.get_by_role("combobox", name="Sits on, Row 2: empty")).to_be_focused()
    options = page.get_by_role("listbox").get_by_role("option")
    typist.types(tail)
    expect(options).to_contain_text(["Ж1"])
    for _ in tail[1:]:
        typist.presses("Backspace")
    expect(page.get_by_role("combobox", name="Sits on, Row 2")).to_have_value(tail[0])
    expect(options).to_have_count(0)


def test_enter_that_ends_a_composition_stays_in_the_cell(signed_in):
    page = signed_in()
    address = begun(page)
    typist = at_the_bench(page, address)
    typist.presses("ArrowRight")  # What it is
    keyboard = page.context.new_cdp_session(page)
    keyboard.send("Input.imeSetComposition", {"text": "か", "selectionStart": 1, "selectionEnd": 1})
    composing = """() => document.activeElement.dispatchEvent(new KeyboardEvent("keydown",
        {key: "Enter", keyCode: 229, isComposing: true, bubbles: true, cancelable: true}))"""
    assert page.evaluate(composing), "nobody took it"
    expect(rows(page)).to_have_count(1)
    keyboard.send("Input.insertText", {"text": "回路"})
    expect(page.locator(".bench-editor")).to_have_value("回路")
    typist.presses("Enter")
    expect(rows(page)).to_have_count(2)
    all_saved(page)
    assert recorded(page, address)[0]["name"] == "回路"


def test_what_waits_of_somebody_else_is_named_but_neither_shown_nor_sent(catalogue, chromium):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(catalogue.url + "/sign-in/")
    address = begun(sign_in(page, "taras", "/"))
    typist = at_the_bench(page, address)
    context.set_offline(True)
    typist.types("OF-TARAS")
    typist.presses("Enter")
    expect(page.locator("[data-said]")).to_contain_text("waits in this browser: 1.")
    page.close()
    context.clear_cookies()  # his session ends without a sign-out, on a computer that several people use
    context.set_offline(False)
    page = context.new_page()
    page.goto(catalogue.url + "/sign-in/")
    sign_in(page, "iryna", "/")
    typist = at_the_bench(page, address)
    expect(page.locator("[data-said]")).to_contain_text("Taras K. has rows waiting in this browser")
    typist.types("OF-IRYNA")
    typist.presses("Enter")
    all_saved(page)
    assert "OF-TARAS" not in page.content()
    assert texts(page, "designator") == ["OF-IRYNA", ""]
    assert [row["designator"] for row in recorded(page, address)] == ["OF-IRYNA"]
    assert page.evaluate(WAITING) == 1
    context.clear_cookies()
    page.goto(catalogue.url + "/sign-in/")
    sign_in(page, "taras", "/")
    at_the_bench(page, address)
    all_saved(page)
    assert {row["designator"] for row in recorded(page, address)} == {"OF-IRYNA", "OF-TARAS"}
    context.close()
