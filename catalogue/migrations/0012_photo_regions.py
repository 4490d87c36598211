"""Regions: turned upright, a line of known length as the scale; and masks bind whoever may not read them."""

from django.db import migrations, models
from django.db.models import Q

from catalogue.security import handling

from ._together import Together

SHAPES = [("rectangle", "Rectangle"), ("polygon", "Polygon"), ("line", "Line")]
TURNS = [(0, "None"), (90, "Quarter"), (180, "Half"), (270, "Back")]


def columns():
    """The new columns of a region, and of its history."""
    return {
        "turn": models.PositiveSmallIntegerField(
            choices=TURNS, db_default=0, default=0, help_text="Degrees clockwise that turn its crop upright."
        ),
        "length_mm": models.FloatField(blank=True, help_text="Millimetres; of a line that gives the scale.", null=True),
    }


TABLES = ("photoregion", "photoregionevent")
CHECKS = {
    "photoregion_shape_known": Q(shape__in=["rectangle", "polygon", "line"]),
    "photoregion_turn_known": Q(turn__in=[0, 90, 180, 270]),
    "photoregion_length": Q(length_mm__isnull=True) | Q(length_mm__gt=0),
}


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0011_components_by_index")]
    operations = [
        Together(
            [
                *(migrations.AddField(table, *column) for table in TABLES for column in columns().items()),
                *(
                    migrations.AlterField(table, "shape", models.TextField(choices=SHAPES, default="rectangle"))
                    for table in TABLES
                ),
                migrations.RemoveConstraint("photoregion", "photoregion_shape_known"),
                *(
                    migrations.AddConstraint("photoregion", models.CheckConstraint(condition=condition, name=name))
                    for name, condition in CHECKS.items()
                ),
            ]
        ),
        migrations.RunSQL(handling.script("regions_v1.sql"), "DROP FUNCTION catalogue_masks(uuid);"),
    ]
