"""A published figure says whose part it counts, and an estimate is told from a count of what was found."""

from django.db import migrations, models
from django.db.models import Q

from ._together import Together

BEFORE = ["figure", "statement", "denial", "description"]
KINDS = [
    ("figure", "Statement with a figure"),
    ("estimate", "Estimate, no count of what was found"),
    ("statement", "Statement"),
    ("denial", "Denial"),
    ("description", "Described as"),
]
COUNTRY = {"blank": True, "null": True, "related_name": "+", "to": "catalogue.country"}


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0023_searches_and_collections")]
    operations = [
        Together(
            [
                migrations.AlterField("claim", "kind", models.TextField(choices=KINDS)),
                migrations.AlterField("claimevent", "kind", models.TextField(choices=KINDS)),
                migrations.AddField("claim", "country", models.ForeignKey(
                    db_index=False, on_delete=models.PROTECT, **COUNTRY)),
                migrations.AddField("claimevent", "country", models.ForeignKey(
                    db_constraint=False, on_delete=models.DO_NOTHING, related_query_name="+",
                    **COUNTRY)),
            ]
        ),
        migrations.RemoveConstraint("claim", "claim_kind_known"),
        migrations.AddConstraint(
            "claim", models.CheckConstraint(condition=Q(kind__in=[code for code, _said in KINDS]), name="claim_kind_known")
        ),
    ]  # fmt: skip
