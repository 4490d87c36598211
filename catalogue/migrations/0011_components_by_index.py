"""Components are found by index: those of a published entry, and those with a name or designator.

Each entry of a list says which of its components the reader sees, and the page counts the entries with none: for a
reader of few components every hidden one was fetched to be refused. What is typed in `q` is looked for in several
columns at once, and one that has no index has all rows read. The indexes are built while others write.
"""

import django.db.models.deletion
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import F, Q

from ._together import Together


def trigrams(field, name):
    return AddIndexConcurrently("component", GinIndex(OpClass(F(field), name="gin_trgm_ops"), name=name))


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("catalogue", "0010_imports")]
    operations = [
        Together(
            [
                AddIndexConcurrently(
                    "component",
                    models.Index(
                        fields=["published_record", "audience", "-id"],
                        condition=Q(published_record__isnull=False),
                        name="component_of_published",
                    ),
                ),
                migrations.AlterField(
                    "component",
                    "published_record",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="components",
                        to="catalogue.publishedrecord",
                    ),
                ),
                trigrams("name", "component_name_trgm"),
                trigrams("designator", "component_designator_trgm"),
            ]
        ),
    ]
