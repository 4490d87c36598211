"""Components over REST."""

import pytest


@pytest.mark.parametrize("reader, seen", [("olena", 5), ("piet", 4), ("sam", 2), ("nobody", 1)])
def test_a_reader_is_shown_only_what_the_handling_allows(world, reader, seen):
    assert world.get(reader, "/api/v1/components/?count=true")["count"] == seen
