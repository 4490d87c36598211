"""A real browser for the stories: quiet, slow to give up, and intolerant of any message in its console."""

import shutil

import pytest
from playwright.sync_api import expect, sync_playwright

from .people import sign_in

# The same browser without windows, of which nobody sees anything here, takes half the processor time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--disable-quic"]  # fmt: skip
expect.set_options(timeout=30_000)  # milliseconds: a busy machine is slow, not wrong


def launched(playwright):
    """Debian's Chromium, or an error that says how it comes here."""
    assert CHROMIUM, "Chromium is not installed; make test installs Debian's package"
    return playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = launched(playwright)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, catalogue):
    """Opens a page of the catalogue; fails on any message of the console."""
    contexts, said = [], []

    def open_(path, width=1440, scheme="light"):
        context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(catalogue.url + path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert said == []


@pytest.fixture
def signed_in(open_page):
    """Opens a page as one of people.py."""
    return lambda name="taras", to="/", **window: sign_in(open_page("/sign-in/", **window), name, to)
