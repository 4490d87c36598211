"""Specimens are found by any piece of title or reference; what a control may decide of a weapon system, by specimen."""

from datetime import date

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import F, Q


def trigrams(field):
    name = f"specimen_{field.removesuffix('_key')}_trgm"
    return AddIndexConcurrently("specimen", GinIndex(OpClass(F(field), name="gin_trgm_ops"), name=name))


class Migration(migrations.Migration):
    atomic = False  # they are built while others write
    dependencies = [("catalogue", "0029_opinions_of_reviewed")]
    operations = [
        trigrams("title_key"),
        trigrams("reference"),
        AddIndexConcurrently(
            "component",
            models.Index(
                fields=["specimen", "audience"],
                include=["manufacturer", "part", "category", "made_from", "made_to"],
                condition=Q(voided_at__isnull=True)
                & (Q(made_to__gte=date(2022, 2, 24)) | Q(made_to__isnull=True, made_from__isnull=False)),
                name="component_late_of_specimen",
            ),
        ),
    ]
