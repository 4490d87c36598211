"""Regions of the photographs of a reviewed specimen change only by an amendment, as its other evidence; masks are free."""

from django.db import migrations

from catalogue.security import reviewed

HELD = ("photoregion",)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0017_region_readings")]
    operations = [migrations.RunSQL("\n".join(reviewed.triggers(HELD)), "\n".join(reviewed.undone(HELD)))]
