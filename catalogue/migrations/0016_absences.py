"""What was looked for and not found; and the number of a voided examination is free again."""

from django.db import migrations, models

from catalogue.security import handling, reviewed

from ._handled import columns, follow, follow_no_more, history, text, to
from ._together import Together

# As in 0003: table → ({column: the table whose record bounds the audience}, columns that PostgreSQL computes).
HANDLED = {"absence": ({"specimen_id": "specimen", "expected_id": "component"}, ())}
BOUNDS = {column: f"catalogue_{table}" for column, table in HANDLED["absence"][0].items()}
NUMBER = "examination_reference_once_in_agency"


def own(*, event):
    """The columns that an absence has beside those of every record."""
    named = {} if event else {"related_name": "absences"}
    return [
        ("note", text(help_text="Where and how it was looked for.")),
        ("expected", to("catalogue.component", event=event, **named)),
        ("specimen", to("catalogue.specimen", event=event, **named)),
    ]


OPTIONS = {
    "constraints": [
        models.UniqueConstraint(
            "owner", "specimen", "expected", "declared", name="absence_once",
            condition=models.Q(voided_at__isnull=True), nulls_distinct=False,
        )
    ],
    "indexes": [models.Index(fields=["audience", "-id"], name="absence_list")],
}  # fmt: skip


def statements():
    yield handling.inheritance("catalogue_absence", BOUNDS)
    yield handling.policies("catalogue_absence")
    yield handling.history("catalogue_absenceevent", "catalogue_absence")
    yield follow("catalogue_absence", BOUNDS)
    yield from reviewed.triggers(["absence"])
    yield f"GRANT USAGE ON SEQUENCE catalogue_absenceevent_pgh_id_seq TO {handling.APP};"


def undone():
    yield follow_no_more("catalogue_absence", BOUNDS)
    yield from reviewed.undone(["absence"])
    yield "DROP TRIGGER catalogue_before ON catalogue_absence;"
    yield "DROP FUNCTION catalogue_absence_before();"


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0015_audiences_made_meanwhile")]
    operations = [
        Together(
            [
                migrations.CreateModel("Absence", columns(own, event=False), OPTIONS),
                migrations.CreateModel("AbsenceEvent", history("catalogue.absence", own), {"abstract": False}),
            ]
        ),
        migrations.RunSQL("\n".join(statements()), "\n".join(undone())),
        migrations.RemoveConstraint("examination", NUMBER),
        migrations.AddConstraint(
            "examination",
            models.UniqueConstraint("owner", "reference", name=NUMBER, condition=models.Q(voided_at__isnull=True)),
        ),
    ]
