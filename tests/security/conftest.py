"""People without records: what most tests of the access rule need, and nothing that costs time."""

import pytest

from tests.conftest import become

from .people import People


@pytest.fixture
def people(db):
    """Three agencies and their people, seen from the application's role."""
    become("catalogue_owner")
    made = People()
    become("catalogue_app")
    yield made
    become("catalogue_owner")
