"""Who sent a specimen to review, who reviewed it, when; and reviewed evidence changes only with a reason."""

from django.db import migrations, models
from django.db.models import F, Q

from catalogue.security import handling, reviewed

from ._together import Together

# Of what was called reviewed before, nobody recorded by whom.
UNSAID = "UPDATE catalogue_specimen SET review = 'in-review' WHERE review = 'reviewed'"


# How a person stands in a record, and in its history.
PERSON = {
    "specimen": {"db_index": False, "on_delete": models.PROTECT},
    "specimenevent": {"on_delete": models.DO_NOTHING, "related_query_name": "+"},
}


def columns(table):
    """The new columns of a specimen, or of its history."""

    def person():
        return models.ForeignKey(
            "catalogue.user", db_constraint=False, editable=False, null=True, related_name="+", **PERSON[table]
        )

    return {
        "sent_at": models.DateTimeField(editable=False, null=True),
        "sent_by": person(),
        "reviewed_at": models.DateTimeField(editable=False, null=True),
        "reviewed_by": person(),
        "review_remark": models.TextField(blank=True, db_default="", default=""),
    }


HELD = (
    "specimen", "specimennumber", "specimencitation", "component", "componentidentifier", "componentcitation", "photo",
    "custodyevent",
)  # fmt: skip
CHECKS = {
    "specimen_reviewed_by_somebody": ~Q(review="reviewed") | Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
    "specimen_reviewed_by_another": ~Q(reviewed_by=F("sent_by")) & ~Q(reviewed_by=F("created_by")),
}


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0008_accounts")]
    operations = [
        Together([migrations.AddField(table, *column) for table in PERSON for column in columns(table).items()]),
        migrations.RunSQL(UNSAID, migrations.RunSQL.noop),
        Together(
            [
                migrations.AddConstraint("specimen", models.CheckConstraint(condition=condition, name=name))
                for name, condition in CHECKS.items()
            ]
        ),
        migrations.RunSQL(
            "\n".join([handling.script("review_v1.sql"), *reviewed.triggers(HELD)]),
            "\n".join([*reviewed.undone(HELD), "DROP FUNCTION catalogue_reviewed_stays();"]),
        ),
    ]
