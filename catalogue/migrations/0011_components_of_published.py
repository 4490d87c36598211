"""The components of a published entry are sought among those the reader may see, not among all that there are.

Each entry of a list says which of its components the reader sees, and the page counts the entries with none: for a
reader of few components every hidden one was fetched to be refused. The index is built while others write.
"""

import django.db.models.deletion
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("catalogue", "0008_accounts")]
    operations = [
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
    ]
