"""Reading a page as one of the people of tests/world.py."""

import re
from html import unescape


def page(world, reader, path, status=200, **headers):
    """The text of a page as `reader` gets it."""
    response = world.client(reader).get(path, headers=headers or None)
    assert response.status_code == status, response.content[:300]
    return unescape(response.content.decode())


def words(text):
    """A page without its marks, words parted by single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text))
