"""Reading help: a program reads the print in a region; what it reads is offered to a person and decides nothing."""

import json
import sys

import pytest
from django.db import connection

from catalogue import tasks
from catalogue.actions import readings
from catalogue.imaging.reading import ReadingFailed
from catalogue.models import Component, PhotoRegion, RegionReading
from catalogue.security.viewing import viewing_as

from .test_regions import SQUARE, draw, photograph

PRINT = [{"text": "ACM-3221", "score": 0.98}, {"text": "2231 MYS", "score": 0.7}]


@pytest.fixture
def reader(settings, tmp_path):
    """Puts a program of ours in the place of the one that reads; it prints what is given."""

    def put(said=None, code="", **told):
        said = json.dumps({"engine": "stand-in 1", "lines": PRINT} | told) if said is None else said
        program = tmp_path / "reader"
        program.write_text(f"#!{sys.executable}\nimport sys\n{code}\nsys.stdout.write({said!r})\n", encoding="utf-8")
        program.chmod(0o755)
        settings.OCR, settings.OCR_READER = True, str(program)

    put()
    return put


def marked(world, photo=None, **region):
    return draw(world, photo or photograph(world), **{"purpose": "marking"} | region)


def work(world, region, who="olena"):
    """Do the job that waits for this region, as a worker does."""
    readings.read_region(region["id"], actor=world.viewer(who))


def seen(world, region, reader="olena"):
    found = world.get(reader, region["url"])
    return found["reading"], [line["text"] for line in found["readings"]]


def jobs(region):
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE args ->> 'region' = %s", [region["id"]])
        found = cursor.fetchone()[0]
        cursor.execute("SET ROLE catalogue_app")
    return found


def test_a_drawn_marking_is_read_and_its_lines_are_offered(world, reader):
    region = marked(world)
    assert (region["reading"], region["readings"]) == ("waiting", []) and jobs(region) == 1
    work(world, region)
    found = world.get("olena", region["url"])
    assert (found["reading"], found["readings"]) == ("read", PRINT)
    assert world.get("olena", "/api/v1/regions/")["results"][0]["readings"] == PRINT
    assert "ACM-3221" in world.client("olena").get("/api/v1/regions/?format=csv").getvalue().decode()


def test_nothing_is_filled_in_by_a_reading(world, reader):
    component = world.components["amber"]
    with viewing_as(world.viewer("olena")):
        before = Component.objects.filter(pk=component.pk).values().get()
    work(world, marked(world, component=component.reference))
    with viewing_as(world.viewer("olena")):
        assert Component.objects.filter(pk=component.pk).values().get() == before


def test_only_markings_are_read_and_only_when_it_is_turned_on(world, reader, settings):
    assert draw(world, photograph(world))["reading"] is None
    settings.OCR = False
    region = marked(world)
    assert region["reading"] is None and jobs(region) == 0
    assert "OCR=1" in world.send("olena", "post", f"{region['url']}read/", {}, 400)["detail"]


def test_a_region_that_is_there_already_is_read_when_asked(world, reader, settings):
    settings.OCR = False
    region = marked(world)
    settings.OCR = True
    assert world.send("taras", "post", f"{region['url']}read/", {}, 202)["reading"] == "waiting"
    assert world.send("taras", "post", f"{region['url']}read/", {}, 202)["reading"] == "waiting"
    assert jobs(region) == 1
    work(world, region, "taras")
    assert seen(world, region) == ("read", ["ACM-3221", "2231 MYS"])
    shown = draw(world, region["photo"], points=[[1, 1], [9, 9]])
    assert "purpose" in world.send("taras", "post", f"{shown['url']}read/", {}, 400)["errors"]


def test_who_may_ask_for_a_reading(world, reader):
    region = marked(world)
    for who, status in (("rita", 403), ("ada", 403), ("piet", 403), ("sam", 404), ("nobody", 401)):
        world.send(who, "post", f"{region['url']}read/", {}, status)


def test_a_region_that_is_moved_loses_what_was_read_and_is_read_again(world, reader):
    region = marked(world)
    work(world, region)
    moved = world.send("olena", "patch", region["url"], {"points": [[20, 20], [90, 90]]}, 200)
    assert (moved["reading"], moved["readings"]) == ("waiting", [])
    reader(lines=[{"text": "elsewhere", "score": 1}])
    work(world, region)
    assert seen(world, region) == ("read", ["elsewhere"])
    noted = world.send("olena", "patch", region["url"], {"note": "by the edge"}, 200)
    assert noted["reading"] == "read"
    with viewing_as(world.viewer("olena")):
        assert RegionReading.objects.count() == 1


def test_moved_while_reading_help_is_off_or_made_no_marking_nothing_stale_is_offered(world, reader, settings):
    first, second = marked(world), marked(world, points=[[1, 1], [90, 90]])
    for region in (first, second):
        work(world, region)
    assert world.send("olena", "patch", second["url"], {"purpose": "shows"}, 200)["readings"] == []
    settings.OCR = False
    moved = world.send("olena", "patch", first["url"], {"turn": 90}, 200)
    assert (moved["reading"], moved["readings"]) == ("unread", [])


def test_what_is_read_of_a_region_drawn_otherwise_meanwhile_is_not_kept(world, reader, monkeypatch):
    region, read = marked(world), readings.read

    def moved_meanwhile(*given, **more):
        world.send("olena", "patch", region["url"], {"points": [[20, 20], [90, 90]]}, 200)
        return read(*given, **more)

    monkeypatch.setattr(readings, "read", moved_meanwhile)
    work(world, region)
    assert seen(world, region) == ("waiting", [])


def test_a_job_that_comes_when_reading_help_is_off_or_the_region_is_gone_ends(world, reader, settings):
    region = marked(world)
    settings.OCR = False
    work(world, region)
    assert seen(world, region) == ("unread", [])
    settings.OCR = True
    world.send("olena", "post", f"{region['url']}read/", {}, 202)
    world.send("olena", "delete", region["url"], {"reason": "wrong chip"}, 204)
    work(world, region)
    assert seen(world, region)[1] == []


# Who hears what was read


def test_what_was_read_is_heard_by_whoever_sees_the_region(world, reader):
    photo = photograph(world)
    open_one, hidden = (
        marked(world, photo),
        marked(world, photo, handling="AMBER+STRICT", points=[[200, 200], [300, 300]]),
    )
    for region in (open_one, hidden):
        work(world, region)
    assert seen(world, open_one, "piet") == ("read", ["ACM-3221", "2231 MYS"])
    found = world.get("piet", f"/api/v1/regions/?photo={photo}")["results"]
    assert [one["id"] for one in found] == [open_one["id"]]
    assert seen(world, hidden, "rita")[0] == "read"
    for who in ("sam", "nobody"):
        assert b"ACM-3221" not in world.client(who).get(f"/api/v1/regions/?photo={photo}").content
    world.send("olena", "patch", f"/api/v1/photos/{photo}/", {"handling": "AMBER+STRICT"}, 200)
    with viewing_as(world.viewer("piet")):
        assert not RegionReading.objects.exists()


def test_nothing_read_under_a_mask_reaches_another_agency(world, reader):
    """It is read off the original; the others see black there, whether the mask was drawn before or after."""
    photo = photograph(world)
    region = marked(world, photo)
    beside = marked(world, photo, points=[[300, 300], [400, 400]])
    for one in (region, beside):
        work(world, one)
    assert seen(world, region, "piet")[1]
    mask = draw(world, photo, purpose="mask", points=[[105, 55], [150, 90]])
    assert seen(world, region, "piet") == (None, []) and seen(world, region, "rita")[1]
    assert seen(world, beside, "piet")[1]
    with viewing_as(world.viewer("piet")):
        assert {one.region_id for one in RegionReading.objects.all()} == {PhotoRegion.objects.get(pk=beside["id"]).pk}
        events = RegionReading.pgh_event_model.objects
        assert events.filter(pgh_obj__region_id=beside["id"]).exists()
        assert not events.exclude(region_id=beside["id"]).exists()
    for page in (f"/api/v1/regions/?photo={photo}", "/api/v1/regions/?format=csv"):
        answer = world.client("piet").get(page)
        text = (answer.getvalue() if answer.streaming else answer.content).decode()
        assert text.count("2231 MYS") == 1, page
    later = marked(world, photo, points=[[110, 60], [140, 80]])
    work(world, later)
    assert seen(world, later, "piet") == (None, [])
    world.send("olena", "delete", mask["url"], {"reason": "no face after all"}, 204)
    assert seen(world, region, "piet")[1]


def test_a_mask_whose_points_are_erased_still_hides_what_was_read(world, reader):
    photo = photograph(world)
    region = marked(world, photo)
    work(world, region)
    mask = draw(world, photo, purpose="mask", points=[[500, 400], [600, 470]])
    assert seen(world, region, "piet")[1]
    with viewing_as(world.viewer("olena")):
        PhotoRegion.objects.filter(pk=mask["id"]).update(points={"erased": True})
    assert seen(world, region, "piet") == (None, [])


def test_a_reviewed_specimen_is_read_without_a_reason(world, reader):
    region = marked(world)
    for who, state in (("olena", "in-review"), ("taras", "reviewed")):
        world.send(who, "patch", "/api/v1/specimens/KND-2026-AMBER/", {"review": state}, 200)
    world.send("olena", "post", f"{region['url']}read/", {}, 202)
    work(world, region)
    assert seen(world, region)[0] == "read"


# Programs that fail, and what they may say


def test_what_cannot_be_seen_is_taken_out_and_what_is_endless_is_cut(world, reader):
    lines = [
        {"text": "<script>alert(1)</script>", "score": 7},
        {"text": "AT\u202e91\u0000RM\u200b92\n00\u2066", "score": -1},
        {"text": "\u0007\u200e", "score": 0.9},
        *({"text": "щ" * 1_000, "score": 0.5} for _ in range(99)),
    ]
    reader(lines=lines)
    region = marked(world)
    work(world, region)
    found = world.get("olena", region["url"])["readings"]
    assert found[0] == {"text": "<script>alert(1)</script>", "score": 1}
    assert found[1] == {"text": "AT 91 RM 92 00", "score": 0}
    assert {len(line["text"]) for line in found[2:]} == {120} and sum(len(line["text"]) for line in found) <= 2_000
    page = world.client("olena").get(f"/photos/{region['photo']}/").content.decode()
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    "said, code",
    [
        ("", ""),
        ("nothing that is JSON", ""),
        ("[]", ""),
        ('{"engine": "x", "lines": [{"text": 7, "score": 1}]}', ""),
        ('{"engine": "x", "lines": [{"text": "A", "score": "NaN"}]}', ""),
        ("[" * 100_000, ""),
        (None, "sys.exit(3)"),
        (None, "import os; os.kill(os.getpid(), 9)"),
        (None, "bytearray(8 * 1024**3)"),
        (None, "sys.stdout.write('x' * 3_000_000); sys.stdout.flush()"),
    ],
)
def test_a_program_that_breaks_ends_in_one_sentence(world, reader, said, code):
    reader(said=said, code=code)
    region = marked(world)
    work(world, region)
    assert seen(world, region) == ("failed", [])
    with viewing_as(world.viewer("olena")):
        assert "closer around the print" in RegionReading.objects.get().said


def test_a_machine_at_fault_is_tried_three_times_and_then_said(world, reader, monkeypatch):
    region = marked(world)

    def broken(*_given, **_more):
        raise ReadingFailed("no memory")

    monkeypatch.setattr(readings, "read", broken)
    asked = {"region": region["id"], "user": world.users["olena"].pk, "ceiling": 4}
    for attempts in range(2):
        with pytest.raises(ReadingFailed):
            tasks.read_region.func(context(attempts), **asked)
        assert seen(world, region)[0] == "waiting"
    tasks.read_region.func(context(2), **asked)
    assert seen(world, region)[0] == "failed"


def test_a_job_of_somebody_who_may_no_longer_record_ends(world, reader):
    region = marked(world)
    for user in (world.users["rita"].pk, 999_999):
        tasks.read_region.func(context(0), region=region["id"], user=user, ceiling=4)
    assert seen(world, region)[0] == "waiting"


def context(attempts):
    job = type("Job", (), {"attempts": attempts})
    return type("Context", (), {"job": job})


def test_a_reading_takes_the_print_in_the_pixels_of_the_original(world, reader):
    """The crop is given turned upright: 50 pixels wide and 100 high, for a region of 100 by 50."""
    code = "data = open(sys.argv[1], 'rb').read()\nassert data[:4] == b'\\x89PNG'\n"
    code += (
        "print(int.from_bytes(data[16:20], 'big'), int.from_bytes(data[20:24], 'big'), file=open('/dev/stderr', 'w'))"
    )
    code += "\nassert (int.from_bytes(data[16:20], 'big'), int.from_bytes(data[20:24], 'big')) == (50, 100)"
    reader(code=code)
    region = marked(world, points=SQUARE, turn=90)
    work(world, region)
    assert seen(world, region)[0] == "read"
