"""`python -m tests.whole.screenshots`: every page into docs/screenshots, light and dark, 1440 and 390 pixels wide."""

import io
import re
from pathlib import Path
from urllib.parse import urljoin

import django
from PIL import Image
from playwright.sync_api import expect, sync_playwright

from forensics import env

from .boards import call, invented, new_board, opened
from .browsing import launched
from .conftest import started
from .people import employ, sign_in
from .places import ADMINISTRATION, FORMS, pages, work

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
# Answers besides those that every test of looks asks for.
ANSWERS = {
    f"research-{name}": f"/research/{name}/"
    for name in ("dating", "timeline", "assembly", "lag", "seen", "substitution", "makers", "commonality", "claims")
}
TALLEST = 1600  # pixels; what lies further down is more of the same


def take(page, address, name):
    """The page as four pictures, from its top."""
    assert page.goto(address).ok, f"{name} is not at {address}"
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            tall = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
            page.set_viewport_size({"width": width, "height": max(900, tall)})
            page.evaluate("scrollTo(0, 0)")  # a page that puts the cursor somewhere has gone there
            picture = Image.open(io.BytesIO(page.screenshot()))
            picture.save(FOLDER / f"{name}_{scheme}_{width}.webp", quality=50, method=6)
    print(name, flush=True)


def confirmed(page, password):
    """Past the page that asks an administrator for the password once more."""
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Confirm").click()


def previewed(page, address):
    """Where the preview of a small file of published records is shown."""
    from tests.imports.files import ROWS, table

    page.goto(address)
    rows = {"name": "records.csv", "mimeType": "text/csv", "buffer": table(ROWS)}
    page.get_by_label("File required").set_input_files(rows)
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_role("button", name="Run the import")).to_be_visible()
    return page.url


def drawn_on(page):
    """{name: address} of an invented board with regions drawn on it, and of the bench on which it lies."""
    specimen, board, photo = new_board(page, invented(), caption="Main board")
    for n, (x, y) in enumerate(((480, 380), (1_480, 480), (880, 1_180)), 1):
        chip = {"specimen": specimen, "parent": board, "designator": f"U{n}", "marking": "INV-7\n2231"}
        reference = call(page, "POST", "/api/v1/components/", chip)["reference"]
        shown = {"photo": photo, "points": [[x, y], [x + 400, y + 300]], "component": reference}
        call(page, "POST", "/api/v1/regions/", shown)
    scale = {"shape": "line", "purpose": "scale", "points": [[480, 760], [880, 760]], "length_mm": 12}
    call(page, "POST", "/api/v1/regions/", {"photo": photo} | scale)
    looked_at = opened(page, photo).url
    return {"photograph": looked_at, "bench": urljoin(looked_at, f"/specimens/{specimen}/bench/")}


def main():
    env.give(DJANGO_SETTINGS_MODULE="forensics.settings")
    django.setup()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.webp"):
        old.unlink()
    with started() as catalogue, sync_playwright() as playwright:
        browser = launched(playwright)
        readable = pages(lambda address: catalogue.get(address)[1])
        page = browser.new_context().new_page()
        for name, path in (readable | ANSWERS).items():
            take(page, catalogue.url + path, name)
        employ(catalogue)
        page = browser.new_context().new_page()
        page.goto(catalogue.url + "/sign-in/")
        sign_in(page, "olena", "/")
        for name, path in (FORMS | work(readable) | {"duplicates": "/duplicates/organisations/"}).items():
            take(page, catalogue.url + path, name)
        for name, address in drawn_on(page).items():
            take(page, address, name)
        take(page, previewed(page, catalogue.url + "/imports/new/"), "import-preview")
        name, password = re.findall(r": (\S+)", (catalogue.state / "first-sign-in.txt").read_text())
        page = browser.new_context().new_page()
        page.goto(catalogue.url + "/sign-in/")
        confirmed(sign_in(page, name, ADMINISTRATION["account-authenticator"], password), password)
        for name, path in ADMINISTRATION.items():
            take(page, catalogue.url + path, name)


if __name__ == "__main__":
    main()
