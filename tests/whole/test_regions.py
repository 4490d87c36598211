"""A board is looked at closely in a real browser: regions drawn by mouse and by keyboard, their crops on components."""

import io
import os
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from .boards import BOARD, call, call_get, chip, invented, new_board, opened
from .looking import faults, faults_here


def story(signed_in, data):
    """Two regions, one by mouse and one by keyboard; their crops; the page without a fault."""
    page = signed_in("olena")
    specimen, board, photo = new_board(page, data)
    opened(page, photo)
    # By mouse: a rectangle, linked with a component found as one types.
    page.get_by_role("button", name="Draw a rectangle").click()
    stage = page.locator("[data-stage]").bounding_box()
    x, y = stage["x"] + stage["width"] * 0.35, stage["y"] + stage["height"] * 0.3
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 40)
    page.mouse.move(x + 160, y + 120)
    page.mouse.up()
    expect(page.get_by_role("heading", name="What is this?")).to_be_visible()
    expect(page.get_by_role("combobox", name="Component")).to_be_focused()
    page.keyboard.type(board[-4:])
    page.get_by_role("option", name=board).first.click()
    page.get_by_label("Note").fill("По центру")
    page.get_by_role("button", name="Keep").click()
    expect(page.locator("[data-viewer-said]")).to_have_text("The region is kept.")
    expect(page.locator("#regions")).to_contain_text(board)
    expect(chip(page, 1)).to_have_class(re.compile("chosen"))
    # By keyboard: from the picture, moved, resized, and a new component recorded for it.
    expect(page.locator("[data-stage]")).to_be_focused()
    for key in ("r", "ArrowRight", "ArrowDown", "Shift+ArrowRight", "Shift+ArrowDown", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_role("combobox", name="Component")).to_be_focused()
    page.keyboard.type("Voltage regulator")
    page.get_by_text("Record “Voltage regulator” …").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("What it is")).to_have_value("Voltage regulator")
    dialog.get_by_role("button", name="Record", exact=True).click()
    expect(dialog).to_have_count(0)
    page.get_by_role("button", name="Keep").click()
    expect(page.locator("#regions li")).to_have_count(2)
    # A row leads to its region; E moves it, Escape leaves it as it was.
    page.get_by_role("button", name="Show region 1").click()
    expect(chip(page, 1)).to_have_class(re.compile("chosen"))
    before = regions(page, photo)
    page.locator("[data-stage]").focus()
    for key in ("e", "ArrowLeft", "Escape"):
        page.keyboard.press(key)
    assert regions(page, photo) == before
    for key in ("e", "ArrowLeft", "Shift+ArrowDown", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("[data-viewer-said]")).to_have_text("The region is kept.")
    moved = regions(page, photo)
    assert moved[0] != before[0] and moved[1] == before[1]
    # The crop stands on the component and in the specimen's inventory.
    crop = page.locator("#regions li").first.locator("img").get_attribute("src")
    component = page.locator("#regions li").first.get_by_role("link", name=board).get_attribute("href")
    for address in (component, f"/specimens/{specimen}/"):
        page.goto(re.sub(r"(//[^/]+)/.*", r"\1", page.url) + address)
        picture = page.locator(f"img[src='{crop}']")
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("image => image.naturalWidth") > 30
    return page, specimen, board, photo


def regions(page, photo):
    """The points of the regions of a photograph, as they are kept."""
    found = call_get(page, f"/api/v1/regions/?photo={photo}")["results"]
    return [one["points"] for one in sorted(found, key=lambda one: one["id"])]


@pytest.mark.skipif(not BOARD.is_file(), reason="No real photographs: set FORENSICS_DATA to a folder with photos/.")
def test_regions_on_a_real_board_photograph_and_their_crops_on_the_components(signed_in):
    story(signed_in, BOARD.read_bytes())


def test_regions_are_drawn_by_mouse_and_keyboard_and_the_page_is_for_everybody(signed_in):
    page, _specimen, _board, photo = story(signed_in, invented())
    assert faults(page, {"photograph": re.sub(r"(//[^/]+)/.*", rf"\1/photos/{photo}/", page.url)}) == []


def test_a_polygon_and_the_scale_are_drawn_by_keyboard(signed_in):
    page = signed_in("olena")
    _specimen, _board, photo = new_board(page, invented())
    opened(page, photo)
    page.locator("[data-stage]").focus()
    for key in ("p", *["ArrowLeft"] * 4, "Space", *["ArrowRight"] * 8, "Space", *["ArrowDown"] * 6, "Enter"):
        page.keyboard.press(key)
    page.get_by_label("What it is for").select_option("Masked in the released rendition")
    expect(page.get_by_role("combobox", name="Component")).to_be_hidden()
    page.get_by_role("button", name="Keep").click()
    expect(page.locator("#regions li")).to_have_count(1)
    for key in ("l", "Shift+ArrowRight", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_label("Length of the line")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-problem]")).to_have_text("Say how long the line is, in millimetres.")
    page.get_by_label("Length of the line").fill("12,5")
    page.keyboard.press("Enter")
    expect(page.locator("[data-scale]")).to_contain_text("mm")
    expect(page.locator("#regions li")).to_have_count(2)
    page.get_by_role("link", name="As released").click()
    expect(page.get_by_text("This is what other agencies are shown")).to_be_visible()


def test_a_finger_draws_on_a_phone(signed_in):
    page = signed_in("olena", width=390)
    _specimen, _board, photo = new_board(page, invented())
    opened(page, photo)
    page.get_by_role("button", name="Draw a rectangle").click()
    box = page.locator("[data-stage]").bounding_box()
    finger = page.context.new_cdp_session(page)
    moves = (("touchStart", (100, 200)), ("touchMove", (160, 230)), ("touchMove", (240, 290)), ("touchEnd", None))
    for kind, at in moves:
        points = [{"x": box["x"] + at[0], "y": box["y"] + at[1]}] if at else []
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    expect(page.get_by_role("heading", name="What is this?")).to_be_visible()
    page.get_by_role("button", name="Keep").click()
    expect(page.locator("#regions li")).to_have_count(1)
    (drawn,) = regions(page, photo)
    assert drawn[1][0] > drawn[0][0] + 100


def test_a_partner_is_shown_the_masked_photograph(signed_in):
    page = signed_in("olena")
    specimen, _board, photo = new_board(page, invented(), handling="AMBER", released_to="harbour-police")
    declared = {"handling": "AMBER", "released_to": ["harbour-police"], "reason": "Joint inquiry."}
    call(page, "PATCH", f"/api/v1/specimens/{specimen}/", declared)
    body = {"photo": photo, "purpose": "mask", "points": [[500, 400], [860, 660]]}
    call(page, "POST", "/api/v1/regions/", body)
    partner = signed_in("pieter", f"/photos/{photo}/")
    expect(partner.get_by_text("The agency has masked a part of it.")).to_be_visible()
    opened(partner, photo)
    origin = re.sub(r"(//[^/]+)/.*", r"\1", partner.url)
    for address in (f"/photos/{photo}/tiles/0/0_0.jpg", f"/api/v1/photos/{photo}/view/"):
        seen = Image.open(io.BytesIO(partner.request.get(origin + address).body())).convert("L")
        spot = [int(seen.width * 680 / 2_400), int(seen.height * 530 / 1_800)]
        around = seen.crop((spot[0] - 8, spot[1] - 8, spot[0] + 8, spot[1] + 8))
        assert around.getextrema()[1] < 12, address


def test_on_a_reviewed_specimen_a_region_is_kept_for_a_reason_and_a_mask_without(signed_in):
    page = signed_in("olena")
    specimen, _board, photo = new_board(page, invented())
    address = f"/api/v1/specimens/{specimen}/"
    call(page, "PATCH", address, {"review": "in-review"})
    call(signed_in("mykola"), "PATCH", address, {"review": "reviewed"})
    opened(page, photo)
    page.locator("[data-stage]").focus()
    page.keyboard.press("r")
    page.keyboard.press("Enter")
    why = page.get_by_label("Why is it amended?")
    expect(why).to_be_visible()
    page.get_by_label("Note").fill("Пізніше")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_role("alert").filter(has_text="say why it is amended")).to_be_visible()
    expect(why).to_be_focused()
    for theme in ("light", "dark"):
        for width in (1440, 390):
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            page.set_viewport_size({"width": width, "height": 900})
            assert list(faults_here(page, theme, width)) == []
            if os.environ.get("LOOK"):
                page.screenshot(path=f"{os.environ['LOOK']}/region-{theme}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 1440, "height": 900})
    why.fill("Overlooked.")
    page.get_by_role("button", name="Keep").click()
    expect(page.locator("[data-viewer-said]")).to_have_text("The region is kept.")
    # Moved, it asks again; a mask does not.
    page.locator("#regions [data-act=move]").first.click()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(why).to_be_visible()
    why.fill("Moved a little.")
    page.get_by_role("button", name="Keep").click()
    expect(page.locator("[data-viewer-said]")).to_have_text("The region is kept.")
    page.locator("[data-stage]").focus()
    page.keyboard.press("r")
    page.keyboard.press("Enter")
    page.get_by_label("What it is for").select_option("mask")
    expect(why).to_be_hidden()
    page.get_by_role("button", name="Keep").click()
    expect(page.locator("#regions [data-region]")).to_have_count(2)
