"""Readings of a component's marking over REST: what rules propose, and accepting one of them."""

from tests.actions.test_candidates import MARKING, READING, analog, found  # noqa: F401 (a fixture)


def address(chip):
    return f"/api/v1/components/{chip.reference}/readings/"


def test_readings_come_with_the_recorded_maker_and_part(world, analog):  # noqa: F811
    first = world.get("rita", address(found(world)))["results"][0]
    assert (first["mpn"], first["base_part"], first["date_code"]) == ("AD9361BBCZ", "AD9361", "1731")
    assert first["manufacturer"] == {"slug": "analog-devices", "name": "Analog Devices"}
    assert first["part"] == {"id": str(analog[1].pk), "number": "AD9361-BBCZ"}
    assert first["reasons"][0].startswith("has the form of Analog Devices's numbers")


def test_a_reading_is_accepted_once_and_the_component_says_so(world, analog):  # noqa: F811
    chip = found(world)
    first = world.send("taras", "post", address(chip), READING, 201)
    assert first["new"] and (first["basis"], first["state"], first["confidence"]) == (
        "marking-read", "accepted", "moderate",
    )  # fmt: skip
    again = world.send("taras", "post", address(chip), READING, 200)
    assert again == first | {"new": False}
    component = world.get("rita", f"/api/v1/components/{chip.reference}/")
    assert component["part"]["number"] == "AD9361-BBCZ" and component["manufacturer"]["slug"] == "analog-devices"
    assert (component["date_code"], component["made"]["edtf"]) == ("1731", "2017-07-31/2017-08-06")
    assert component["marking"] == MARKING


def test_what_is_not_recorded_is_named_or_agreed_to(world):
    chip = found(world)
    said = world.send("taras", "post", address(chip), READING, 400)
    assert "agree that it is recorded new" in said["errors"]["manufacturer"][0]
    more = {"manufacturer": "acme-semiconductor", "part": None, "date_code": False}
    answer = world.send("taras", "post", address(chip), READING | more, 201)
    assert (answer["manufacturer"]["name"], answer["part"], answer["family"]) == ("Acme Semiconductor", None, "AD9361")
    more = {"record_new": ["manufacturer", "part"], "chosen": "YYWW:2017-07-31"}
    answer = world.send("taras", "post", address(chip), READING | more, 201)
    assert (answer["manufacturer"]["name"], answer["part"]["number"]) == ("Analog Devices", "AD9361BBCZ")


def test_a_partner_accepts_on_what_was_released_to_it(world, analog):  # noqa: F811
    chip = found(world, level="amber")
    world.send("piet", "post", address(chip), READING, 201)
    assert world.get("olena", f"/api/v1/components/{chip.reference}/")["manufacturer"] is None
    said = world.send("piet", "post", address(chip), READING | {"date_code": True}, 403)
    assert said["status"] == 403
    world.send("sam", "post", address(chip), READING, 404)


def test_what_cannot_be_is_said_in_a_sentence(world, analog):  # noqa: F811
    chip = found(world)
    for sent, field in (
        ({}, "mpn"),
        (READING | {"mpn": "XC7Z020"}, "mpn"),
        (READING | {"chosen": "soon"}, "chosen"),
        (READING | {"chosen": "YYWW:1999-01-04"}, "date"),
        (READING | {"record_new": ["everything"]}, "record_new.0"),
        (READING | {"colour": "red"}, "colour"),
        (READING | {"mpn": "АД9361" * 200}, "mpn"),
    ):
        assert field in world.send("taras", "post", address(chip), sent, 400)["errors"], sent


def test_a_description_is_no_marking_and_says_so(world):
    (only,) = world.get("olena", address(found(world, marking="Battery")))["results"]
    assert only["mpn"] == "" and only["reasons"] == [
        "Nothing plausible: a description in words, without a marking."
    ] and only["part"] is None  # fmt: skip


def test_a_hidden_part_is_not_told_of(world):
    world.send("olena", "post", "/api/v1/organisations/", {"name": "Analog Devices", "handling": "RED"}, 201)
    chip = found(world, level="clear")
    assert world.get("taras", address(chip))["results"][0]["manufacturer"] is None
    assert world.get("nobody", address(chip))["results"][0]["manufacturer"] is None
    assert world.get("olena", address(chip))["results"][0]["manufacturer"] is not None
