"""Who may read a record: narrowed at once, widened after a look at exactly what will be seen."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from catalogue.models import Component, Identification, Specimen
from catalogue.security.viewing import viewing_as

from .typed import Form, filled, opened, problems, said, send

STRICT = "/specimens/KND-2026-STRICT/handling/"


def partner(world):
    return str(world.agencies["partner"].pk)


def released(world, page, **typed):
    """The answer to a preview that is sent on with a reason."""
    return world.client("olena").post(STRICT, filled(Form(page.content.decode()), {"reason": "Asked for."} | typed))


def asked(world, reader="olena", path=STRICT, **typed):
    form = opened(world, reader, path)
    return world.client(reader).post(path, filled(form, {"handling": "2", "released_to": partner(world)} | typed))


def attached(world, name, **fields):
    """The id of a file of the STRICT specimen."""
    content = SimpleUploadedFile(name, f"%PDF-1.7 {fields['handling']}".encode())
    body = {"file": content, "specimen": "KND-2026-STRICT", **fields}
    answer = world.client("olena").post("/api/v1/files/", body)
    assert answer.status_code == 201, answer.content
    return answer.json()["id"]


def fields(page):
    """{field: value} of the preview."""
    found = re.findall(
        r'<td class="mono">([a-z_.]+)</td><td class="mono lines wide">(.*?)</td>', page.content.decode(), re.S
    )
    return dict(found)


def test_narrowing_happens_at_once(world):
    answer = send(world, "taras", "/specimens/KND-2026-GREEN/handling/", {"handling": "3"})
    assert answer.status_code == 302
    world.get("sam", "/api/v1/specimens/KND-2026-GREEN/", status=404)


def test_widening_shows_first_what_the_agency_will_see_and_does_nothing_yet(world):
    page = asked(world)
    text = said(page)
    assert "Partner agency will see exactly this" in text and "Component 1" in text and "Identification 1" in text
    assert "No second person has reviewed this specimen yet. You may release it all the same." in text
    assert fields(page)["reference"] == "KND-2026-STRICT"
    world.get("piet", "/api/v1/specimens/KND-2026-STRICT/", status=404)


def test_what_was_shown_is_what_is_seen(world):
    page = asked(world)
    shown = fields(page)
    assert released(world, page).status_code == 302
    seen = world.get("piet", "/api/v1/specimens/KND-2026-STRICT/")
    assert shown["system.name"] == seen["system"]["name"] and shown["handling"] == seen["handling"] == "AMBER"
    filled_in = {name for name, value in seen.items() if value not in (None, "", []) and not isinstance(value, dict)}
    assert filled_in - {"updated"} <= shown.keys()
    assert world.get("piet", "/api/v1/components/?specimen=KND-2026-STRICT&count=true")["count"] == 1
    history = world.client("olena").get("/specimens/KND-2026-STRICT/history/").content.decode()
    assert "Asked for." in history


def test_a_reason_is_asked_for(world):
    page = released(world, asked(world), reason="")
    assert problems(page) == ["Reason: Say in `reason` why more readers may see this record."]
    world.get("piet", "/api/v1/specimens/KND-2026-STRICT/", status=404)


def test_a_release_is_looked_at_again_when_more_would_be_seen_meanwhile(world):
    page = asked(world)
    body = {"specimen": "KND-2026-STRICT", "name": "Screw", "handling": "CLEAR"}
    world.send("olena", "post", "/api/v1/components/", body, 201)
    again = released(world, page)
    assert "has changed since you looked" in said(again) and "Component 2" in said(again)


def test_with_everything_in_it_what_was_declared_for_fewer_comes_along_but_red_stays(world):
    for level in ("AMBER+STRICT", "RED"):
        body = {"specimen": "KND-2026-STRICT", "name": level, "handling": level, "manufacturer": "volta-elektronik"}
        world.send("olena", "post", "/api/v1/components/", body, 201)
    alone = said(asked(world))
    assert "Component 1" in alone and alone.count("by its own handling") == 4  # two components, its custody, an absence
    page = asked(world, whole="on")
    assert "Component 2" in said(page) and said(page).count("by its own handling") == 3
    assert released(world, page).status_code == 302
    listed = world.get("piet", "/api/v1/components/?specimen=KND-2026-STRICT")["results"]
    assert sorted(one["name"] for one in listed) == ["", "AMBER+STRICT"]
    assert {one["manufacturer"]["slug"] for one in listed} == {"acme-semiconductor", "volta-elektronik"}


def test_files_come_along_each_named_and_are_downloaded_only_by_who_may_see_them_then(world):
    reports = {level: attached(world, f"{level} звіт.pdf", handling=level) for level in ("AMBER+STRICT", "RED")}
    contents = {level: f"/api/v1/files/{report}/content/" for level, report in reports.items()}
    world.get("piet", contents["AMBER+STRICT"], status=404)
    page = said(asked(world, whole="on"))
    assert "given out whole" in page and "AMBER+STRICT звіт.pdf" in page and "File 1" in page
    assert "AMBER+STRICT звіт.pdf" not in said(asked(world)).partition("Stays hidden")[0]
    assert released(world, asked(world, whole="on")).status_code == 302
    answer = world.client("piet").get(contents["AMBER+STRICT"])
    assert answer.status_code == 200 and b"".join(answer.streaming_content) == b"%PDF-1.7 AMBER+STRICT"
    world.get("piet", contents["RED"], status=404)
    for reader in ("sam", "nobody"):
        world.get(reader, contents["AMBER+STRICT"], status=404)


@pytest.mark.parametrize("reader", ["taras", "piet"])
def test_who_may_not_widen_is_refused(world, reader):
    path = "/specimens/KND-2026-AMBER/handling/"
    page = world.client(reader).post(path, {"handling": "0"})
    assert page.status_code == 403
    assert "Your role may not widen" in said(page) or "Only the agency that owns" in said(page)
    assert world.get("olena", "/api/v1/specimens/KND-2026-AMBER/")["handling"] == "AMBER"


def test_what_holds_a_component_back_is_said(world):
    body = {"specimen": "KND-2026-STRICT", "name": "Screw"}
    reference = world.send("olena", "post", "/api/v1/components/", body, 201)["reference"]
    page = asked(world, path=f"/components/{reference}/handling/")
    assert "release them too: KND-2026-STRICT" in said(page)
    assert "Nobody sees more than today" in said(page)
    address = f"/api/v1/components/{reference}/"
    found = world.send("olena", "patch", address, {"handling": "CLEAR", "reason": "Public."}, 200)
    assert found["handling"] == "AMBER+STRICT" and "specimen KND-2026-STRICT (AMBER+STRICT)" in found["held_back"]
    assert "held back by KND-2026-STRICT" in world.client("olena").get(f"/components/{reference}/").content.decode()


def test_only_the_owner_is_told_whom_a_record_is_released_to(world):
    assert world.get("rita", "/api/v1/specimens/KND-2026-AMBER/")["released_to"] == ["partner"]
    assert "released_to" not in world.get("piet", "/api/v1/specimens/KND-2026-AMBER/")
    page = "/specimens/KND-2026-AMBER/"
    assert "released to Partner agency" in world.client("rita").get(page).content.decode()
    assert "released to" not in world.client("piet").get(page).content.decode()


def test_a_preview_leaves_nothing_behind(world):
    with viewing_as(world.viewer("olena")):
        counts = [model.objects.count() for model in (Specimen, Component, Identification)]
    asked(world)
    with viewing_as(world.viewer("olena")):
        assert counts == [model.objects.count() for model in (Specimen, Component, Identification)]


def test_a_public_record_lets_everybody_in(world):
    text = said(asked(world, handling="0"))
    assert "Anyone, also without signing in will see exactly this" in text and "Partner agency will" not in text


@pytest.mark.parametrize("noun", ["routes", "legs"])
def test_every_noun_has_a_preview(world, noun):
    name = {"routes": world.routes["rail"].slug, "legs": world.legs["railed"].reference}[noun]
    text = said(asked(world, path=f"/{noun}/{name}/handling/"))
    assert "Partner agency will see exactly this" in text or "Nobody sees more than today" in text
