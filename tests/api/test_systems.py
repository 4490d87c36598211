"""Types of weapon systems over REST."""


def test_a_system_is_found_by_an_alias_in_another_script(world):
    names = [{"text": "Повітряний змій", "language": "uk", "script": "Cyrl", "kind": "alias"}]
    world.send("olena", "patch", "/api/v1/systems/kite/", {"names": names}, 200)
    found = world.get("nobody", "/api/v1/systems/?q=повітряний")["results"]
    assert [system["slug"] for system in found] == ["kite"] and found[0]["names"] == names


def test_names_sent_are_all_the_names_and_one_taken_back_returns(world):
    def send(*texts):
        body = {"names": [{"text": text} for text in texts]}
        answer = world.send("olena", "patch", "/api/v1/systems/kite/", body, 200)
        return [name["text"] for name in answer["names"]]

    assert send("A", "B") == ["A", "B"]
    assert send("B") == ["B"]
    assert send("A", "B", "A") == ["A", "B"]


def test_a_family_holds_the_variants_of_variants(world):
    world.send("olena", "post", "/api/v1/systems/", {"name": "Kite 2", "parent": "kite"}, 201)
    world.send("olena", "post", "/api/v1/systems/", {"name": "Kite 2M", "parent": "kite-2"}, 201)
    family = world.get("olena", "/api/v1/systems/?family=kite")["results"]
    assert {system["slug"] for system in family} == {"kite", "kite-2", "kite-2m"}
    children = world.get("olena", "/api/v1/systems/?parent=kite")["results"]
    assert [system["slug"] for system in children] == ["kite-2"]


def test_a_slug_that_is_taken_is_named(world):
    answer = world.send("olena", "post", "/api/v1/systems/", {"name": "Kite", "slug": "kite"}, 400)
    assert "slug" in answer["errors"] and "already" in answer["detail"]
    assert world.send("olena", "post", "/api/v1/systems/", {"name": "Kite"}, 201)["slug"] == "kite-2"


def test_a_slug_that_a_hidden_record_has_is_passed_over_without_a_word(world):
    hidden = world.send("olena", "post", "/api/v1/systems/", {"name": "Secret", "handling": "RED"}, 201)
    found = world.send("taras", "post", "/api/v1/systems/", {"name": "Secret", "slug": "secret"}, 201)
    assert hidden["slug"] == "secret" and found["slug"].startswith("secret-")


def test_a_row_with_an_unknown_or_missing_key_is_named_with_its_place(world):
    body = {"names": [{"text": "A"}, {"text": "B", "colour": "red"}]}
    assert "names.1.colour" in world.send("olena", "patch", "/api/v1/systems/kite/", body, 400)["errors"]
    body = {"names": [{"kind": "alias"}]}
    assert "names.0.text" in world.send("olena", "patch", "/api/v1/systems/kite/", body, 400)["errors"]


def test_what_a_system_rests_on_stands_beside_it(world):
    cited = [{"source": "harbour-report", "locator": "p. 9", "stance": "contradicts"}]
    answer = world.send("olena", "patch", "/api/v1/systems/kite/", {"citations": cited}, 200)
    (citation,) = answer["citations"]
    assert citation["title"] == "Harbour report" and citation["stance"] == "contradicts"
