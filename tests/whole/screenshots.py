"""`python -m tests.whole.screenshots`: every page into docs/screenshots, light and dark, 1440 and 390 pixels wide."""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from .browsing import launched
from .conftest import started
from .places import pages

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
TALLEST = 2400  # pixels; what lies further down is more of the same


def take(browser, url, path, width, scheme):
    """The page as a picture, from its top."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.goto(url + path)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    tall = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
    page.set_viewport_size({"width": width, "height": max(900, tall)})
    shot = page.screenshot()
    context.close()
    return Image.open(io.BytesIO(shot))


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.webp"):
        old.unlink()
    with started() as catalogue, sync_playwright() as playwright:
        browser = launched(playwright)
        for name, path in pages(lambda address: catalogue.get(address)[1]).items():
            for width in (1440, 390):
                for scheme in ("light", "dark"):
                    picture = take(browser, catalogue.url, path, width, scheme)
                    picture.save(FOLDER / f"{name}_{scheme}_{width}.webp", quality=60, method=6)
            print(name, flush=True)


if __name__ == "__main__":
    main()
