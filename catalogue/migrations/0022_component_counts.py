"""How components divide by what lists narrow them by is kept, for each audience."""

import django.db.models.deletion
from django.db import migrations, models

from catalogue.security import handling


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0021_confidence")]
    operations = [
        migrations.CreateModel(
            name="ComponentCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("scope", models.TextField()),
                ("record", models.UUIDField()),
                ("facet", models.TextField()),
                ("value", models.TextField()),
                ("rows", models.IntegerField()),
                ("settled", models.BooleanField(db_default=False, default=False)),
                (
                    "audience",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.audience",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["scope", "record", "audience", "facet", "value"],
                        include=["rows"],
                        name="componentcount_sum",
                    ),
                    models.Index(
                        condition=models.Q(("settled", False)), fields=["id"], name="componentcount_unsettled"
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            handling.close("catalogue_componentcount") + handling.script("counts_v1.sql"),
            handling.script("counts_undo_v1.sql"),
        ),
        migrations.RunSQL("SELECT catalogue_count_again()", migrations.RunSQL.noop),
    ]
