"""Sends photographs and files as a browser does, for the tests of what becomes of them."""

import base64
import io

from django.test import TestCase
from PIL import Image, ImageDraw
from procrastinate.contrib.django.models import ProcrastinateJob

from catalogue.actions.photos import shelf
from catalogue.imports import uploaded
from catalogue.models import Photo, Upload
from catalogue.security.viewing import viewing_as

HERE = "/specimens/KND-2026-STRICT/files/"
BODY = "application/offset+octet-stream"
TUS = {"Tus-Resumable": "1.0.0"}


def picture(seed, kind="JPEG", size=(96, 64), **options):
    """A picture that is like none with another `seed`."""
    out, image = io.BytesIO(), Image.new("RGB", size)
    draw = ImageDraw.Draw(image)
    for n in range(60):
        at = (seed * 7919 + n * 104729) % 6007
        x, y, tone = at % 90, at // 90 % 60, (at * 31 + seed * 17) % 255
        draw.rectangle((x, y, x + 14, y + 10), fill=(tone, 255 - tone, (tone * 3) % 255))
    image.save(out, kind, **options)
    return out.getvalue()


def encoded(**told):
    return ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in told.items())


def begin(world, data, name="board.jpg", reader="taras", specimen="KND-2026-STRICT", status=201, size=None, **told):
    """The answer to the creation of an upload."""
    headers = TUS | {
        "Upload-Length": str(len(data) if size is None else size),
        "Upload-Metadata": encoded(specimen=specimen, filename=name, **told),
    }
    answer = world.client(reader).post("/uploads/", headers=headers)
    assert answer.status_code == status, answer.content
    return answer


def patch(world, address, data, offset, reader="taras", **headers):
    sent = TUS | {"Upload-Offset": str(offset)} | headers
    return world.client(reader).patch(address, data, content_type=BODY, headers=sent)


def offset_of(world, address, reader="taras"):
    answer = world.client(reader).head(address, headers=TUS)
    return int(answer["Upload-Offset"]) if answer.status_code == 200 else answer.status_code


def work(world, reader="taras"):
    """Do what waits, as a worker does."""
    jobs = ProcrastinateJob.objects.filter(task_name="catalogue.examine_upload", status="todo").order_by("id")
    with viewing_as(world.viewer(reader)):
        waiting = list(Upload.objects.filter(state="waiting").values_list("pk", flat=True))
    asked = {job.args["upload"] for job in jobs}
    for number in waiting:
        assert str(number) in asked, "every upload that waits has its job"
        with committed():
            uploaded.take(number, world.viewer(reader))
    if waiting:
        work(world, reader)


def send(world, data, name="board.jpg", reader="taras", **told):
    """Send one file and have it examined; the upload as it is then."""
    address = begin(world, data, name, reader, **told)["Location"]
    assert patch(world, address, data, 0, reader).status_code == 204
    work(world, reader)
    return uploads(world, reader)[-1]


def committed():
    """Within it, what waits for the end of the transaction is done at its end, as outside of tests."""
    return TestCase.captureOnCommitCallbacks(execute=True)


def uploads(world, reader="taras"):
    with viewing_as(world.viewer(reader)):
        found = Upload.objects.select_related("photo", "file", "component", "specimen").order_by("created_at", "id")
        return list(found)


def photos(world, reader="taras"):
    with viewing_as(world.viewer(reader)):
        return list(Photo.objects.filter(voided_at=None).select_related("component").order_by("id"))


def on_disk():
    return sorted(str(p.relative_to(shelf().root)) for p in shelf().root.rglob("*") if p.is_file())
