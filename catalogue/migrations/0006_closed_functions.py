"""Functions that run as their owner are no longer everybody's to call."""

from django.db import migrations

from catalogue.security import handling


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0005_keys_among_readers")]
    operations = [migrations.RunSQL(handling.script("roles_v2.sql"), handling.script("roles_undo_v2.sql"))]
