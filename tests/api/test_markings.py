"""Reading markings over REST."""

import pytest

HERE = "/api/v1/markings/read/"


def read(world, *markings, reader="nobody", status=200):
    return world.send(reader, "post", HERE, {"markings": list(markings)}, status)


@pytest.mark.parametrize("reader", ["olena", "rita", "piet", "sam", "nobody"])
def test_whoever_may_read_the_interface_is_told_what_a_marking_says(world, reader):
    found = read(world, {"marking": "МАХ3160ЕАР\n1612", "maker": "Maxim"}, {"marking": "Battery"}, reader=reader)
    first, none = (result["readings"][0] for result in found["results"])
    assert (first["maker"], first["mpn"], first["base_part"]) == ("Maxim", "MAX3160EAP", "MAX3160")
    assert first["score"] >= 0.9 and first["reasons"]
    assert first["date_code"] == "1612"
    assert first["date_readings"][0] == {
        "scheme": "YYWW", "first": "2016-03-21", "last": "2016-03-27", "chosen": True,
    }  # fmt: skip
    assert none["mpn"] == "" and "Nothing plausible" in none["reasons"][0]
    assert set(first) == {
        "maker", "mpn", "base_part", "score", "date_code", "date_readings", "lot", "marked_country", "leftover",
        "reasons",
    }  # fmt: skip


def test_an_empty_list_has_no_results(world):
    assert read(world) == {"results": []}


@pytest.mark.parametrize(
    "body, sentence",
    [
        ([], "Send {"),
        ({"markings": "MAX232"}, "Send {"),
        ({"markings": [], "today": "2020-01-01"}, "nothing else"),
        ({"markings": ["MAX232"]}, "Marking 1 needs a text"),
        ({"markings": [{"marking": "a"}, {"maker": "TI"}]}, "Marking 2 needs a text"),
        ({"markings": [{"marking": "a", "brand": "TI"}]}, "unknown key 'brand'"),
        ({"markings": [{"marking": "a", "maker": 7}]}, "The maker of marking 1"),
        ({"markings": [{"marking": "a" * 10_001}]}, "longer than 10,000"),
        ({"markings": [{"marking": "a"}] * 1_001}, "1,000 markings at most"),
        ({"markings": [{"marking": "a" * 9_000}] * 30}, "250,000 characters"),
    ],
)
def test_what_cannot_be_read_gets_one_sentence(world, body, sentence):
    refused = world.send("nobody", "post", HERE, body, 400)
    assert sentence in refused["errors"]["markings"][0]


def test_hostile_markings_are_answered(world):
    texts = ["\x00AD9361\x00", "\u202eMAX232", "';--", "%", "\\", "(" * 5_000, "A1 " * 3_000]
    found = read(world, *({"marking": text} for text in texts))
    assert len(found["results"]) == len(texts) and all(result["readings"] for result in found["results"])


def test_an_unknown_parameter_is_named(world):
    assert "fast" in world.send("nobody", "post", f"{HERE}?fast=1", {"markings": []}, 400)["errors"]
