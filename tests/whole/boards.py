"""Photographed boards for the stories, real and invented, and how the interface is asked about them."""

import io
import json
import os
import re
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import expect

ROOT = Path(__file__).resolve().parents[2]
PHOTOS = Path(os.environ.get("FORENSICS_DATA") or ROOT / "../shared/data") / "photos"
BOARD = PHOTOS / "hacking-gemtek__mainboard-top-with-heatsink.jpg"


def invented(seed=0):
    """A board of our own, with chips to draw around; another `seed` makes other bytes."""
    image = Image.new("RGB", (2_400, 1_800), (20, 90 + seed, 40))
    pen = ImageDraw.Draw(image)
    for x, y in ((500, 400), (1_500, 500), (900, 1_200)):
        pen.rectangle((x, y, x + 360, y + 260), fill=(25, 25, 28))
        pen.text((x + 40, y + 90), "INV-7 2231", fill=(220, 220, 220), font_size=48)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90)
    return out.getvalue()


def call(page, method, path, body=None, **files):
    """The interface's answer to the signed-in person."""
    token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    sent = (
        {"multipart": files} if files else {"data": json.dumps(body), "headers": {"Content-Type": "application/json"}}
    )
    headers = sent.pop("headers", {}) | {"X-CSRFToken": token, "Referer": page.url}
    answer = page.request.fetch(re.sub(r"(//[^/]+)/.*", r"\1", page.url) + path, method=method, headers=headers, **sent)
    assert answer.ok, answer.text()
    return answer.json() if answer.text() else None


def new_board(page, data, **fields):
    """(reference of a specimen, reference of its board, id of the photograph of it)."""
    specimen = call(page, "POST", "/api/v1/specimens/", {"system": "shahed-136-geran-2", "kind": "single"})
    board = {"specimen": specimen["reference"], "kind": "board", "name": "Mainboard"}
    board = call(page, "POST", "/api/v1/components/", board)
    file = {"name": "board.jpg", "mimeType": "image/jpeg", "buffer": data}
    photo = call(page, "POST", "/api/v1/photos/", file=file, specimen=specimen["reference"], view="top", **fields)
    return specimen["reference"], board["reference"], photo["id"]


def opened(page, photo):
    """The page of a photograph, once its tiles are made and drawn."""
    data = page.locator("#photograph-data")
    for _ in range(60):
        page.goto(
            f"/photos/{photo}/"
            if page.url == "about:blank"
            else re.sub(r"(//[^/]+)/.*", rf"\1/photos/{photo}/", page.url)
        )
        if '"tiles": null' not in data.text_content():
            break
        page.wait_for_timeout(500)
    else:
        raise AssertionError("the tiles were not made")
    expect(page.locator("[data-stage] canvas").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    return page


def chip(page, number):
    """The region of that number on the picture."""
    return page.locator(".viewer-regions .region", has=page.locator(f"text:text-is('{number}')"))


def call_get(page, path):
    return page.request.get(re.sub(r"(//[^/]+)/.*", r"\1", page.url) + path).json()
