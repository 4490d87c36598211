"""To whom a maker belonged, day by day: a view over relations and merges, under its reader's policies."""

from django.db import migrations, models

from catalogue.security import handling


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0018_reviewed_regions")]
    operations = [
        migrations.RunSQL(handling.script("ownership_v1.sql"), "DROP VIEW catalogue_owned"),
        migrations.CreateModel(
            "Owned",
            [
                ("pk", models.CompositePrimaryKey("organisation", "from_day")),
                ("organisation", models.ForeignKey(
                    "catalogue.organisation", models.DO_NOTHING, related_name="owned", db_constraint=False)),
                ("owner", models.ForeignKey(
                    "catalogue.organisation", models.DO_NOTHING, related_name="+", db_constraint=False)),
                ("from_day", models.DateField()),
                ("to_day", models.DateField()),
            ],
            {"db_table": "catalogue_owned", "managed": False},
        ),
    ]  # fmt: skip
