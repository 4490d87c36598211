"""An import waits for its run and is undone in a job; what an import published is found by its history."""

from django.db import migrations, models

from ._together import Together

CHOICES = [
    ("waiting", "Waiting"),
    ("running", "Running"),
    ("done", "Done"),
    ("failed", "Failed"),
    ("undoing", "Being undone"),
    ("undone", "Undone"),
]
INDEX = "CREATE INDEX published_of_import ON catalogue_publishedrecordevent ((pgh_context ->> 'import'), pgh_obj_id)"


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0009_review")]
    operations = [
        Together(
            [
                migrations.RemoveConstraint("import", "import_state_known"),
                migrations.AddConstraint(
                    "import",
                    models.CheckConstraint(
                        condition=models.Q(state__in=[state for state, _said in CHOICES]), name="import_state_known"
                    ),
                ),
                migrations.AlterField(
                    "import",
                    "state",
                    models.TextField(choices=CHOICES, default="running"),
                ),
                migrations.AlterField(
                    "importevent",
                    "state",
                    models.TextField(choices=CHOICES, default="running"),
                ),
            ]
        ),
        migrations.RunSQL(INDEX + " WHERE (pgh_context ->> 'import') IS NOT NULL", "DROP INDEX published_of_import"),
    ]
