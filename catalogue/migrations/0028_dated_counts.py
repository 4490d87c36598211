"""What is undated, or was made before the invasion, is summed: of the classes of components no control decides those."""

from django.db import migrations

from catalogue.security import handling


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0027_proposals")]
    operations = [
        migrations.RunSQL(handling.script("counts_v2.sql"), handling.script("counts_undo_v2.sql")),
    ]
