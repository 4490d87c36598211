"""What is said when a form cannot be taken: beside the field, in one sentence, and nothing typed is lost."""

import pytest

from catalogue.models import Source, Specimen
from catalogue.security.viewing import viewing_as

from .typed import Form, opened, problems, said, send

WRONG = [
    ("systems", {"name": " "}, ["Name: Fill in “Name”; it is needed."]),
    ("specimens", {"system": "kite", "count": "3"}, ["Wrecks in the group: Only a group has a count, of two or more"]),
    ("specimens", {"system": "no-such"}, ["Weapon system: There is no record “no-such” here that you may see"]),
    ("specimens", {"system": "kite", "recovered": "the moon"}, ["Recovered: The date “the moon” was not understood"]),
    (
        "components",
        {"specimen": "KND-2026-STRICT", "marking": "X1", "marking_state": "erased"},
        ["State of the marking: A component with a marking has the marking state “read”."],
    ),
    (
        "components",
        {"specimen": "KND-2026-STRICT", "confidence": "high"},
        ["Maker: Name the manufacturer or the part that this basis and confidence speak of."],
    ),
    ("components", {"specimen": "KND-2026-STRICT", "quantity": "0"}, ["Pieces: Ensure this value is greater than"]),
    (
        "parts",
        {"manufacturer": "acme-semiconductor", "number": "ACM-3221"},
        ["Number: Your agency has the part 'ACM-3221' of Acme Semiconductor already"],
    ),
    ("parts", {"manufacturer": "acme-semiconductor", "number": "N", "hs": "9"}, ["HS code: Write an HS code as two"]),
    (
        "organisations",
        {"name": "Own", "names": [{"text": ""}, {"text": "", "language": "en"}]},
        ["Further names, line 2, Name: Fill in “Name”; it is needed."],
    ),
    ("sources", {"title": "T", "kind": "", "url": "not an address"}, ["Kind: Fill in", "Address: Enter a valid URL."]),
    (
        "routes",
        {"title": "R", "evidence": [{"why": "Because."}]},
        ["What hangs on it, line 1, Part: Name a part or a component, one of them."],
    ),
    ("legs", {"status": "alleged"}, ["From: Name one end of the leg, or say what is known of it."]),
    (
        "legs",
        {"sender": "acme-semiconductor", "amount": "5", "goods": [{"value": "2", "text": "chips"}]},
        ["Currency: Name the currency of the amount.", "Goods, line 1, Currency: Name the currency of the value."],
    ),
    (
        "legs",
        {"sender": "acme-semiconductor", "goods": [{"quantity": "2"}]},
        ["Goods, line 1, Declared as: Say what it was declared as, or what it was."],
    ),
]


@pytest.mark.parametrize("noun, typed, sentences", WRONG)
def test_an_error_is_said_beside_its_field_and_all_that_was_typed_stays(world, noun, typed, sentences):
    response = send(world, "taras", f"/{noun}/new/", typed)
    found = problems(response)
    assert response.status_code == 200
    assert len(found) == len(sentences), found
    assert all(said_.startswith(wanted) for said_, wanted in zip(found, sentences, strict=True)), found
    kept = Form(response.content.decode()).sent
    assert {name: kept[name] for name, value in typed.items() if isinstance(value, str) and value.strip()} == {
        name: value for name, value in typed.items() if isinstance(value, str) and value.strip()
    }
    for name, rows in typed.items():
        if isinstance(rows, list):
            for n, row in enumerate(rows):
                assert {field: kept.get(f"{name}-{n}-{field}", "") for field in row} == row


def test_the_sentence_is_tied_to_the_field_for_those_who_hear_the_page(world):
    page = send(world, "taras", "/specimens/new/", {"system": "kite", "recovered": "the moon"}).content.decode()
    assert 'aria-describedby="id_recovered_helptext id_recovered_error"' in page
    assert 'id="id_recovered_error"' in page
    assert '<a href="#id_recovered">Recovered</a>' in page


def test_of_what_is_refused_nothing_is_kept(world):
    """The specimen would be recorded before its citation is found wanting."""
    with viewing_as(world.viewer("taras")):
        before = Specimen.objects.count()
    cited = [{"source": "harbour-report", "credibility": "9"}]
    response = send(world, "taras", "/specimens/new/", {"system": "kite", "citations": cited})
    assert response.status_code == 200
    with viewing_as(world.viewer("taras")):
        assert Specimen.objects.count() == before


def test_a_hidden_record_is_named_like_one_that_does_not_exist(world):
    hidden = send(world, "sam", "/components/new/", {"specimen": "KND-2026-STRICT"})
    absent = send(world, "sam", "/components/new/", {"specimen": "KND-2026-NOTHING"})
    assert problems(hidden)[0].replace("STRICT", "NOTHING") == problems(absent)[0]


def test_a_record_that_the_changed_one_names_may_have_been_voided_since(world):
    """A source repeats another, which is voided; its note can still be changed."""
    send(world, "taras", "/sources/new/", {"title": "Copy", "kind": "press", "derived_from": world.source.slug})
    send(world, "olena", f"/sources/{world.source.slug}/void/", {"reason": "Withdrawn by its publisher."})
    assert send(world, "taras", "/sources/copy/edit/", {"note": "Still a copy."}).status_code == 302
    with viewing_as(world.viewer("taras")):
        assert Source.objects.get(slug="copy").derived_from_id == world.source.pk


def test_a_part_of_several_makers_is_chosen_from_the_list(world):
    send(world, "taras", "/parts/new/", {"manufacturer": "volta-elektronik", "number": "ACM-3221"})
    path = f"/components/{world.components['strict'].reference}/identify/"
    typed = {"manufacturer": "acme-semiconductor", "part": "ACM-3221", "basis": "logo", "confidence": "low"}
    assert problems(send(world, "taras", path, typed))[0].startswith("Part: Several parts have the number “ACM-3221”")
    assert send(world, "taras", path, typed | {"part": str(world.part.pk)}).status_code == 302


def test_a_line_without_a_script_can_be_typed_too(world):
    """Browsers without scripts show one blank line in each block."""
    page = world.client("taras").get("/organisations/new/").content.decode()
    assert '<noscript><li class="line">' in page.replace("\n", "")
    form = opened(world, "taras", "/organisations/new/")
    sent = form.sent | {"name": "By hand", "names-0-text": "Hand", "names-0-kind": "alias"}
    assert world.client("taras").post("/organisations/new/", sent).status_code == 302
    assert "Hand" in opened(world, "taras", "/organisations/by-hand/edit/").sent.values()


def test_a_merged_or_absent_record_has_no_form(world):
    assert world.client("taras").get("/organisations/nobody/edit/").status_code == 404
    assert "There is no such record" not in said(world.client("taras").get("/organisations/new/"))
