"""What holds for every noun over REST, whatever it is."""

import csv
import io
import json

import pytest

# noun: what may be sent, and which of its texts a spreadsheet could take for a formula
SENT = {
    "systems": ({"name": "Гроза", "kind": "uav", "names": [{"text": "Storm"}]}, "description"),
    "specimens": ({"system": "kite", "serial_number": "А-17", "recovered": "2024-05"}, "note"),
    "components": (
        {"specimen": "KND-2026-CLEAR", "marking": "ТУ 25", "manufacturer": "acme-semiconductor"},
        "note",
    ),
    "parts": ({"manufacturer": "volta-elektronik", "number": "ВЛ-1", "hs": "854231"}, "description"),
    "organisations": ({"name": "Завод", "country": "UA"}, "description"),
    "routes": ({"title": "Kite by road", "system": "kite", "confidence": "low"}, "summary"),
    "legs": ({"status": "alleged", "from": "volta-elektronik", "to": {"known": "a trader"}}, "note"),
    "sources": ({"title": "Звіт", "kind": "press"}, "note"),
    "listings": ({"organisation": "acme-semiconductor", "authority": "Ministry", "list": "List"}, "note"),
    "published-records": ({"source": "harbour-report", "source_id": "EX-2", "manufacturer": "Завод"}, "text"),
    "custody": (
        {
            "specimen": "KND-2026-CLEAR",
            "kind": "sealed",
            "happened": "2026-05-04T09:30:00+03:00",
            "zone": "Europe/Kyiv",
            "from": "Коваль",
            "seals": "A-1",
        },
        "purpose",
    ),
}
# What differs between a record and the same one sent again.
OWN = {"id", "url", "slug", "reference", "created", "updated", "version"}
# What only a record that is read by itself tells: its owner of its handling, a component its identifiers.
BESIDES = {"held_back", "released_to", "identifiers"}
# What can stand only once in an agency.
ONCE = {"parts": {"number": "ВЛ-2"}, "published-records": {"source_id": "EX-3"}}

# Never edited, but for who may read it.
UNALTERED = ("published-records", "custody")

every_noun = pytest.mark.parametrize("noun", SENT)


def made(world, noun, reader="olena", **more):
    """A new record of the noun, sent by `reader`."""
    return world.send(reader, "post", f"/api/v1/{noun}/", SENT[noun][0] | more, 201)


def streamed(world, reader, noun, form):
    response = world.client(reader).get(f"/api/v1/{noun}/?format={form}")
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode()


def dotted(record, prefix=""):
    for name, value in record.items():
        if isinstance(value, dict):
            yield from dotted(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}"


@every_noun
def test_a_new_record_is_answered_with_its_address_and_begins_within_the_agency(world, noun):
    record = made(world, noun)
    assert record["handling"] == "AMBER+STRICT" and record["owner"] == "laboratory" and record["version"] >= 1
    assert world.get("olena", record["url"]) == record
    assert world.get("rita", record["url"]) == record


@every_noun
def test_a_record_can_be_sent_again_with_the_keys_that_reading_gives(world, noun):
    first = made(world, noun)
    again = {name: value for name, value in first.items() if name not in ("slug", "id")} | ONCE.get(noun, {})
    second = world.send("olena", "post", f"/api/v1/{noun}/", again, 201)
    assert second["id"] != first["id"]
    expected = {name: value for name, value in first.items() if name not in OWN} | ONCE.get(noun, {})
    assert {name: second[name] for name in expected} == expected


@every_noun
def test_a_record_can_be_changed_with_all_that_reading_gives(world, noun):
    record = made(world, noun)
    if noun == "published-records":
        pytest.skip("a published record is never edited")
    if noun == "custody":
        world.send("olena", "patch", record["url"], record | {"purpose": "Нове"}, 400)
        assert world.send("olena", "patch", record["url"], record | {"handling": "RED"}, 200)["handling"] == "RED"
        return
    body = record | {SENT[noun][1]: "Нове"}
    changed = world.send("olena", "patch", record["url"], body, 200)
    assert changed[SENT[noun][1]] == "Нове" and changed["version"] == record["version"] + 1
    assert changed["handling"] == record["handling"]


@every_noun
def test_an_unknown_key_is_refused_by_its_name(world, noun):
    answer = world.send("olena", "post", f"/api/v1/{noun}/", SENT[noun][0] | {"colour": "red"}, 400)
    assert "colour" in answer["errors"] and "'colour'" in answer["detail"]


@every_noun
@pytest.mark.parametrize("query", ["colour=red", "handling=PURPLE", "updated_since=soon", "page_size=0", "q=%00"])
def test_an_unknown_parameter_or_value_is_refused_by_its_name(world, noun, query):
    if noun == "listings":
        query = query.replace("q=", "list=")
    answer = world.get("olena", f"/api/v1/{noun}/?{query}", status=400)
    assert query.split("=")[0] in answer["errors"]


@every_noun
def test_a_stale_version_is_a_conflict_that_shows_both_states(world, noun):
    record = made(world, noun)
    change = {"handling": "AMBER", "reason": "Asked for."} if noun in UNALTERED else {SENT[noun][1]: "first"}
    world.send("olena", "patch", record["url"], change, 200)
    stale = {**change, "version": record["version"], "handling": "RED"}
    answer = world.send("olena", "patch", record["url"], stale, 409)
    assert answer["current"]["version"] == record["version"] + 1
    assert answer["submitted"] == stale


@every_noun
def test_a_voided_record_answers_at_its_address_and_is_in_no_list(world, noun):
    record = made(world, noun)
    before = world.get("olena", f"/api/v1/{noun}/?count=true")["count"]
    refused = world.send("olena", "delete", record["url"], {}, 400)
    assert "reason" in refused["errors"]
    world.send("olena", "delete", record["url"], {"reason": "Recorded twice."}, 204)
    assert world.get("olena", record["url"])["voided"]["reason"] == "Recorded twice."
    after = world.get("olena", f"/api/v1/{noun}/?count=true")
    assert after["count"] == before - 1
    assert record["id"] not in [r["id"] for r in after["results"]]
    assert record["id"] not in streamed(world, "olena", noun, "csv")
    world.send("olena", "patch", record["url"], {"note": "x"}, 404)


@every_noun
def test_who_may_only_read_or_is_not_signed_in_cannot_write(world, noun):
    record = made(world, noun)
    for reader, status in (("rita", 403), ("nobody", 401)):
        assert world.send(reader, "post", f"/api/v1/{noun}/", {"colour": "red"}, status)["detail"]
    world.send("rita", "patch", record["url"], {"reason": "x"}, 403)
    world.send("rita", "delete", record["url"], {"reason": "x"}, 403)


@every_noun
def test_another_agency_can_neither_change_nor_void_what_it_can_read(world, noun):
    record = made(world, noun, handling="CLEAR")
    assert world.get("piet", record["url"])["id"] == record["id"]
    world.send("piet", "patch", record["url"], {"reason": "Mine now."}, 403)
    world.send("piet", "delete", record["url"], {"reason": "Mine now."}, 403)


@every_noun
def test_a_hidden_record_is_not_there_at_all(world, noun):
    hidden = made(world, noun)
    for reader in ("sam", "nobody"):
        answer = world.get(reader, hidden["url"], status=404)
        assert "laboratory" not in json.dumps(answer)
        seen = world.get(reader, f"/api/v1/{noun}/?count=true")
        assert hidden["id"] not in [r["id"] for r in seen["results"]]
        assert hidden["id"] not in streamed(world, reader, noun, "ndjson")
    world.send("sam", "patch", hidden["url"], {"reason": "x"}, 404)


@every_noun
def test_an_analyst_records_within_the_agency_and_only_a_curator_wider(world, noun):
    if noun in ("listings", "published-records"):
        world.send("taras", "post", f"/api/v1/{noun}/", SENT[noun][0], 403)
        return
    for wider in (
        {"handling": "CLEAR"},
        {"handling": "GREEN"},
        {"handling": "AMBER", "released_to": ["partner"]},
    ):
        world.send("taras", "post", f"/api/v1/{noun}/", SENT[noun][0] | wider, 403)
    record = made(world, noun, "taras")
    world.send("taras", "patch", record["url"], {"handling": "CLEAR", "reason": "Known."}, 403)
    assert "reason" in world.send("olena", "patch", record["url"], {"handling": "CLEAR"}, 400)["errors"]
    widened = world.send("olena", "patch", record["url"], {"handling": "CLEAR", "reason": "Known."}, 200)
    assert widened["handling"] == "CLEAR"
    assert world.get("nobody", record["url"])["id"] == record["id"]


@every_noun
@pytest.mark.parametrize("reader", ["olena", "nobody"])
def test_list_count_csv_json_and_ndjson_hold_the_same_records(world, noun, reader):
    made(world, noun)
    listed = world.get(reader, f"/api/v1/{noun}/?count=true")
    ids = [record["id"] for record in listed["results"]]
    assert listed["count"] == len(ids)
    rows = list(csv.DictReader(io.StringIO(streamed(world, reader, noun, "csv"))))
    assert [row["id"] for row in rows] == ids
    lines = [json.loads(line) for line in streamed(world, reader, noun, "ndjson").splitlines()]
    assert lines == listed["results"]
    whole = json.loads(streamed(world, reader, noun, "json"))
    assert whole == {"results": lines, "next": None, "previous": None, "count": len(ids)}


@every_noun
def test_csv_columns_have_the_json_names_with_dots(world, noun):
    header = streamed(world, "olena", noun, "csv").splitlines()[0].split(",")
    record = world.get("olena", made(world, noun)["url"])
    tops = list(dict.fromkeys(name.split(".")[0] for name in header))
    assert tops == [name for name in record if name not in BESIDES]
    assert set(dotted({k: v for k, v in record.items() if isinstance(v, dict)})) <= set(header)


@every_noun
def test_csv_keeps_cyrillic_and_disarms_formulas(world, noun):
    field = SENT[noun][1]
    record = made(world, noun, **{field: "=Імпорт()"})
    assert record[field] == "=Імпорт()"
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(streamed(world, "olena", noun, "csv")))}
    assert rows[record["id"]][field] == "'=Імпорт()"


@every_noun
def test_lists_in_csv_are_json_and_never_empty_text(world, noun):
    made(world, noun)
    record = world.get("olena", f"/api/v1/{noun}/")["results"][0]
    row = next(csv.DictReader(io.StringIO(streamed(world, "olena", noun, "csv"))))
    for name, value in record.items():
        if isinstance(value, list):
            assert json.loads(row[name]) == value


@every_noun
def test_pages_lead_through_all_records_and_back(world, noun):
    for n in range(3):
        made(world, noun, **({} if noun not in ONCE else {next(iter(ONCE[noun])): f"No-{n}"}))
    everything = [r["id"] for r in world.get("olena", f"/api/v1/{noun}/?page_size=1000")["results"]]
    page = world.get("olena", f"/api/v1/{noun}/?page_size=2")
    first, seen = page, [r["id"] for r in page["results"]]
    while page["next"]:
        page = world.get("olena", page["next"].removeprefix("http://testserver"))
        seen += [r["id"] for r in page["results"]]
    assert seen == everything
    while page["previous"]:
        page = world.get("olena", page["previous"].removeprefix("http://testserver"))
    assert page["results"] == first["results"]
    assert "cursor" in world.get("olena", f"/api/v1/{noun}/?cursor=nonsense", status=400)["errors"]
    assert "cursor" in world.get("olena", f"/api/v1/{noun}/?format=csv&cursor=x", status=400)["errors"]
