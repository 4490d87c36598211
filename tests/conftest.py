"""Everything runs on a real PostgreSQL. The schema and the world are made as its owner; then the connection
takes the application's role, as in production, and only what a reader may see is there."""

import os
import pickle
from contextlib import ExitStack

import pytest
from django.conf import settings
from django.db import connection
from django.urls import get_resolver
from django.utils import translation

from forensics import postgres

serving = ExitStack()
databases = {}  # "plain" and "world": their names, once both are there


def pytest_configure(config):
    """One embedded server for all processes of the test run. Databases are made by their owner."""
    if settings.DATABASES["default"]["USER"] == "catalogue_app":
        raise pytest.UsageError("Run tests with `make test`, or set FORENSICS_ROLE=catalogue_owner.")
    serving.enter_context(postgres.serving())
    # The browser of the stories leaves a loop in this thread, in which Django sees reason to refuse every query.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    # Pages of tests need no collected files; their folder may be empty but not missing.
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"


def pytest_collection_modifyitems(items):
    """The stories of whole catalogues first: they take longest, and what is short fills the end of every worker."""
    items.sort(key=lambda item: item.path.parent.name != "whole")


def pytest_collection_finish(session):
    """Load every page now: a module first loaded within a test would keep what that test puts in place for itself."""
    get_resolver().url_patterns  # noqa: B018


def pytest_unconfigure(config):
    serving.close()


def become(role):
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {role}")


def use(database):
    if connection.settings_dict["NAME"] != databases[database]:
        connection.close()
        connection.settings_dict["NAME"] = databases[database]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Before the transaction of a test begins, turn to the database that it is about."""
    if databases:
        use("world" if "world" in item.fixturenames else "plain")


@pytest.fixture(scope="session")
def filled(django_db_setup, django_db_blocker):
    """How to take up the world of tests/world.py, which is made once, in a copy of the test database."""
    from tests.world import World

    plain = connection.settings_dict["NAME"]
    connection.close()
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{plain}_world" WITH (FORCE)')  # of a run that was interrupted
        cursor.execute(f'CREATE DATABASE "{plain}_world" TEMPLATE "{plain}"')
        databases.update(plain=plain, world=f"{plain}_world")
        use("world")
        become("catalogue_owner")
        kept = pickle.dumps(World())
        connection.close()
        yield lambda: pickle.loads(kept)
        use("plain")
        cursor.execute(f'DROP DATABASE "{plain}_world" WITH (FORCE)')


@pytest.fixture(autouse=True)
def english():
    """A request leaves its language to the thread; every test begins with the same one."""
    translation.activate("en")


@pytest.fixture
def world(db, filled, settings, tmp_path):
    """The small named world of tests/world.py, seen from the application's role."""
    settings.MEDIA_ROOT = tmp_path / "media"
    become("catalogue_app")
    yield filled()
    if not connection.needs_rollback:  # a rollback takes the role back too
        become("catalogue_owner")
