"""Sums of what no control classes; searches and collections that anybody with an account keeps for itself alone."""

from django.db import migrations

from catalogue.security import handling


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0027_proposals")]
    operations = [
        migrations.RunSQL(handling.script("counts_v2.sql"), handling.script("counts_undo_v2.sql")),
        migrations.RunSQL("SELECT catalogue_count_again()", migrations.RunSQL.noop),
        migrations.RunSQL(handling.script("kept_alone_v1.sql"), handling.script("kept_alone_undo_v1.sql")),
    ]
