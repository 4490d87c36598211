"""What the README tells people to type works as it stands there."""

import csv
import io
import json
import re
import subprocess

from PIL import Image

from .conftest import ROOT


def session(catalogue):
    """The shell block of the README's session, for this catalogue's port and environment."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"## A session with curl.*?```bash\n(.*?)```", text, re.S)[1]
    return block.replace("http://127.0.0.1:8000", catalogue.url).replace(".venv/bin/python", "python")


def test_the_session_records_finds_follows_and_exports(catalogue, tmp_path):
    Image.effect_noise((1200, 900), 60).convert("RGB").save(tmp_path / "board.jpg")
    script = session(catalogue).replace("manage.py", str(ROOT / "manage.py"))
    import sys

    script = script.replace("(python ", f"({sys.executable} ")
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=tmp_path,
        env=catalogue.environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    answers = [json.loads(found) for found in split(done.stdout)]
    engine, chip, read, photo, by_maker, routes, shares, search = answers
    assert engine["part"]["number"] == "L550E" and engine["manufacturer"]["slug"] == "xiamen-limbach"
    assert chip["marking"] == "STM32F765VIT6\nGH2A9 VQ\nPHL 7B 119" and chip["handling"] == "AMBER+STRICT"
    assert len(photo["sha256"]) == 64 and photo["component"]["reference"] == chip["parent"]
    assert by_maker["count"] == 1 and by_maker["results"][0]["reference"] == chip["reference"]
    best = read["results"][0]["readings"][0]
    assert (best["maker"], best["mpn"], best["date_code"]) == ("Xilinx", "XC3S500E", "1425") and best["reasons"]
    assert best["date_readings"][0]["first"] == "2014-06-16"
    assert shares["totals"]["denominator"] >= 3 and shares["results"][0]["country"]
    assert chip["reference"] in json.dumps(search), "what was just recorded is found"
    legs = [leg["status"] for route in routes["results"] for leg in route["legs"]]
    assert routes["results"] and "documented" in legs and "inferred" in legs
    with open(tmp_path / "components.csv", encoding="utf-8", newline="") as file:
        references = {row["reference"] for row in csv.DictReader(file)}
    assert {engine["reference"], chip["reference"], chip["parent"]} <= references


def split(text):
    """The JSON answers one after another in `text`."""
    decoder, at = json.JSONDecoder(), 0
    while at < len(text.rstrip()):
        found, length = decoder.raw_decode(text[at:].lstrip())
        at += len(text[at:]) - len(text[at:].lstrip()) + length
        yield json.dumps(found)


def test_anyone_sees_the_example_catalogue_and_nothing_of_the_agency(catalogue):
    _, body = catalogue.get("/api/v1/components/?format=csv")
    rows = list(csv.DictReader(io.StringIO(body.decode())))
    _, page = catalogue.get("/api/v1/components/?count=true&page_size=1")
    assert 60 <= len(rows) == json.loads(page)["count"]
    assert {row["handling"] for row in rows} == {"CLEAR"}


def test_the_first_start_says_how_to_sign_in_and_keeps_it_for_the_administrator_alone(catalogue):
    note = catalogue.state / "first-sign-in.txt"
    assert note.stat().st_mode & 0o777 == 0o600
    password = re.search(r"Password: (\S+)", note.read_text())[1]
    assert len(password) >= 20 and password in catalogue.said()
