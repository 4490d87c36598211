"""A laboratory that imports published records by command."""

import io

import pytest
from django.core.management import call_command

from catalogue.actions.agencies import open_agency
from catalogue.security.viewing import viewing_as
from tests.conftest import become

from .files import ROWS, table


@pytest.fixture
def lab(db, tmp_path):
    become("catalogue_owner")
    open_agency(slug="laboratory", name="Laboratory", code="LAB", home=True)
    open_agency(slug="partner", name="Partner", code="PTN")
    become("catalogue_app")
    yield Lab(tmp_path)
    become("catalogue_owner")


class Lab:
    def __init__(self, folder):
        self.folder = folder

    def file(self, data, name="records.csv"):
        path = self.folder / name
        path.write_bytes(data)
        return path

    def run(self, data=None, **options):
        out = io.StringIO()
        path = self.file(table(ROWS) if data is None else data)
        call_command("import_published", str(path), stdout=out, stderr=io.StringIO(), **options)
        return dict(
            line.strip().split(": ") for line in out.getvalue().splitlines() if ": " in line and "." not in line
        )

    def seen(self, agency="laboratory"):
        from catalogue.management.commands._seen import importer

        return viewing_as(importer(agency))
