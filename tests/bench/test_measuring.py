"""What `make bench` prints and ends with; and one small run of it from the rows to the table."""

import os
import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bench import __main__ as bench
from bench.figures import Figure, table
from forensics import postgres

ROOT = Path(__file__).resolve().parents[2]
SIZE = 1_999  # of a database that nobody else makes


@pytest.mark.parametrize(
    "limit, value, held",
    [(("≤", 10), 10, True), (("≤", 10), 10.1, False), (("≥", 10), 10, True), (("≥", 10), 9.9, False), (None, 9, None)],
)
def test_a_limit_is_held_up_to_its_own_value(limit, value, held):
    assert Figure("", value, "ms", limit).held is held


def test_the_table_marks_what_is_held_and_what_is_missed():
    figures = [
        Figure("page", 12345.6, "ms", ("≤", 20), "of fifty"),
        Figure("stream", 70.25, "%", ("≥", 65)),
        Figure("rows", 0.5, "s"),
    ]
    lines = [[cell.strip() for cell in line.split("|")[1:-1]] for line in table(figures).splitlines()]
    assert lines[0] == ["measured", "value", "limit", "", "note"]
    assert lines[2:] == [
        ["page", "12,346 ms", "≤ 20.0 ms", "✗", "of fifty"],
        ["stream", "70.2 %", "≥ 65.0 %", "✓", ""],
        ["rows", "0.50 s", "", "", ""],
    ]
    assert len({len(line) for line in table(figures).splitlines()}) == 1


@pytest.mark.parametrize("value, code", [(9, 0), (11, 1)])
def test_a_missed_limit_ends_the_command_with_one(monkeypatch, capsys, value, code):
    for name in ("FORENSICS_ROLE", "FORENSICS_PERSISTENT", "DJANGO_SETTINGS_MODULE"):
        monkeypatch.setenv(name, os.environ.get(name, ""))  # put back afterwards
    monkeypatch.setattr(
        bench, "measured", lambda asked: [Figure("page", value, "ms", ("≤", 10)), Figure("rows", 1, "")]
    )
    monkeypatch.setattr(bench, "head", lambda: "today")
    assert bench.main([]) == code
    assert ("✗" in capsys.readouterr().out) is bool(code)


def test_a_part_that_does_not_exist_is_refused_by_its_name(capsys):
    with pytest.raises(SystemExit, match="2"):
        bench.main(["--only", "pages,colours"])
    assert "there is no part colours; write some of pages, depths" in capsys.readouterr().err


def test_a_server_of_ones_own_is_not_filled_with_invented_rows(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://me@127.0.0.1:1/catalogue")
    with pytest.raises(SystemExit, match="in the embedded PostgreSQL: unset DATABASE_URL"):
        bench.main([])


@pytest.fixture
def run():
    """`python -m bench` with these arguments; its database goes with the test."""

    def run(*arguments):
        environment = {name: value for name, value in os.environ.items() if name != "FORENSICS_ROLE"}
        command = [sys.executable, "-m", "bench", "--large", str(SIZE), *arguments]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)

    yield run
    with closing(postgres.cluster().connect("postgres")) as server:
        server.execute(f"DROP DATABASE IF EXISTS bench_{SIZE} WITH (FORCE)")


@pytest.mark.soak  # `make bench` does as much each time
@pytest.mark.skipif(not postgres.embedded(), reason="make bench works in the embedded PostgreSQL alone")
def test_a_small_run_loads_what_the_triggers_would_have_made_and_measures_the_same_rows_in_sql(run):
    done = run("--only", "pages")
    assert f"Making {SIZE:,} invented components" in done.stderr, done.stderr
    figures = re.findall(r"^\| (first page, .*?)\s+\| +([\d.,]+) ×", done.stdout, re.M)
    assert len(figures) == 6, done.stdout + done.stderr
    assert re.search(r"first page, narrow reader, large maker, .* 50 rows", done.stdout)
    assert done.returncode == ("✗" in done.stdout)
