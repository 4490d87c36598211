"""The first page: what is new since the last visit, and the lists that show it."""

import re
from datetime import UTC, datetime, timedelta


def visited(world, ended):
    """A client of Olena whose visit before this one ended at that moment."""
    client = world.client("olena")
    client.cookies["visit"] = f"{ended.isoformat()}|{datetime.now(UTC).isoformat()}"
    return client


def told(client):
    """{list: (how many it is said to hold, its address)} of what is new."""
    text = client.get("/").content.decode()
    found = re.findall(r'<a href="(/(\w+)/\?recorded_since=[^"]+)"><b>([\d,]+)</b>', text)
    return {noun: (int(number), address) for address, noun, number in found}


def test_what_is_new_since_the_last_visit_is_counted_as_the_list_shows_it(world):
    client = visited(world, datetime.now(UTC) - timedelta(hours=2))
    found = told(client)
    assert found.keys() == {"specimens", "components", "routes"}
    for number, address in found.values():
        assert number == world.get("olena", f"/api/v1{address}&count=true")["count"] > 0
        assert f'<b class="num">{number}</b>' in client.get(address).content.decode()
    assert "Recorded since" in client.get(found["components"][1]).content.decode()


def test_what_was_here_at_the_last_visit_is_not_new(world):
    client = visited(world, datetime.now(UTC) + timedelta(hours=1))
    found = told(client)
    assert {noun: number for noun, (number, _address) in found.items()} == dict.fromkeys(found, 0)
    assert "No component is recorded that fits." in client.get(found["components"][1]).content.decode()


def test_who_comes_for_the_first_time_is_told_of_nothing_new(world):
    assert told(world.client("olena")) == {}


def test_a_visit_cookie_that_is_none_is_passed_over(world):
    client = world.client("olena")
    for value in ("|", "soon|yesterday", "|2026-13-45T00:00:00Z", "\x00|\x00", "|2026-01-01"):
        client.cookies["visit"] = value
        assert client.get("/").status_code == 200 and told(client) == {}
