"""A teardown at the bench, in a real browser: by keyboard, without a network, by two at once, out of a spreadsheet."""

from urllib.parse import urljoin

from playwright.sync_api import expect

from .benches import all_saved, at_the_bench, begun, paste, paste_picture, picture, recorded, rows, texts
from .looking import faults

LOGGED = 40  # components of the log
MOST_ACTIONS = 3  # of the user for each, beyond typing


def test_a_teardown_of_forty_components_and_twelve_photographs_is_logged_by_keyboard(signed_in):
    page = signed_in()
    address = begun(page)
    typist = at_the_bench(page, address)
    each = []
    for n in range(LOGGED):
        before = typist.actions
        typist.types(f"U{n + 1}")
        typist.presses("Tab")
        typist.types(f"INV-{n}\n22{n:02}")
        if n % 4 == 0:
            typist.presses("Tab")
            typist.types("MAX-BENCH")
        elif (n < 20 and n % 4 < 3) or n in (21, 22):
            paste_picture(page, n)
            typist.actions += 1
        typist.presses("Enter")
        each.append(typist.actions - before)
    print(f"{LOGGED} components, 12 photographs: {sum(each)} actions beyond typing, at most {max(each)} for one")
    assert max(each) <= MOST_ACTIONS
    expect(page.locator(".bench-strip li")).to_have_count(12)
    expect(page.locator('.bench-row[data-state="saved"]')).to_have_count(30)
    found = recorded(page, address)
    assert [row["designator"] for row in found] == [f"U{n + 1}" for n in range(LOGGED)]
    assert [row["marking"] for row in found] == [f"INV-{n}\n22{n:02}" for n in range(LOGGED)]
    assert {row["marking_state"] for row in found} == {"read"}
    reference = found[0]["specimen"]["reference"]
    photos = page.request.get(urljoin(address, f"/api/v1/photos/?specimen={reference}&page_size=100")).json()["results"]
    assert len({photo["component"]["reference"] for photo in photos}) == 12
    # A part that nobody knows is asked for once, and then known to the other rows.
    page.locator(".bench-panel").first.get_by_role("button", name="Record “MAX-BENCH” as a new part").click()
    expect(page.locator("[data-said]")).to_contain_text("Name the maker first")


def test_a_maker_and_a_part_are_found_as_one_types_and_recorded_when_they_are_new(signed_in):
    page = signed_in()
    address = begun(page)
    typist = at_the_bench(page, address)
    typist.types("U1")
    typist.presses("ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight")
    typist.types("analog devices")
    expect(page.get_by_role("option", name="Analog Devices").first).to_be_visible()
    typist.presses("Enter")
    all_saved(page)
    assert recorded(page, address)[0]["manufacturer"]["slug"] == "analog-devices"

    typist.presses("ArrowUp", "ArrowRight")
    typist.types("BENCH-NEW-1")
    option = page.get_by_role("option", name="Record “BENCH-NEW-1” as a new part")
    expect(option).to_be_visible()
    typist.presses("Enter")
    expect(page.get_by_text("No part is numbered “BENCH-NEW-1”.")).to_be_visible()
    typist.presses("ArrowUp", "F4", "Enter")
    all_saved(page)
    assert recorded(page, address)[0]["part"]["number"] == "BENCH-NEW-1"
    page.reload()
    expect(page.locator(".c-part", has_text="BENCH-NEW-1")).to_be_visible()


def test_rows_stand_on_each_other_are_doubled_taken_back_and_done_again(signed_in):
    page = signed_in()
    address = begun(page)
    typist = at_the_bench(page, address)
    typist.types("A1")
    typist.presses("Enter")
    typist.types("U1")
    typist.presses("Tab", "Alt+ArrowRight")
    typist.types("VE-9")
    typist.presses("Enter")
    all_saved(page)
    board, chip = recorded(page, address)
    assert chip["parent"] == board["reference"] and board["parent"] is None

    typist.presses("ArrowUp", "Control+d")
    expect(rows(page)).to_have_count(4)
    typist.types("U2")
    typist.presses("ArrowDown")
    all_saved(page)
    assert [row["marking"] or "" for row in recorded(page, address)] == ["", "VE-9", "VE-9"]
    assert [row["designator"] for row in recorded(page, address)] == ["A1", "U1", "U2"]

    typist.presses("Control+z")
    expect(page.get_by_text("Undone.")).to_be_visible()
    assert "U2" not in texts(page, "designator")
    typist.presses("Control+Shift+z")
    expect(page.locator(".c-designator", has_text="U2")).to_be_visible()
    typist.presses("Control+z", "Control+z")
    page.get_by_role("button", name="New row").click()
    all_saved(page)
    assert [row["designator"] for row in recorded(page, address)] == ["A1", "U1"]


def test_fifty_steps_are_taken_back_and_done_again(signed_in):
    page = signed_in()
    typist = at_the_bench(page, begun(page))
    for n in range(55):
        typist.types(f"V{n}")
        typist.presses("ArrowDown")
    assert texts(page, "designator")[0] == "V54"
    for _ in range(60):
        typist.presses("Control+z")
    assert texts(page, "designator")[0] == "V4"
    expect(page.get_by_text("There is nothing to undo.")).to_be_visible()
    for _ in range(60):
        typist.presses("Control+Shift+z")
    assert texts(page, "designator")[0] == "V54"


def test_a_block_of_a_spreadsheet_is_pasted_by_its_heading_and_copied_again(signed_in):
    page = signed_in()
    address = begun(page)
    at_the_bench(page, address)
    block = (
        "Кількість\tRef des\tКолір\tМаркування\tManufacturer\r\n"
        '2\tU7\tчорний\t"ADSP-21\n2231 ""A"""\tAnalog Devices\r\n'
        "x\tU8\tсірий\tTPS\tNobody Knows Ltd\r\n"
    )
    paste(page, block)
    expect(page.locator("[data-said]")).to_contain_text(
        "2 rows pasted. Columns that are not known were left out: Колір."
    )
    expect(page.get_by_text("No maker is called “Nobody Knows Ltd”.")).to_be_visible()
    expect(page.get_by_text("“x” is no number of pieces")).to_be_visible()
    expect(rows(page).nth(0)).to_contain_text("Saved")
    expect(rows(page).nth(1)).to_contain_text("Unclear")
    first, second = recorded(page, address)
    assert (first["designator"], first["quantity"], first["marking"]) == ("U7", 2, 'ADSP-21\n2231 "A"')
    assert first["manufacturer"]["slug"] == "analog-devices"
    assert (second["designator"], second["manufacturer"]) == ("U8", None)

    # A block without a heading is written from the cell one is in on; what was copied is what is pasted.
    page.get_by_role("button", name="New row").click()
    paste(page, "R1\tresistor\nR2\tresistor\n")
    page.get_by_role("button", name="New row").click()
    expect(rows(page).nth(3)).to_contain_text("Saved")
    assert [row["designator"] for row in recorded(page, address)] == ["U7", "U8", "R1", "R2"]


def test_at_the_size_of_a_phone_a_component_is_photographed_and_changed(signed_in):
    page = signed_in(width=390)
    address = begun(page)
    at_the_bench(page, address)
    rows(page).first.locator(".c-designator").click()
    page.keyboard.type("U1")
    page.keyboard.press("Enter")
    camera = rows(page).first.locator("input[type=file]")
    expect(camera).to_have_attribute("capture", "environment")
    camera.set_input_files({"name": "u1.jpg", "mimeType": "image/jpeg", "buffer": picture()})
    expect(page.locator("[data-said]")).to_contain_text("The photograph of U1 is recorded.")
    expect(page.locator("[data-stage] canvas").first).to_be_visible()
    (row,) = recorded(page, address)
    photos = page.request.get(urljoin(address, f"/api/v1/photos/?component={row['reference']}")).json()["results"]
    assert len(photos) == 1
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide == 390


def test_the_bench_fits_its_window_and_can_be_used_by_everybody(signed_in):
    page = signed_in()
    address = begun(page)
    typist = at_the_bench(page, address)
    typist.types("U1")
    typist.presses("Tab")
    typist.types("VE-9\n2231")
    typist.presses("Tab")
    typist.types("NO-SUCH-PART")
    typist.presses("Enter")
    expect(page.get_by_text("No part is numbered")).to_be_visible()
    found = faults(page, {"bench": address})
    assert found == [], "\n".join(found)


def test_a_reviewed_specimen_is_amended_for_a_reason_that_is_asked_once(signed_in):
    taras = signed_in()
    address = begun(taras)
    typist = at_the_bench(taras, address)
    typist.types("U1")
    typist.presses("Enter")
    all_saved(taras)
    review = address.replace("/bench/", "/review/")
    taras.goto(review)
    taras.get_by_role("button", name="Send to review").click()
    mykola = signed_in("mykola")
    mykola.goto(review)
    mykola.get_by_role("button", name="The record is right").click()

    typist = at_the_bench(taras, address)
    typist.presses("ArrowRight")
    typist.types("Radio")
    typist.presses("Enter")
    expect(taras.locator("[data-said]")).to_contain_text("say above why it is amended")
    taras.get_by_label("Why are its components amended?").fill("Looked at once more")
    taras.keyboard.press("Enter")
    all_saved(taras)
    assert recorded(taras, address)[0]["name"] == "Radio"
    taras.reload()
    expect(taras.locator("#bench[data-ready]")).to_be_visible()
    expect(taras.get_by_label("Why are its components amended?")).to_be_hidden()
