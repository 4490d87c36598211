"""Sums of what no control classes; searches and collections that anybody with an account keeps for itself alone."""

from datetime import date

from django.db import migrations, models
from django.db.models import Q

from catalogue.security import handling


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0027_proposals")]
    operations = [
        migrations.AddIndex(
            "component",
            models.Index(
                fields=["manufacturer", "audience"],
                include=["part", "category", "made_from", "made_to"],
                condition=Q(voided_at__isnull=True)
                & (Q(made_to__gte=date(2022, 2, 24)) | Q(made_to__isnull=True, made_from__isnull=False)),
                name="component_late",
            ),
        ),
        migrations.RunSQL(handling.script("counts_v2.sql"), handling.script("counts_undo_v2.sql")),
        migrations.RunSQL("SELECT catalogue_count_again()", migrations.RunSQL.noop),
        migrations.RunSQL(handling.script("kept_alone_v1.sql"), handling.script("kept_alone_undo_v1.sql")),
    ]
