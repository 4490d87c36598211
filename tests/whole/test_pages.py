"""Every page, light and dark, wide and narrow: fits its window, is accessible, is quiet, is light to load."""

import pytest

from .looking import faults
from .places import pages

MOST = 150 * 1024  # bytes of a first view, compressed, without photographs


@pytest.fixture(scope="module")
def every_page(catalogue):
    return pages(lambda path: catalogue.get(path)[1])


def test_every_page_fits_its_window_and_can_be_used_by_everybody(open_page, every_page, catalogue):
    assert faults(open_page("/"), {name: catalogue.url + path for name, path in every_page.items()}) == []


def test_the_first_view_is_light(chromium, catalogue, every_page):
    heavy = {}
    for name in ("overview", "components", "component", "organisation", "search"):
        context = chromium.new_context()
        page = context.new_page()
        network, loaded = context.new_cdp_session(page), []
        network.send("Network.enable")
        network.on("Network.loadingFinished", lambda event, loaded=loaded: loaded.append(event["encodedDataLength"]))
        page.goto(catalogue.url + every_page[name])
        page.wait_for_load_state("networkidle")
        if sum(loaded) > MOST:
            heavy[name] = sum(loaded)
        context.close()
    assert heavy == {}


def test_reading_works_without_a_script(chromium, catalogue):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(catalogue.url + "/components/")
    page.get_by_label("Marking, text, name, part, maker or reference holds").fill("max")
    page.get_by_role("button", name="Narrow").click()
    page.locator(".tbl tbody a").first.click()
    assert page.get_by_role("heading", name="Marking as read").is_visible()
    context.close()
