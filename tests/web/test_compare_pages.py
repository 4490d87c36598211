"""A teardown beside an earlier one of its system, in the view of who reads it."""


def page(world, reader, address, status=200):
    response = world.client(reader).get(address)
    assert response.status_code == status
    return response.content.decode()


def component(world, specimen, **sent):
    return world.send("olena", "post", "/api/v1/components/", {"specimen": specimen, **sent}, 201)


def torn(world):
    """A new specimen of Kite: one part as before, one new of a maker new in the system, with the newest date."""
    made = world.send("olena", "post", "/api/v1/specimens/", {"system": "kite"}, 201)["reference"]
    sure = {"confidence": "high"}
    component(world, made, marking="ACM-3221", manufacturer="acme-semiconductor", part="ACM-3221", **sure)
    world.send("olena", "post", "/api/v1/parts/", {"manufacturer": "volta-elektronik", "number": "VLT-9"}, 201)
    component(world, made, marking="VLT-9", manufacturer="volta-elektronik", part="VLT-9", made="2026-02", **sure)
    return made


def test_what_is_new_in_the_system_is_told_from_what_was_seen(world):
    component(world, "KND-2026-STRICT", marking="OLD BOARD", kind="board", made="2023-01")
    said = page(world, "taras", f"/specimens/{torn(world)}/compare/?with=KND-2026-STRICT")
    assert "part never seen in this system" in said and "maker never seen in this system" in said
    assert "the newest date of manufacture in this system" in said
    assert (
        "1 found in both, 0 with another part in the same place, 1 expected and not recorded here yet, 0 not " in said
    )
    assert "OLD BOARD" in said


def test_another_part_in_the_same_place_is_a_substitution(world):
    made = torn(world)
    component(world, "KND-2026-STRICT", marking="x", designator="U7", manufacturer="acme-semiconductor",
              part="ACM-3221", confidence="low")  # fmt: skip
    component(world, made, marking="y", designator="U7", manufacturer="volta-elektronik", part="VLT-9",
              confidence="low")  # fmt: skip
    said = page(world, "taras", f"/specimens/{made}/compare/?with=KND-2026-STRICT")
    assert "substitution: at U7 there was ACM-3221" in said


def test_what_was_looked_for_and_not_found_is_told_from_what_is_only_not_recorded(world):
    made = torn(world)
    gone = component(world, "KND-2026-STRICT", marking="GONE", designator="U8")["reference"]
    body = {"specimen": made, "expected": gone, "note": "The place is empty."}
    world.send("taras", "post", "/api/v1/absences/", body, 201)
    said = page(world, "taras", f"/specimens/{made}/compare/?with=KND-2026-STRICT")
    assert "0 expected and not recorded here yet, 1 not found when looked for" in said
    expected, _, looked_for = said.partition('id="absent"')
    assert gone not in expected and gone in looked_for and "The place is empty." in looked_for
    assert gone in page(world, "taras", f"/specimens/{made}/").partition('id="absences"')[2]
    component(world, made, marking="GONE", designator="U8")
    again = page(world, "taras", f"/specimens/{made}/compare/?with=KND-2026-STRICT")
    assert "But this is recorded in its place:" in again


def test_a_word_that_was_taken_back_is_said_no_more(world):
    absence = world.absence.pk
    assert str(absence) in page(world, "taras", "/specimens/KND-2026-STRICT/")
    response = world.client("taras").post(f"/absences/{absence}/void/", {"reason": "It lay under the shield."})
    assert response["Location"] == "/specimens/KND-2026-STRICT/#absences"
    assert str(absence) not in page(world, "taras", "/specimens/KND-2026-STRICT/")


def test_a_reader_compares_with_what_the_reader_may_see(world):
    assert "KND-2026-STRICT" in page(world, "taras", "/specimens/KND-2026-AMBER/compare/")
    outside = page(world, "piet", "/specimens/KND-2026-AMBER/compare/")
    assert "KND-2026-STRICT" not in outside and "KND-2026-GREEN" in outside
    page(world, "piet", "/specimens/KND-2026-AMBER/compare/?with=KND-2026-STRICT", 404)
    page(world, "sam", "/specimens/KND-2026-AMBER/compare/", 404)
    assert "the next one is compared with this" in page(world, "nobody", "/specimens/KND-2026-CLEAR/compare/")


def test_it_takes_the_same_number_of_queries_however_much_is_compared(world, django_assert_max_num_queries):
    for n in range(20):
        component(world, "KND-2026-CLEAR", marking=f"N{n}", designator=f"U{n}")
        component(world, "KND-2026-STRICT", marking=f"N{n}", designator=f"U{n}")
    with django_assert_max_num_queries(25):
        assert "21 found in both" in page(world, "taras", "/specimens/KND-2026-CLEAR/compare/?with=KND-2026-STRICT")
