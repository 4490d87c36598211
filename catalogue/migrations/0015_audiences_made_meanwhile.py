"""Whoever an audience names may write for it at once, also when another transaction made it a moment ago."""

from django.db import migrations

from catalogue.security import handling


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0014_examinations")]
    operations = [migrations.RunSQL(handling.script("audiences_v2.sql"), handling.script("audiences_undo_v2.sql"))]
