"""The comparison key, which stored columns of the first tables are computed with."""

from django.contrib.postgres.operations import BtreeGinExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

from catalogue.security.handling import script


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        BtreeGinExtension(),
        migrations.RunSQL(script("keys_v1.sql"), "DROP FUNCTION catalogue_key(text)"),
    ]
