"""The published records pages: somebody's entry word for word, and what was recorded from it."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.actions.published import record_published
from catalogue.actions.record import record
from catalogue.models import Component, Level
from catalogue.security.viewing import viewing_as

from .reading import page, words


def reported(world, level, number=1):
    """A component recorded from the world's entry."""
    with viewing_as(world.viewer("olena")) as olena:
        row = {
            "specimen": world.specimens["clear"], "reference": f"KND-2026-CLEAR-{level.name}{number}", "kind": "part",
            "basis": "reported", "published_text": "=ACM-3221, мікросхема", "published_record": world.published,
        }  # fmt: skip
        return record(Component, [row], actor=olena, handling=level)[0]


def test_the_list_counts_entries_and_what_they_lack(world):
    text = words(page(world, "nobody", "/published-records/"))
    assert "1 published record · 0 without a text · 0 without a published maker · 1 with no component" in text
    assert "EX-1 =ACM-3221, мікросхема Acme Kite Harbour report" in text
    reported(world, Level.CLEAR)
    assert "0 with no component recorded from it" in words(page(world, "nobody", "/published-records/"))


def test_an_entry_is_shown_cell_by_cell_word_for_word(world):
    with viewing_as(world.viewer("olena")) as olena:
        found = record_published(
            source=world.source, entry_id="EX-2", text="<b>LINE 1</b>\nLINE 2", last_verified="2026-01-31",
            url="javascript:alert(1)", photo_url="https://example.org/2.jpg", actor=olena, handling=Level.CLEAR,
        )  # fmt: skip
    text = world.client("nobody").get(f"/published-records/{found.pk}/").content.decode()
    assert "&lt;b&gt;LINE 1&lt;/b&gt;\nLINE 2</td>" in text and "<b>LINE" not in text
    assert 'href="javascript' not in text and 'href="https://example.org/2.jpg"' in text
    assert "Last verified 2026-01-31" in words(text) and 'href="/sources/harbour-report/"' in text
    assert "text LINE" not in words(text) and '<th scope="row" class="mono">text</th>' in text


def test_an_entry_leads_to_the_components_that_came_from_it(world):
    address = f"/published-records/{world.published.pk}/"
    assert "No component that you may see was recorded from it." in page(world, "sam", address)
    clear, strict = reported(world, Level.CLEAR), reported(world, Level.STRICT)
    assert f'href="/components/{clear.reference}/"' in page(world, "sam", address)
    assert strict.reference in page(world, "rita", address) and strict.reference not in page(world, "sam", address)


def test_a_hidden_entry_is_not_there(world):
    with viewing_as(world.viewer("olena")) as olena:
        found = record_published(source=world.source, entry_id="EX-3", text="KEPT BACK", actor=olena)
    assert "KEPT BACK" in page(world, "taras", f"/published-records/{found.pk}/")
    assert "KEPT BACK" not in page(world, "piet", f"/published-records/{found.pk}/", 404)
    assert "KEPT BACK" not in page(world, "piet", "/published-records/")


def test_a_page_asks_the_database_as_often_for_one_component_as_for_many(world):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            page(world, "olena", f"/published-records/{world.published.pk}/")
            return len(captured)

    reported(world, Level.CLEAR)
    asked()
    few = asked()
    for number in range(2, 9):
        reported(world, Level.CLEAR, number)
    assert asked() == few
