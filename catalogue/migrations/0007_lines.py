"""A change of a record's lines (names, numbers, goods …) counts as a change of the record."""

from importlib import import_module

from django.db import migrations

from catalogue.security import handling

HANDLED = import_module("catalogue.migrations.0003_access").HANDLED


def statements():
    """The function before each handled table's rows, as it is now."""
    full = "catalogue_{}".format
    for table, (bounds, generated) in HANDLED.items():
        yield handling.before(full(table), {column: full(parent) for column, parent in bounds.items()}, generated)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0006_closed_functions")]
    operations = [migrations.RunSQL("\n".join(statements()), migrations.RunSQL.noop)]
