"""Everything runs on a real PostgreSQL. The schema and the world are made as its owner; then the connection
takes the application's role, as in production, and only what a reader may see is there."""

from contextlib import ExitStack

import pytest
from django.conf import settings
from django.db import connection

from forensics import postgres

serving = ExitStack()


def pytest_configure(config):
    """One embedded server for all processes of the test run. Databases are made by their owner."""
    if settings.DATABASES["default"]["USER"] == "catalogue_app":
        raise pytest.UsageError("Run tests with `make test`, or set FORENSICS_ROLE=catalogue_owner.")
    serving.enter_context(postgres.serving())
    # Pages of tests need no collected files; their folder may be empty but not missing.
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"


def pytest_unconfigure(config):
    serving.close()


def become(role):
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {role}")


@pytest.fixture
def world(db, settings, tmp_path):
    """The small named world of tests/world.py, seen from the application's role."""
    from tests.world import World

    settings.MEDIA_ROOT = tmp_path / "media"
    become("catalogue_owner")
    made = World()
    become("catalogue_app")
    yield made
    if not connection.needs_rollback:  # a rollback takes the role back too
        become("catalogue_owner")
