"""Imports in the browser: a file is refused in a sentence, previewed, run, undone; only by curators of its agency."""

import json
import re
import stat

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from catalogue import tasks
from catalogue.models import Component, Import, PublishedRecord, User, WeaponSystem
from catalogue.security.viewing import RED, viewing_as
from tests.conftest import become
from tests.imports.files import ROWS, table

from .typed import problems, said


@pytest.fixture
def desk(world, settings, tmp_path):
    """The world, in which files are kept in a folder of the test."""
    settings.STATE = tmp_path / "state"
    settings.STATE.mkdir()
    return world


def send(world, data, reader="olena", name="records.csv", **typed):
    sent = {"file": SimpleUploadedFile(name, data, "text/csv"), "handling": "3"} | typed
    return world.client(reader).post("/imports/new/", sent)


def jobs():
    """[(task, what it was given)] that wait, and from now on no longer do."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'succeeded' WHERE status = 'todo' RETURNING task_name, args"
        )
        return cursor.fetchall()


def work():
    """What a worker would do now."""
    for name, given in jobs():
        given = given if isinstance(given, dict) else json.loads(given)
        getattr(tasks, name.removeprefix("catalogue."))(**given)


def taken(world, data=None, **options):
    """The page of an import whose preview is made."""
    answer = send(world, table(ROWS) if data is None else data, **options)
    assert answer.status_code == 302, said(answer)
    work()
    return answer["Location"]


def done(world, page, reader="olena"):
    world.client(reader).post(f"{page}run/")
    work()
    return world.client(reader).get(page)


def entries(world, reader="olena"):
    with viewing_as(world.viewer(reader)):
        return set(PublishedRecord.objects.filter(voided_at=None).values_list("entry_id", flat=True)) - {"EX-1"}


def test_a_preview_counts_and_shows_the_rows_as_they_will_be_and_records_nothing(desk):
    page = taken(desk, table([*ROWS, ("", *ROWS[0][1:])]))
    text = said(desk.client("olena").get(page))
    for words in (
        "5 rows read",
        "4 new",
        "1 rejected",
        "Would be recorded: Components: 4",
        "Kh-101",
        "Homing head HH-7",
    ):
        assert words in text, words
    assert "Infineon" in text, "the reading of a maker stands with its reason"
    assert entries(desk) == set()
    with viewing_as(desk.viewer("olena")):
        assert not WeaponSystem.objects.filter(slug="kh-101").exists()
    rejected = b"".join(desk.client("olena").get(f"{page}rejected.csv").streaming_content).decode()
    assert "source_id is empty" in rejected and rejected.startswith("line,reason,source_id")


def test_an_import_is_run_and_undone_and_its_records_are_listed(desk):
    page = taken(desk)
    text = said(done(desk, page))
    assert "Done" in text and "4 new" in text and "Recorded: Components: 4" in text
    assert entries(desk) == {"p-1", "p-2", "p-3", "p-4"}
    number = page.split("/")[2]
    listed = said(desk.client("olena").get(f"/published-records/?imported={number}"))
    assert "4 published records" in listed and "Import records.csv" in listed
    assert desk.get("taras", f"/api/v1/published-records/?imported={number}&count=true")["count"] == 4
    assert "Fill in" in said(desk.client("olena").post(f"{page}undo/", {"reason": ""}))
    assert desk.client("olena").post(f"{page}undo/", {"reason": "The wrong file."}).status_code == 302
    work()
    text = said(desk.client("olena").get(page))
    assert "Undone" in text and "The wrong file." in text and "Published records: 4" in text
    assert entries(desk) == set()
    again = desk.client("olena").post(f"{page}undo/", {"reason": "Again."})
    assert "cannot be done with it now" in said(again)


def test_the_page_of_an_undone_import_names_what_stays_and_why(desk):
    page = taken(desk)
    done(desk, page)
    with viewing_as(desk.viewer("taras")):
        component = Component.objects.get(published_record__entry_id="p-1")
    desk.send("taras", "patch", f"/api/v1/components/{component.reference}/", {"note": "Looked at."}, 200)
    desk.client("olena").post(f"{page}undo/", {"reason": "The wrong file."})
    work()
    text = said(desk.client("olena").get(page))
    assert f"{component.reference}Componentschanged since" in text
    assert "Stays: Published records: 1 · Components: 1 · Specimens: 1 · Sources: 1" in text


def test_the_same_file_says_who_imported_it_and_that_nothing_would_change(desk):
    done(desk, taken(desk))
    text = said(desk.client("olena").get(taken(desk)))
    assert re.search(r"On .* olena imported the same file\. Nothing would change\.", text)


@pytest.mark.parametrize(
    "data, sentence",
    [
        (b"", "This file is empty"),
        (b"a,b\n1,2\n", "records.csv lacks the columns source_id"),
        (table(ROWS).decode().encode("utf-16"), "records.csv is in UTF-16"),
        (table(ROWS)[:-30], "cut short"),
        (table([]), "records.csv has a header but no rows."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence_and_not_kept(desk, settings, data, sentence):
    answer = send(desk, data, handling="2")
    (problem,) = problems(answer)
    assert sentence in problem and str(settings.STATE) not in problem
    assert (
        'value="2" checked' in re.sub(r'name="handling" ', "", answer.content.decode())
        or "checked" in answer.content.decode()
    )
    folder = settings.STATE / "imports"
    assert not folder.exists() or list(folder.iterdir()) == []
    with viewing_as(desk.viewer("olena")):
        assert not Import.objects.exists()


def test_a_file_that_is_too_large_is_refused(desk, settings):
    settings.IMPORT_MAX_BYTES = 2**20
    (problem,) = problems(send(desk, b"x" * (2**20 + 1)))
    assert "records.csv is larger than 1 MB" in problem


def test_files_are_kept_where_nobody_else_looks_and_go_with_the_import(desk, settings):
    page = taken(desk)
    folder = settings.STATE / "imports" / page.split("/")[2]
    assert stat.S_IMODE(folder.stat().st_mode) == stat.S_IMODE(folder.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "file.csv").stat().st_mode) == 0o600
    done(desk, page)
    assert not (folder / "file.csv").exists()


def test_an_import_that_was_not_run_is_discarded(desk, settings, django_capture_on_commit_callbacks):
    page = taken(desk)
    with django_capture_on_commit_callbacks(execute=True):
        assert desk.client("olena").post(f"{page}discard/")["Location"] == "/imports/"
    assert list((settings.STATE / "imports").iterdir()) == []
    assert desk.client("olena").get(page).status_code == 404
    assert "records.csv" not in said(desk.client("olena").get("/imports/"))


def test_another_agency_and_other_roles_do_not_see_an_import(desk):
    page = taken(desk, handling="0")
    done(desk, page)
    for reader, status in (("piet", 404), ("taras", 403), ("ada", 403), ("nobody", 403)):
        for more in ("", "undo/", "rejected.csv"):
            assert desk.client(reader).get(page + more).status_code == status, (reader, more)
        for more in ("run/", "discard/", "preview/"):
            assert desk.client(reader).post(page + more).status_code == status, (reader, more)
    assert "records.csv" not in said(desk.client("piet").get("/imports/"))


def test_rights_that_were_lost_meanwhile_are_lost(desk):
    page = taken(desk)
    desk.client("olena").post(f"{page}run/")
    become("catalogue_owner")
    User.objects.filter(username="olena").update(role="analyst")
    become("catalogue_app")
    work()
    assert entries(desk) == set()


def test_an_interrupted_run_says_so_and_is_run_again(desk):
    page = taken(desk)
    desk.client("olena").post(f"{page}run/")
    assert "all of it or nothing" in said(desk.client("olena").get(page))
    with connection.cursor() as cursor:  # the worker that took it was killed
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE status = 'todo'")
    assert "Interrupted: the run was not finished." in said(desk.client("olena").get(page))
    assert "Done" in said(done(desk, page))
    assert entries(desk) == {"p-1", "p-2", "p-3", "p-4"}


def test_a_second_job_for_the_same_import_does_nothing(desk):
    page = taken(desk)
    desk.client("olena").post(f"{page}run/")
    (job,) = jobs()
    number, olena = page.split("/")[2], desk.users["olena"].pk
    for _ in range(2):
        tasks.run_import(run=number, user=olena, ceiling=RED)
    assert job[0] == "catalogue.run_import"
    assert len(entries(desk)) == 4
    with viewing_as(desk.viewer("olena")):
        assert Import.objects.get(pk=number).counts["created"] == 4


def test_the_list_asks_no_more_for_more_imports(desk, django_assert_max_num_queries):
    taken(desk)
    for name in ("b.csv", "c.csv"):
        taken(desk, name=name)
    with django_assert_max_num_queries(12):
        assert said(desk.client("olena").get("/imports/")).count(".csv") == 3
