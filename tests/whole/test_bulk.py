"""An analyst sends many files from a real browser: some are refused, one looks like another, the page is reloaded."""

import io
import random

import pytest
from PIL import Image
from playwright.sync_api import expect

from .looking import faults


@pytest.fixture
def here(signed_in):
    """Opens the page of files of a new specimen, as an analyst of the home agency."""
    page = signed_in("taras", "/specimens/new/")
    page.get_by_role("combobox", name="Weapon system").click()
    page.keyboard.type("lancet")
    page.get_by_role("option", name="Lancet").first.click()
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_text("Nothing is recorded in this specimen yet.")).to_be_visible()
    page.goto(page.url.replace("/inventory/", "/files/"))
    return page


def picture(seed, size=(640, 480), quality=90):
    chance = random.Random(seed)
    rough = Image.frombytes("RGB", (16, 12), chance.randbytes(576)).resize(size, Image.Resampling.BICUBIC)
    out = io.BytesIO()
    rough.save(out, "JPEG", quality=quality)
    return out.getvalue()


def noise(size):
    """A JPEG of some megabytes."""
    out = io.BytesIO()
    Image.frombytes("RGB", size, random.Random(5).randbytes(size[0] * size[1] * 3)).save(out, "JPEG", quality=95)
    return out.getvalue()


def file(name, data, kind="image/jpeg"):
    return {"name": name, "mimeType": kind, "buffer": data}


def send(page, *files):
    page.locator("#bulk [type=file]").set_input_files(list(files))
    page.get_by_role("button", name="Send", exact=True).click()


def outcome(page, name):
    return page.locator("#sent li").filter(has_text=name)


def test_each_of_several_files_is_told_what_came_of_it(here):
    checksums = []
    here.on("request", lambda one: one.method == "PATCH" and checksums.append(one.headers.get("upload-checksum", "")))
    send(
        here, file("one.jpg", picture(1)), file("two.jpg", picture(2)), file("letter.txt", b"Dear Sir", "text/plain"),
    )  # fmt: skip
    expect(outcome(here, "one.jpg")).to_contain_text("Added")
    assert checksums and all(one.startswith("sha256 ") for one in checksums), "each part goes with its checksum"
    expect(outcome(here, "two.jpg")).to_contain_text("Added")
    expect(outcome(here, "letter.txt")).to_contain_text("are of no known photograph format")
    send(here, file("again.jpg", picture(1)), file("like.jpg", picture(2, quality=40)))
    expect(outcome(here, "again.jpg")).to_contain_text("Already there")
    like = outcome(here, "like.jpg")
    expect(like).to_contain_text("It looks like a photograph that is there.")
    expect(like.get_by_role("img")).to_have_count(2)
    assert faults(here, {"files": here.url}) == []
    outcome(here, "like.jpg").get_by_role("button", name="Keep", exact=True).click()
    expect(outcome(here, "like.jpg")).to_contain_text("Added")


def test_after_a_reload_in_the_middle_the_same_file_goes_on_where_it_stopped(here):
    data, parts, hold = noise((2400, 2000)), [], [True]

    def passed(route):
        if route.request.method == "PATCH":
            if parts and hold:
                return  # the connection hangs
            parts.append(int(route.request.headers["upload-offset"]))
        route.continue_()

    here.on("dialog", lambda dialog: dialog.accept())
    here.route("**/uploads/**", passed)
    assert len(data) > 5 * 1024 * 1024
    send(here, file("large.jpg", data))
    expect(here.locator("[data-list] li")).to_contain_text("Sending")
    with here.expect_response(lambda answer: answer.request.method == "PATCH"):
        pass
    here.reload()
    expect(outcome(here, "large.jpg")).to_contain_text("are there. Choose the same file again")
    hold.clear()
    send(here, file("large.jpg", data))
    expect(outcome(here, "large.jpg")).to_contain_text("Added")
    assert parts == [0, 4 * 1024 * 1024], "nothing is sent twice"
