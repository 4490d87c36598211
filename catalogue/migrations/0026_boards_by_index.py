"""Boards and assemblies are found by index: they are few, and what specimens share is asked of them alone."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    atomic = False  # it is built while others write
    dependencies = [("catalogue", "0025_cited_figures")]
    operations = [
        AddIndexConcurrently(
            "component",
            models.Index(
                fields=["audience", "-id"],
                condition=Q(("voided_at__isnull", True), ("kind__in", ["board", "assembly"])),
                name="component_boards",
            ),
        ),
    ]
