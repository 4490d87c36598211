"""What is done and seen at the bench, for the stories about it."""

import io
from urllib.parse import urljoin

from PIL import Image
from playwright.sync_api import expect

# How many rows wait in the browser.
WAITING = """async () => {
    const db = await new Promise((done) => {
        const asked = indexedDB.open("bench");
        asked.onsuccess = () => done(asked.result);
    });
    const waiting = await new Promise((done) => {
        const asked = db.transaction("rows").objectStore("rows").count();
        asked.onsuccess = () => done(asked.result);
    });
    db.close();
    return waiting;
}"""


class Typist:
    """Somebody at the keyboard: what is typed, and every key beyond that, which is counted."""

    def __init__(self, page):
        self.page, self.actions = page, 0

    def types(self, text):
        for n, line in enumerate(text.split("\n")):
            if n:
                self.page.keyboard.press("Shift+Enter")  # the line break is part of the marking
            self.page.keyboard.type(line)

    def presses(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
            self.actions += 1


def begun(page):
    """The address of the bench of a new specimen."""
    page.goto(urljoin(page.url, "/specimens/new/?system=lancet-3"))
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_text("Nothing is recorded in this specimen yet.")).to_be_visible()
    return page.url.replace("/inventory/", "/bench/")


def at_the_bench(page, address):
    page.goto(address)
    expect(page.locator("#bench[data-ready]")).to_be_visible()
    return Typist(page)


def shell_kept(page):
    """The bench opens without a network from now on: its worker keeps what it needs, and is at work."""
    page.wait_for_function("() => navigator.serviceWorker.controller?.state === 'activated'")


def rows(page):
    return page.locator(".bench-row:not(.bench-head)")


def texts(page, column):
    """What stands in a column, row by row."""
    return page.locator(f".bench-row:not(.bench-head) > .c-{column} > span").all_text_contents()


def all_saved(page):
    # What is said of all rows is drawn with the next frame: until then it speaks of what was before the last key.
    page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    expect(page.locator("[data-said]")).to_contain_text("Everything is saved.")


def paste(page, text):
    """Paste a text as a spreadsheet would hand it over."""
    page.evaluate(
        """text => { const data = new DataTransfer(); data.setData("text/plain", text);
        document.activeElement.dispatchEvent(new ClipboardEvent("paste",
        {clipboardData: data, bubbles: true, cancelable: true})) }""",
        text,
    )


def picture(shade=40):
    out = io.BytesIO()
    Image.new("RGB", (640, 480), (shade, 90, shade)).save(out, "JPEG")
    return out.getvalue()


def paste_picture(page, shade):
    """Paste a photograph that was copied."""
    page.evaluate(
        """bytes => { const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(bytes)], "copied.jpg", {type: "image/jpeg"}));
        document.activeElement.dispatchEvent(new ClipboardEvent("paste",
        {clipboardData: data, bubbles: true, cancelable: true})) }""",
        list(picture(shade)),
    )


def recorded(page, address):
    """The components of the bench's specimen as the interface tells them, the oldest first."""
    reference = address.rstrip("/").split("/")[-2]
    answer = page.request.get(urljoin(address, f"/api/v1/components/?specimen={reference}&page_size=1000"))
    return answer.json()["results"][::-1]
